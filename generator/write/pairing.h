/* Which pairs of topics have a page of their own, and what it is called.
 *
 * There may be as many pairs as the square of the number of topics. A page have those that a reader
 * is led to: of each topic the PAIRS_PER_TOPIC that it shares most passages with, and all of
 * leading topics. So there are never more than PAIRS_PER_TOPIC for each topic, and those of the
 * leading. */
#ifndef NASLAG_WRITE_PAIRING_H
#define NASLAG_WRITE_PAIRING_H

#include "write/site.h"

enum {
    PAIRS_PER_TOPIC = 30, /* more than its page lists: the list of pairs leads to the rest */
    LEADING_TOPICS = 40 /* what one can still tell apart in a picture; the table has some of them */
};

struct pairing {
    const struct pair *pages;     /* by a, then b */
    const struct pair *strongest; /* all pairs, those with most passages first */
    uint32_t page_count, count;
    const uint32_t *leading; /* the topics named most often, those first */
    uint32_t leading_count;
};

/* Needs the neighbours of `site`; what it makes is the site's arena's. */
struct pairing *pairing_choose(const struct site *site);

/* The pair of two topics, in any order, where it has a page; or NULL. */
const struct pair *pairing_find(const struct pairing *pairing, uint32_t topic, uint32_t other);

/* The id of part `part` of a pair's page: `verbanden/elker+zikos`, `verbanden/elker+zikos.2`. No
 * slug holds a plus sign or a full stop, so that no document has it. */
struct str pairing_id(struct arena *arena, const struct site *site, const struct pair *pair,
                      uint32_t part);

/* Sorts the strongest first; equals by their topics. */
int pairing_compare(const void *left, const void *right);

#endif
