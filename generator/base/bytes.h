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

enum { BYTES_HASH_SIZE = 6, BYTES_SHORT_SIZE = 3 };

struct bytes {
    const uint8_t *next, *end;
    bool failed;
};

void bytes_begin(struct bytes *bytes, struct str data);
bool bytes_at_end(const struct bytes *bytes); /* also where it failed */
uint32_t bytes_number(struct bytes *bytes);
uint64_t bytes_long(struct bytes *bytes);                /* eight bytes, the lowest first */
uint64_t bytes_hash(struct bytes *bytes);                /* six bytes, the lowest first */
uint32_t bytes_short(struct bytes *bytes);               /* three bytes, the lowest first */
struct str bytes_take(struct bytes *bytes, size_t size); /* borrows what is read */
struct str bytes_text(struct bytes *bytes);

/* A number of things that take at least `least` bytes each: fails where they can't all be there, so
 * that room may be made for them. */
uint32_t bytes_count(struct bytes *bytes, size_t least);
uint32_t bytes_count_of(struct bytes *bytes, uint32_t count, size_t least); /* one that was read */

void bytes_put_number(struct buf *out, uint32_t number);
void bytes_put_long(struct buf *out, uint64_t number);
void bytes_put_hash(struct buf *out, uint64_t hash);
void bytes_put_short(struct buf *out, uint32_t hash);
void bytes_put_text(struct buf *out, struct str text);

#endif
