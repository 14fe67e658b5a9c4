/* Things in the order of numbers: sooner than by comparing them, as each is dealt by the bytes of
 * its number. */
#ifndef NASLAG_BASE_KEYED_H
#define NASLAG_BASE_KEYED_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    const void *item;
};

/* Sorts by key; what has the same stays as it was. Returns where the result is: in `items` or in
 * `spare`, which has as much room. */
struct keyed *keyed_sort(struct keyed *items, struct keyed *spare, size_t count);

/* A key for numbers below zero too, and for the highest number first. */
static inline uint64_t keyed_signed(int64_t number)
{
    return (uint64_t)number ^ (uint64_t)1 << 63;
}

static inline uint64_t keyed_downwards(uint64_t key)
{
    return ~key;
}

#endif
