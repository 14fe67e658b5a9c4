/* The harvests of all groups become the entries of the tree: docs/search-format.md. */
#ifndef NASLAG_SEARCH_MERGE_H
#define NASLAG_SEARCH_MERGE_H

#include "search/harvest.h"
#include "search/nodes.h"

/* A name of a topic, folded, at the key of one of its words. */
struct alias {
    struct str key, text;
    struct str id, title; /* of the topic */
};

struct aliases {
    VEC(struct alias) items; /* by key */
};

/* `harvests` by rising id of their groups. */
void merge_run(struct harvest *harvests, size_t count, const struct aliases *aliases,
               struct nodes *nodes, struct parts *parts);

#endif
