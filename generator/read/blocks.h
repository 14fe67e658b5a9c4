/* Lines to blocks: which lines belong together, and what they are.
 *
 * A block is a range of lines; lines in it whose fate is not LINE_TEXT (furniture, footnotes,
 * addresses that stand in a sentence's way) are no part of it. So a sentence that runs over a page
 * break or past a footnote is in one block. */
#ifndef NASLAG_READ_BLOCKS_H
#define NASLAG_READ_BLOCKS_H

#include "read/letter.h"
#include "read/lines.h"
#include "read/marker.h"
#include "read/tables.h"

struct arena;
struct node;

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING, /* level from 2; infer.h may make the first one the title */
    BLOCK_ITEM,    /* of the list that it makes with its neighbours */
    BLOCK_QUOTE,
    BLOCK_CODE, /* columns of white space that are no clear table: lines as they stand */
    BLOCK_TABLE,
    BLOCK_LINES, /* lines that stay lines: salutation, closing, signature, cells of a form */
    BLOCK_NONE,  /* its lines are another block's by now */
};

enum { LEVEL_TITLE = 1 }; /* of the heading that is the title; sections are from 2 */

struct block {
    enum block_kind kind;
    size_t first, last;   /* lines */
    struct marker marker; /* of an item or a numbered heading */
    uint32_t level;       /* of a heading */
    size_t table;         /* of a table: index into the tables */
    struct node *node;    /* what it became in the document; NULL before that */
};

struct blocks {
    VEC(struct block) items;
    struct tables tables;
};

/* Makes blocks of the lines that are still text, and gives those lines their block. */
void blocks_make(struct arena *arena, struct lines *lines, const struct letter *letter,
                 struct blocks *out);

#endif
