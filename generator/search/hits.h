/* What a node of a plan finds in a group: passages, with the places. Part of the reader. */
#ifndef NASLAG_SEARCH_HITS_H
#define NASLAG_SEARCH_HITS_H

#include "search/select.h"

/* Words of a passage: of a phrase more than one. */
struct words_at {
    uint32_t first, last;
};

struct hit {
    uint32_t document, passage;
    uint32_t impact;
    uint32_t first, count; /* of its places, rising; none of a field or a topic */
};

struct hits {
    VEC(struct hit) items; /* by document, then passage */
    VEC(struct words_at) places;
    size_t at; /* for who walks over them */
};

/* The hits of all nodes of a plan in a group, which the selection has been moved on to; those of
 * AND, OR and NOT are empty. `out` has one for each node. */
void hits_find(struct hits *out, const struct plan *plan, const struct selection *selection,
               uint32_t group, struct arena *arena, struct store *store);

#endif
