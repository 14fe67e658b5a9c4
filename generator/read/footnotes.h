/* Footnotes that cmark-gfm leaves out without a word: those that nothing refers to, and a second
 * one with the same label. Their authors should know. */
#ifndef NASLAG_READ_FOOTNOTES_H
#define NASLAG_READ_FOOTNOTES_H

#include "base/diag.h"

struct arena;

/* Looks through the Markdown in `body`, which starts on `place.line`. `shown` is how many footnotes
 * came out of it: where that is all of them nothing is said. */
void footnotes_check(struct arena *arena, struct place place, struct str body, size_t shown,
                     struct diags *diags);

#endif
