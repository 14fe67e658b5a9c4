/* What stands on every page and is no part of the text: running heads and feet, page numbers,
 * letterhead that repeats.
 *
 * It is found by repetition, not by its words: lines that come back at the edges of pages, lines
 * that differ in nothing but a number that grows, groups of short lines that come back. Page
 * numbers that are shown give pages their numbers, and where a text has no page breaks they are the
 * breaks. */
#ifndef NASLAG_READ_FURNITURE_H
#define NASLAG_READ_FURNITURE_H

#include "read/lines.h"

struct arena;

struct furniture {
    struct str head;    /* the first running head that has words, without its page number */
    uint32_t head_line; /* where it stands in the source; 0 without one */
};

/* Drops furniture from `lines` and settles `page` and `opens_page` of every line. */
void furniture_remove(struct arena *arena, struct lines *lines, struct furniture *out);

#endif
