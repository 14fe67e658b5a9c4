/* A document as Markdown again: what the readers made of a text, to look at and to edit.
 *
 * What is printed reads as the same document, but for what Markdown has no form for: page marks
 * become comments (`%%p. 3%%`), and a table whose first row is no heading gets an empty one. */
#ifndef NASLAG_WRITE_REPRINT_H
#define NASLAG_WRITE_REPRINT_H

#include "base/buf.h"
#include "read/document.h"

/* Prints what stands below `root`. */
void reprint(struct buf *out, const struct node *root);

#endif
