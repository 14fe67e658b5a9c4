/* `naslag export`: the data behind the site as one SQLite database. */
#ifndef NASLAG_CLI_EXPORT_H
#define NASLAG_CLI_EXPORT_H

#include "cli/options.h"

/* Returns the exit status. */
int export_run(const struct options *options);

#endif
