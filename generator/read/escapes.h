/* Backslashes that cmark takes away before what Obsidian adds is looked for: `\==`, `\#tag`,
 * `\^id`.
 *
 * Each is hidden as a noncharacter of Unicode (behind those of shield.h) that means nothing, and
 * shown again as what it was: a character in text, with its backslash in code. */
#ifndef NASLAG_READ_ESCAPES_H
#define NASLAG_READ_ESCAPES_H

#include "base/str.h"

struct arena;

/* `body` itself where it has none. Lines stay lines. */
struct str escapes_hide(struct arena *arena, struct str body);

/* `text` with them shown again; `text` itself where it has none. */
struct str escapes_show(struct arena *arena, struct str text, bool backslash);

#endif
