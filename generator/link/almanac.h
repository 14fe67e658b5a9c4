/* The dates and figures of all documents, in the order in which they are shown. */
#ifndef NASLAG_LINK_ALMANAC_H
#define NASLAG_LINK_ALMANAC_H

#include "link/outline.h"

/* A fact by its place: fact number `fact` of document `document`. */
struct noted {
    uint32_t document, fact;
};

/* The dates that begin in a year: dates[first, first + count). */
struct almanac_year {
    uint32_t year, first, count;
};

/* Dates by time; amounts and percentages the largest first; counts by what is counted, then the
 * largest first. Those that are alike are in the order of the documents. */
struct almanac {
    const struct noted *facts[FACT_KINDS];
    uint32_t counts[FACT_KINDS];
    VEC(struct almanac_year) years;
};

/* Fills in the facts of one kind: of another, another thread may at once, with an arena of its own.
 * `almanac` is all zeros at first. What it refers to is the outlines' and the arena's. */
void almanac_fill(struct almanac *almanac, enum fact_kind kind, struct arena *arena,
                  const struct outline *documents, uint32_t count);

/* How many figures there are: all but the dates. */
uint32_t almanac_figures(const struct almanac *almanac);

#endif
