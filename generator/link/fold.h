/* Text as the matcher sees it: what a reader takes for the same reads the same.
 *
 * Without case; composed and decomposed letters alike; any white space one space; soft hyphens and
 * other invisible characters gone; curly apostrophes straight; every hyphen and dash a hyphen;
 * ligatures their letters. */
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

#endif
