#include "write/pieces.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"
#include "base/vec.h"
#include "write/disk.h"

#include <unistd.h>

/* A note is a digest and a length for each piece, in their order. */
struct piece {
    struct digest made_of;
    uint64_t offset; /* in the last build's file */
    uint32_t len;
    bool known; /* to be copied from there */
    bool waits; /* its bytes came too early: */
    const char *bytes;
};

/* The pieces of the last build, in their order; each by what it was made of, once that is asked. */
struct last_pieces {
    struct arena arena;
    VEC(struct last_piece) items;
    struct map by_digest;
};

struct last_piece {
    struct digest made_of;
    uint64_t offset;
    uint32_t len;
};

/* Returns how many bytes they have in all. */
static uint64_t read_note(struct last_pieces *last, struct str note)
{
    struct bytes bytes;
    uint64_t offset = 0;
    bytes_begin(&bytes, note);
    while (!bytes_at_end(&bytes)) {
        struct str made_of = bytes_take(&bytes, DIGEST_SIZE);
        uint32_t len = bytes_number(&bytes);
        if (bytes.failed)
            break;
        *vec_push(&last->items, &last->arena) =
            (struct last_piece){digest_from((const unsigned char *)made_of.data), offset, len};
        offset += len;
    }
    return offset;
}

static struct str key_of(const struct digest *digest)
{
    return (struct str){(const char *)digest, sizeof *digest};
}

static void list_by_digest(struct last_pieces *last)
{
    for (size_t i = 0; i < last->items.count; i++) {
        struct last_piece *piece = &last->items.items[i];
        *map_at(&last->by_digest, key_of(&piece->made_of)) = piece;
    }
}

static bool stood_at(const struct last_pieces *last, size_t place, const struct digest *made_of)
{
    return place < last->items.count && digest_equal(last->items.items[place].made_of, *made_of);
}

/* Mostly it is the one that stood at `next`. Where it is not and the one behind it, of which
 * `behind` is what stands for it, has its place still, a new one has the place of an old one. */
static const struct last_piece *find_last(struct last_pieces *last, size_t next,
                                          const struct digest *made_of, const struct digest *behind)
{
    if (digest_equal(*made_of, DIGEST_NONE))
        return NULL;
    if (stood_at(last, next, made_of))
        return &last->items.items[next];
    if (behind ? stood_at(last, next + 1, behind) : next + 1 == last->items.count)
        return NULL;
    if (!last->by_digest.count)
        list_by_digest(last);
    return map_get(&last->by_digest, key_of(made_of));
}

/* Finds the pieces of the last build that are wanted again. Returns whether that is all of it. */
static bool match(struct pieces *pieces, struct last_pieces *last)
{
    uint64_t end = 0;
    size_t next = 0;
    bool all = last->items.count == pieces->count;
    for (size_t i = 0; i < pieces->count; i++, next++) {
        struct piece *piece = &pieces->pieces[i];
        const struct digest *behind = i + 1 < pieces->count ? &piece[1].made_of : NULL;
        const struct last_piece *found = find_last(last, next, &piece->made_of, behind);
        if (found) {
            piece->offset = found->offset;
            piece->len = found->len;
            piece->known = true;
            next = (size_t)(found - last->items.items);
        }
        all = all && piece->known && piece->offset == end;
        end += piece->len;
    }
    return all;
}

/* Begins to write, with what is the same as in the last build's file. */
static void begin(struct pieces *pieces)
{
    pieces->stream = publish_stream_open(pieces->publish, pieces->path);
    if (pieces->same)
        publish_stream_copy(pieces->stream, pieces->last, 0, pieces->same);
}

/* A part of the last build's file comes next. */
static void copy_last(struct pieces *pieces, uint64_t offset, uint64_t len)
{
    if (!pieces->stream && offset == pieces->same) {
        pieces->same += len;
        return;
    }
    if (!pieces->stream)
        begin(pieces);
    publish_stream_copy(pieces->stream, pieces->last, offset, len);
}

/* These bytes come next: they may be those that the last build's file has there. */
static void put_bytes(struct pieces *pieces, struct str bytes)
{
    if (!pieces->stream && pieces->last >= 0 &&
        disk_has(pieces->last, (off_t)pieces->same, bytes)) {
        pieces->same += bytes.len;
        return;
    }
    if (!pieces->stream)
        begin(pieces);
    publish_stream_put(pieces->stream, bytes);
}

/* Copies the pieces that are known from the next one on; of many, those that stand behind each
 * other in both files at once. */
