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
    sequence_open(&pieces->sequence, publish, path, count);
    return true;
}

static bool read_all(int fd, char *bytes, size_t len, uint64_t offset)
{
    for (size_t done = 0; done < len;) {
        ssize_t count = pread(fd, bytes + done, len - done, (off_t)(offset + done));
        if (count <= 0)
            return false;
        done += (size_t)count;
    }
    return true;
}

bool pieces_keep(struct pieces *pieces, size_t number, struct arena *scratch)
{
    const struct piece *piece = &pieces->pieces[number];
    if (!piece->known)
        return false;
    char *bytes = arena_text(scratch, piece->len);
    if (!read_all(pieces->last, bytes, piece->len, piece->offset))
        return false;
    sequence_put(&pieces->sequence, number, (struct str){bytes, piece->len});
    return true;
}

void pieces_put(struct pieces *pieces, size_t number, struct str bytes)
{
    pieces->pieces[number].len = (uint32_t)bytes.len;
    sequence_put(&pieces->sequence, number, bytes);
}

void pieces_close(struct pieces *pieces)
{
    struct buf note;
    buf_init(&note, &pieces->arena);
    for (size_t i = 0; i < pieces->count; i++) {
        digest_put(&note, pieces->pieces[i].made_of);
        bytes_put_number(&note, pieces->pieces[i].len);
    }
    sequence_close(&pieces->sequence, digest_of(buf_str(&note)));
    publish_put_note(pieces->publish, pieces->note, buf_str(&note));
    if (pieces->last >= 0)
        close(pieces->last);
    arena_release(&pieces->arena);
}
