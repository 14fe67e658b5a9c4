#include "write/counterparts.h"

#include "base/arena.h"
#include "base/map.h"
#include "read/config.h"

#include <stdlib.h>
#include <string.h>

enum {
    PAIRS_MAX = 1000,            /* of documents that went and came, as of files in a commit */
    READ_MAX = 16 * 1024 * 1024, /* bytes of their texts: a second's reading is enough */
    ALIKE_LEAST = 50             /* per cent of the larger text's bytes, as of a file in git */
};

/* -- One side
 * -------------------------------------------------------------------------------------- */

void side_init(struct side *side, struct arena *arena)
{
    side->arena = arena;
    side->ids = arena_new_array(arena, side->crew->snapshot->count + 1, unsigned char *);
}

static const unsigned char *identify(struct side *side, uint32_t entry)
{
    struct err err;
    unsigned char id[OID_SIZE];
    struct snapshot_reader *reader = side->crew->workers[0].reader;
    if (side->ids[entry])
        return side->ids[entry];
    if (snapshot_identify(reader, entry, LIMIT_ASSET_SIZE, id, &err))
        return NULL;
    side->ids[entry] = arena_alloc(side->arena, OID_SIZE);
    return memcpy(side->ids[entry], id, OID_SIZE);
}

bool side_same_file(struct side *before, uint32_t a, struct side *after, uint32_t b)
{
    if (a == NO_ENTRY || b == NO_ENTRY)
        return a == b;
    const unsigned char *old_id = identify(before, a), *new_id = identify(after, b);
    return old_id && new_id && !memcmp(old_id, new_id, OID_SIZE);
}

bool side_same_document(struct side *before, uint32_t a, struct side *after, uint32_t b)
{
    const struct outline *old = &before->web->documents[a], *new = &after->web->documents[b];
    if (digest_equal(old->identity, new->identity) && !digest_equal(old->identity, DIGEST_NONE))
        return true;
    return side_same_file(before, old->markdown, after, new->markdown) &&
           side_same_file(before, old->text, after, new->text);
}

const struct document *side_document(struct side *side, uint32_t index, struct arena *arena)
{
    struct worker *worker = &side->crew->workers[0];
    arena_clear(&worker->page);
    return crew_get(side->crew, worker, &side->web->documents[index], arena);
}

/* -- By name
 * --------------------------------------------------------------------------------------- */

struct matching {
    struct counterparts *out;
    struct side *before, *after;
};

static void join(struct matching *matching, uint32_t a, uint32_t b)
{
    matching->out->now_of[a] = b;
    matching->out->before_of[b] = a;
}

static void match_names(struct matching *matching, bool by_address)
{
    struct arena scratch;
    struct map names;
    arena_init(&scratch);
    map_init(&names, &scratch);
    for (uint32_t i = 0; i < matching->before->web->document_count; i++) {
        const struct outline *document = &matching->before->web->documents[i];
        if (matching->out->now_of[i] == NO_DOCUMENT)
            *map_at(&names, by_address ? document->id : document->path) =
                (void *)(uintptr_t)(i + 1);
    }
    for (uint32_t i = 0; i < matching->after->web->document_count; i++) {
        const struct outline *document = &matching->after->web->documents[i];
        if (matching->out->before_of[i] != NO_DOCUMENT)
            continue;
        uintptr_t found = (uintptr_t)map_get(&names, by_address ? document->id : document->path);
        if (found)
            join(matching, (uint32_t)found - 1, i);
    }
    arena_release(&scratch);
}

/* Where the address of one that went leads to one that came. */
static void match_redirects(struct matching *matching, const struct redirects *redirects)
{
    struct arena scratch;
    struct map addresses;
    arena_init(&scratch);
    map_init(&addresses, &scratch);
    for (size_t i = 0; i < redirects->items.count; i++)
        *map_at(&addresses, redirects->items.items[i].id) =
            (void *)(uintptr_t)(redirects->items.items[i].document + 1);
    for (uint32_t i = 0; i < matching->before->web->document_count; i++) {
        struct str id = matching->before->web->documents[i].id;
        bool went = matching->out->now_of[i] == NO_DOCUMENT;
        uintptr_t found = went ? (uintptr_t)map_get(&addresses, id) : 0;
        if (found && matching->out->before_of[found - 1] == NO_DOCUMENT)
            join(matching, i, (uint32_t)found - 1);
    }
    arena_release(&scratch);
}

/* -- By content
 * ------------------------------------------------------------------------------------ */

struct strangers {
    uint32_t *documents, count;
};

static struct strangers collect(const uint32_t *other_of, uint32_t count, struct arena *arena)
{
    struct strangers strangers = {arena_new_array(arena, count + 1, uint32_t), 0};
    for (uint32_t i = 0; i < count; i++)
        if (other_of[i] == NO_DOCUMENT)
            strangers.documents[strangers.count++] = i;
    return strangers;
}

