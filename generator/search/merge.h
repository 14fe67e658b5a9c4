/* The harvests of all groups become the entries of the tree: docs/search-format.md.
 *
 * That goes slice by slice (yield.h): some are found at once, and then taken in order. */
#ifndef NASLAG_SEARCH_MERGE_H
#define NASLAG_SEARCH_MERGE_H

#include "search/nodes.h"
#include "search/yield.h"

/* `harvests` by rising id of their groups; the source is asked for slices of which nothing is
 * remembered. As many threads as `parts` has workers. */
void merge_run(const struct harvest *harvests, size_t count, const struct harvest_source *source,
               const struct aliases *aliases, const struct yield_memory *memory,
               struct nodes *nodes, struct parts *parts);

#endif
