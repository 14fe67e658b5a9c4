/* What stands apart on a line: pieces of text with two spaces or more, or a tab, between them.
 *
 * A bullet is part of the piece behind it, however far that stands from it. */
#ifndef NASLAG_READ_CELLS_H
#define NASLAG_READ_CELLS_H

#include "read/lines.h"

enum {
    CELLS_MAX = 24,    /* pieces of a line; more are no table that anyone reads */
    CELLS_WIDTH = 400, /* columns; nothing is told apart beyond them */
};

struct cell {
    uint32_t start, len; /* bytes of the line's `text` */
    uint32_t from, to;   /* the columns [from, to) of the line as it stands */
};

struct cells {
    struct cell items[CELLS_MAX]; /* unset behind the last */
    size_t count;
    bool marked; /* the first is no more than a number or letter before an item: `1.`, `a)` */
};

/* Tells apart what stands on `line`; one piece where its text is no longer what `raw` says, or
 * where there are too many. */
void cells_split(const struct line *line, struct cells *out);

#endif
