#include "base/digest.h"

#include <xxhash.h>

#include <string.h>

struct digest digest_of(struct str bytes)
{
    XXH128_hash_t hash = XXH3_128bits(bytes.data, bytes.len);
    return (struct digest){hash.high64, hash.low64};
}

bool digest_equal(struct digest a, struct digest b)
{
    return a.high == b.high && a.low == b.low;
}

struct digest digest_join(struct digest a, struct digest b)
{
    XXH128_canonical_t both[2];
    if (digest_equal(a, DIGEST_NONE) || digest_equal(b, DIGEST_NONE))
        return DIGEST_NONE;
    XXH128_canonicalFromHash(&both[0], (XXH128_hash_t){.low64 = a.low, .high64 = a.high});
    XXH128_canonicalFromHash(&both[1], (XXH128_hash_t){.low64 = b.low, .high64 = b.high});
    return digest_of((struct str){(const char *)both, sizeof both});
}

void digest_put(struct buf *out, struct digest digest)
{
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, (XXH128_hash_t){.low64 = digest.low, .high64 = digest.high});
    buf_put(out, (struct str){(const char *)bytes.digest, sizeof bytes.digest});
}

void digest_put_hex(struct buf *out, struct digest digest)
{
    buf_printf(out, "%016llx%016llx", (unsigned long long)digest.high,
               (unsigned long long)digest.low);
}

struct digest digest_from(const unsigned char bytes[DIGEST_SIZE])
{
    XXH128_canonical_t canonical;
    memcpy(canonical.digest, bytes, DIGEST_SIZE);
    XXH128_hash_t hash = XXH128_hashFromCanonical(&canonical);
    return (struct digest){hash.high64, hash.low64};
}
