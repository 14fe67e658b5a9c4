/* How one sequence became another: what stayed, what went and what came, by Myers' algorithm in
 * linear space (Algorithmica 1, 1986, p. 251). Knows nothing of what the sequences are of: words,
 * lines, paragraphs are numbers here, equal where they are the same.
 *
 * The result is a shortest one unless that would take too long: a stretch whose shortest edit has
 * more than DIFFERENCE_DEPTH_MAX steps, and what is left when DIFFERENCE_WORK_MAX is used up, goes
 * and comes as a whole. So time and memory are bounded for any two sequences. */
#ifndef NASLAG_BASE_DIFFERENCE_H
#define NASLAG_BASE_DIFFERENCE_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum {
    DIFFERENCE_DEPTH_MAX = 1000,    /* time grows with its square: some milliseconds */
    DIFFERENCE_WORK_MAX = 20000000, /* steps in all: some tens of milliseconds */
};

/* a[a_first, + a_count) became b[b_first, + b_count). Where `same` they are equal; else at least
 * one of them is not empty. */
struct difference_part {
    uint32_t a_first, a_count, b_first, b_count;
    bool same;
};

struct difference {
    VEC(struct difference_part)
    items; /* in order; of two neighbours never both are `same` or not */
};

void difference_find(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                     struct arena *arena, struct difference *out);

#endif
