/* Quotations: whether quoted words stand where they are said to stand.
 *
 * Quoted are a block quote that ends in a citation, and words between quotation marks with a
 * citation behind them in the same sentence, from QUOTED_WORDS_MIN words on. They must stand in the
 * cited place letter for letter. What is the same: any white space, any quotation mark, any dash,
 * invisible characters, and a stop or comma at the end. `[…]`, `[...]`, `(…)` and `(...)` mark an
 * omission, other words in square brackets are the editor's, and `[D]e` has a changed capital. */
#ifndef NASLAG_LINK_QUOTATION_H
#define NASLAG_LINK_QUOTATION_H

#include "base/vec.h"
#include "read/document.h"

struct arena;

enum {
    QUOTED_WORDS_MIN = 3, /* one or two words in quotation marks are as often irony as quotation */
};

/* Words that are quoted, and the first citation (number of its node) of those that follow them. */
struct quotation {
    struct str text;
    uint32_t line;
    uint32_t citation, citations;
};

struct quotations {
    VEC(struct quotation) items;
};

/* Finds what a document quotes; texts are copied to `arena`. */
void quotations_find(struct arena *arena, const struct document *document,
                     struct quotations *quotations);

/* The text of a source, ready to be searched: all of it is the arena's. */
struct quoted_source {
    const struct document *document;
    struct str text;
    uint32_t *starts; /* where passage n + 1 begins */
    uint32_t *words;  /* offsets at which words begin */
    uint32_t word_count;
    uint32_t *next, *first; /* chains of words that begin alike */
    uint32_t slots;
};

void quoted_source_init(struct quoted_source *source, struct arena *arena,
                        const struct document *document);

enum verdict {
    QUOTATION_FOUND,
    QUOTATION_ELSEWHERE, /* stands in `passage`, which is not among those cited */
    QUOTATION_DIFFERS,   /* `quoted` is what it says, `said` what stands in `passage` */
    QUOTATION_MISSING,   /* nothing like it is there */
    QUOTATION_UNKNOWN    /* too much to compare */
};

struct finding {
    enum verdict verdict;
    uint32_t passage;
    struct str quoted, said;
};

/* Looks for a quotation in the passages from `from` to `to`, then in the rest. */
struct finding quotation_verify(const struct quoted_source *source, struct arena *scratch,
                                struct str text, uint32_t from, uint32_t to);

#endif
