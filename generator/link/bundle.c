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

static void found(struct bundle *bundle, struct digest identity, struct bundle_value value)
{
    for (uint32_t i = 0; i < bundle->count && !is_none(identity); i++)
        if (!bundle->values[i].head.len && digest_equal(bundle->identities[i], identity)) {
            bundle->values[i] = value;
            return;
        }
}

/* Takes what there is for documents of this bundle: heads stand before the texts of all. Whether
 * all of it could be read. */
static bool take(struct bundle *bundle, struct str value, struct str *all)
{
    struct bytes bytes;
    bytes_begin(&bytes, value);
    struct str heads = bytes_text(&bytes);
    struct str texts = *all = str_from_offset(value, value.len - (size_t)(bytes.end - bytes.next));
    if (bytes.failed)
        return false;
    bytes_begin(&bytes, heads);
    while (!bytes_at_end(&bytes)) {
        struct digest identity = take_digest(&bytes);
        struct bundle_value of = {.head = bytes_text(&bytes)};
        of.texts = str_slice(texts, 0, bytes_number(&bytes));
        texts = str_from_offset(texts, of.texts.len);
        if (!bytes.failed)
            found(bundle, identity, of);
    }
    return !bytes.failed;
}

static bool take_from(struct bundle *bundle, struct digest key, struct str *texts)
{
    struct str value;
    return cache_get(bundle->cache, bundle->user, key, bundle->arena, &value) &&
           take(bundle, value, texts);
}

/* Looks under the document's own identity, for what stands by itself or in another bundle. */
static struct bundle_value seek(struct bundle *bundle, uint32_t index, struct arena *arena)
{
    struct str value, texts;
    struct bytes bytes;
    if (!cache_get(bundle->cache, bundle->user, bundle->identities[index], arena, &value))
        return bundle->values[index];
    bytes_begin(&bytes, value);
    if (bytes_number(&bytes) == ALONE) {
        struct str head = bytes_text(&bytes);
        return (struct bundle_value){head,
                                     {(const char *)bytes.next, (size_t)(bytes.end - bytes.next)}};
    }
    struct digest key = take_digest(&bytes);
    bundle->changed |= !bytes.failed && take_from(bundle, key, &texts);
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
        bundle->changed = !take_from(bundle, bundle->key, &bundle->texts);
}

struct bundle_value bundle_get(struct bundle *bundle, uint32_t index, struct arena *arena)
{
    bool known = bundle->values[index].head.len || is_none(bundle->identities[index]);
    return known || !bundle->trusted ? bundle->values[index] : seek(bundle, index, arena);
}

/* Putting. */

static void put_own(struct bundle *bundle, uint32_t index, const struct buf *bytes)
{
    cache_put(bundle->cache, bundle->user, bundle->identities[index], buf_str(bytes));
}

static bool is_alone(const struct bundle_value *value)
{
    return value->head.len + value->texts.len > BUNDLE_VALUE_MAX;
}

static void put_alone(struct bundle *bundle, uint32_t index, const struct bundle_value *value)
{
    struct buf bytes;
    buf_init(&bytes, bundle->arena);
    bytes_put_number(&bytes, ALONE);
    bytes_put_text(&bytes, value->head);
    buf_put(&bytes, value->texts);
    put_own(bundle, index, &bytes);
}

void bundle_set(struct bundle *bundle, uint32_t index, struct bundle_value value)
{
    if (!bundle->cache || is_none(bundle->identities[index]))
        return;
    bundle->changed = true;
    bundle->values[index] = (struct bundle_value){STR(""), STR("")};
    if (is_alone(&value)) {
        put_alone(bundle, index, &value);
        return;
    }
    bundle->values[index].head = str_copy(bundle->arena, value.head);
    bundle->values[index].texts = str_copy(bundle->arena, value.texts);
}

void bundle_close(struct bundle *bundle)
{
    struct buf bytes, heads, texts, own;
    if (!bundle->cache || !bundle->changed)
        return;
    struct buf *const all[] = {&bytes, &heads, &texts, &own};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_init(all[i], bundle->arena);
    bytes_put_number(&own, BUNDLED);
    digest_put(&own, bundle->key);
    for (uint32_t i = 0; i < bundle->count; i++) {
        const struct bundle_value *value = &bundle->values[i];
        if (!value->head.len)
            continue;
        digest_put(&heads, bundle->identities[i]);
        bytes_put_text(&heads, value->head);
        bytes_put_number(&heads, (uint32_t)value->texts.len);
        buf_put(&texts, value->texts);
        put_own(bundle, i, &own);
    }
    bytes_put_text(&bytes, buf_str(&heads));
    buf_put(&bytes, buf_str(&texts));
    cache_put(bundle->cache, bundle->user, bundle->key, buf_str(&bytes));
}
