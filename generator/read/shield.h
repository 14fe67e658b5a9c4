/* Characters that shall mean nothing in Markdown: replaced by marks that cmark takes for letters,
 * and put back where the text comes out.
 *
 * A mark is one of Unicode's noncharacters from U+FDD2 on, three bytes in UTF-8 (wikilink.h uses
 * the two before). Unlike a backslash it is right in code and in addresses too, where a backslash
 * would be seen, and it costs cmark no node of its own. */
#ifndef NASLAG_READ_SHIELD_H
#define NASLAG_READ_SHIELD_H

#include "base/buf.h"
#include "base/str.h"

struct arena;

#define SHIELD_CHARACTERS "!&)*+-.:<>[\\]_`|~"

struct shield {
    struct str text;
    struct buf copy; /* of the text before `done`; not begun while nothing is marked */
    size_t done;
    struct arena *arena;
};

/* `text` itself, or where it holds marks of its own a copy of the same length without them. */
struct str shield_clean(struct arena *arena, struct str text);

void shield_init(struct shield *shield, struct arena *arena, struct str text);

/* Marks the character at `offset`, one of SHIELD_CHARACTERS, behind all that were marked before. */
void shield_mark(struct shield *shield, size_t offset);

/* The text with its marks; the text itself where there are none. */
struct str shield_finish(struct shield *shield);

/* `text` with what was marked put back; `text` itself where it has no marks. */
struct str shield_restore(struct arena *arena, struct str text);

#endif
