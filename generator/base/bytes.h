/* Numbers and texts as bytes: in the files of the search index (docs/search-format.md) and in the
 * cache. Needs no library, so that the browser's reader can use it.
 *
 * A number is LEB128 of at most 32 bits; a text is its length as a number and its bytes. A cursor
 * reads them in turn; what does not fit sets `failed`, and from then on everything reads as 0 or
 * empty, so that a caller asks once at the end. */
#ifndef NASLAG_BASE_BYTES_H
#define NASLAG_BASE_BYTES_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

struct bytes {
    const uint8_t *next, *end;
    bool failed;
};

void bytes_begin(struct bytes *bytes, struct str data);
bool bytes_at_end(const struct bytes *bytes); /* also where it failed */
uint32_t bytes_number(struct bytes *bytes);
uint64_t bytes_long(struct bytes *bytes);                /* eight bytes, the lowest first */
struct str bytes_take(struct bytes *bytes, size_t size); /* borrows what is read */
struct str bytes_text(struct bytes *bytes);

/* A number of things that take at least `least` bytes each: fails where they can't all be there, so
 * that room may be made for them. */
uint32_t bytes_count(struct bytes *bytes, size_t least);

void bytes_put_number(struct buf *out, uint32_t number);
void bytes_put_long(struct buf *out, uint64_t number);
void bytes_put_text(struct buf *out, struct str text);

#endif
