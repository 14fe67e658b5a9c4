/* `naslag init`: a knowledge base to begin with. */
#ifndef NASLAG_CLI_INIT_H
#define NASLAG_CLI_INIT_H

#include "cli/options.h"

/* Returns the exit status. */
int init_run(const struct options *options);

#endif