/* What files a document is made of, as a key; empty where one can't be read. */
static struct str key_of(struct side *side, uint32_t index, struct arena *arena)
{
    const struct outline *document = &side->web->documents[index];
    const uint32_t entries[] = {document->markdown, document->text};
    struct buf key;
    buf_init(&key, arena);
    for (size_t i = 0; i < 2; i++) {
        const unsigned char *id = entries[i] == NO_ENTRY ? NULL : identify(side, entries[i]);
        if (entries[i] != NO_ENTRY && !id)
            return STR("");
        buf_put_char(&key, id ? '+' : '-');
        if (id)
            buf_put(&key, (struct str){(const char *)id, OID_SIZE});
    }
    return buf_str(&key);
}

static void match_files(struct matching *matching, const struct strangers *went,
                        const struct strangers *came, struct arena *arena)
{
    struct map keys;
    map_init(&keys, arena);
    for (uint32_t i = went->count; i-- > 0;)
        *map_at(&keys, key_of(matching->before, went->documents[i], arena)) =
            (void *)(uintptr_t)(went->documents[i] + 1);
    for (uint32_t i = 0; i < came->count; i++) {
        struct str key = key_of(matching->after, came->documents[i], arena);
        uintptr_t found = key.len ? (uintptr_t)map_get(&keys, key) : 0;
        if (found && matching->out->now_of[found - 1] == NO_DOCUMENT)
            join(matching, (uint32_t)found - 1, came->documents[i]);
    }
}

/* A document's passages by their hashes, sorted. */
struct piece {
    uint64_t hash;
    size_t len;
};

struct mass {
    struct piece *pieces;
    size_t count, bytes;
};

static int by_hash(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Reads no more once `*room` is used up. */
static struct mass weigh(struct side *side, uint32_t index, size_t *room, struct arena *arena)
{
    struct arena scratch;
    struct mass mass = {0};
    if (!*room)
        return mass;
    arena_init(&scratch);
    const struct document *document = side_document(side, index, &scratch);
    mass.pieces = arena_new_array(arena, document->passages.count + 1, struct piece);
    mass.count = document->passages.count;
    for (size_t i = 0; i < mass.count; i++) {
        struct str text = document->passages.items[i].text;
        mass.pieces[i] = (struct piece){map_hash(text), text.len};
        mass.bytes += text.len;
    }
    if (mass.count > 1)
        qsort(mass.pieces, mass.count, sizeof *mass.pieces, by_hash);
    *room -= mass.bytes < *room ? mass.bytes : *room;
    arena_release(&scratch);
    return mass;
}

/* Of a hundred bytes of the longer one, how many stand in passages that both have. */
static size_t share(const struct mass *a, const struct mass *b)
{
    size_t i = 0, j = 0, common = 0, most = a->bytes > b->bytes ? a->bytes : b->bytes;
    while (i < a->count && j < b->count) {
        int order = by_hash(&a->pieces[i], &b->pieces[j]);
        common += order ? 0 : a->pieces[i].len;
        i += order <= 0;
        j += order >= 0;
    }
    return most ? common * 100 / most : 0;
}

/* For each that came the one of those that went that it is most like. */
static void match_texts(struct matching *matching, const struct strangers *went,
                        const struct strangers *came, struct arena *arena)
{
    size_t room = READ_MAX;
    struct mass *old = arena_new_array(arena, went->count + 1, struct mass);
    for (uint32_t i = 0; i < went->count; i++)
        old[i] = weigh(matching->before, went->documents[i], &room, arena);
    for (uint32_t i = 0; i < came->count; i++) {
        size_t most = ALIKE_LEAST - 1;
        uint32_t best = NO_DOCUMENT;
        struct mass mass = weigh(matching->after, came->documents[i], &room, arena);
        for (uint32_t j = 0; j < went->count; j++) {
            bool left = matching->out->now_of[went->documents[j]] == NO_DOCUMENT;
            size_t alike = left ? share(&old[j], &mass) : 0;
            if (alike > most) {
                most = alike;
                best = went->documents[j];
            }
        }
        if (best != NO_DOCUMENT)
            join(matching, best, came->documents[i]);
    }
}

static void match_strangers(struct matching *matching, bool by_text)
{
    struct arena scratch;
    arena_init(&scratch);
    struct strangers went =
        collect(matching->out->now_of, matching->before->web->document_count, &scratch);
    struct strangers came =
        collect(matching->out->before_of, matching->after->web->document_count, &scratch);
    if (!by_text)
        match_files(matching, &went, &came, &scratch);
    else if (went.count && came.count && (uint64_t)went.count * came.count <= PAIRS_MAX)
        match_texts(matching, &went, &came, &scratch);
    arena_release(&scratch);
}

static uint32_t *none(struct arena *arena, uint32_t count)
{
    uint32_t *documents = arena_new_array(arena, count + 1, uint32_t);
    for (uint32_t i = 0; i < count; i++)
        documents[i] = NO_DOCUMENT;
    return documents;
}

void counterparts_find(struct counterparts *out, struct side *before, struct side *after,
                       const struct redirects *redirects, struct arena *arena)
{
    struct matching matching = {out, before, after};
    *out = (struct counterparts){none(arena, before->web->document_count),
                                 none(arena, after->web->document_count)};
    match_names(&matching, false);
    match_names(&matching, true);
    match_redirects(&matching, redirects);
    match_strangers(&matching, false);
    match_strangers(&matching, true);
}
