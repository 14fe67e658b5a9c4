/* Private to this folder: a repository as libgit2 has it open, behind a snapshot.
 *
 * Opening one sets libgit2's options, which are the process's own: no configuration but the
 * repository's is read, the owner does not matter, and objects are neither kept nor hashed by
 * libgit2. Because of the last, what reaches a page goes through handle_read(), which hashes it. */
#ifndef NASLAG_REPO_HANDLE_H
#define NASLAG_REPO_HANDLE_H

#include "base/err.h"
#include "base/str.h"

#include <git2.h>

struct arena;

struct snapshot_handle {
    git_repository *repo;
    git_odb *odb;        /* the repository's */
    const char *objects; /* the folder of the object database */
    int folder;          /* the content folder of a work tree, or -1 */
};

/* Finds the repository in or above `directory`. Closing is right after a failed opening too. */
int handle_open(struct snapshot_handle *handle, struct arena *arena, const char *directory,
                struct err *err);
void handle_close(struct snapshot_handle *handle);

/* Reads an object and checks that its content is what its id says. Returns 0; GIT_ENOTFOUND where
 * it is missing; -1 on failure. The object is the caller's on success. */
int handle_read(git_odb *odb, const git_oid *oid, git_odb_object **out, struct err *err);

/* Says "WHAT 'SUBJECT': " and libgit2's latest message. Returns -1. */
int handle_fail(struct err *err, const char *what, const char *subject);

#endif
