/* The index's tree on its way out: keys and values, in the order of keys, become leaves, and leaves
 * nodes above them. Where one ends is decided by its keys, so that a key that comes or goes changes
 * a few files only. The form of a node is told in docs/search-format.md. */
#ifndef NASLAG_SEARCH_NODES_H
#define NASLAG_SEARCH_NODES_H

#include "search/parts.h"
#include "search/tree.h"

#include "base/buf.h"

/* A node that is complete, and a key that separates it from the one before: not above its first. */
struct closed_node {
    struct str key, bytes;
};

/* A level of the tree. As long as all of it would go into one node it may be the top, and its nodes
 * wait; then they become parts. */
struct level {
    struct buf items;     /* of the node that is being made */
    uint32_t count;       /* of its items */
    struct buf first_key; /* of the node */
    struct buf last_key;
    struct buf before;  /* the last key of the node before */
    struct buf all;     /* all items as those of one node */
    struct buf all_key; /* the last in it */
    uint32_t all_count;
    bool is_large;
    VEC(struct closed_node) waiting;
};

struct nodes {
    struct parts *parts;
    struct arena arena, scratch;
    struct level levels[TREE_HEIGHT_MAX];
};

void nodes_init(struct nodes *nodes, struct parts *parts);

/* Keys come in rising order, each once. */
void nodes_add(struct nodes *nodes, struct str key, struct str value);

/* Ends the tree: its top node, which goes into the root; lives as long as `nodes`. Returns the
 * height of the tree: 1 where the top node is a leaf. */
uint32_t nodes_end(struct nodes *nodes, struct str *top);

void nodes_release(struct nodes *nodes);

#endif
