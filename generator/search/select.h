/* Which postings of a plan are read: all of them, or as many as may be loaded. Part of the reader.
 *
 * Groups in which a query can't have anything are known from what is inline; of frequent words only
 * the chunks for the other groups are loaded. Where these are more than the budget allows, some
 * are chosen, and the answer is not whole.
 *
 * Soft words may be lacking in a second pass, which has what the first one reads and shares its
 * budget. It looks only into groups of which it has all postings, so that nothing is said to lack
 * what it has; and so is it where words are excluded. */
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

enum select_pass {
    SELECT_ALL,    /* soft words are wanted as well */
    SELECT_SOME,   /* they may be lacking */
    SELECT_AT_HAND /* the same, with no more than SELECT_ALL reads */
};

/* `budget`: bytes of chunks that may be loaded, 0: any number. */
void select_pieces(struct selection *selection, const struct plan *plan,
                   const struct finder *finder, uint32_t budget, enum select_pass pass);

#endif
