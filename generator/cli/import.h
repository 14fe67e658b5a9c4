/* naslag import: documents of any kind to sources of a work tree. */
#ifndef NASLAG_CLI_IMPORT_H
#define NASLAG_CLI_IMPORT_H

#include "cli/options.h"

/* Returns the exit status: 0 where each file is a source now, or was one already; 1 where one or
 * more were not imported; 2 where there is nothing to import to. */
int import_run(const struct options *options);

#endif
