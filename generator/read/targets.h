/* Where the targets of links stand in the bytes of a Markdown file, so that they can be rewritten.
 *
 * Markdown is not read a second time by other rules: whatever looks like a target is replaced by a
 * word of its own, the result is read as any document, and those are targets whose words come out
 * in links. So what only looks like one, in code or in a comment, is told apart for sure. */
#ifndef NASLAG_READ_TARGETS_H
#define NASLAG_READ_TARGETS_H

#include "read/document.h"

struct arena;

struct target {
    size_t start, end; /* bytes of the body: without `#heading`, and without space around it */
    size_t inner_end;  /* of a wikilink: where its `]]` stands */
    const struct node *node; /* the link, or the first of those that use a definition */
    bool bare;               /* a wikilink without a text of its own */
    bool alone;              /* an embed that has its line to itself */
    bool in_cell;            /* of a table, where `|` must be escaped */
    bool bracketed;          /* `(<…>)`: spaces need no code */
};

struct targets {
    VEC(struct target) items; /* in the order of the body */
    const struct node *root;  /* of the body as it is */
};

/* The targets in `body`, of links into the site. False where that can't be told for sure. */
bool targets_find(struct arena *arena, struct str body, struct targets *out);

/* Whether both bodies say the same but for the targets of links. */
bool targets_same_text(struct arena *arena, struct str a, struct str b);

#endif
