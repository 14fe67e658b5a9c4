/* The fields of a letter's or a memo's head (`Datum`, `Betreft`, `Ons kenmerk`), wherever their
 * values stand: behind the label, below it, in a column of its own, or, as a PDF's text comes out
 * in the order of its frames, labels in one block and values in another.
 *
 * A head is read as cells: pieces of lines with wide space between them. A value is taken for a
 * field only where it looks like one (a date for `Datum`, no address for `Betreft`), so that
 * labels and values that were torn apart find each other. */
#ifndef NASLAG_READ_HEAD_H
#define NASLAG_READ_HEAD_H

#include "read/letter.h"

/* Whether the lines [0, limit) say what a letter's head says: fields, addresses, dates. */
bool head_is_letter(const struct lines *lines, size_t limit);

/* Takes the head of a letter: the lines [0, letter->salutation). Those that are no prose leave the
 * text, and so do fields that came to stand just below the salutation. */
void head_read_letter(struct arena *arena, struct lines *lines, struct letter *letter,
                      size_t limit);

/* Behind which line the head of a letter ends that has no salutation, or one that was blacked out:
 * it begins with the sender's address, and its fields end above the first prose. 0: no such head.
 */
size_t head_without_salutation(const struct lines *lines);

/* Takes the fields with which a text without salutation begins. */
void head_read_fields(struct arena *arena, struct lines *lines, struct letter *letter);

#endif
