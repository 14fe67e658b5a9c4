/* Private to this folder: compares the tree of a commit with those of its parents.
 *
 * All are read side by side, and a folder is entered only where it differs from the first parent's.
 * Trees once read are kept for a while, as a commit's parent comes up next. */
#ifndef NASLAG_REPO_FOREST_H
#define NASLAG_REPO_FOREST_H

#include "base/err.h"
#include "repo/delta.h"

#include <git2.h>

enum {
    FOREST_PARENTS_MAX = 64, /* with which a commit is compared: more is a game */
    FOREST_KEPT = 256        /* trees: a dozen branches at once, twenty folders deep */
};

struct forest {
    git_odb *odb;
    struct str content; /* the content folder, or empty */
    git_odb_object *kept[FOREST_KEPT];
    size_t kept_size;    /* bytes that came in since they were all forgotten */
    struct buf path;     /* of the folder in hand, with a slash */
    struct arena *arena; /* what follows is of the comparison in hand */
    struct delta *delta;
    struct err *err;
};

/* Life cycle: paths are built in `arena`; release gives back the trees kept. */
void forest_init(struct forest *forest, struct arena *arena, git_odb *odb, struct str content);
void forest_release(struct forest *forest);

/* What a tree changed against those of its parents, none of them for a first commit; memory is
 * `arena`'s. A parent's tree that is missing is one without files; of a folder of the commit's own
 * that is missing nothing is said. Fails where a tree is damaged. */
int forest_compare(struct forest *forest, struct arena *arena, const unsigned char *tree,
                   const unsigned char *const *parents, uint32_t parent_count, struct delta *out,
                   struct err *err);

#endif
