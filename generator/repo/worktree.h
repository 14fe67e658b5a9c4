/* Private to this folder: the work tree of a repository, read without following a symbolic link.
 *
 * Its files are those that git tracks and those that it does not ignore. */
#ifndef NASLAG_REPO_WORKTREE_H
#define NASLAG_REPO_WORKTREE_H

#include "repo/handle.h"
#include "repo/listing.h"

/* Opens the content folder of the work tree that `directory` lies in, which becomes
 * handle->folder. `*content` is the folder's path; where `choose` it becomes `content` or empty,
 * as there is one. */
int worktree_open(struct snapshot_handle *handle, const char *directory, bool choose,
                  struct str *content, struct err *err);

/* Lists the files below `content`, which is open. */
int worktree_list(struct snapshot_handle *handle, struct str content, struct listing *listing,
                  struct err *err);

/* Reads a file below the open content folder; as snapshot_read(). */
int worktree_read(int folder, struct str path, uint64_t size_max, struct arena *arena,
                  struct str *out, struct err *err);

#endif
