/* naslag build: from a snapshot to a published site. */
#ifndef NASLAG_CLI_BUILD_H
#define NASLAG_CLI_BUILD_H

#include "cli/project.h"
#include "write/publish.h"

/* Returns the exit status: 0, 1 with errors in the content, 2 where nothing could be built. */
int build_run(const struct options *options);

/* Makes the site of a project that is linked and whose history was read, and commits it. Returns -1
 * where it failed; `project->err` says why; 1 where it was given up: see base/stage.h. */
int build_publish(struct project *project, struct publish *publish, struct publish_counts *counts);

#endif
