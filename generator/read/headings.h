/* Which blocks are headings, and of what level.
 *
 * A heading is a short block that ends in no full stop and has text below it that begins anew;
 * sections are level 2. Levels come from numbering, from annexes, and from headings that end in a
 * colon, which stand below the section that they are in. */
#ifndef NASLAG_READ_HEADINGS_H
#define NASLAG_READ_HEADINGS_H

#include "read/blocks.h"

struct arena;

/* Turns paragraphs and numbered items of `blocks` into headings with their levels. */
void headings_find(struct arena *arena, const struct lines *lines, struct blocks *blocks);

#endif
