/* A document under another path: which links would lead elsewhere then, and what to write in their
 * place.
 *
 * Both states are there at once, before and after: a link is changed only where it led somewhere
 * and would not lead to the same, whether it is a link to the document that moves, one in it, or
 * one that its new name would take away from another. What a link shows stays what it was. */
#ifndef NASLAG_LINK_RELINK_H
#define NASLAG_LINK_RELINK_H

#include "link/web.h"

struct relink {
    struct arena *arena;
    const struct web *web;
    uint32_t moved;        /* document */
    struct snapshot files; /* as they are called then */
    struct outline *documents;
    struct resolver after;
};

/* One place that is rewritten. */
struct relink_change {
    uint32_t line;
    struct str old, new;
};

struct relink_changes {
    VEC(struct relink_change) items;
};

/* `stem` is the new path without an extension, `title` the title that the document has then. All
 * files that are called as the document move with it where it is a source. All of it is the
 * arena's. */
void relink_init(struct relink *relink, struct arena *arena, const struct web *web, uint32_t moved,
                 struct str stem, struct str title);

/* The path that a file of the snapshot has then. */
struct str relink_path(const struct relink *relink, uint32_t entry);

/* Whether a file is the document's own, so that it moves. */
bool relink_moves(const struct relink *relink, uint32_t entry);

/* Whether any link of the document must be written anew. */
bool relink_wants(const struct relink *relink, uint32_t document);

/* Rewrites the links of a document whose Markdown is `source`. Fails where a link can't be written
 * so that it leads to the same place: `err` says which. */
int relink_document(const struct relink *relink, uint32_t document, struct str source,
                    struct str *out, struct relink_changes *changes, struct err *err);

#endif
