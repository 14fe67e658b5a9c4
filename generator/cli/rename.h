/* `naslag rename`: a document gets another path or title, and all links to it with it. */
#ifndef NASLAG_CLI_RENAME_H
#define NASLAG_CLI_RENAME_H

#include "cli/options.h"

/* Returns the exit status. */
int rename_run(const struct options *options);

#endif
