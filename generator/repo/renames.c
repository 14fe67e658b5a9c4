#include "repo/renames.h"

#include "base/arena.h"
#include "base/map.h"
#include "repo/handle.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* Pairs compared by their lines in a commit: thirty files that moved and changed at once. A
     * commit that moves more usually leaves them as they are. */
    PAIRS_MAX = 1000,
    SIZE_MAX_COMPARED = 256 * 1024, /* bytes of a blob: a second's reading is enough */
    READ_MAX = 64 * 1024 * 1024,    /* bytes of all commits */
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

static struct lines read_lines(struct renames *renames, struct arena *arena,
                               const unsigned char *id)
{
    git_oid oid;
    size_t size = 0;
    git_object_t type;
    git_odb_object *object = NULL;
    struct err err;
    struct lines lines = {NULL, 0};
    memcpy(oid.id, id, OID_SIZE);
    if (renames->read > READ_MAX || git_odb_read_header(&size, &type, renames->odb, &oid) < 0 ||
        size > SIZE_MAX_COMPARED || handle_read(renames->odb, &oid, &object, &err))
        return lines;
    renames->read += size;
    lines = split(arena, (struct str){git_odb_object_data(object), size});
    git_odb_object_free(object);
    return lines;
}

/* Of a hundred lines of the longer one, how many both have. */
static size_t likeness(const struct lines *a, const struct lines *b)
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

static void join_same(struct arena *arena, struct change *changes, size_t count)
{
    struct map gone;
    map_init(&gone, arena);
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
}

static void join_nearest(struct change *changes, const struct lines *lines, size_t count,
                         struct change *came)
{
    struct change *best = NULL;
    size_t most = ALIKE_LEAST - 1;
    for (size_t i = 0; i < count; i++) {
        if (!is_left(&changes[i], CHANGE_GONE))
            continue;
        size_t percent = likeness(&lines[i], &lines[came - changes]);
        if (percent > most) {
            most = percent;
            best = &changes[i];
        }
    }
    if (best)
        join(came, best);
}

static void join_alike(struct renames *renames, struct arena *arena, struct change *changes,
                       size_t count)
{
    size_t went = 0, came = 0;
    for (size_t i = 0; i < count; i++) {
        went += is_left(&changes[i], CHANGE_GONE);
        came += is_left(&changes[i], CHANGE_ADDED);
    }
    if (!went || !came || went > PAIRS_MAX || came > PAIRS_MAX || went * came > PAIRS_MAX)
        return;
    struct lines *lines = arena_new_array(arena, count, struct lines);
    for (size_t i = 0; i < count; i++)
        if (is_left(&changes[i], CHANGE_GONE) || changes[i].kind == CHANGE_ADDED)
            lines[i] =
                read_lines(renames, arena,
                           changes[i].kind == CHANGE_GONE ? changes[i].before : changes[i].after);
    for (size_t i = 0; i < count; i++)
        if (changes[i].kind == CHANGE_ADDED)
            join_nearest(changes, lines, count, &changes[i]);
}

size_t renames_find(struct renames *renames, struct change *changes, size_t count)
{
    struct arena scratch;
    size_t left = 0;
    arena_init(&scratch);
    join_same(&scratch, changes, count);
    join_alike(renames, &scratch, changes, count);
    for (size_t i = 0; i < count; i++)
        if (changes[i].path.len)
            changes[left++] = changes[i];
    arena_release(&scratch);
    return left;
}
