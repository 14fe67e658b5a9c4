/* What blocks made of lines alone can't see: a sentence that something stands in the way of, and
 * short lines of which no sentence can be made.
 *
 * The text of a PDF comes in the order in which it was drawn: a margin, a caption or a box may
 * stand between two halves of a sentence. And a table or a form comes out as a line for each
 * cell. */
#ifndef NASLAG_READ_REJOIN_H
#define NASLAG_READ_REJOIN_H

#include "read/blocks.h"

/* Puts halves of sentences together; what stood between them is set aside (LINE_ASIDE), to come
 * behind the sentence. A marker that lost its text is dropped. */
void rejoin_sentences(struct lines *lines, struct blocks *blocks);

/* Makes one BLOCK_LINES of short lines that follow each other and end no sentence, with what looked
 * like headings between figures, and single longer lines between short ones. Lines that go on the
 * text of a cell get `goes_on`. What stands directly before prose stays a heading. */
void rejoin_lines(struct lines *lines, struct blocks *blocks);

#endif
