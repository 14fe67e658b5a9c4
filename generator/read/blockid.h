/* Block ids: `^id` at the end of a paragraph, heading or item, or in a paragraph of its own behind
 * a list, table, quotation or other block. */
#ifndef NASLAG_READ_BLOCKID_H
#define NASLAG_READ_BLOCKID_H

#include "base/diag.h"
#include "read/document.h"

/* Takes the markers out of the text; the block gets its id as `title`, in lower case. One that a
 * note gives twice is a diagnostic, and the first has it. */
void blockid_read(struct arena *arena, struct str path, struct node *root, struct diags *diags);

#endif
