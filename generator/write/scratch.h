/* A folder for files that nobody needs once the program has ended. */
#ifndef NASLAG_WRITE_SCRATCH_H
#define NASLAG_WRITE_SCRATCH_H

#include "base/err.h"

struct arena;

/* Makes a folder of the user's own among the system's temporary files (`TMPDIR`, else `/tmp`).
 * Returns its path, in the arena; NULL on failure. */
const char *scratch_make(struct arena *arena, struct err *err);

/* Removes the folder and all in it; no link in it is followed. */
void scratch_remove(const char *folder);

#endif
