#include "repo/ledger.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/identity.h"

#include <string.h>

/* -- A piece
 * ---------------------------------------------------------------------------------------- */

static void put_id(struct buf *out, const unsigned char id[OID_SIZE])
{
    buf_put(out, (struct str){(const char *)id, OID_SIZE});
}

void ledger_put_record(struct buf *out, const struct record *record)
{
    put_id(out, record->oid);
    put_id(out, record->tree);
    bytes_put_long(out, (uint64_t)record->committed.time);
    bytes_put_number(out, (uint32_t)record->committed.offset);
    bytes_put_text(out, record->subject);
    bytes_put_text(out, record->parents);
    bytes_put_text(out, record->delta);
    bytes_put_text(out, record->likeness);
}

static void take_id(struct bytes *bytes, unsigned char id[OID_SIZE])
{
    struct str taken = bytes_take(bytes, OID_SIZE);
    if (!bytes->failed)
        memcpy(id, taken.data, OID_SIZE);
}

static bool take_record(struct bytes *bytes, struct record *record)
{
    take_id(bytes, record->oid);
    take_id(bytes, record->tree);
    record->committed.time = (int64_t)bytes_long(bytes);
    record->committed.offset = (int32_t)bytes_number(bytes);
    record->subject = bytes_text(bytes);
    record->parents = bytes_text(bytes);
    record->delta = bytes_text(bytes);
    record->likeness = bytes_text(bytes);
    return !bytes->failed && record->parents.len % OID_SIZE == 0;
}

static struct str key_of(const struct record *record)
{
    return (struct str){(const char *)record->oid, OID_SIZE};
}

bool ledger_take_piece(struct ledger *ledger, struct str bytes, uint32_t piece)
{
    VEC(struct record) found = {0};
    struct bytes rest;
    bytes_begin(&rest, bytes);
    while (!bytes_at_end(&rest)) {
        struct record *record = vec_push(&found, ledger->arena);
        record->piece = piece;
        if (!take_record(&rest, record))
            return false;
    }
    for (size_t i = 0; i < found.count; i++) {
        void **at = map_at(&ledger->records, key_of(&found.items[i]));
        if (!*at)
            *at = &found.items[i];
    }
    return !rest.failed;
}

/* -- Opening
 * --------------------------------------------------------------------------------------- */

static struct digest key_of_place(struct arena *arena, struct str place)
{
    struct buf bytes;
    buf_init(&bytes, arena);
    buf_put(&bytes, STR("history"));
    bytes_put_text(&bytes, str_from(identity_of_program));
    buf_put(&bytes, place);
    return digest_of(buf_str(&bytes));
}

static void take_pieces(struct ledger *ledger, struct str list)
{
    struct bytes rest;
    bytes_begin(&rest, list);
    while (!bytes_at_end(&rest) && ledger->pieces.count < LEDGER_PIECES_MAX) {
        struct str digest = bytes_take(&rest, DIGEST_SIZE), bytes;
        struct ledger_piece piece = {.size = 0};
        if (rest.failed)
            return;
        piece.digest = digest_from((const unsigned char *)digest.data);
        if (!cache_get(ledger->cache, ledger->user, piece.digest, ledger->arena, &bytes) ||
            bytes.len > LEDGER_SIZE_MAX ||
            !ledger_take_piece(ledger, bytes, (uint32_t)ledger->pieces.count))
            continue;
        piece.size = (uint32_t)bytes.len;
        *vec_push(&ledger->pieces, ledger->arena) = piece;
    }
}

void ledger_open(struct ledger *ledger, struct cache *cache, unsigned user, struct arena *arena,
                 struct str place)
{
    struct str list;
    *ledger = (struct ledger){.cache = cache, .user = user, .arena = arena};
    map_init(&ledger->records, arena);
    if (!cache)
        return;
    ledger->key = key_of_place(arena, place);
    if (cache_get(cache, user, ledger->key, arena, &list))
        take_pieces(ledger, list);
}

struct record *ledger_find(const struct ledger *ledger, const unsigned char oid[OID_SIZE])
{
    return map_get(&ledger->records, (struct str){(const char *)oid, OID_SIZE});
}

/* -- Keeping
 * --------------------------------------------------------------------------------------- */

/* Bytes that a record takes in a piece, or a few more. */
static size_t size_of(const struct record *record)
{
    enum { FIXED = 2 * OID_SIZE + 32 };
    return FIXED + record->subject.len + record->parents.len + record->delta.len +
           record->likeness.len;
}

static size_t size_of_fresh(struct record *const *records, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (records[i]->fresh)
            size += size_of(records[i]);
    return size;
}

/* How many pieces a new one takes in; those that stay leave `*room` for it. */
static uint32_t choose_pieces(const struct ledger *ledger, size_t size, size_t *room)
{
    uint32_t taken = 0;
    size_t rest = 0;
    for (size_t i = 0; i < ledger->pieces.count; i++)
        rest += ledger->pieces.items[i].size;
    while (taken < ledger->pieces.count &&
           (ledger->pieces.items[taken].size < 2 * size || size + rest > LEDGER_SIZE_MAX ||
            ledger->pieces.count - taken >= LEDGER_PIECES_MAX)) {
        size += ledger->pieces.items[taken].size;
        rest -= ledger->pieces.items[taken++].size;
    }
    *room = LEDGER_SIZE_MAX - rest;
    return taken;
}

static struct str make_piece(const struct ledger *ledger, struct record *const *records,
                             size_t count, uint32_t taken, size_t room)
{
    struct buf bytes;
    buf_init(&bytes, ledger->arena);
    for (size_t i = 0; i < count; i++)
        if ((records[i]->fresh || records[i]->piece < taken) &&
            bytes.len + size_of(records[i]) <= room)
            ledger_put_record(&bytes, records[i]);
    return buf_str(&bytes);
}

void ledger_keep(struct ledger *ledger, struct record *const *records, size_t count)
{
    struct buf list;
    size_t room, size = size_of_fresh(records, count);
    if (!ledger->cache || !size)
        return;
    uint32_t taken = choose_pieces(ledger, size, &room);
    struct str piece = make_piece(ledger, records, count, taken, room);
    struct digest digest = digest_of(piece);
    buf_init(&list, ledger->arena);
    digest_put(&list, digest);
    for (size_t i = taken; i < ledger->pieces.count; i++)
        digest_put(&list, ledger->pieces.items[i].digest);
    cache_put(ledger->cache, ledger->user, digest, piece);
    cache_put(ledger->cache, ledger->user, ledger->key, buf_str(&list));
}
