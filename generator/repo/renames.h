/* Private to this folder: which files that came are files that went, in one commit. */
#ifndef NASLAG_REPO_RENAMES_H
#define NASLAG_REPO_RENAMES_H

#include "repo/changes.h"

#include <git2.h>

struct renames {
    git_odb *odb;
    uint64_t read; /* bytes, of all commits: a bound on time */
};

/* Joins them: of `changes`, which are all of a commit, the ones that came become renamed, and those
 * that went are dropped. Returns how many are left. A blob that is missing has no like. */
size_t renames_find(struct renames *renames, struct change *changes, size_t count);

#endif
