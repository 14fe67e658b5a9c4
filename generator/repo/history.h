/* When each file of a snapshot changed first and last. */
#ifndef NASLAG_REPO_HISTORY_H
#define NASLAG_REPO_HISTORY_H

#include "repo/past.h"

/* By the committer's clock. A file that is not in any commit yet has zeroes. Renames are not
 * followed: a file under a new name is a new file. */
struct history {
    struct moment first, last;
};

/* Fills `out[i]` for entry i of the past's snapshot (an array of snapshot->count). A commit counts
 * for a path when it differs there from all its parents, on the branches that led to the file that
 * there is: as `git log -- PATH` has it. `*shallow` becomes whether the history is cut off (a
 * shallow clone, a partial one without trees, or one of absurd size), so that first dates may be
 * too late. Fails where an object is damaged. */
int history_read(struct past *past, struct arena *arena, struct history *out, bool *shallow,
                 struct err *err);

#endif
