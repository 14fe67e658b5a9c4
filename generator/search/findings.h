/* The documents that a query finds, group by group, with what they are ranked by. Part of the
 * reader. */
#ifndef NASLAG_SEARCH_FINDINGS_H
#define NASLAG_SEARCH_FINDINGS_H

#include "search/hits.h"

enum {
    FINDINGS_PASSAGES_MAX = 1000, /* of a document that can be asked for */
    FINDINGS_SOFT_MAX = 32        /* words of which it is told that a document lacks them */
};

struct finding_passage {
    uint32_t number, score;
};

/* A document that is found. */
struct finding {
    uint32_t group, document;
    uint32_t score;
    uint32_t count;    /* passages that have anything of what was asked for */
    uint32_t together; /* of those, that have all of it */
    uint32_t lacking;  /* soft words that it lacks, by their order in the root: bits */
    uint32_t date;     /* once the columns are there */
    VEC(struct finding_passage) best; /* the best first */
};

struct findings {
    VEC(struct finding) items;
    uint32_t documents, passages; /* that have all; with those that are not in `items` */
};

/* Matches all groups of the selection. With `relaxed` documents that lack soft words are matches as
 * well, if they have most of what the query says. Of each the best `passages` are kept. */
void findings_collect(struct findings *matches, const struct plan *plan,
                      const struct selection *selection, bool relaxed, uint32_t passages,
                      struct arena *arena, struct store *store);

#endif
