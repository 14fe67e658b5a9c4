/* Columns of what cmark-gfm does not know of: citations are found again in their lines. */
#ifndef NASLAG_READ_PLACES_H
#define NASLAG_READ_PLACES_H

#include "read/document.h"

/* Sets the columns of the citations below `root`, which know their lines. `body` is the Markdown as
 * the author wrote it and starts on `first_line`. */
void places_of_citations(struct arena *scratch, struct str body, uint32_t first_line,
                         struct node *root);

#endif
