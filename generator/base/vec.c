#include "base/vec.h"

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

void *vec_grow(struct arena *arena, const void *items, size_t *capacity, size_t size)
{
    size_t old = *capacity, grown = old ? old * 2 : FIRST_CAPACITY;
    *capacity = grown;
    if (size && grown > SIZE_MAX / 2 / size)
        err_out_of_memory();
    char *moved = old ? arena_resize(arena, items, old * size, grown * size) : NULL;
    if (moved) {
        memset(moved + old * size, 0, (grown - old) * size);
        return moved;
    }
    moved = arena_array(arena, grown, size);
    if (old)
        memcpy(moved, items, old * size);
    return moved;
}
