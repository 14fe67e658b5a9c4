/* Columns to reading order: what stands side by side on a page is set below each other.
 *
 * Text that was taken from a PDF as it lies on the page has, on each line, a piece of every column.
 * A gutter is a stretch of blank columns over many lines; what stands beside it may be prose in
 * columns, a margin with letterhead, or a table. Prose is read column by column, between the lines
 * that go across; a margin's lines come before the page's text, so that they stand in no sentence;
 * tables and all else stay as they are. */
#ifndef NASLAG_READ_COLUMNS_H
#define NASLAG_READ_COLUMNS_H

#include "read/lines.h"

struct arena;

/* Cuts lines at gutters and puts the pieces in reading order; pieces keep the number of the line
 * that they stood on, and have `raw`, `indent`, `gap` and `measure` of their own column. */
void columns_split(struct arena *arena, struct lines *lines);

#endif
