/* A growing text in an arena, written from front to end.
 *
 * `data` is never NULL and is not NUL-terminated. The text lives as long as the arena; buf_str()
 * lends what is there until the next write. */
#ifndef NASLAG_BASE_BUF_H
#define NASLAG_BASE_BUF_H

#include "base/str.h"

#include <stdint.h>

struct arena;

struct buf {
    char *data;
    size_t len, capacity;
    struct arena *arena;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_clear(struct buf *buf); /* empties it and keeps its memory */

void buf_put(struct buf *buf, struct str text);
void buf_put_char(struct buf *buf, char c);
void buf_put_cstring(struct buf *buf, const char *text);
void buf_put_number(struct buf *buf, int64_t number);                        /* decimal */
void buf_put_hex(struct buf *buf, const unsigned char *bytes, size_t count); /* two digits each */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for `size` more bytes; returns where they go. The caller writes them and adds to `len`. */
char *buf_reserve(struct buf *buf, size_t size);

struct str buf_str(const struct buf *buf);

#endif
