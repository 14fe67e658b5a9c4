/* `naslag new`: a topic, a note or the record of a source to begin with. */
#ifndef NASLAG_CLI_NEW_H
#define NASLAG_CLI_NEW_H

#include "cli/options.h"

/* Returns the exit status. */
int new_run(const struct options *options);

#endif
