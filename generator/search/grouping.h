/* Documents in groups, by which the index numbers them: a document that comes or goes gives other
 * numbers to few others, all of its own group.
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

/* A document's number in its group. */
struct numbered {
    uint32_t document, number;
};

/* The documents of a group by rising number. A number is drawn by the document's id; the next that
 * is free is taken where another one has it. */
struct numbered *grouping_number(const struct group *group, const struct web *web,
                                 struct arena *arena);

void grouping_make(struct grouping *grouping, const struct web *web, struct arena *arena);

#endif
