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

enum document_kind catalog_kind(struct str path)
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
                                 .kind = catalog_kind(path),
                                 .meta.more = &meta_nothing,
                                 .markdown = NO_ENTRY,
                                 .text = NO_ENTRY,
                                 .original = NO_ENTRY};
    return document;
}

/* Of more originals the first is offered. Web pages and mails are not among them: they may hold
 * scripts and addresses. */
static const struct str originals[] = {{".pdf", 4}, {".docx", 5}, {".odt", 4}, {".rtf", 4}};

enum { ORIGINALS = sizeof originals / sizeof *originals };

/* Its place among them; ORIGINALS where it is none. */
static size_t original_rank(struct str path)
{
    size_t rank = 0;
    while (rank < ORIGINALS && !has_extension(path, originals[rank]))
        rank++;
    return rank;
}

static void offer(const struct snapshot *snapshot, struct outline *record, uint32_t entry)
{
    if (record->original == NO_ENTRY || original_rank(snapshot->entries[entry].path) <
                                            original_rank(snapshot->entries[record->original].path))
        record->original = entry;
}

/* What belongs to a source's record. Returns whether a text without one makes a document of its
 * own. */
static bool attach(const struct snapshot *snapshot, const struct map *records, uint32_t entry)
{
    struct str path = snapshot->entries[entry].path;
    struct outline *record = map_get(records, without_extension(path));
    bool text = has_extension(path, STR(".txt"));
    if (record && text)
        record->text = entry;
    else if (record)
        offer(snapshot, record, entry);
    return !record && text;
}

/* Puts together those of `count` outlines that are documents. Returns how many. */
static uint32_t close_gaps(struct outline *documents, size_t count)
{
    uint32_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!documents[i].path.len)
            continue;
        if (kept < i)
            documents[kept] = documents[i];
        kept++;
    }
    return kept;
}

/* Two walks: records first, since `a.md` may come before or after `a.txt` by path. */
uint32_t catalog_fill(struct arena *arena, const struct snapshot *snapshot, struct outline **out)
{
    struct map records;
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
        bool part = has_extension(path, STR(".txt")) || original_rank(path) < ORIGINALS;
        if (part && str_starts(path, STR("sources/")) && attach(snapshot, &records, i))
            add(&found[i], path)->text = i;
    }
    *out = found;
    return close_gaps(found, snapshot->count);
}
