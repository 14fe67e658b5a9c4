/* Citations of a passage by its number, `[@source, ¶12]` or `[[note#p12]]`, that stayed as they
 * were while the passage did not: it has another number now, or is gone.
 *
 * Where the document that cites was changed as well, its author is believed: a citation that is
 * new, or that followed its passage, is right. Of a range both ends are looked at. */
#ifndef NASLAG_WRITE_MISPLACED_H
#define NASLAG_WRITE_MISPLACED_H

#include "write/alignment.h"

struct misplaced {
    uint32_t from; /* document of after */
    uint32_t line;
    uint32_t source;        /* document of after */
    uint32_t number, now;   /* what is cited; where that stands now, 0: nowhere */
    struct str words;       /* that stood there */
    struct str words_there; /* that stand there now; empty: nothing does */
};

struct misplaced_list {
    VEC(struct misplaced) items;
};

/* One number that a link names. Documents are those of after. */
struct cited {
    uint32_t from, source, number, line;
    uint32_t order; /* of the links of a side */
};

struct cited_list {
    VEC(struct cited) items; /* by source, from, then order */
};

struct citations {
    struct cited_list before, after;
    const bool *changed; /* by document of after */
};

/* Finds all numbers by which documents that `changed` are cited, on both sides. */
void citations_collect(struct citations *out, const struct side *before, const struct side *after,
                       const struct counterparts *counterparts, const bool *changed,
                       struct arena *arena);

/* Whether anything cites the document by number. */
bool citations_have(const struct citations *citations, uint32_t source);

/* Adds what is misplaced in one document. Texts are the alignment's. */
void misplaced_find(struct misplaced_list *out, const struct citations *citations, uint32_t source,
                    const struct alignment *alignment, struct arena *arena);

#endif
