/* The documents that a query finds, group by group, with what they are ranked by. Part of the
 * reader. */
#ifndef NASLAG_SEARCH_MATCH_H
#define NASLAG_SEARCH_MATCH_H

#include "search/hits.h"

enum {
    MATCH_PASSAGES_MAX = 5, /* the best passages of a document that are kept */
    MATCH_SOFT_MAX = 32     /* words of which it is told that a document lacks them */
};

struct match_passage {
    uint32_t number, score;
};

/* A document that is found. */
struct match {
    uint32_t group, document;
    uint32_t score;
    uint32_t count;    /* passages that have anything of what was asked for */
    uint32_t together; /* of those, that have all of it */
    uint32_t lacking;  /* soft words that it lacks, by their order in the root: bits */
    uint32_t date;     /* once the columns are there */
    struct match_passage best[MATCH_PASSAGES_MAX]; /* the best first */
    uint32_t best_count;
};

struct matches {
    VEC(struct match) items;
    uint32_t documents, passages; /* that have all; with those that are not in `items` */
};

/* Matches all groups of the selection. With `relaxed` documents that lack soft words are matches as
 * well, if they have most of what the query says. */
void match_find(struct matches *matches, const struct plan *plan, const struct selection *selection,
                bool relaxed, struct arena *arena, struct store *store);

#endif
