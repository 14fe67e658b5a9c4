/* How the documents that were found are spread over topics, kinds, issuers and years. Part of the
 * reader. */
#ifndef NASLAG_SEARCH_FACETS_H
#define NASLAG_SEARCH_FACETS_H

#include "search/findings.h"
#include "search/rows.h"

enum facet { FACET_TOPIC, FACET_KIND, FACET_ISSUER, FACET_YEAR };
enum { FACETS = 4, FACET_VALUES_MAX = 30 };

struct facet_value {
    struct str value; /* as a query has it */
    struct str label;
    uint32_t count; /* documents */
};

struct facet_values {
    struct facet_value items[FACET_VALUES_MAX]; /* years: the latest first; else the most first */
    uint32_t count;
};

struct facets {
    struct facet_values of[FACETS];
    bool whole; /* all documents that were found were counted */
};

/* Counts documents by the rows of their groups: `rows[i]` is of match `i`, NULL where its group was
 * not read. What topics are called is read where that is not known: false where it is not there
 * yet. */
bool facets_count(struct facets *facets, const struct finding *const *matches,
                  struct rows *const *rows, size_t count, struct store *store, struct arena *arena);

const char *facet_name(enum facet facet); /* `topic` */

#endif
