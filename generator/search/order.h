/* Matches in an order. Part of the reader. */
#ifndef NASLAG_SEARCH_ORDER_H
#define NASLAG_SEARCH_ORDER_H

#include "search/findings.h"

enum order { ORDER_RELEVANCE, ORDER_NEWEST, ORDER_OLDEST };

/* The matches in order, those that lack words behind the others. Dates are told by `date` of each:
 * those without one come last. The same matches always come in the same order. */
const struct finding **order_matches(struct findings *matches, enum order order,
                                     struct arena *arena);

#endif
