/* Text as the matcher sees it: what a reader takes for the same reads the same.
 *
 * Without case and without accents on Latin letters; any white space one space, and so is a hyphen
 * between two letters or digits; soft hyphens and other invisible characters gone; curly
 * apostrophes straight; every other hyphen and dash a hyphen; ligatures their letters. */
#ifndef NASLAG_LINK_FOLD_H
#define NASLAG_LINK_FOLD_H

#include "base/str.h"

#include <stdint.h>

struct arena;

enum { FOLD_PADDING = 16 /* zeroes behind the text, so that several bytes can be read at once */ };

struct folded {
    struct str text;
    const uint32_t *offsets; /* of each byte of `text`, and of its end: where it came from; NULL:
                                each byte stands where it stood */
};

/* Where byte `at` of the folded text, or its end, came from. */
static inline uint32_t fold_offset(const struct folded *folded, size_t at)
{
    return folded->offsets ? folded->offsets[at] : (uint32_t)at;
}

struct folded fold_text(struct arena *arena, struct str text);

/* The same, but with its accents and hyphens: tells names apart that differ in those alone. */
struct str fold_strictly(struct arena *arena, struct str text);

#endif
