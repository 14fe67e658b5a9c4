#include "base/map.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

enum { FIRST_SLOTS = 16 };

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ ; the final mix is MurmurHash3's. */
uint64_t map_hash(struct str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001b3u;
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdu;
    return hash ^ (hash >> 33);
}

/* The slot of `key`, or the empty one where it would go. */
static uint32_t *find(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &map->slots[i];
        if (!*slot)
            return slot;
        const struct map_entry *entry = &map->items[*slot - 1];
        if (entry->hash == hash && str_equal(entry->key, key))
            return slot;
    }
}

/* Slots are filled anew from the items: the old ones make room where they stand, if they can. */
static void grow(struct map *map)
{
    size_t old = map->slot_count, count = old ? old * 2 : FIRST_SLOTS;
    size_t size = count * sizeof *map->slots;
    uint32_t *moved =
        old ? arena_resize(map->arena, map->slots, old * sizeof *map->slots, size) : NULL;
    map->slots = moved ? memset(moved, 0, size) : arena_alloc(map->arena, size);
    map->slot_count = count;
    for (size_t i = 0; i < map->count; i++)
        *find(map, map->items[i].key, map->items[i].hash) = (uint32_t)i + 1;
}

void *map_get(const struct map *map, struct str key)
{
    return map->slot_count ? map_get_hash(map, key, map_hash(key)) : NULL;
}

void *map_get_hash(const struct map *map, struct str key, uint64_t hash)
{
    if (!map->slot_count)
        return NULL;
    uint32_t slot = *find(map, key, hash);
    return slot ? map->items[slot - 1].value : NULL;
}

void **map_at(struct map *map, struct str key)
{
    return map_at_hash(map, key, map_hash(key));
}

void **map_at_hash(struct map *map, struct str key, uint64_t hash)
{
    if (map->count * 4 >= map->slot_count * 3)
        grow(map);
    uint32_t *slot = find(map, key, hash);
    if (!*slot) {
        if (map->count >= UINT32_MAX - 1)
            err_out_of_memory();
        *vec_push(map, map->arena) = (struct map_entry){.key = key, .hash = hash};
        *slot = (uint32_t)map->count;
    }
    return &map->items[*slot - 1].value;
}
