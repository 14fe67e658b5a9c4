/* Code points as the index has them: in lower case and without accents, so that `Één` and `een` are
 * the same word. Latin letters that are written as one come apart: ß gives ss, æ ae, ĳ ij, ﬁ fi.
 *
 * Part of the reader of the index: needs no library, so that a browser runs the same code. Instead
 * of Unicode's tables it has small ones: Latin letters are all folded, Greek and Cyrillic ones by
 * rules (classical Greek is left as it is), other scripts keep theirs, accents and all. */
#ifndef NASLAG_SEARCH_LETTERS_H
#define NASLAG_SEARCH_LETTERS_H

#include "base/str.h"

#include <stdint.h>

enum {
    LETTERS_MAX = 4,             /* bytes that one code point folds to */
    LETTERS_REPLACEMENT = 0xFFFD /* what is not well-formed reads as this, which is no letter */
};

enum letter_class {
    LETTER_OTHER,      /* what sets words apart: space, punctuation, signs, superscript digits */
    LETTER_WORD,       /* letters and digits */
    LETTER_MARK,       /* combining or invisible: as if it were not there */
    LETTER_APOSTROPHE, /* ' and what is written for it */
    LETTER_HYPHEN      /* - and its like; no dashes */
};

enum letter_class letters_class(uint32_t code_point);

/* Writes the folded code point as UTF-8 and returns its length: 0 for a mark, ' for every
 * apostrophe, - for every hyphen. */
size_t letters_fold(uint32_t code_point, char out[LETTERS_MAX]);

/* The code point at `*offset`, which must be less than text.len; moves `*offset` behind it, or by
 * one byte where there is none. */
uint32_t letters_next(struct str text, size_t *offset);

/* Whether it is white space, no-break and zero-width space included. */
bool letters_is_space(uint32_t code_point);

#endif
