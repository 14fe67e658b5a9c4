#include "write/pieces.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"

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

/* The pieces of the last build, by what they were made of. */
static bool read_note(struct pieces *pieces, struct str note, struct map *last, size_t *count)
{
    struct bytes bytes;
    uint64_t offset = 0;
    bytes_begin(&bytes, note);
    for (*count = 0; !bytes_at_end(&bytes); ++*count) {
        struct str made_of = bytes_take(&bytes, DIGEST_SIZE);
        struct piece *piece = arena_new(&pieces->arena, struct piece);
        *piece = (struct piece){.offset = offset, .len = bytes_number(&bytes)};
        offset += piece->len;
        if (!bytes.failed)
            *map_at(last, made_of) = piece;
    }
    return !bytes.failed;
}

static struct str key_of(struct arena *arena, struct digest made_of)
{
    struct buf key;
    buf_init(&key, arena);
    digest_put(&key, made_of);
    return buf_str(&key);
}

/* Finds the pieces of the last build that are wanted again. Returns whether that is all of it. */
static bool match(struct pieces *pieces, const struct map *last, size_t last_count)
{
    uint64_t end = 0;
    bool all = last_count == pieces->count;
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->pieces[i];
        arena_clear(&scratch);
        const struct piece *found = map_get(last, key_of(&scratch, piece->made_of));
        if (found && !digest_equal(piece->made_of, DIGEST_NONE)) {
            piece->offset = found->offset;
            piece->len = found->len;
            piece->known = true;
        }
        all = all && piece->known && piece->offset == end;
        end += piece->len;
    }
    arena_release(&scratch);
    return all;
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
    publish_stream_copy(pieces->stream, pieces->last, start, end - start);
}

/* Puts what is there of the pieces from the next one on. */
static void go_on(struct pieces *pieces)
{
    while (pieces->next < pieces->count) {
        const struct piece *piece = &pieces->pieces[pieces->next];
        if (piece->known) {
            copy_known(pieces);
        } else if (piece->waits) {
            publish_stream_put(pieces->stream, (struct str){piece->bytes, piece->len});
            pieces->next++;
            pieces->waiting_count--;
        } else {
            break;
        }
    }
    if (!pieces->waiting_count)
        arena_clear(&pieces->waiting);
}

bool pieces_open(struct pieces *pieces, struct publish *publish, const char *note, struct str path,
                 const struct digest *made_of, size_t count)
{
    struct map last;
    struct str noted;
    size_t last_count = 0;
    *pieces = (struct pieces){.publish = publish, .note = note, .count = count, .last = -1};
    arena_init(&pieces->arena);
    pieces->pieces = arena_new_array(&pieces->arena, count, struct piece);
    for (size_t i = 0; i < count; i++)
        pieces->pieces[i].made_of = made_of[i];
    map_init(&last, &pieces->arena);
    if (publish_get_note(publish, note, &pieces->arena, &noted) &&
        read_note(pieces, noted, &last, &last_count))
        pieces->last = publish_open_last(publish, path, digest_of(noted));
    if (pieces->last >= 0 && match(pieces, &last, last_count) &&
        publish_keep(publish, path, (struct origin){.made_of = digest_of(noted)})) {
        close(pieces->last);
        arena_release(&pieces->arena);
        return false;
    }
    pieces->stream = publish_stream_open(publish, path);
    pthread_mutex_init(&pieces->lock, NULL);
    arena_init(&pieces->waiting);
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
        publish_stream_put(pieces->stream, bytes);
        pieces->next++;
        go_on(pieces);
    } else {
        hold(pieces, number, bytes);
    }
    pthread_mutex_unlock(&pieces->lock);
}

void pieces_close(struct pieces *pieces)
{
    struct buf note;
    buf_init(&note, &pieces->arena);
    for (size_t i = 0; i < pieces->count; i++) {
        digest_put(&note, pieces->pieces[i].made_of);
        bytes_put_number(&note, pieces->pieces[i].len);
    }
    publish_stream_close_made(pieces->stream, digest_of(buf_str(&note)));
    publish_put_note(pieces->publish, pieces->note, buf_str(&note));
    if (pieces->last >= 0)
        close(pieces->last);
    pthread_mutex_destroy(&pieces->lock);
    arena_release(&pieces->waiting);
    arena_release(&pieces->arena);
}
