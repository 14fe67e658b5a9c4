/* Quotations: whether quoted words stand where they are said to stand.
 *
 * Quoted are a block quote that ends in a citation, that a paragraph of nothing but a citation
 * follows, or that a sentence with a citation and a colon introduces, and words between quotation
 * marks with a citation in the same sentence (behind them, else before them), from QUOTED_WORDS_MIN
 * words on. They must stand in one of the cited places letter for letter. What is the same: any
 * white space, any quotation mark, any dash, invisible characters, a stop or comma at the end, and
 * a word that a line end cut. `[…]`, `[...]`, `(…)` and
 * `(...)` mark an omission, other words in square brackets are the editor's, and `[D]e` has a
 * changed capital. */
#ifndef NASLAG_LINK_QUOTATION_H
#define NASLAG_LINK_QUOTATION_H

#include "base/vec.h"
#include "link/wording.h"

enum {
    QUOTED_WORDS_MIN = 3, /* one or two words in quotation marks are as often irony as quotation */
};

/* Words that are quoted, and the citations (numbers of their nodes) that share brackets. */
struct quotation {
    struct str text;
    uint32_t line;                /* of the passage, or of the paragraph that introduces it */
    uint32_t citation, citations; /* the first, and how many */
};

struct quotations {
    VEC(struct quotation) items;
};

/* Finds what a document quotes; texts are copied to `arena`. */
void quotations_find(struct arena *arena, const struct document *document,
                     struct quotations *quotations);

enum verdict {
    QUOTATION_FOUND,
    QUOTATION_ELSEWHERE, /* stands in `passage`, which is not among those cited */
    QUOTATION_DIFFERS,   /* `quoted` is what it says, `said` what stands in `passage` */
    QUOTATION_SCATTERED, /* its parts are there, but do not follow each other */
    QUOTATION_MISSING,   /* nothing like it is there */
    QUOTATION_UNKNOWN    /* too much to compare, or no words */
};

struct finding {
    enum verdict verdict;
    uint32_t passage;
    struct str quoted, said;
};

/* Passages from first to last. */
struct stretch {
    uint32_t first, last;
};

/* Looks for a quotation in each of the stretches that are cited, then in the rest. */
struct finding quotation_verify(struct wording *wording, struct arena *scratch, struct str text,
                                const struct stretch *cited, unsigned count);

#endif
