/* The index's tree on its way out: keys and values, in the order of keys, become leaves, and leaves
 * nodes above them. Where one ends is decided by its keys, so that a key that comes or goes changes
 * a few files only. The form of a node is told in docs/search-format.md. */
#ifndef NASLAG_SEARCH_NODES_H
#define NASLAG_SEARCH_NODES_H

#include "search/parts.h"
#include "search/tree.h"

#include "base/buf.h"

struct level {
    struct buf items;     /* of the node that is being made */
    uint32_t count;       /* of its items */
    struct buf first_key; /* of the node */
    struct buf last_key;
};

struct nodes {
    struct parts *parts;
    struct arena arena, scratch;
    struct level levels[TREE_HEIGHT_MAX];
    uint32_t height; /* levels that have anything */
};

void nodes_init(struct nodes *nodes, struct parts *parts);

/* Keys come in rising order, each once. */
void nodes_add(struct nodes *nodes, struct str key, struct str value);

/* Ends the tree: its top node, which goes into the root; lives as long as `nodes`. Returns the
 * height of the tree: 1 where the top node is a leaf. */
uint32_t nodes_end(struct nodes *nodes, struct str *top);

void nodes_release(struct nodes *nodes);

#endif
