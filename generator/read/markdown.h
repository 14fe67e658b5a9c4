/* Markdown to document. The only door to cmark-gfm. */
#ifndef NASLAG_READ_MARKDOWN_H
#define NASLAG_READ_MARKDOWN_H

#include "base/diag.h"
#include "read/document.h"

/* Must be called once, before threads start. */
void markdown_init(void);

/* Reads the Markdown in `body`, which starts on `place.line`, and adds its blocks below `root`.
 * Footnotes are numbered from `first_footnote`. Hostile or broken input gives diagnostics and
 * whatever can be read; see bounds.h for what is refused. */
void markdown_read(struct arena *arena, struct place place, struct str body, struct node *root,
                   uint32_t first_footnote, struct diags *diags);

#endif
