/* Dutch nouns whose plural follows no rule that their letters show. */
#ifndef NASLAG_LINK_IRREGULAR_H
#define NASLAG_LINK_IRREGULAR_H

#include "base/str.h"

#include <stdint.h>

/* A noun that ends in `singular` has `plural` in its place. */
struct irregular {
    struct str singular, plural;
    bool whole; /* only as a word of its own: `dag`, not `gedrag` */
};

/* Entry `index` of the table, or NULL behind the last. A noun may stand in it more than once. */
const struct irregular *irregular_at(uint32_t index);

#endif
