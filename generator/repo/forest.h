/* Private to this folder: the documents in which a commit's tree differs from all its parents'.
 *
 * All trees are read side by side, and a folder is entered only where it differs from every
 * parent's. Trees once read are kept for a while, as a commit's parent comes up next. */
#ifndef NASLAG_REPO_FOREST_H
#define NASLAG_REPO_FOREST_H

#include "base/buf.h"
#include "repo/changes.h"

#include <git2.h>

enum { FOREST_PARENTS_MAX = 8, FOREST_KEPT = 1024 };

struct forest {
    git_repository *repo;
    const char *content; /* the content folder, or empty */
    struct arena *arena;
    git_tree *kept[FOREST_KEPT];
    uint64_t work; /* names looked at */
    bool cut;      /* a tree was missing */
    struct changes *changes;
    struct buf path; /* of the folder in hand, with a slash */
    struct err *err;
};

void forest_init(struct forest *forest, struct arena *arena, const struct snapshot *snapshot,
                 git_repository *repo, struct changes *changes, struct err *err);
void forest_release(struct forest *forest);

/* Adds the changes of a tree against those of its parents, none of them for the first commit. A
 * missing tree is one without files and makes `cut` true. */
int forest_compare(struct forest *forest, const unsigned char *tree,
                   const unsigned char *const *parents, uint32_t parent_count);

#endif
