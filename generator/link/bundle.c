#include "link/bundle.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"

/* What stands under the identity of a document. */
enum { ALONE, /* its value */ BUNDLED /* the key of the bundle that has it */ };

bool bundle_ends(uint32_t count, struct str path)
{
    return count == BUNDLE_MAX || (count && map_hash(path) % BUNDLE_DOCUMENTS == 0);
}

static bool is_none(struct digest digest)
{
    return digest_equal(digest, DIGEST_NONE);
}

static struct digest key_of(struct arena *arena, const struct digest *identities, uint32_t count)
{
    struct buf bytes;
    buf_init(&bytes, arena);
    buf_put(&bytes, STR("bundle"));
    for (uint32_t i = 0; i < count; i++)
        digest_put(&bytes, identities[i]);
    return digest_of(buf_str(&bytes));
}

/* Getting. */

static struct digest take_digest(struct bytes *bytes)
{
    struct str taken = bytes_take(bytes, DIGEST_SIZE);
    return bytes->failed ? DIGEST_NONE : digest_from((const unsigned char *)taken.data);
}

static void found(struct bundle *bundle, struct digest identity, struct str value)
{
    for (uint32_t i = 0; i < bundle->count && !is_none(identity); i++)
        if (!bundle->values[i].len && digest_equal(bundle->identities[i], identity)) {
            bundle->values[i] = value;
            return;
        }
}

/* Takes what there is for documents of this bundle. Whether all of it could be read. */
static bool take(struct bundle *bundle, struct str value)
{
    struct bytes bytes;
    bytes_begin(&bytes, value);
    while (!bytes_at_end(&bytes)) {
        struct digest identity = take_digest(&bytes);
        struct str of = bytes_text(&bytes);
        if (!bytes.failed)
            found(bundle, identity, of);
    }
    return !bytes.failed;
}

static bool take_from(struct bundle *bundle, struct digest key)
{
    struct str value;
    return cache_get(bundle->cache, bundle->user, key, bundle->arena, &value) &&
           take(bundle, value);
}

/* Looks under the document's own identity, for what stands by itself or in another bundle. */
static struct str seek(struct bundle *bundle, uint32_t index, struct arena *arena)
{
    struct str value;
    struct bytes bytes;
    if (!cache_get(bundle->cache, bundle->user, bundle->identities[index], arena, &value))
        return STR("");
    bytes_begin(&bytes, value);
    if (bytes_number(&bytes) == ALONE)
        return str_from_offset(value, 1);
    struct digest key = take_digest(&bytes);
    bundle->changed |= !bytes.failed && take_from(bundle, key);
    return bundle->values[index];
}

void bundle_open(struct bundle *bundle, struct cache *cache, unsigned user, struct arena *arena,
                 const struct digest *identities, uint32_t count, bool trusted)
{
    *bundle = (struct bundle){.cache = cache,
                              .user = user,
                              .arena = arena,
                              .identities = identities,
                              .count = count,
                              .trusted = trusted && cache,
                              .changed = true};
    if (!cache)
        return;
    bundle->key = key_of(arena, identities, count);
    if (trusted)
        bundle->changed = !take_from(bundle, bundle->key);
}

struct str bundle_get(struct bundle *bundle, uint32_t index, struct arena *arena)
{
    bool known = bundle->values[index].len || is_none(bundle->identities[index]);
    return known || !bundle->trusted ? bundle->values[index] : seek(bundle, index, arena);
}

/* Putting. */

static void put_own(struct bundle *bundle, uint32_t index, unsigned kind, struct str value)
{
    struct buf bytes;
    buf_init(&bytes, bundle->arena);
    bytes_put_number(&bytes, kind);
    buf_put(&bytes, value);
    cache_put(bundle->cache, bundle->user, bundle->identities[index], buf_str(&bytes));
}

static bool is_alone(struct str value)
{
    return value.len > BUNDLE_VALUE_MAX;
}

void bundle_set(struct bundle *bundle, uint32_t index, struct str value)
{
    if (!bundle->cache || is_none(bundle->identities[index]))
        return;
    if (is_alone(value))
        put_own(bundle, index, ALONE, value);
    bundle->values[index] = is_alone(value) ? STR("") : str_copy(bundle->arena, value);
    bundle->changed = true;
}

void bundle_close(struct bundle *bundle)
{
    struct buf bytes, key;
    if (!bundle->cache || !bundle->changed)
        return;
    buf_init(&bytes, bundle->arena);
    buf_init(&key, bundle->arena);
    digest_put(&key, bundle->key);
    for (uint32_t i = 0; i < bundle->count; i++) {
        struct str value = bundle->values[i];
        if (!value.len || is_alone(value))
            continue;
        digest_put(&bytes, bundle->identities[i]);
        bytes_put_text(&bytes, value);
        put_own(bundle, i, BUNDLED, buf_str(&key));
    }
    cache_put(bundle->cache, bundle->user, bundle->key, buf_str(&bytes));
}
