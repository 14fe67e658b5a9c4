/* The writer of the search index: docs/search-format.md tells what it writes, search/ask.h reads
 * it.
 *
 * Groups of documents are indexed one by one, by any thread; then all are put together. The same
 * web gives the same files, and a document that changes gives a few other ones. */
#ifndef NASLAG_SEARCH_INDEXER_H
#define NASLAG_SEARCH_INDEXER_H

#include "search/grouping.h"
#include "search/merge.h"
#include "search/numbering.h"
#include "search/texts.h"

#include <pthread.h>

/* What the index is told by the site: all are asked by several threads at once. */
struct indexer_site {
    struct str language; /* code: `nl` */
    struct digest program;
    struct cache *cache; /* may be NULL */
    void *context;
    struct indexed_document (*describe)(void *context, uint32_t document, struct arena *arena);
    const struct document *(*load)(void *context, struct worker *worker, uint32_t document,
                                   struct arena *arena);
};

/* The hashes of what a group has besides postings and texts. */
struct group_parts {
    uint64_t columns, places;
};

/* What a group has: in the slice of topics, and in the others. */
struct group_harvests {
    struct harvest words, topics;
};

struct indexer {
    const struct web *web;
    const struct indexer_site *site;
    struct parts_sink sink;
    struct arena *arena;
    enum stem_language language;
    struct grouping grouping;
    struct group_harvests *harvests; /* by group */
    struct group_parts *parts;       /* by group */
    const uint32_t *numbers;         /* of topics: see numbering.h */
    struct aliases aliases;
    /* See reuse.h; DIGEST_NONE without a cache. */
    struct digest *topics;     /* by topic */
    struct digest *documents;  /* by group, without the topics that they name, */
    struct digest *identities; /* and with these */
    struct digest identity;    /* of all */
    bool complete;             /* all but what groups have is as it was, and kept */

    struct worker *workers; /* who put all together */
    pthread_mutex_t mutex;
    struct group_harvests *again; /* guarded by it: by group, where the cache had too little */
};

void indexer_init(struct indexer *indexer, const struct web *web, const struct indexer_site *site,
                  const struct parts_sink *sink, struct arena *arena);

/* Puts all groups together, with a thread for each worker. */
void indexer_finish(struct indexer *indexer, struct worker *workers, unsigned count);

#endif
