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

struct folded {
    struct str text;
    const uint32_t *offsets; /* of each byte of `text`, and of its end: where it came from */
};

struct folded fold_text(struct arena *arena, struct str text);

/* The same, but with its accents and hyphens: tells names apart that differ in those alone. */
struct str fold_strictly(struct arena *arena, struct str text);

#endif
