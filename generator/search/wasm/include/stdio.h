/* Declares what functions of base/ name that the reader does not call: they are left out when it is
 * linked. */
#ifndef NASLAG_SEARCH_WASM_INCLUDE_STDIO_H
#define NASLAG_SEARCH_WASM_INCLUDE_STDIO_H

#include <stdarg.h>
#include <stddef.h>

int vsnprintf(char *to, size_t size, const char *format, va_list arguments);

#endif
