/* naslag read: what the readers make of one file, to look at. */
#ifndef NASLAG_CLI_READ_H
#define NASLAG_CLI_READ_H

#include "cli/options.h"

/* Returns the exit status: 0, 1 with errors in the file, 2 where it could not be read. */
int read_run(const struct options *options);

#endif