static void copy_known(struct pieces *pieces)
{
    uint64_t start = pieces->pieces[pieces->next].offset, end = start;
    for (; pieces->next < pieces->count; pieces->next++) {
        const struct piece *piece = &pieces->pieces[pieces->next];
        if (!piece->known || piece->offset != end)
            break;
        end += piece->len;
    }
    copy_last(pieces, start, end - start);
}

/* Puts what is there of the pieces from the next one on. */
static void go_on(struct pieces *pieces)
{
    while (pieces->next < pieces->count) {
        const struct piece *piece = &pieces->pieces[pieces->next];
        if (piece->known) {
            copy_known(pieces);
        } else if (piece->waits) {
            put_bytes(pieces, (struct str){piece->bytes, piece->len});
            pieces->next++;
            pieces->waiting_count--;
        } else {
            break;
        }
    }
    if (!pieces->waiting_count)
        arena_clear(&pieces->waiting);
}

/* Opens the last build's file and finds its pieces. Returns whether it has all of this one's. */
static bool open_last(struct pieces *pieces)
{
    struct last_pieces last = {0};
    struct str noted;
    bool all = false;
    arena_init(&last.arena);
    map_init(&last.by_digest, &last.arena);
    if (publish_get_note(pieces->publish, pieces->note, &last.arena, &noted)) {
        pieces->last_made_of = digest_of(noted);
        pieces->last = publish_open_last(pieces->publish, pieces->path, pieces->last_made_of);
    }
    if (pieces->last >= 0) {
        pieces->last_size = read_note(&last, noted);
        all = match(pieces, &last);
    }
    arena_release(&last.arena);
    return all;
}

static void release(struct pieces *pieces)
{
    if (pieces->last >= 0)
        close(pieces->last);
    pthread_mutex_destroy(&pieces->lock);
    arena_release(&pieces->waiting);
    arena_release(&pieces->arena);
}

bool pieces_open(struct pieces *pieces, struct publish *publish, const char *note, struct str path,
                 const struct digest *made_of, size_t count)
{
    *pieces = (struct pieces){.publish = publish, .note = note, .count = count, .last = -1};
    arena_init(&pieces->arena);
    arena_init(&pieces->waiting);
    pthread_mutex_init(&pieces->lock, NULL);
    pieces->path = str_copy(&pieces->arena, path);
    pieces->pieces = arena_new_array(&pieces->arena, count, struct piece);
    for (size_t i = 0; i < count; i++)
        pieces->pieces[i].made_of = made_of[i];
    if (open_last(pieces) &&
        publish_keep(publish, path, (struct origin){.made_of = pieces->last_made_of})) {
        release(pieces);
        return false;
    }
    go_on(pieces);
    return true;
}

bool pieces_want(const struct pieces *pieces, size_t number)
{
    return !pieces->pieces[number].known;
}

static void hold(struct pieces *pieces, size_t number, struct str bytes)
{
    pieces->pieces[number].bytes = str_copy(&pieces->waiting, bytes).data;
    pieces->pieces[number].waits = true;
    pieces->waiting_count++;
}

void pieces_put(struct pieces *pieces, size_t number, struct str bytes)
{
    if (!pieces_want(pieces, number))
        return;
    pthread_mutex_lock(&pieces->lock);
    pieces->pieces[number].len = (uint32_t)bytes.len;
    if (number == pieces->next) {
        put_bytes(pieces, bytes);
        pieces->next++;
        go_on(pieces);
    } else {
        hold(pieces, number, bytes);
    }
    pthread_mutex_unlock(&pieces->lock);
}

/* Whether the last build's file has all bytes of this one's and no more, and so stays. */
static bool keep_last(struct pieces *pieces, struct digest made_of)
{
    return !pieces->stream && pieces->last >= 0 && pieces->same == pieces->last_size &&
           publish_keep_as(pieces->publish, pieces->path, pieces->last_made_of, made_of);
}

void pieces_close(struct pieces *pieces)
{
    struct buf note;
    buf_init(&note, &pieces->arena);
    for (size_t i = 0; i < pieces->count; i++) {
        digest_put(&note, pieces->pieces[i].made_of);
        bytes_put_number(&note, pieces->pieces[i].len);
    }
    struct digest made_of = digest_of(buf_str(&note));
    if (!keep_last(pieces, made_of)) {
        if (!pieces->stream)
            begin(pieces);
        publish_stream_close_made(pieces->stream, made_of);
    }
    publish_put_note(pieces->publish, pieces->note, buf_str(&note));
    release(pieces);
}
