/* Digests: 128 bits that stand for bytes (XXH3, https://xxhash.com).
 *
 * Two texts that differ have the same digest by chance never, and by intent hardly: what rests on
 * them must be the author's own to spoil, such as whether his page is rendered again. */
#ifndef NASLAG_BASE_DIGEST_H
#define NASLAG_BASE_DIGEST_H

#include "base/buf.h"

#include <stdint.h>

enum { DIGEST_SIZE = 16 /* bytes of a digest as bytes */ };

struct digest {
    uint64_t high, low;
};

/* Of nothing. */
#define DIGEST_NONE ((struct digest){0, 0})

struct digest digest_of(struct str bytes);
bool digest_equal(struct digest a, struct digest b);

/* Of both, in that order; DIGEST_NONE where either is. */
struct digest digest_join(struct digest a, struct digest b);

/* As bytes, the same on every machine. */
void digest_put(struct buf *out, struct digest digest);
void digest_put_hex(struct buf *out, struct digest digest); /* 32 digits, for people and names */
struct digest digest_from(const unsigned char bytes[DIGEST_SIZE]);

#endif
