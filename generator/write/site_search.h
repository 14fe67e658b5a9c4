/* The search index of a site: what search/indexer.h asks of it, and where its files go. */
#ifndef NASLAG_WRITE_SITE_SEARCH_H
#define NASLAG_WRITE_SITE_SEARCH_H

#include "search/indexer.h"
#include "write/readings.h"
#include "write/site.h"

#define SITE_SEARCH_FOLDER "search" /* of the site: the search page knows it */

struct site_search {
    const struct site *site;
    struct publish *publish;
    struct indexer_site about;
    struct indexer indexer;
    struct readings readings;
};

void site_search_init(struct site_search *search, const struct site *site, struct publish *publish);
void site_search_release(struct site_search *search);

/* Takes the groups that are as they were from the cache, with all workers. The documents of the
 * others are wanted then. */
void site_search_recall(struct site_search *search);
bool site_search_wants(const struct site_search *search, uint32_t document);

/* A document that is wanted was read: each is added once, by any thread. The one that completes its
 * group indexes it, in the worker's page arena. */
void site_search_add(struct site_search *search, struct worker *worker, uint32_t document,
                     const struct document *read);

/* Publishes what does not belong to a single group, when all groups were indexed. */
void site_search_finish(struct site_search *search);

#endif
