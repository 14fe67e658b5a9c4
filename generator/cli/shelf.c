#include "cli/shelf.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/config.h"

#define FOLDER "sources/"

static struct str stem_of(struct str path)
{
    ptrdiff_t dot = str_find_last(path, '.');
    ptrdiff_t slash = str_find_last(path, '/');
    return dot > slash ? str_slice(path, 0, (size_t)dot) : path;
}

static bool has_extension(struct str path, struct str extension)
{
    struct str stem = stem_of(path);
    return str_equal_nocase(str_from_offset(path, stem.len), extension);
}

void shelf_add(struct shelf *shelf, struct str path)
{
    path = str_copy(shelf->arena, path);
    *map_at(&shelf->paths, path) = shelf;
    *map_at(&shelf->stems, utf8_fold(shelf->arena, stem_of(path))) = shelf;
}

void shelf_add_text(struct shelf *shelf, struct str path, const struct likeness *likeness)
{
    struct shelf_text *text = vec_push(&shelf->texts, shelf->arena);
    text->path = str_copy(shelf->arena, path);
    text->stem = stem_of(text->path);
    text->likeness = *likeness;
}

bool shelf_has(const struct shelf *shelf, struct str path)
{
    return map_get(&shelf->paths, path);
}

bool shelf_has_stem(const struct shelf *shelf, struct str stem)
{
    return map_get(&shelf->stems, utf8_fold(shelf->arena, stem));
}

/* A record keeps what its front matter says, so its bytes stay in the arena of all. */
static void take_record(struct shelf *shelf, struct str path, struct str bytes)
{
    struct shelf_record *record = vec_push(&shelf->records, shelf->arena);
    record->stem = stem_of(path);
    meta_read(shelf->arena, path, bytes, &record->meta, NULL);
}

static void take_text(struct shelf *shelf, struct arena *scratch, struct str path, struct str bytes)
{
    struct str text;
    struct likeness likeness;
    if (!charset_decode(scratch, path, bytes, &text, NULL))
        return;
    likeness_of(text, &likeness);
    shelf_add_text(shelf, path, &likeness);
}

static void take_entry(struct shelf *shelf, struct snapshot_reader *reader, struct arena *scratch,
                       struct str path, size_t index)
{
    struct err err;
    struct str bytes;
    bool record = has_extension(path, STR(".md")), text = has_extension(path, STR(".txt"));
    shelf_add(shelf, path);
    arena_clear(scratch);
    if ((record || text) && !snapshot_read(reader, index, LIMIT_FILE_SIZE,
                                           record ? shelf->arena : scratch, &bytes, &err)) {
        if (record)
            take_record(shelf, path, bytes);
        else
            take_text(shelf, scratch, path, bytes);
    }
}

int shelf_fill(struct shelf *shelf, const struct snapshot *snapshot, struct arena *arena,
               struct err *err)
{
    struct arena scratch;
    *shelf = (struct shelf){.arena = arena};
    map_init(&shelf->stems, arena);
    map_init(&shelf->paths, arena);
    struct snapshot_reader *reader = snapshot_reader_open(snapshot, err);
    if (!reader)
        return -1;
    arena_init(&scratch);
    for (size_t i = 0; i < snapshot->count; i++)
        if (str_starts(snapshot->entries[i].path, STR(FOLDER)))
            take_entry(shelf, reader, &scratch, snapshot->entries[i].path, i);
    arena_release(&scratch);
    snapshot_reader_free(reader);
    return 0;
}

const struct shelf_text *shelf_nearest(const struct shelf *shelf, const struct likeness *likeness,
                                       unsigned *share)
{
    const struct shelf_text *nearest = NULL;
    *share = 0;
    for (size_t i = 0; i < shelf->texts.count; i++) {
        const struct shelf_text *text = &shelf->texts.items[i];
        bool same = likeness_same(&text->likeness, likeness);
        unsigned alike = same ? 100 : likeness_share(&text->likeness, likeness);
        /* The estimate may be of all, where a word differs. */
        if (!same && alike > 99)
            alike = 99;
        if (alike > *share) {
            *share = alike;
            nearest = text;
        }
    }
    return nearest;
}
