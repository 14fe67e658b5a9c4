/* Texts in the order of their bytes, as str_compare() has it. */
#ifndef NASLAG_SEARCH_COLLATE_H
#define NASLAG_SEARCH_COLLATE_H

#include "base/str.h"

#include <stdint.h>

/* A text and its first eight bytes, the first of all the highest, as a number: where these differ,
 * they are in the order of the texts. */
struct collated {
    uint64_t prefix;
    const struct str *text;
};

uint64_t collate_prefix(struct str text);

/* `texts`, to which the result points, in order. Texts that are equal stay as they were. */
struct collated *collate(const struct str *texts, size_t count, struct arena *arena);

#endif
