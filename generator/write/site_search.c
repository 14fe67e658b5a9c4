#include "write/site_search.h"

#include "base/arena.h"
#include "search/indexing.h"
#include "search/packed.h"
#include "write/assets.h"
#include "write/page.h"

#include <string.h>

enum {
    SITE_PATH_SIZE = sizeof SITE_SEARCH_FOLDER + PATHS_SIZE,
    ROOM = 16 * 1024 * 1024 /* of each worker, for what waits to be indexed: a group of notes takes
                               some 3 MB */
};

/* How bytes are packed is the program's. */
static struct digest made_by(const struct site_search *search, struct digest bytes)
{
    return digest_join(search->site->program, bytes);
}

/* The path in the site, in `text`. */
static struct str path_in(char text[SITE_PATH_SIZE], const char *path)
{
    static const struct str folder = {SITE_SEARCH_FOLDER "/", sizeof SITE_SEARCH_FOLDER};
    size_t len = strnlen(path, PATHS_SIZE);
    memcpy(text, folder.data, folder.len);
    memcpy(text + folder.len, path, len);
    return (struct str){text, folder.len + len};
}

static void put(void *context, const char *path, struct str content, struct digest made_of)
{
    const struct site_search *search = context;
    char text[SITE_PATH_SIZE];
    publish_made(search->publish, path_in(text, path), content,
                 (struct origin){.made_of = made_by(search, made_of)});
}

static bool holds(void *context, const char *path, struct digest made_of)
{
    const struct site_search *search = context;
    char text[SITE_PATH_SIZE];
    return publish_holds(search->publish, path_in(text, path), made_by(search, made_of));
}

static bool keep(void *context, const char *path, struct digest made_of)
{
    const struct site_search *search = context;
    char text[SITE_PATH_SIZE];
    return publish_keep(search->publish, path_in(text, path),
                        (struct origin){.made_of = made_by(search, made_of)});
}

static void take(void *context, const char *path)
{
    const struct site_search *search = context;
    char text[SITE_PATH_SIZE];
    publish_take(search->publish, path_in(text, path));
}

static struct indexed_document describe(void *context, uint32_t document, struct arena *arena)
{
    const struct site *site = ((const struct site_search *)context)->site;
    const struct outline *outline = &site->web->documents[document];
    const char *type = page_kind_names[outline->kind];
    uint32_t count = 0;
    struct str *others = arena_new_array(arena, 2 * (size_t)site->own_count, struct str);
    for (uint32_t i = 1; i < site->own_count; i++) {
        others[count++] = language_text(site->editions[i]->language, type);
        others[count++] = site_kind_label(site->editions[i], document);
    }
    return (struct indexed_document){.type = str_from(type),
                                     .type_label = language_text(site->language, type),
                                     .label = site_kind_label(site, document),
                                     .others = others,
                                     .other_count = count};
}

static uint32_t group_of(const struct site_search *search, uint32_t document)
{
    const struct grouping *grouping = &search->indexer.grouping;
    size_t first = 0, count = grouping->items.count;
    while (count > 1) {
        size_t half = count / 2;
        bool behind = document >= grouping->items.items[first + half].first;
        first = behind ? first + half : first;
        count = behind ? count - half : half;
    }
    return (uint32_t)first;
}

static const struct document *load(void *context, struct worker *worker, uint32_t document,
                                   struct arena *arena)
{
    const struct site_search *search = context;
    const struct site *site = search->site;
    const struct document *read =
        readings_get(&search->readings, group_of(search, document), document);
    return read ? read : crew_get(site->crew, worker, &site->web->documents[document], arena);
}

void site_search_init(struct site_search *search, const struct site *site, struct publish *publish)
{
    *search = (struct site_search){.site = site, .publish = publish};
    search->about = (struct indexer_site){.language = site->language->code,
                                          .program = site->program,
                                          .cache = site->crew->cache,
                                          .context = search,
                                          .describe = describe,
                                          .load = load};
    struct parts_sink sink = {
        .put = put, .holds = holds, .keep = keep, .take = take, .context = search};
    indexer_init(&search->indexer, site->web, &search->about, &sink, site->arena);
    readings_init(&search->readings, (uint32_t)search->indexer.grouping.items.count,
                  (size_t)site->crew->count * ROOM, site->arena);
}

void site_search_release(struct site_search *search)
{
    readings_release(&search->readings);
}

static void recall_group(void *context, unsigned number, size_t index)
{
    struct site_search *search = context;
    const struct group *group = &search->indexer.grouping.items.items[index];
    struct worker *worker = &search->site->crew->workers[number];
    if (!indexing_recall(&search->indexer, worker, (uint32_t)index))
        readings_expect(&search->readings, (uint32_t)index, group->first, group->count);
}

void site_search_recall(struct site_search *search)
{
    pool_run(search->site->crew->count, search->indexer.grouping.items.count, recall_group, search);
}

bool site_search_wants(const struct site_search *search, uint32_t document)
{
    return readings_want(&search->readings, group_of(search, document));
}

void site_search_add(struct site_search *search, struct worker *worker, uint32_t document,
                     const struct document *read)
{
    const struct outline *outline = &search->site->web->documents[document];
    uint32_t group = group_of(search, document);
    if (!readings_add(&search->readings, group, document, outline->read ? NULL : read))
        return;
    indexing_do(&search->indexer, worker, group);
    readings_drop(&search->readings, group);
}

/* The reader that the page runs, packed as the index's own files are, which takes long. */
static void publish_reader(const struct site_search *search)
{
    const struct asset *reader = assets_find(search->site->assets, STR("search/reader.wasm"));
    const struct str path = STR("theme/search.bin");
    struct origin origin = {.made_of = made_by(search, digest_of(reader->content))};
    struct packer packer = {.effort = PACKED_SMALLEST};
    struct arena arena;
    if (publish_keep(search->publish, path, origin))
        return;
    arena_init(&arena);
    publish_made(search->publish, path, packer_pack(&packer, &arena, reader->content), origin);
    packer_release(&packer);
    arena_release(&arena);
}

void site_search_finish(struct site_search *search)
{
    struct crew *crew = search->site->crew;
    indexer_finish(&search->indexer, crew->workers, crew->count);
    publish_reader(search);
}
