/* Which postings of a plan are read: all of them, or as many as may be loaded. Part of the reader.
 *
 * Groups in which a query can't have anything are known from what is inline; of frequent words only
 * the chunks for the other groups are loaded. Where these are more than the budget allows, some
 * are chosen, and the answer is not whole. */
#ifndef NASLAG_SEARCH_SELECT_H
#define NASLAG_SEARCH_SELECT_H

#include "search/plan.h"

struct piece_read {
    uint32_t group;
    struct str block;
};

/* The pieces of a source that are read, by group. */
struct source_pieces {
    const struct source *source;
    VEC(struct piece_read) items;
    size_t at; /* of the group in hand */
};

struct node_pieces {
    struct source_pieces *sources;
    size_t count;
};

struct selection {
    struct node_pieces *nodes;   /* by node of the plan */
    VEC(uint32_t) groups;        /* that may have something, in order */
    bool whole;                  /* nothing was left out */
    bool waits;                  /* files are wanted first */
    const struct headword *best; /* only the best passages of this entry are read; else NULL */
};

/* `budget`: bytes of chunks that may be loaded, 0: any number. `relaxed`: soft words may be
 * lacking.
 */
void select_pieces(struct selection *selection, const struct plan *plan,
                   const struct finder *finder, uint32_t budget, bool relaxed);

#endif
