/* Private to this folder: which files that came are files that went, in one commit. */
#ifndef NASLAG_REPO_RENAMES_H
#define NASLAG_REPO_RENAMES_H

#include "base/buf.h"
#include "repo/changes.h"

#include <git2.h>

/* Two files that are the same but for some of their lines, by their indexes among a commit's
 * changes. */
struct likeness_pair {
    uint32_t came, went;
};

struct likeness {
    VEC(struct likeness_pair) pairs;
    uint32_t read; /* bytes that were read to find them; a measure of time */
    bool lacking;  /* one could not be read: not to be kept */
};

/* Joins files of the same bytes. Of a pair the one that came becomes renamed, and the one that went
 * loses its path. */
void renames_join_same(struct change *changes, size_t count);

/* Whether there are files left that came and that went, and few enough to be compared. */
bool renames_may_find(const struct change *changes, size_t count);

/* Joins files that have half of their lines in common, and notes them; memory is the arena's. A
 * blob that is missing has no like. */
void renames_find(git_odb *odb, struct arena *arena, struct change *changes, size_t count,
                  struct likeness *out);

/* Joins those that were found before. */
void renames_join(const struct likeness *likeness, struct change *changes, size_t count);

/* Drops those that lost their paths. Returns how many are left. */
size_t renames_drop(struct change *changes, size_t count);

/* As bytes. Taking returns false on what is not sound. */
void likeness_put(struct buf *out, const struct likeness *likeness);
bool likeness_take(struct str bytes, struct arena *arena, struct likeness *out);

#endif
