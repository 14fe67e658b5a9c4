/* The first file of an index: what it is of, and where the rest lies. Part of the reader. */
#ifndef NASLAG_SEARCH_ROOT_H
#define NASLAG_SEARCH_ROOT_H

#include "search/stem.h"
#include "search/tree.h"

/* A page of the list of groups, which holds the groups from `first` on. */
struct group_page {
    uint32_t first;
    uint64_t hash;
};

/* The hashes of what a group has besides postings and texts. */
struct root_group {
    uint64_t columns, places;
};

struct root {
    enum stem_language language;
    uint32_t documents, passages;
    struct group_page *pages;
    uint32_t page_count;
    struct str groups; /* the only page of the list, where there are no others */
    struct tree tree;
};

/* False where it is not there yet, or is no index that this program can read. */
bool root_read(struct root *root, struct store *store, struct arena *arena);

/* False where the list is not there yet; a group that is not in it is damage. */
bool root_find_group(const struct root *root, uint32_t group, struct root_group *out);

/* Wants all pages of the list, where they are `max` at most. */
void root_want_groups(const struct root *root, uint32_t max);

/* The groups of a site that has few, `max` at most. Returns how many; 0 where there are more. */
uint32_t root_list_groups(const struct root *root, uint32_t *groups, uint32_t max);

#endif
