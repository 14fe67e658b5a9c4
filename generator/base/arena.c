#include "base/arena.h"

#include "base/err.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NASLAG_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define NASLAG_ASAN 1
#endif

/* Under AddressSanitizer what is not handed out is poisoned, with a gap behind each allocation, so
 * that an overflow inside an arena is caught as one on the heap would be. */
#ifdef NASLAG_ASAN
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
enum { GAP = 0 };
#endif

enum { FIRST_CHUNK = 16 * 1024, LARGEST_STEP = 4 * 1024 * 1024, LARGE = 256 * 1024 };

struct arena_chunk {
    struct arena_chunk *previous;
    size_t size; /* of the data */
    bool own;    /* it holds one large allocation, and is never the newest */
    alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){.chunk_size = FIRST_CHUNK};
}

static void use(struct arena *arena, struct arena_chunk *chunk)
{
    arena->chunks = chunk;
    arena->next = chunk->data;
    arena->end = chunk->data + chunk->size;
    ASAN_POISON_MEMORY_REGION(chunk->data, chunk->size);
}

static struct arena_chunk *new_chunk(struct arena_chunk *previous, size_t size)
{
    if (size > SIZE_MAX / 2)
        err_out_of_memory();
    struct arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk)
        err_out_of_memory();
    *chunk = (struct arena_chunk){.previous = previous, .size = size};
    return chunk;
}

static void add_chunk(struct arena *arena, size_t least)
{
    size_t size = arena->chunk_size > least ? arena->chunk_size : least;
    use(arena, new_chunk(arena->chunks, size));
    if (arena->chunk_size < LARGEST_STEP)
        arena->chunk_size *= 2;
}

static void free_chunk(struct arena_chunk *chunk)
{
    ASAN_UNPOISON_MEMORY_REGION(chunk->data, chunk->size);
    free(chunk);
}

void arena_release(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->previous;
        free_chunk(chunk);
    }
    arena_init(arena);
}

void arena_clear(struct arena *arena)
{
    struct arena_chunk *largest = arena->chunks;
    for (struct arena_chunk *chunk = largest; chunk; chunk = chunk->previous)
        if (!chunk->own && chunk->size > largest->size)
            largest = chunk;
    while (arena->chunks) {
        struct arena_chunk *chunk = arena->chunks;
        arena->chunks = chunk->previous;
        if (chunk != largest)
            free_chunk(chunk);
    }
    if (!largest)
        return;
    largest->previous = NULL;
    use(arena, largest);
}

/* A large allocation has a chunk of its own behind the newest, which goes on serving small ones. */
static char *take_own(struct arena *arena, size_t size)
{
    if (!arena->chunks)
        add_chunk(arena, 0);
    struct arena_chunk *chunk = new_chunk(arena->chunks->previous, size);
    chunk->own = true;
    arena->chunks->previous = chunk;
    return chunk->data;
}

static char *take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        err_out_of_memory();
    if (size >= LARGE)
        return take_own(arena, size);
    if (!arena->chunks || (size_t)(arena->end - arena->next) < size + GAP)
        add_chunk(arena, size + GAP);
    char *start = arena->next;
    arena->next += size + GAP;
    ASAN_UNPOISON_MEMORY_REGION(start, size);
    return start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size >= LARGE)
        return memset(take(arena, size), 0, size);
    size_t padding = arena->next ? (size_t)(-(uintptr_t)arena->next & (align - 1)) : 0;
    if (arena->next && (size_t)(arena->end - arena->next) >= padding)
        arena->next += padding;
    else if (arena->next)
        arena->next = arena->end;
    return memset(take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        err_out_of_memory();
    return arena_alloc(arena, count * size);
}

char *arena_text(struct arena *arena, size_t size)
{
    return take(arena, size);
}

static bool extend(struct arena *arena, const char *old, size_t old_size, size_t new_size)
{
    if (!arena->chunks || old + old_size + GAP != arena->next)
        return false;
    if ((size_t)(arena->end - old) < new_size + GAP)
        return false;
    arena->next = arena->next - old_size + new_size;
    ASAN_UNPOISON_MEMORY_REGION(old, new_size);
    ASAN_POISON_MEMORY_REGION(old + new_size, GAP);
    return true;
}

/* The link that leads to the chunk which holds just this allocation, or NULL. */
static struct arena_chunk **find_own_chunk(struct arena *arena, const char *data)
{
    if (!arena->chunks)
        return NULL;
    for (struct arena_chunk **link = &arena->chunks->previous; *link; link = &(*link)->previous)
        if ((*link)->own && (*link)->data == data)
            return link;
    return NULL;
}

void *arena_resize(struct arena *arena, const void *old, size_t old_size, size_t new_size)
{
    if (extend(arena, old, old_size, new_size))
        return (void *)old;
    struct arena_chunk **link = find_own_chunk(arena, old);
    if (!link || new_size > SIZE_MAX / 2)
        return NULL;
    struct arena_chunk *chunk = realloc(*link, sizeof *chunk + new_size);
    if (!chunk)
        err_out_of_memory();
    chunk->size = new_size;
    *link = chunk;
    return chunk->data;
}

size_t arena_size(const struct arena *arena)
{
    size_t total = 0;
    for (const struct arena_chunk *chunk = arena->chunks; chunk; chunk = chunk->previous)
        total += sizeof *chunk + chunk->size;
    return total;
}
