/* Marked text: `==marked==`, by rules like those of emphasis. */
#ifndef NASLAG_READ_HIGHLIGHT_H
#define NASLAG_READ_HIGHLIGHT_H

#include "read/document.h"

/* Makes NODE_MARKs of the text between `==` and `==` below each node: the first with no space
 * behind it, the second with none before it, both among the same siblings. `a == b` is none. */
void highlight_read(struct arena *arena, struct node *root);

#endif
