/* The terms of a concordance in the order of their keys, each with the places where it stands, from
 * which its postings are written.
 *
 * What rests on a form alone, its stem and how it differs from that, is found once for each form;
 * occurrences are dealt to their terms by counting. */
#ifndef NASLAG_SEARCH_TERMS_H
#define NASLAG_SEARCH_TERMS_H

#include "search/concordance.h"
#include "search/posting.h"

/* A place of a term, which is in one of its forms. */
struct term_place {
    uint32_t passage; /* index into the passages of the concordance */
    uint32_t place;
    uint32_t form;
};

struct term_form {
    struct str text;
    uint32_t count;
};

struct term {
    struct str key;               /* kind and text; borrows */
    uint32_t documents, passages; /* the title is no passage */
    const struct term_place *places;
    uint32_t place_count; /* at least 1 */
    const struct term_form *forms;
    uint32_t form_count; /* of a word at least 1; a topic or a year has none */
};

struct terms {
    const struct indexed_passage *passages;
    struct term *items; /* by key, in the order of bytes */
    size_t count;
};

/* Borrows the concordance, to which nothing may be added any more. */
void terms_make(struct terms *terms, const struct concordance *concordance, struct arena *arena);

/* Appends the block of a term: see posting.h. Returns what is highest in it. */
struct posting_peak terms_put(const struct terms *terms, const struct term *term, struct buf *out);

#endif
