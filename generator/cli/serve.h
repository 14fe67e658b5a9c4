/* `naslag serve`: the work tree as a site on this machine, made anew whenever a file is saved. */
#ifndef NASLAG_CLI_SERVE_H
#define NASLAG_CLI_SERVE_H

#include "cli/options.h"

/* Serves until the user ends it. Returns the exit status. */
int serve_run(const struct options *options);

#endif
