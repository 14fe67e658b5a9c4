/* Which blocks are headings, and of what level.
 *
 * A heading is a short block that ends in no full stop and has text below it that begins anew;
 * sections are level 2. Levels come from numbering, from annexes, and from headings that end in a
 * colon, which stand below the section that they are in. */
#ifndef NASLAG_READ_HEADINGS_H
#define NASLAG_READ_HEADINGS_H

#include "read/blocks.h"

struct arena;

/* Turns paragraphs and numbered items of `blocks` into headings. */
void headings_find(const struct lines *lines, struct blocks *blocks);

/* Gives the headings their levels, but for one that has level 1 already: the title. */
void headings_rank(struct arena *arena, const struct lines *lines, struct blocks *blocks);

#endif
