/* A picture that stands for a page where somebody shares its address: what kind of page it is, its
 * title, whose it is and of when, and of which site, as a PNG.
 *
 * It looks as the top of the page does, with the colours of the theme that the program carries and
 * with letters of fonts that it carries too, so that no font of the machine matters. Any text can
 * be shown: what is too long ends in an ellipsis, letters that the fonts lack are boxes, and text
 * that runs from right to left is not turned. */
#ifndef NASLAG_WRITE_PICTURE_H
#define NASLAG_WRITE_PICTURE_H

#include "base/arena.h"
#include "search/packed.h"
#include "write/canvas.h"
#include "write/glyphs.h"

enum picture_kind { PICTURE_TOPIC, PICTURE_SOURCE, PICTURE_NOTE, PICTURE_SITE };

/* Any of the texts may be empty. */
struct picture {
    enum picture_kind kind;
    struct str label; /* of the kind; not shown of the site */
    struct str title;
    struct str below; /* the title: issuer and date */
    struct str foot;
};

/* What draws pictures, for one thread at a time. All zero is one that has nothing yet. */
struct painter {
    const struct str *fonts; /* FONTS of them, see glyphs.h; must be set */
    struct arena arena;
    struct canvas canvas;
    struct glyphs *glyphs;
    struct packer packer;
};

/* The file; the arena's. */
struct str picture_draw(struct painter *painter, struct arena *arena,
                        const struct picture *picture);

/* Gives all memory back: the painter has nothing then. */
void painter_release(struct painter *painter);

#endif
