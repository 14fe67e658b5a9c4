/* The harvests of all groups become the entries of the tree: docs/search-format.md.
 *
 * That goes slice by slice (slices.h), and what a slice gave is remembered: where all groups have
 * the same in it as then, nothing of it is read. */
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

/* Where slices are remembered. */
struct merge_memory {
    struct cache *cache; /* may be NULL */
    struct digest maker; /* of the program and the language: what else a slice rests on */
};

/* `harvests` by rising id of their groups; the source is asked for slices of which nothing is
 * remembered. */
void merge_run(const struct harvest *harvests, size_t count, const struct harvest_source *source,
               const struct aliases *aliases, const struct merge_memory *memory,
               struct nodes *nodes, struct parts *parts);

#endif
