/* `naslag diff`: says what changes on the site from one revision to another, or to the work tree.
 */
#ifndef NASLAG_CLI_DIFF_H
#define NASLAG_CLI_DIFF_H

#include "cli/options.h"

/* Returns the exit status. */
int diff_run(const struct options *options);

#endif
