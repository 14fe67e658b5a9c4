#include "base/vec.h"

#include "base/arena.h"

#include <string.h>

enum { FIRST_CAPACITY = 8 };

void *vec_grow(struct arena *arena, const void *items, size_t *capacity, size_t size)
{
    size_t grown = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    void *moved = arena_array(arena, grown, size);
    if (*capacity)
        memcpy(moved, items, *capacity * size);
    *capacity = grown;
    return moved;
}
