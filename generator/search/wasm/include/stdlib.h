/* What base/arena.c uses of the C library's header; host.c has it. */
#ifndef NASLAG_SEARCH_WASM_INCLUDE_STDLIB_H
#define NASLAG_SEARCH_WASM_INCLUDE_STDLIB_H

#include <stddef.h>

void *malloc(size_t size);
void *realloc(void *old, size_t size);
void free(void *old);

#endif
