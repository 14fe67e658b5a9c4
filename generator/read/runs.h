/* Text to inlines: addresses become links, references and page marks become nodes.
 *
 * What a mail scanner wrapped around an address (Outlook's safe links) is taken off, and the
 * trackers with it. `[text](address)` becomes a link, or its text where the address leads nowhere.
 * Only http and https addresses are links. */
#ifndef NASLAG_READ_RUNS_H
#define NASLAG_READ_RUNS_H

#include "read/document.h"
#include "read/join.h"

struct arena;

/* What the runs of one document share. */
struct runs {
    struct arena *arena;
    struct document *document; /* its dropped list takes what is left out */
    struct notes *notes;       /* their numbers are given as references come up */
    uint32_t *references;      /* by note: how many references there were */
    uint32_t *order;           /* notes (index + 1) by first reference */
    uint32_t numbered;         /* the last number that was given */
    uint32_t before;           /* numbers that the document had used before */
};

/* Adds inlines for `joined`, which begins on line `line` of the source, below `parent`. */
void runs_add(struct runs *runs, struct node *parent, const struct joined *joined, uint32_t line);

/* The address that `address` stands for: unwrapped and without trackers; `address` itself where
 * there is nothing to take off. */
struct str runs_unwrap(struct arena *arena, struct str address);

#endif
