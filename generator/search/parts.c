#include "search/parts.h"

#include "base/arena.h"
#include "base/bytes.h"

enum {
    WAITING_MAX = 16 * 1024 * 1024, /* bytes: enough to keep all threads busy */
    STRIDE = 16                     /* parts a job */
};

struct digest parts_publish(const struct parts_sink *sink, struct packer *packer,
                            struct arena *scratch, struct path path, struct str bytes)
{
    struct digest made_of = digest_of(bytes);
    if (!sink->keep(sink->context, path.text, made_of))
        sink->put(sink->context, path.text, packer_pack(packer, scratch, bytes), made_of);
    return made_of;
}

void parts_init(struct parts *parts, const struct parts_sink *sink, unsigned workers)
{
    *parts = (struct parts){.sink = sink, .workers = workers};
    arena_init(&parts->list);
    arena_init(&parts->bytes);
    arena_init(&parts->names);
    map_init(&parts->seen, &parts->names);
}

static uint64_t first_choice(uint64_t whole)
{
    return whole >> (64 - PATHS_HASH_BITS);
}

/* Finds the name of a part with that map_hash(), and whether it had one before. */
static bool is_named(struct parts *parts, uint64_t whole, uint64_t *hash)
{
    for (*hash = first_choice(whole);; ++*hash) {
        struct str key = {(const char *)hash, sizeof *hash};
        const uint64_t *other = map_get(&parts->seen, key);
        if (other && *other == whole)
            return true;
        if (other)
            continue;
        uint64_t *kept = arena_new(&parts->names, uint64_t);
        *kept = whole;
        *map_at(&parts->seen, str_copy(&parts->names, key)) = kept;
        return false;
    }
}

/* As it is noted: its hash in full and what it is made of. */
enum { NOTED_SIZE = 8 + DIGEST_SIZE };

static void note(struct parts *parts, uint64_t whole, uint64_t hash, struct str bytes)
{
    if (!parts->note)
        return;
    bytes_put_long(parts->note, whole);
    digest_put(parts->note, digest_of(bytes));
    parts->note_fails = parts->note_fails || hash != first_choice(whole);
}

/* The next part of a note. */
static uint64_t read_noted(struct bytes *bytes, struct digest *made_of)
{
    uint64_t whole = bytes_long(bytes);
    struct str digest = bytes_take(bytes, DIGEST_SIZE);
    if (!bytes->failed)
        *made_of = digest_from((const unsigned char *)digest.data);
    return whole;
}

static bool can_keep(const struct parts *parts, uint64_t whole, struct digest made_of)
{
    uint64_t hash = first_choice(whole);
    const uint64_t *other = map_get(&parts->seen, (struct str){(const char *)&hash, sizeof hash});
    if (other)
        return *other == whole;
    return parts->sink->holds(parts->sink->context, paths_part(hash).text, made_of);
}

bool parts_keep(struct parts *parts, struct str noted)
{
    struct bytes bytes;
    struct digest made_of = DIGEST_NONE;
    bytes_begin(&bytes, noted);
    for (size_t i = 0; i < noted.len / NOTED_SIZE; i++) {
        uint64_t whole = read_noted(&bytes, &made_of);
        if (!can_keep(parts, whole, made_of))
            return false;
    }
    bytes_begin(&bytes, noted);
    for (size_t i = 0; i < noted.len / NOTED_SIZE; i++) {
        uint64_t whole = read_noted(&bytes, &made_of), hash;
        if (is_named(parts, whole, &hash))
            continue;
        parts->sink->take(parts->sink->context, paths_part(hash).text);
        *vec_push(&parts->published, &parts->list) = (struct published_part){hash, made_of};
    }
    return true;
}

uint64_t parts_put(struct parts *parts, struct str bytes)
{
    uint64_t hash, whole = map_hash(bytes);
    bool named = is_named(parts, whole, &hash);
    note(parts, whole, hash, bytes);
    if (named)
        return hash;
    *vec_push(&parts->waiting, &parts->list) =
        (struct waiting_part){.hash = hash, .bytes = str_copy(&parts->bytes, bytes)};
    parts->waiting_bytes += bytes.len;
    if (parts->waiting_bytes > WAITING_MAX)
        parts_flush(parts);
    return hash;
}

static void pack(void *context, unsigned worker, size_t index)
{
    struct parts *parts = context;
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = index * STRIDE; i < (index + 1) * STRIDE && i < parts->waiting.count; i++) {
        struct waiting_part *part = &parts->waiting.items[i];
        part->made_of = parts_publish(parts->sink, &parts->packers[worker], &scratch,
                                      paths_part(part->hash), part->bytes);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

void parts_flush(struct parts *parts)
{
    pool_run(parts->workers, (parts->waiting.count + STRIDE - 1) / STRIDE, pack, parts);
    for (size_t i = 0; i < parts->waiting.count; i++)
        *vec_push(&parts->published, &parts->list) =
            (struct published_part){parts->waiting.items[i].hash, parts->waiting.items[i].made_of};
    parts->waiting.count = 0;
    parts->waiting_bytes = 0;
    arena_clear(&parts->bytes);
}

void parts_release(struct parts *parts)
{
    for (unsigned i = 0; i < parts->workers; i++)
        packer_release(&parts->packers[i]);
    arena_release(&parts->list);
    arena_release(&parts->bytes);
    arena_release(&parts->names);
}
