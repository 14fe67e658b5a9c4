/* `naslag hook`: has git check what is committed, and publish what is pushed. */
#ifndef NASLAG_CLI_HOOK_H
#define NASLAG_CLI_HOOK_H

#include "cli/options.h"

/* Returns the exit status. */
int hook_run(const struct options *options);

#endif
