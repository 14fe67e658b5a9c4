#include "search/parts.h"

#include "base/arena.h"
#include "base/bytes.h"

enum {
    WAITING_MAX = 8 * 1024 * 1024, /* bytes: enough to keep all threads busy */
    STRIDE = 16                    /* parts a job */
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

static uint64_t put_named(struct parts *parts, uint64_t whole, struct str bytes)
{
    uint64_t hash;
    if (is_named(parts, whole, &hash))
        return hash;
    *vec_push(&parts->waiting, &parts->list) =
        (struct waiting_part){.hash = hash, .bytes = str_copy(&parts->bytes, bytes)};
    parts->waiting_bytes += bytes.len;
    if (parts->waiting_bytes > WAITING_MAX)
        parts_flush(parts);
    return hash;
}

uint64_t parts_put(struct parts *parts, struct str bytes)
{
    return put_named(parts, map_hash(bytes), bytes);
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

/* Drafts and notes. */

/* As it is noted: its hash in full and what it is made of. */
enum { NOTED_SIZE = 8 + DIGEST_SIZE };

void parts_draft_init(struct parts_draft *draft, struct parts *parts, struct arena *arena)
{
    *draft = (struct parts_draft){.parts = parts};
    buf_init(&draft->note, arena);
    buf_init(&draft->bytes, arena);
}

uint64_t parts_draft_put(struct parts_draft *draft, struct str bytes)
{
    uint64_t whole = map_hash(bytes), hash = first_choice(whole);
    bytes_put_long(&draft->note, whole);
    digest_put(&draft->note, digest_of(bytes));
    if (!draft->parts) {
        bytes_put_text(&draft->bytes, bytes);
        return hash;
    }
    uint64_t named = put_named(draft->parts, whole, bytes);
    draft->fails = draft->fails || named != hash;
    return named;
}

/* The next part of a note. */
static uint64_t read_noted(struct bytes *note, struct digest *made_of)
{
    uint64_t whole = bytes_long(note);
    struct str digest = bytes_take(note, DIGEST_SIZE);
    if (!note->failed)
        *made_of = digest_from((const unsigned char *)digest.data);
    return whole;
}

bool parts_settle(struct parts *parts, const struct parts_draft *draft)
{
    struct bytes note, bytes;
    struct digest made_of;
    bytes_begin(&note, buf_str(&draft->note));
    for (bytes_begin(&bytes, buf_str(&draft->bytes)); !bytes_at_end(&bytes);) {
        uint64_t whole = read_noted(&note, &made_of);
        if (put_named(parts, whole, bytes_text(&bytes)) != first_choice(whole))
            return false;
    }
    return true;
}

bool parts_are_there(const struct parts_sink *sink, struct str noted)
{
    struct bytes note;
    struct digest made_of = DIGEST_NONE;
    bytes_begin(&note, noted);
    for (size_t i = 0; i < noted.len / NOTED_SIZE; i++) {
        uint64_t hash = first_choice(read_noted(&note, &made_of));
        if (!sink->holds(sink->context, paths_part(hash).text, made_of))
            return false;
    }
    return true;
}

/* Whether a part with that map_hash() has or would get the name that is its first choice. */
static bool has_first_choice(const struct parts *parts, uint64_t whole)
{
    uint64_t hash = first_choice(whole);
    const uint64_t *other = map_get(&parts->seen, (struct str){(const char *)&hash, sizeof hash});
    return !other || *other == whole;
}

bool parts_take(struct parts *parts, struct str noted)
{
    struct bytes note;
    struct digest made_of = DIGEST_NONE;
    bytes_begin(&note, noted);
    for (size_t i = 0; i < noted.len / NOTED_SIZE; i++) {
        uint64_t whole = read_noted(&note, &made_of), hash;
        if (!has_first_choice(parts, whole))
            return false;
        if (is_named(parts, whole, &hash))
            continue;
        parts->sink->take(parts->sink->context, paths_part(hash).text);
        *vec_push(&parts->published, &parts->list) = (struct published_part){hash, made_of};
    }
    return true;
}
