/* Names that texts use and that are no topic: what an editor might write a page about.
 *
 * Abbreviations, and names with capitals inside sentences (`Dienst Landelijke Wegen`, with `van`,
 * `de`, `voor` and `en` between them), that no mention covers; and what documents define themselves
 * and no topic stands for. Nothing of it is gathered in a build: the documents are gone through
 * once more when asked. */
#ifndef NASLAG_LINK_SUGGESTION_H
#define NASLAG_LINK_SUGGESTION_H

#include "link/web.h"

enum {
    SUGGESTED_MAX = 200,          /* of a whole collection: more is no list that is read */
    SUGGESTION_PASSAGES_MIN = 4,  /* a name in fewer passages is passed over… */
    SUGGESTION_DOCUMENTS_MIN = 2, /* …unless it stands in so many documents, or is defined */
    SUGGESTION_LENGTH_MAX = 100,  /* bytes of a name */
    CANDIDATES_MAX = 100000       /* different names: a bound on memory */
};

struct suggestion {
    struct str name;    /* as it stands the first time, without a genitive's ending */
    struct str meaning; /* written out, where a document defines it; else empty */
    uint32_t documents, passages;
    uint32_t document, passage, line; /* the first place: its passage, and the passage's line */
};

struct suggestions {
    VEC(struct suggestion) items;
};

/* Adds the names, those in most documents first, then those in most passages, then by name. All
 * memory that stays is the arena's. */
void suggestions_find(struct suggestions *out, const struct web *web, struct crew *crew,
                      struct arena *arena);

#endif
