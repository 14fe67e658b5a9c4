#include "repo/renames.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"
#include "repo/handle.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* Pairs compared by their lines in a commit: thirty files that moved and changed at once. A
     * commit that moves more usually leaves them as they are. */
    PAIRS_MAX = 1000,
    SIZE_MAX_COMPARED = 256 * 1024, /* bytes of a blob: a second's reading is enough */
    READ_MAX = 16 * 1024 * 1024,    /* bytes of a commit */
    ALIKE_LEAST = 50                /* per cent of the larger one's bytes */
};

/* A file by its lines' hashes, sorted. */
struct lines {
    uint64_t *hashes;
    size_t count;
};

static int by_hash(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static struct lines split(struct arena *arena, struct str text)
{
    struct lines lines = {arena_new_array(arena, text.len + 1, uint64_t), 0};
    for (struct str line; (line = str_line(&text)).data;)
        if (str_trim(line).len)
            lines.hashes[lines.count++] = map_hash(line);
    if (lines.count > 1)
        qsort(lines.hashes, lines.count, sizeof *lines.hashes, by_hash);
    return lines;
}

static struct lines read_lines(git_odb *odb, struct arena *arena, const unsigned char *id,
                               struct likeness *likeness)
{
    git_oid oid;
    size_t size = 0;
    git_object_t type;
    git_odb_object *object = NULL;
    struct err err;
    struct lines lines = {NULL, 0};
    memcpy(oid.id, id, OID_SIZE);
    if (likeness->read > READ_MAX)
        return lines;
    int status = git_odb_read_header(&size, &type, odb, &oid);
    if (!status && size > SIZE_MAX_COMPARED)
        return lines;
    if (status || handle_read(odb, &oid, &object, &err)) {
        likeness->lacking = true;
        return lines;
    }
    likeness->read += (uint32_t)size;
    lines = split(arena, (struct str){git_odb_object_data(object), size});
    git_odb_object_free(object);
    return lines;
}

/* Of a hundred lines of the longer one, how many both have. */
static size_t compare(const struct lines *a, const struct lines *b)
{
    size_t i = 0, j = 0, common = 0, most = a->count > b->count ? a->count : b->count;
    while (i < a->count && j < b->count) {
        int order = by_hash(&a->hashes[i], &b->hashes[j]);
        common += !order;
        i += order <= 0;
        j += order >= 0;
    }
    return most ? common * 100 / most : 0;
}

/* The one that went is emptied of its path, which drops it. */
static void join(struct change *came, struct change *went)
{
    came->kind = CHANGE_RENAMED;
    came->old_path = went->path;
    memcpy(came->before, went->before, OID_SIZE);
    went->path.len = 0;
}

static bool is_left(const struct change *change, enum change_kind kind)
{
    return change->kind == kind && change->path.len;
}

void renames_join_same(struct change *changes, size_t count)
{
    struct arena scratch;
    struct map gone;
    arena_init(&scratch);
    map_init(&gone, &scratch);
    for (size_t i = count; i-- > 0;)
        if (is_left(&changes[i], CHANGE_GONE))
            *map_at(&gone, (struct str){(char *)changes[i].before, OID_SIZE}) = &changes[i];
    for (size_t i = 0; i < count; i++) {
        struct change *went = NULL;
        if (changes[i].kind == CHANGE_ADDED)
            went = map_get(&gone, (struct str){(char *)changes[i].after, OID_SIZE});
        if (went && went->path.len)
            join(&changes[i], went);
    }
    arena_release(&scratch);
}

bool renames_may_find(const struct change *changes, size_t count)
{
    size_t went = 0, came = 0;
    for (size_t i = 0; i < count; i++) {
        went += is_left(&changes[i], CHANGE_GONE);
        came += is_left(&changes[i], CHANGE_ADDED);
    }
    return went && came && went <= PAIRS_MAX && came <= PAIRS_MAX && went * came <= PAIRS_MAX;
}

/* The index of the most alike of those that went, or `count`. */
static size_t nearest(const struct change *changes, const struct lines *lines, size_t count,
                      size_t came)
{
    size_t best = count, most = ALIKE_LEAST - 1;
    for (size_t i = 0; i < count; i++) {
        if (!is_left(&changes[i], CHANGE_GONE))
            continue;
        size_t percent = compare(&lines[i], &lines[came]);
        if (percent > most) {
            most = percent;
            best = i;
        }
    }
    return best;
}

void renames_find(git_odb *odb, struct arena *arena, struct change *changes, size_t count,
                  struct likeness *out)
{
    *out = (struct likeness){.read = 0};
    struct lines *lines = arena_new_array(arena, count, struct lines);
    for (size_t i = 0; i < count; i++)
        if (is_left(&changes[i], CHANGE_GONE) || changes[i].kind == CHANGE_ADDED)
            lines[i] = read_lines(
                odb, arena, changes[i].kind == CHANGE_GONE ? changes[i].before : changes[i].after,
                out);
    for (size_t i = 0; i < count; i++) {
        if (changes[i].kind != CHANGE_ADDED)
            continue;
        size_t went = nearest(changes, lines, count, i);
        if (went == count)
            continue;
        join(&changes[i], &changes[went]);
        *vec_push(&out->pairs, arena) = (struct likeness_pair){(uint32_t)i, (uint32_t)went};
    }
}

void renames_join(const struct likeness *likeness, struct change *changes, size_t count)
{
    for (size_t i = 0; i < likeness->pairs.count; i++) {
        struct likeness_pair pair = likeness->pairs.items[i];
        if (pair.came < count && pair.went < count && is_left(&changes[pair.came], CHANGE_ADDED) &&
            is_left(&changes[pair.went], CHANGE_GONE))
            join(&changes[pair.came], &changes[pair.went]);
    }
}

size_t renames_drop(struct change *changes, size_t count)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (changes[i].path.len)
            changes[left++] = changes[i];
    return left;
}

void likeness_put(struct buf *out, const struct likeness *likeness)
{
    bytes_put_number(out, likeness->read);
    bytes_put_number(out, (uint32_t)likeness->pairs.count);
    for (size_t i = 0; i < likeness->pairs.count; i++) {
        bytes_put_number(out, likeness->pairs.items[i].came);
        bytes_put_number(out, likeness->pairs.items[i].went);
    }
}

bool likeness_take(struct str bytes, struct arena *arena, struct likeness *out)
{
    struct bytes rest;
    bytes_begin(&rest, bytes);
    *out = (struct likeness){.read = bytes_number(&rest)};
    uint32_t count = bytes_count(&rest, 2);
    for (uint32_t i = 0; i < count; i++) {
        struct likeness_pair *pair = vec_push(&out->pairs, arena);
        pair->came = bytes_number(&rest);
        pair->went = bytes_number(&rest);
    }
    return !rest.failed && bytes_at_end(&rest);
}
