/* `naslag search`: asks the index of a site that was built. */
#ifndef NASLAG_CLI_SEARCH_H
#define NASLAG_CLI_SEARCH_H

#include "cli/options.h"

/* Returns the exit status: 0 where anything was found, 1 where nothing was, 2 where a query or the
 * index cannot be read. */
int search_run(const struct options *options);

#endif
