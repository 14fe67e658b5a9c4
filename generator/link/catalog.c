#include "link/catalog.h"

#include "base/arena.h"
#include "base/map.h"
#include "read/reader.h"

static bool has_extension(struct str path, struct str extension)
{
    return path.len > extension.len &&
           str_equal_nocase(str_from_offset(path, path.len - extension.len), extension);
}

void catalog_ignore(struct snapshot *snapshot, const struct config *config)
{
    size_t kept = 0;
    for (size_t i = 0; i < snapshot->count; i++) {
        struct str path = snapshot->entries[i].path;
        if (!str_equal(path, STR(CONFIG_PATH)) && !config_ignores(config, path))
            snapshot->entries[kept++] = snapshot->entries[i];
    }
    snapshot->count = kept;
}

bool catalog_is_index(struct str path)
{
    struct str stem = reader_stem(path);
    return str_equal_nocase(stem, STR("readme")) || str_equal_nocase(stem, STR("index"));
}

static enum document_kind kind_of(struct str path)
{
    if (catalog_is_index(path))
        return DOCUMENT_NOTE;
    if (str_starts(path, STR("topics/")))
        return DOCUMENT_TOPIC;
    return str_starts(path, STR("sources/")) ? DOCUMENT_SOURCE : DOCUMENT_NOTE;
}

static struct str without_extension(struct str path)
{
    return str_slice(path, 0, (size_t)str_find_last(path, '.'));
}

static struct outline *add(struct outline *document, struct str path)
{
    *document = (struct outline){.path = path,
                                 .kind = kind_of(path),
                                 .markdown = NO_ENTRY,
                                 .text = NO_ENTRY,
                                 .original = NO_ENTRY};
    return document;
}

/* What belongs to a source's record. Returns whether a text without one makes a document of its
 * own. */
static bool attach(const struct map *records, struct str path, uint32_t entry)
{
    struct outline *record = map_get(records, without_extension(path));
    if (record && has_extension(path, STR(".pdf")))
        record->original = entry;
    else if (record)
        record->text = entry;
    return !record && has_extension(path, STR(".txt"));
}

/* Two walks: records first, since `a.md` may come before or after `a.txt` by path. */
uint32_t catalog_fill(struct arena *arena, const struct snapshot *snapshot, struct outline **out)
{
    struct map records;
    uint32_t count = 0;
    struct outline *documents = arena_new_array(arena, snapshot->count, struct outline);
    struct outline *found = arena_new_array(arena, snapshot->count, struct outline);
    map_init(&records, arena);
    for (uint32_t i = 0; i < snapshot->count; i++) {
        struct str path = snapshot->entries[i].path;
        if (!has_extension(path, STR(".md")))
            continue;
        add(&found[i], path)->markdown = i;
        if (str_starts(path, STR("sources/")))
            *map_at(&records, without_extension(path)) = &found[i];
    }
    for (uint32_t i = 0; i < snapshot->count; i++) {
        struct str path = snapshot->entries[i].path;
        bool part = has_extension(path, STR(".txt")) || has_extension(path, STR(".pdf"));
        if (part && str_starts(path, STR("sources/")) && attach(&records, path, i))
            add(&found[i], path)->text = i;
    }
    for (uint32_t i = 0; i < snapshot->count; i++)
        if (found[i].path.len)
            documents[count++] = found[i];
    *out = documents;
    return count;
}
