/* The past of a snapshot: the commits that it descends from, and what each of them changed.
 *
 * What a commit changed never changes. So it is kept in the cache: of a build that comes later only
 * new commits are compared, and what history.h and changes.h tell is the same with a cache or
 * without. Commits that are known already are not looked at again: where one of their objects was
 * lost or damaged since, nothing is said of it. */
#ifndef NASLAG_REPO_PAST_H
#define NASLAG_REPO_PAST_H

#include "repo/snapshot.h"

struct cache;
struct past;

/* Whether what commits say and changed is the same here as in any other clone: not so where parents
 * are replaced or objects are missing by intent. */
bool past_is_ordinary(const struct snapshot *snapshot);

/* Loads the commits. The past borrows the snapshot, the cache (NULL: none) and the arena, and takes
 * some 300 bytes a commit of it. It belongs to the thread whose number with the cache is `user`,
 * and no other may use the snapshot meanwhile but through readers. Returns NULL where a commit is
 * missing or damaged. */
struct past *past_open(const struct snapshot *snapshot, struct cache *cache, unsigned user,
                       struct arena *arena, struct err *err);

/* Keeps what was found, and gives everything back but the arena. NULL is right as well. */
void past_close(struct past *past);

#endif
