/* Documents in groups, by which the index numbers them: a document that comes or goes gives other
 * numbers to those of its own group at most.
 *
 * A group is a run of documents in the order of the web. Where one ends is decided by the id of the
 * document there; only where none does for long is it cut. */
#ifndef NASLAG_SEARCH_GROUPING_H
#define NASLAG_SEARCH_GROUPING_H

#include "link/web.h"

struct group {
    uint32_t id;           /* a hash of the first document's id; no two are the same */
    uint32_t first, count; /* documents */
};

struct grouping {
    VEC(struct group) items; /* in the order of documents */
};

void grouping_make(struct grouping *grouping, const struct web *web, struct arena *arena);

#endif
