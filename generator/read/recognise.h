/* Whether a text belongs to the record of a document that is known: by what both say of themselves.
 */
#ifndef NASLAG_READ_RECOGNISE_H
#define NASLAG_READ_RECOGNISE_H

#include "read/meta.h"

struct arena;

enum {
    RECOGNISE_TITLE = 60,       /* per cent of words in common, where the dates are equal */
    RECOGNISE_TITLE_ALONE = 75, /* where one of them has no date, or a year only */
    RECOGNISE_WORDS = 4,        /* words in common, at least, in the latter case */
};

/* What is the same in both, in English, for a message; NULL where they are not the same document.
 * A reference is compared by its letters and digits, a title by its words. Dates that differ need
 * an equal reference and like titles both; a date alone is never enough. */
const char *recognise(struct arena *arena, const struct meta *text, const struct meta *record);

/* The part of the words of either title that both have, in per cent; `*common` is how many. */
unsigned recognise_titles(struct arena *arena, struct str a, struct str b, size_t *common);

#endif
