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

static uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

/* The slot of `key`, or the empty one where it would go. */
static struct map_slot *find(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->entry)
            return slot;
        if (slot->tag == tag_of(hash) && str_equal(map->items[slot->entry - 1].key, key))
            return slot;
    }
}

/* As the slot of a key that is in none. */
static void fill(struct map *map, size_t entry)
{
    size_t mask = map->slot_count - 1, i = map->items[entry].hash & mask;
    while (map->slots[i].entry)
        i = (i + 1) & mask;
    map->slots[i] = (struct map_slot){(uint32_t)entry + 1, tag_of(map->items[entry].hash)};
}

/* Slots are filled anew from the items: the old ones make room where they stand, if they can. */
static void grow(struct map *map)
{
    size_t old = map->slot_count, count = old ? old * 2 : FIRST_SLOTS;
    size_t size = count * sizeof *map->slots;
    void *moved = old ? arena_resize(map->arena, map->slots, old * sizeof *map->slots, size) : NULL;
    map->slots = moved ? memset(moved, 0, size) : arena_alloc(map->arena, size);
    map->slot_count = count;
    for (size_t i = 0; i < map->count; i++)
        fill(map, i);
}

void *map_get(const struct map *map, struct str key)
{
    return map->slot_count ? map_get_hash(map, key, map_hash(key)) : NULL;
}

void *map_get_hash(const struct map *map, struct str key, uint64_t hash)
{
    if (!map->slot_count)
        return NULL;
    uint32_t entry = find(map, key, hash)->entry;
    return entry ? map->items[entry - 1].value : NULL;
}

void **map_at(struct map *map, struct str key)
{
    return map_at_hash(map, key, map_hash(key));
}

void **map_at_hash(struct map *map, struct str key, uint64_t hash)
{
    if (map->count * 4 >= map->slot_count * 3)
        grow(map);
    struct map_slot *slot = find(map, key, hash);
    if (!slot->entry) {
        if (map->count >= UINT32_MAX - 1)
            err_out_of_memory();
        *vec_push(map, map->arena) = (struct map_entry){.key = key, .hash = hash};
        *slot = (struct map_slot){(uint32_t)map->count, tag_of(hash)};
    }
    return &map->items[slot->entry - 1].value;
}
