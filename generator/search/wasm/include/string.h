/* What the reader uses of the C library's header; host.c has it. */
#ifndef NASLAG_SEARCH_WASM_INCLUDE_STRING_H
#define NASLAG_SEARCH_WASM_INCLUDE_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *bytes, int byte, size_t size);
void *memrchr(const void *bytes, int byte, size_t size);
void *memmem(const void *bytes, size_t size, const void *sought, size_t sought_size);
size_t strlen(const char *text);

#endif
