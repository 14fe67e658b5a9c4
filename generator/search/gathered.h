/* A term with the postings of all groups that have it, and how these go into its entry in the
 * index's tree: with it, or in chunks beside the best passages (docs/search-format.md). */
#ifndef NASLAG_SEARCH_GATHERED_H
#define NASLAG_SEARCH_GATHERED_H

#include "search/harvest.h"
#include "search/parts.h"

/* The postings of a term in a group. */
struct gathered_piece {
    uint32_t group;
    struct str block;
    struct posting_peak peak;
};

struct gathered {
    struct str key;
    uint32_t documents, passages;
    VEC(struct gathered_piece) pieces;
    size_t size; /* bytes of the blocks */
    struct posting_form common;
    uint32_t common_count;
};

/* Takes the first term of the harvests from all that have it. All is copied into the arena. */
void gathered_take(struct gathered *term, struct harvests *harvests, struct arena *arena);

/* Appends how the postings stand and they, or what leads to the chunks that become parts. */
void gathered_put_postings(const struct gathered *term, struct parts_draft *parts,
                           struct arena *arena, struct buf *out);

#endif
