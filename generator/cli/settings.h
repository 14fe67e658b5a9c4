/* The settings of a snapshot, for commands that read no more of it. */
#ifndef NASLAG_CLI_SETTINGS_H
#define NASLAG_CLI_SETTINGS_H

#include "read/config.h"
#include "repo/snapshot.h"

/* Reads `naslag.yaml`; the defaults where there is none or it can't be read. */
void settings_read(struct config *config, const struct snapshot *snapshot, struct arena *arena,
                   struct diags *diags);

#endif
