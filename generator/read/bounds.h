/* Bounds on Markdown before cmark-gfm sees it: what takes it more than linear time, or more memory
 * than the size of the text warrants, is taken out first. So is what makes it read memory that it
 * has given back.
 *
 * Blocks are told apart only as far as that is sure, and costs are estimated upwards: a document
 * that is not hostile comes nowhere near the bounds. The result has as many lines as the input, so
 * that places in it are places in the file. Characters that shall do nothing are marked; see
 * shield.h for how they get back what they were. What was done is said in a diagnostic with its
 * place, once for a kind and a paragraph. */
#ifndef NASLAG_READ_BOUNDS_H
#define NASLAG_READ_BOUNDS_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* `body` itself where it is within bounds (by far the usual case), else a copy with marks: all text
 * that comes out of it must go through shield_restore(). `place` gives the path and the line on
 * which `body` begins, which must be well-formed UTF-8. Takes time linear in the length of `body`.
 */
struct str bounds_apply(struct arena *arena, struct place place, struct str body,
                        struct diags *diags);

#endif
