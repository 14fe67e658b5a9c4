/* naslag build: from a snapshot to a published site. */
#ifndef NASLAG_CLI_BUILD_H
#define NASLAG_CLI_BUILD_H

#include "cli/options.h"

/* Returns the exit status: 0, 1 with errors in the content, 2 where nothing could be built. */
int build_run(const struct options *options);

#endif
