/* A picture in the making: pixels of sixteen colours, and the PNG file of them.
 *
 * The pixels are held as the file has them, two to a byte and a byte before each row, so that what
 * is drawn need not be put together again. Pixels outside are left out. */
#ifndef NASLAG_WRITE_CANVAS_H
#define NASLAG_WRITE_CANVAS_H

#include "base/str.h"

#include <stdint.h>

struct arena;
struct packer;

/* What every site shows well that shows a picture of a page: 1.91 to 1, as wide as they ask for. */
enum { CANVAS_WIDTH = 1200, CANVAS_HEIGHT = 630, CANVAS_COLOURS = 16 };
enum { CANVAS_COVERED = 255 /* all of a pixel */ };

struct canvas {
    uint8_t *rows;
};

struct colour {
    uint8_t red, green, blue;
};

/* All of it in colour 0. */
void canvas_init(struct canvas *canvas, struct arena *arena);
void canvas_clear(struct canvas *canvas);

/* Of what is filled `x` and `width` are even, and it is no larger than the canvas. `colour` is a
 * number in the palette. */
void canvas_fill(struct canvas *canvas, int x, int y, int width, int height, unsigned colour);

/* Draws a shape, anywhere: `coverage` says by rows how much of each pixel it covers, and `colours`
 * which colour shows that, all in rising or all in falling order. A pixel that was drawn on before
 * keeps the colour that is farther along in it. */
void canvas_paint(struct canvas *canvas, int x, int y, int width, int height,
                  const uint8_t *coverage, const uint8_t colours[CANVAS_COVERED + 1]);

/* The file; the arena's. */
struct str canvas_png(const struct canvas *canvas, const struct colour palette[CANVAS_COLOURS],
                      struct packer *packer, struct arena *arena);

#endif
