/* Letters as pictures: those of the two fonts that the program carries. The only door to FreeType.
 *
 * Widths are in units of the font, of which FONT_UNITS make one size, so that they are the same in
 * all sizes; shapes are drawn once for each size and kept. Nothing is hinted: a letter's shape
 * depends on the font and the size alone. For one thread at a time. */
#ifndef NASLAG_WRITE_GLYPHS_H
#define NASLAG_WRITE_GLYPHS_H

#include "base/str.h"

#include <stdint.h>

enum font { FONT_TITLE, FONT_PLAIN };
enum { FONTS = 2, FONT_UNITS = 2048 };

/* A letter of a font; one that neither font has is a box. */
struct glyph {
    enum font font;
    uint32_t index;
};

struct shape {
    int left, top; /* pixels: from the pen to the right, from the baseline up */
    int width, height;
    const uint8_t *coverage; /* by rows: from 0, nothing, to 255 */
};

struct glyphs;

/* `fonts` are files of fonts, which must live as long. Release it in the end. */
struct glyphs *glyphs_open(const struct str fonts[FONTS]);
void glyphs_release(struct glyphs *glyphs);

/* The letter for a code point, where `font` lacks it that of another font. */
struct glyph glyphs_find(const struct glyphs *glyphs, enum font font, uint32_t code_point);

/* How far the pen moves on; and how much farther, mostly less, behind `before`. In units. */
int glyphs_advance(const struct glyphs *glyphs, struct glyph glyph);
int glyphs_kerning(const struct glyphs *glyphs, struct glyph before, struct glyph glyph);

/* `size` is in pixels. Good until the next call. */
struct shape glyphs_shape(struct glyphs *glyphs, struct glyph glyph, unsigned size);

#endif
