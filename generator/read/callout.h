/* Callouts: `> [!note] Title`, as Obsidian and GitHub have them. A quotation whose first line says
 * so becomes a NODE_CALLOUT: nobody is quoted. */
#ifndef NASLAG_READ_CALLOUT_H
#define NASLAG_READ_CALLOUT_H

#include "read/document.h"

enum {
    CALLOUT_TYPE_MAX = 64, /* bytes: longer is no type but text in brackets */
    CALLOUTS = 15          /* kinds; see callout_name() */
};

/* Makes a callout of the quotation that `paragraph` is the first block of, and its title of the
 * paragraph. Returns false, and changes nothing, where its text does not begin with `[!type]`. */
bool callout_open(struct arena *arena, struct node *paragraph);

/* The kind of a type as written: of `tldr` that of `abstract`. Returns CALLOUTS for one that nobody
 * knows; it is shown as a note. */
unsigned callout_find(struct str written);

/* What a kind is called: `note`, `abstract`, …; of CALLOUTS that of a note. */
const char *callout_name(unsigned kind);

#endif
