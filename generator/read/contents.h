/* Lists of contents: where they stand, and what they say of the headings in the text.
 *
 * A list is known by its heading or by its leaders (`Titel ........ 12`), and by page numbers that
 * do not decrease; one that has neither heading nor leaders, by most of its titles being lines of
 * the text. Its lines are dropped: a page makes its own contents. Lines of the text that say what
 * an entry says are headings, however they look. */
#ifndef NASLAG_READ_CONTENTS_H
#define NASLAG_READ_CONTENTS_H

#include "base/map.h"
#include "read/lines.h"

struct arena;

struct contents_entry {
    struct str key;  /* the title's letters and digits, without its number: see contents_level() */
    uint32_t level;  /* from 1 */
    uint32_t page;   /* 0 where it is not known */
    uint32_t indent; /* columns */
    uint32_t depth;  /* parts of its number; 0 without one */
};

enum { CONTENTS_BITS = 14 };

struct contents {
    VEC(struct contents_entry) entries;
    struct map levels;                              /* by key */
    uint64_t beginnings[(1 << CONTENTS_BITS) / 64]; /* a bit for how each key begins */
};

/* Drops lists of contents from `lines`. Pages must not have lost their numbers yet: in a list they
 * look the same. */
void contents_find(struct arena *arena, struct lines *lines, struct contents *out);

/* Sets `heading` of the lines that the contents name, once running heads are gone. */
void contents_mark(struct arena *arena, struct lines *lines, const struct contents *contents);

/* The level of the entry whose title is that of `heading`, which may have a number before it; 0
 * where there is none. */
uint32_t contents_level(struct arena *arena, const struct contents *contents, struct str heading);

#endif
