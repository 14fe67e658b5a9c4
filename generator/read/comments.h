/* Comments between `%%` and `%%`, as Obsidian has them: what an editor wrote for editors is not
 * published. */
#ifndef NASLAG_READ_COMMENTS_H
#define NASLAG_READ_COMMENTS_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* `body` without its comments; `body` itself where it has none. Lines stay lines, and code stays as
 * it is. A comment that is not closed is text, with a warning. */
struct str comments_remove(struct arena *arena, struct place place, struct str body,
                           struct diags *diags);

#endif
