/* The trace of a document's words: enough to tell of most names that the matcher does not find them
 * in it, without reading it.
 *
 * A name stands in a text only where each of its words does, as a whole, or where a word is cut off
 * at a hyphen; the last word of one that counts in compounds is the beginning of a word. */
#ifndef NASLAG_LINK_TRACE_H
#define NASLAG_LINK_TRACE_H

#include "base/str.h"

struct arena;
struct document;

/* Of all passages but code; in the arena. */
struct str trace_make(struct arena *arena, const struct document *document);

/* Whether the document may have the name, folded as by fold_text(). True too where the bytes are no
 * trace. */
bool trace_may_have(struct str trace, struct str name, bool compounds);

#endif
