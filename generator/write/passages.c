#include "write/passages.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "write/made_of.h"

#include <unistd.h>

#define NOTE "passages" /* a digest and a length for each document, in their order */

struct piece {
    struct digest made_of;
    uint64_t offset; /* in the last build's file */
    uint32_t len;
    bool known; /* to be copied from there */
};

static void tell(struct passages *passages, const struct site *site)
{
    struct arena scratch;
    arena_init(&scratch);
    for (uint32_t i = 0; i < passages->count; i++) {
        arena_clear(&scratch);
        passages->pieces[i].made_of = made_of_passages(&scratch, site, i);
    }
    arena_release(&scratch);
}

/* The pieces of the last build, by what they were made of. */
static bool read_note(struct passages *passages, struct str note, struct map *pieces, size_t *count)
{
    struct bytes bytes;
    uint64_t offset = 0;
    bytes_begin(&bytes, note);
    for (*count = 0; !bytes_at_end(&bytes); ++*count) {
        struct str made_of = bytes_take(&bytes, DIGEST_SIZE);
        struct piece *piece = arena_new(&passages->arena, struct piece);
        *piece = (struct piece){.offset = offset, .len = bytes_number(&bytes)};
        offset += piece->len;
        if (!bytes.failed)
            *map_at(pieces, made_of) = piece;
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
static bool match(struct passages *passages, const struct map *last, size_t last_count)
{
    uint64_t end = 0;
    bool all = last_count == passages->count;
    for (uint32_t i = 0; i < passages->count; i++) {
        struct piece *piece = &passages->pieces[i];
        const struct piece *found = map_get(last, key_of(&passages->arena, piece->made_of));
        if (found && !digest_equal(piece->made_of, DIGEST_NONE)) {
            piece->offset = found->offset;
            piece->len = found->len;
            piece->known = true;
        }
        all = all && piece->known && piece->offset == end;
        end += piece->len;
    }
    return all;
}

bool passages_open(struct passages *passages, const struct site *site, struct publish *publish)
{
    struct map last;
    struct str note;
    size_t count = 0;
    struct str path = str_format(site->arena, "%.*s/passages.jsonl",
                                 STR_ARGS(language_text(site->language, "folders.data")));
    *passages =
        (struct passages){.publish = publish, .count = site->web->document_count, .last = -1};
    arena_init(&passages->arena);
    passages->pieces = arena_new_array(&passages->arena, passages->count, struct piece);
    map_init(&last, &passages->arena);
    tell(passages, site);
    if (publish_get_note(publish, NOTE, &passages->arena, &note) &&
        read_note(passages, note, &last, &count))
        passages->last = publish_open_last(publish, path, digest_of(note));
    if (passages->last >= 0 && match(passages, &last, count) &&
        publish_keep(publish, path, (struct origin){.made_of = digest_of(note)})) {
        close(passages->last);
        arena_release(&passages->arena);
        return false;
    }
    sequence_open(&passages->sequence, publish, path, passages->count);
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

bool passages_keep(struct passages *passages, uint32_t document, struct arena *scratch)
{
    const struct piece *piece = &passages->pieces[document];
    if (!piece->known)
        return false;
    char *bytes = arena_text(scratch, piece->len);
    if (!read_all(passages->last, bytes, piece->len, piece->offset))
        return false;
    sequence_put(&passages->sequence, document, (struct str){bytes, piece->len});
    return true;
}

void passages_put(struct passages *passages, uint32_t document, struct str lines)
{
    passages->pieces[document].len = (uint32_t)lines.len;
    sequence_put(&passages->sequence, document, lines);
}

void passages_close(struct passages *passages)
{
    struct buf note;
    buf_init(&note, &passages->arena);
    for (uint32_t i = 0; i < passages->count; i++) {
        digest_put(&note, passages->pieces[i].made_of);
        bytes_put_number(&note, passages->pieces[i].len);
    }
    sequence_close(&passages->sequence, digest_of(buf_str(&note)));
    publish_put_note(passages->publish, NOTE, buf_str(&note));
    if (passages->last >= 0)
        close(passages->last);
    arena_release(&passages->arena);
}
