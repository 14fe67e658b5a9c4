/* Private to this folder: which of a snapshot's files differ between two trees of its history.
 *
 * A tree is read against the snapshot's own paths alone: what else it holds costs a glance at its
 * name, and a folder is entered only where it differs. A folder once read is kept for a while, as
 * two commits in a row share nearly all. */
#ifndef NASLAG_REPO_COMPARE_H
#define NASLAG_REPO_COMPARE_H

#include "base/arena.h"
#include "base/map.h"
#include "repo/snapshot.h"

#include <git2.h>

/* Sets of entries: bit `i` is entry `i`. */
enum { COMPARE_WORD_BITS = 64 };

struct compare {
    struct {
        struct compare_node *items; /* the paths as a tree; the first is the repository's root */
        size_t count, capacity;
    } nodes;
    struct compare_kept {
        struct map map;
        struct arena arena;
    } recent, older; /* folders that were read */
    git_repository *repo;
    uint64_t work; /* names looked at; a measure of time that is the same everywhere */
    bool cut;      /* a tree was missing */
    const uint64_t *among;
    uint64_t *differing;
};

/* Life cycle: the paths are the arena's and refer to the snapshot; release gives back the folders
 * kept. */
void compare_init(struct compare *compare, struct arena *arena, const struct snapshot *snapshot,
                  git_repository *repo);
void compare_release(struct compare *compare);

/* Whether a commit's tree can be read. Returns 1 where it is missing, -1 on failure. */
int compare_check(struct compare *compare, const unsigned char tree[OID_SIZE], struct err *err);

/* Adds to `differing` those of the entries `among` that the trees have not alike. No `theirs`
 * (NULL), or one that is missing, is an empty tree. */
int compare_trees(struct compare *compare, const unsigned char *ours, const unsigned char *theirs,
                  const uint64_t *among, uint64_t *differing, struct err *err);

#endif
