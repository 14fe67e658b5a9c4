/* Texts in the order of their bytes, as str_compare() has it. */
#ifndef NASLAG_SEARCH_COLLATE_H
#define NASLAG_SEARCH_COLLATE_H

#include "base/keyed.h"
#include "base/str.h"

/* The first eight bytes of a text, the first of all the highest, as a number: where these differ,
 * they are in the order of the texts. */
uint64_t collate_prefix(struct str text);

/* `texts` in order: items point to them. Texts that are equal stay as they were. */
const struct keyed *collate(const struct str *texts, size_t count, struct arena *arena);

#endif
