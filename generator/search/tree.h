/* Looking into the index's tree. Part of the reader. The form of its nodes is told in
 * docs/search-format.md. */
#ifndef NASLAG_SEARCH_TREE_H
#define NASLAG_SEARCH_TREE_H

#include "base/bytes.h"
#include "search/keys.h"
#include "search/store.h"

enum { TREE_HEIGHT_MAX = 6, TREE_LEAF = 'L', TREE_INNER = 'N' };

struct tree {
    struct str top; /* its top node */
    uint32_t height;
    struct store *store;
};

enum tree_status {
    TREE_FOUND,
    TREE_ABSENT,
    TREE_WAITS, /* a file is wanted first: see store.h */
};

/* The value under a key; what is damaged is told to the store. */
enum tree_status tree_find(const struct tree *tree, struct str key, struct str *value);

/* Takes an item, in the order of keys; false: enough. `key` is good until it returns. */
typedef bool tree_visitor(void *context, struct str key, struct str value);

/* Visits all items whose key begins with `prefix`. Returns TREE_WAITS where files are wanted first;
 * nothing was visited then behind the place where they lie. */
enum tree_status tree_range(const struct tree *tree, struct str prefix, tree_visitor *visit,
                            void *context);

/* Visits the items of the leaf in which `key` stands or would stand. */
enum tree_status tree_near(const struct tree *tree, struct str key, tree_visitor *visit,
                           void *context);

#endif
