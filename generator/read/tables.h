/* Tables that white space draws: rows and cells, from where pieces of text stand on lines that
 * follow each other.
 *
 * Columns are what blank gutters part, down all lines but a few. A line that leaves the first
 * column empty, or goes on in small letters, belongs to the row above it; so do the lines between
 * two empty ones where empty lines part the rows. Where the shape is not clear there is no table:
 * prose in columns, fields with a colon, bullets beside each other stay what they are. */
#ifndef NASLAG_READ_TABLES_H
#define NASLAG_READ_TABLES_H

#include "read/letter.h"
#include "read/lines.h"

struct arena;

enum { TABLE_COLUMNS = 24 };

/* The bytes [start, start + len) of a line's text, which are in a cell. */
struct table_piece {
    size_t line;
    uint32_t start, len;
    uint32_t row, column;
};

struct table {
    size_t first, last;   /* lines */
    size_t piece, pieces; /* the first, and how many: by row, by column, from top to bottom */
    uint32_t rows, columns;
    bool header;                 /* whether the first row names the columns */
    bool figures[TABLE_COLUMNS]; /* columns of numbers */
};

struct tables {
    VEC(struct table) items; /* in the order of the text */
    VEC(struct table_piece) pieces;
};

/* Finds tables among the lines that are still text. */
void tables_find(struct arena *arena, const struct lines *lines, const struct letter *letter,
                 struct tables *out);

#endif
