/* A map from text to pointers, in an arena: open addressing, keys borrowed.
 *
 * Entries keep the order in which they came in, so walking a map gives the same result everywhere.
 * Nothing is ever removed. Hashes are seeded with a constant: the order never depends on them. */
#ifndef NASLAG_BASE_MAP_H
#define NASLAG_BASE_MAP_H

#include "base/str.h"

#include <stdint.h>

struct arena;

struct map_entry {
    struct str key; /* must live as long as the map */
    void *value;
    uint64_t hash;
};

/* The tag tells nearly all other entries apart without a look at them: in a large map, each look is
 * one at memory far away. */
struct map_slot {
    uint32_t entry; /* index into items + 1; 0 is empty */
    uint32_t tag;   /* the upper half of its hash */
};

struct map {
    struct map_entry *items; /* in order of arrival */
    size_t count, capacity;
    struct map_slot *slots;
    size_t slot_count;
    struct arena *arena;
};

void map_init(struct map *map, struct arena *arena);

/* The value under `key`, or NULL. */
void *map_get(const struct map *map, struct str key);

/* Where the value under `key` is kept; a new entry's value is NULL. Good until the next map_at().
 */
void **map_at(struct map *map, struct str key);

/* The same by a hash that is the caller's own: always the same one for one key, and none of
 * map_hash() in the same map. For long keys, see digest.h. */
void **map_at_hash(struct map *map, struct str key, uint64_t hash);
void *map_get_hash(const struct map *map, struct str key, uint64_t hash);

/* A 64-bit hash of text (FNV-1a with a final mix); the same on every machine. */
uint64_t map_hash(struct str text);

#endif
