/* Footnotes: where they are referred to, and which lines are their text.
 *
 * A line that begins with a superscript number, with a number in brackets, or with a plain number
 * is a footnote only where the text above it refers to that number in the same manner: `¹`, `[1]`,
 * or a digit glued to a word or to the end of a sentence (`Servicepunt1`). So a number that happens
 * to stand there stays what it is. */
#ifndef NASLAG_READ_NOTES_H
#define NASLAG_READ_NOTES_H

#include "read/lines.h"

struct arena;
struct node;

/* A reference in a line of text: the bytes [offset, offset + len) of the line are the mark. */
struct note_reference {
    size_t line;
    uint32_t offset, len;
    uint32_t note; /* index + 1 into the notes; 0: none was found, the mark is text */
};

/* The lines [first, last] with fate LINE_NOTE; the first begins with `skip` bytes of mark. */
struct note {
    size_t first, last;
    uint32_t skip;
    bool awaited;      /* whether the text refers to it */
    uint32_t number;   /* as shown in the document */
    struct node *node; /* what it became in the document; NULL before that */
};

struct notes {
    VEC(struct note) items;
    VEC(struct note_reference) references; /* in order of the text */
};

/* Finds notes in `lines` and gives their lines their fate. */
void notes_find(struct arena *arena, struct lines *lines, struct notes *out);

#endif
