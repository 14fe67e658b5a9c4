/* `naslag check`: says all that an editor can mend, and mends what is safe. */
#ifndef NASLAG_CLI_CHECK_H
#define NASLAG_CLI_CHECK_H

#include "cli/options.h"

/* Returns the exit status. */
int check_run(const struct options *options);

#endif
