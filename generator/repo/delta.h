/* Private to this folder: what a commit changed, held against its parents.
 *
 * A path counts where the commit differs from its first parent: all that is below the content
 * folder, but names that begin with a dot. Where another parent has it as the commit has, it came
 * from there; else the commit made it what it is. */
#ifndef NASLAG_REPO_DELTA_H
#define NASLAG_REPO_DELTA_H

#include "base/buf.h"
#include "base/vec.h"
#include "repo/snapshot.h"

struct delta_item {
    struct str path; /* below the content folder; as git has it: any bytes */
    uint32_t from;   /* the first parent that has it alike, counted from 0; 0: none has */
    unsigned char before[OID_SIZE], after[OID_SIZE]; /* of a document that comes from none of them:
                                                        its blobs; zeroes where there is none */
};

struct delta {
    VEC(struct delta_item) items; /* in git's order */
    uint32_t work; /* names looked at; a measure of time that is the same everywhere */
    bool unknown;  /* the commit's own tree is missing: no items */
    bool lacking;  /* a tree is missing, or there is too much: not to be kept */
};

/* Whether a file of this name is a document. */
bool delta_is_document(struct str path);

/* As bytes. Taking fails on what is not sound: then `out` holds nothing of use. Paths borrow the
 * bytes. `parent_count` is the commit's. */
void delta_put(struct buf *out, const struct delta *delta);
bool delta_take(struct str bytes, uint32_t parent_count, struct arena *arena, struct delta *out);

#endif
