/* Growing arrays in an arena, for any `struct { T *items; size_t count, capacity; }`.
 *
 * A zeroed struct is an empty array. Items move when the array grows: keep indexes, not pointers,
 * across a vec_push(). What an array outgrows stays in the arena until that is cleared. */
#ifndef NASLAG_BASE_VEC_H
#define NASLAG_BASE_VEC_H

#include <stddef.h>

struct arena;

/* Declares the members of an array of `type`. */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

/* A pointer to a new zeroed item at the end. */
#define vec_push(vec, arena)                                                                       \
    ((vec)->count == (vec)->capacity                                                               \
         ? (void)((vec)->items =                                                                   \
                      vec_grow((arena), (vec)->items, &(vec)->capacity, sizeof *(vec)->items))     \
         : (void)0,                                                                                \
     &(vec)->items[(vec)->count++])

/* Doubles an array of `*capacity` items of `size` bytes; returns where it now stands, zeroed behind
 * the old items. */
void *vec_grow(struct arena *arena, const void *items, size_t *capacity, size_t size);

#endif
