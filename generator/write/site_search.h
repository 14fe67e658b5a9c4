/* The search index of a site: what search/indexer.h asks of it, and where its files go. */
#ifndef NASLAG_WRITE_SITE_SEARCH_H
#define NASLAG_WRITE_SITE_SEARCH_H

#include "search/indexer.h"
#include "write/site.h"

#define SITE_SEARCH_FOLDER "search" /* of the site: the search page knows it */

struct site_search {
    const struct site *site;
    struct publish *publish;
    struct indexer_site about;
    struct indexer indexer;
};

/* How many groups there are to index is then in `search->indexer.grouping`. */
void site_search_init(struct site_search *search, const struct site *site, struct publish *publish);

/* Publishes what does not belong to a single group, when all groups were indexed. */
void site_search_finish(struct site_search *search);

#endif
