/* What a list item or a numbered heading begins with: `•`, `-`, `1.`, `2)`, `1.3`, `a)`, `- 1)`, or
 * a glyph of a symbol font that came out as a private-use character. */
#ifndef NASLAG_READ_MARKER_H
#define NASLAG_READ_MARKER_H

#include "base/str.h"

#include <stdint.h>

enum marker_kind {
    MARKER_NONE,
    MARKER_BULLET,
    MARKER_NUMBER,
    MARKER_LETTER, /* `a)`, `II.`: has no number that a list could show, so it stays in the text */
};

struct marker {
    enum marker_kind kind;
    size_t len;      /* bytes, with the space behind it */
    uint32_t number; /* of a MARKER_NUMBER: the last of its parts */
    uint32_t depth;  /* how many parts: `1.` has one, `1.3` two */
    uint32_t glyph;  /* the bullet's code point, or the sign behind a number or letter: items of one
                        list have the same */
    bool weak;       /* could also be an ordinary dash or number at the start of a line */
};

/* The marker at the start of `text`; kind MARKER_NONE where there is none. */
struct marker marker_parse(struct str text);

#endif
