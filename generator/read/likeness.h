/* How much two texts have in common: the same words, or nearly the same.
 *
 * A text is seen as its words, without case, punctuation and layout, and with words joined that
 * were cut at a line's end: so two extractions of one document are alike. A sketch is made in time
 * linear in the text and has the same size for all texts. */
#ifndef NASLAG_READ_LIKENESS_H
#define NASLAG_READ_LIKENESS_H

#include "base/str.h"

#include <stdint.h>

enum {
    LIKENESS_WORDS = 3,  /* words in a row that are compared: one wrong word spoils three of them */
    LIKENESS_BINS = 512, /* of a sketch: the estimate is good to about two hundredths */
    /* Per cent in common: nearly the same text. Of a hundred Dutch PDFs, two extractions of one
     * have so much in nine of ten cases; different ones, form letters too, have 52 at most. */
    LIKENESS_ALIKE = 70,
};

struct likeness {
    uint64_t words; /* hash of all the words in their order; the same for the same words */
    uint64_t count; /* how many words */
    uint32_t bins[LIKENESS_BINS]; /* the least hash in each; 0: none */
};

/* `text` is UTF-8. */
void likeness_of(struct str text, struct likeness *out);

/* Whether two texts have the same words in the same order. No text without words is the same. */
bool likeness_same(const struct likeness *a, const struct likeness *b);

/* The part of all runs of words in either text that both have, in per cent: an estimate. */
unsigned likeness_share(const struct likeness *a, const struct likeness *b);

#endif
