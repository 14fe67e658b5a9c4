/* What the reader needs of a C library where there is none: memory, and a few functions on bytes.
 */
#include "base/err.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 65536, LEAST_BITS = 5, CLASSES = 32 - LEAST_BITS };

/* Each block has a size that is a power of two, and in front of it which. What is freed waits for
 * the next of its size. */
struct block {
    struct block *next; /* free */
    uint32_t class;
    uint32_t unused;
};

extern unsigned char __heap_base;

static struct block *free_blocks[CLASSES];
static uintptr_t heap_next, heap_end;

_Noreturn void err_out_of_memory(void)
{
    __builtin_trap();
}

static void *take(size_t size)
{
    if (!heap_next) {
        heap_next = ((uintptr_t)&__heap_base + sizeof(struct block) - 1) / sizeof(struct block) *
                    sizeof(struct block);
        heap_end = __builtin_wasm_memory_size(0) * PAGE;
    }
    if (heap_end - heap_next < size) {
        size_t pages = (size - (heap_end - heap_next) + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX)
            err_out_of_memory();
        heap_end += pages * PAGE;
    }
    heap_next += size;
    return (void *)(heap_next - size);
}

static uint32_t class_of(size_t size)
{
    uint32_t class = 0;
    while (class < CLASSES && ((size_t)1 << (class + LEAST_BITS)) < size)
        class ++;
    return class;
}

void *malloc(size_t size)
{
    if (size > SIZE_MAX / 4)
        return NULL;
    uint32_t class = class_of(size + sizeof(struct block));
    struct block *block = free_blocks[class];
    if (block)
        free_blocks[class] = block->next;
    else
        block = take((size_t)1 << (class + LEAST_BITS));
    block->class = class;
    return block + 1;
}

void free(void *old)
{
    struct block *block = (struct block *)old - 1;
    if (!old)
        return;
    block->next = free_blocks[block->class];
    free_blocks[block->class] = block;
}

void *realloc(void *old, size_t size)
{
    size_t room =
        old ? ((size_t)1 << (((struct block *)old - 1)->class + LEAST_BITS)) - sizeof(struct block)
            : 0;
    if (size <= room)
        return old;
    void *new = malloc(size);
    if (new &&old)
        memcpy(new, old, room);
    free(new ? old : NULL);
    return new;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    return __builtin_memcpy(to, from, size);
}

void *memmove(void *to, const void *from, size_t size)
{
    return __builtin_memmove(to, from, size);
}

void *memset(void *to, int byte, size_t size)
{
    return __builtin_memset(to, byte, size);
}

int memcmp(const void *a, const void *b, size_t size)
{
    const unsigned char *left = a, *right = b;
    for (size_t i = 0; i < size; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

void *memchr(const void *bytes, int byte, size_t size)
{
    const unsigned char *all = bytes;
    for (size_t i = 0; i < size; i++)
        if (all[i] == (unsigned char)byte)
            return (void *)(all + i);
    return NULL;
}

void *memrchr(const void *bytes, int byte, size_t size)
{
    const unsigned char *all = bytes;
    while (size--)
        if (all[size] == (unsigned char)byte)
            return (void *)(all + size);
    return NULL;
}

void *memmem(const void *bytes, size_t size, const void *sought, size_t sought_size)
{
    const char *all = bytes;
    for (size_t i = 0; i + sought_size <= size; i++)
        if (!memcmp(all + i, sought, sought_size))
            return (void *)(all + i);
    return NULL;
}

size_t strlen(const char *text)
{
    size_t len = 0;
    while (text[len])
        len++;
    return len;
}
