/* An arena: memory that is given back all at once.
 *
 * There is one for the run, one for each thread, and one for the document or page in hand. Nothing
 * in an arena is freed on its own. Allocation never fails: see err_out_of_memory(). Not
 * thread-safe; an arena belongs to one thread at a time. */
#ifndef NASLAG_BASE_ARENA_H
#define NASLAG_BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
    char *next;                 /* first free byte of the newest chunk */
    char *end;
    size_t chunk_size; /* of the next chunk */
};

/* Life cycle: init takes no memory; clear empties the arena and keeps its largest chunk for reuse;
 * release gives all back, after which the arena is as after init. */
void arena_init(struct arena *arena);
void arena_clear(struct arena *arena);
void arena_release(struct arena *arena);

/* `size` zeroed bytes, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);

/* `count` zeroed objects of `size` bytes; an overflowing product ends the program. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* `size` bytes for text: neither zeroed nor aligned. */
char *arena_text(struct arena *arena, size_t size);

/* Makes an allocation of `old_size` bytes `new_size` bytes long without leaving the old one behind:
 * where it is the newest, in place; where it is large, by asking the system for more (it may move).
 * Returns where it now stands, or NULL where neither can be. What is new is not zeroed. */
void *arena_resize(struct arena *arena, const void *old, size_t old_size, size_t new_size);

/* Bytes held from the system. */
size_t arena_size(const struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
