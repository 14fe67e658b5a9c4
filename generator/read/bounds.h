/* Bounds on Markdown before cmark-gfm sees it: what takes it more than linear time is taken out
 * first.
 *
 * The result has as many lines as the input, so that places in it are places in the file; text is
 * neither lost nor moved to another line. What was done is said in a diagnostic with its place. */
#ifndef NASLAG_READ_BOUNDS_H
#define NASLAG_READ_BOUNDS_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* `body` itself where it is within bounds (by far the usual case, found out in one pass), else a
 * copy in which the constructs that are not have been made harmless, by backslashes or otherwise.
 * `place` gives the path and the line on which `body` begins. */
struct str bounds_apply(struct arena *arena, struct place place, struct str body,
                        struct diags *diags);

#endif
