#include "search/indexer.h"

#include "base/arena.h"
#include "link/names.h"
#include "search/indexing.h"
#include "search/layout.h"
#include "search/lexeme.h"
#include "search/reuse.h"

#include <assert.h>
#include <stdlib.h>

static enum stem_language stem_language(struct str code)
{
    if (str_equal(code, STR("nl")))
        return STEM_DUTCH;
    return str_equal(code, STR("en")) ? STEM_ENGLISH : STEM_NONE;
}

/* Terms that are in the cache, or should be. */

static uint32_t group_number(const struct indexer *indexer, uint32_t id)
{
    uint32_t number = 0;
    while (indexer->grouping.items.items[number].id != id)
        number++;
    return number;
}

/* The harvests of a group of which something is missing in the cache. */
static const struct group_harvests *get_again(struct indexer *indexer, struct worker *worker,
                                              uint32_t id)
{
    uint32_t number = group_number(indexer, id);
    pthread_mutex_lock(&indexer->mutex);
    if (!indexer->again)
        indexer->again =
            arena_new_array(indexer->arena, indexer->grouping.items.count, struct group_harvests);
    if (!indexer->again[number].words.slices)
        indexing_do_again(indexer, worker, number, &indexer->again[number]);
    pthread_mutex_unlock(&indexer->mutex);
    return &indexer->again[number];
}

static struct str get_terms(void *context, unsigned worker, const struct harvest *harvest,
                            const struct harvest_slice *slice, struct arena *arena)
{
    struct indexer *indexer = context;
    struct str terms;
    if (reuse_get_terms(indexer, worker, slice, arena, &terms))
        return terms;
    const struct group_harvests *both =
        get_again(indexer, &indexer->workers[worker], harvest->group);
    const struct harvest *again = slice->number == SLICES_TOPICS ? &both->topics : &both->words;
    const struct harvest_slice *same = &again->slices[slice - harvest->slices];
    assert(again->slice_count == harvest->slice_count && digest_equal(same->digest, slice->digest));
    return harvest_get(again, same, arena);
}

/* Names of topics. */

static void add_alias(struct indexer *indexer, struct aliases *aliases, struct str name,
                      const struct outline *topic)
{
    struct lexeme lexeme;
    struct key key;
    struct buf folded;
    struct str longest = {"", 0};
    buf_init(&folded, indexer->arena);
    keys_put_folded(&folded, name);
    struct str rest = buf_str(&folded);
    while (rest.len) {
        struct str word = str_cut(&rest, ' ');
        if (word.len > longest.len)
            longest = word;
    }
    if (!longest.len)
        return;
    lexeme_find(&lexeme, indexer->language, longest);
    *vec_push(&aliases->items, indexer->arena) = (struct alias){
        .key = str_copy(indexer->arena, keys_make(&key, KEY_WORD, lexeme_str(&lexeme))),
        .text = buf_str(&folded),
        .id = topic->id,
        .title = topic->meta.title};
}

static int by_key(const void *left, const void *right)
{
    const struct alias *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    if (!order)
        order = str_compare(a->text, b->text);
    return order ? order : str_compare(a->id, b->id);
}

static bool is_same(const struct alias *a, const struct alias *b)
{
    return by_key(a, b) == 0;
}

static void collect_aliases(struct indexer *indexer)
{
    const struct web *web = indexer->web;
    struct aliases *aliases = &indexer->aliases;
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct meta *meta = &web->documents[i].meta;
        if (web->topic_of[i] == NO_TOPIC)
            continue;
        const struct outline *topic = &web->documents[web->topics[web->topic_of[i]].document];
        add_alias(indexer, aliases, meta->title, topic);
        add_alias(indexer, aliases, meta->more->abbreviation, topic);
        for (size_t j = 0; j < meta->aliases.texts.count; j++)
            add_alias(indexer, aliases, meta->aliases.texts.items[j].text, topic);
    }
    struct alias *all = aliases->items.items;
    size_t count = aliases->items.count, kept = 0;
    if (count)
        qsort(all, count, sizeof *all, by_key);
    for (size_t i = 0; i < count; i++)
        if (!i || !is_same(&all[i], &all[kept - 1]))
            all[kept++] = all[i];
    aliases->items.count = kept;
}

/* The root. */

static int by_group(const void *left, const void *right)
{
    const struct harvest *a = left, *b = right;
    return (a->group > b->group) - (a->group < b->group);
}

/* A group as the list tells it. */
struct listed {
    uint32_t id, count;
    struct group_parts parts;
};

static int by_listed(const void *left, const void *right)
{
    const struct listed *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static void put_page(const struct listed *listed, size_t count, struct buf *page)
{
    uint32_t before = 0;
    buf_put_char(page, LAYOUT_GROUPS);
    bytes_put_number(page, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        bytes_put_number(page, listed[i].id - before);
        bytes_put_number(page, listed[i].count);
        bytes_put_hash(page, listed[i].parts.columns);
        bytes_put_hash(page, listed[i].parts.places);
        before = listed[i].id;
    }
}

static void put_pages(struct parts *parts, const struct listed *listed, size_t count,
                      struct buf *out)
{
    bytes_put_number(out,
                     (uint32_t)((count + LAYOUT_GROUPS_PER_PAGE - 1) / LAYOUT_GROUPS_PER_PAGE));
    for (size_t i = 0; i < count; i += LAYOUT_GROUPS_PER_PAGE) {
        size_t left = count - i;
        struct buf page;
        buf_init(&page, out->arena);
        put_page(listed + i, left < LAYOUT_GROUPS_PER_PAGE ? left : LAYOUT_GROUPS_PER_PAGE, &page);
        bytes_put_number(out, listed[i].id);
        bytes_put_hash(out, parts_put(parts, buf_str(&page)));
    }
}

/* The list of groups: in the root where it is short. */
static void put_groups(struct indexer *indexer, struct parts *parts, struct buf *out)
{
    size_t count = indexer->grouping.items.count;
    struct listed *listed = arena_new_array(indexer->arena, count, struct listed);
    struct buf page;
    for (size_t i = 0; i < count; i++) {
        const struct group *group = &indexer->grouping.items.items[i];
        listed[i] = (struct listed){group->id, group->count, indexer->parts[i]};
    }
    if (count)
        qsort(listed, count, sizeof *listed, by_listed);
    if (count > LAYOUT_GROUPS_INLINE) {
        put_pages(parts, listed, count, out);
        return;
    }
    buf_init(&page, indexer->arena);
    put_page(listed, count, &page);
    bytes_put_number(out, 0);
    bytes_put_text(out, buf_str(&page));
}

static void put_root(struct indexer *indexer, struct parts *parts, struct nodes *nodes,
                     struct reuse_note *note)
{
    struct buf out;
    struct str top;
    uint32_t height = nodes_end(nodes, &top);
    buf_init(&out, indexer->arena);
    buf_put(&out, STR(LAYOUT_MAGIC));
    bytes_put_number(&out, LAYOUT_VERSION);
    bytes_put_number(&out, indexer->language);
    bytes_put_number(&out, indexer->web->document_count);
    bytes_put_number(&out, (uint32_t)indexer->web->passage_count);
    put_groups(indexer, parts, &out);
    bytes_put_number(&out, height);
    bytes_put_text(&out, top);
    parts_flush(parts);
    parts_publish(&note->sink, &parts->packers[0], indexer->arena, paths_index(), buf_str(&out));
}

static void note_parts(struct reuse_note *note, const struct parts *parts)
{
    for (size_t i = 0; i < parts->published.count; i++) {
        const struct published_part *part = &parts->published.items[i];
        reuse_note_file(note, paths_part(part->hash).text, part->made_of);
    }
}

/* All harvests, by group. */
static struct harvest *list_harvests(const struct indexer *indexer, size_t *count)
{
    size_t groups = indexer->grouping.items.count;
    struct harvest *harvests = arena_new_array(indexer->arena, 2 * groups, struct harvest);
    *count = 0;
    for (size_t i = 0; i < groups; i++) {
        harvests[(*count)++] = indexer->harvests[i].words;
        harvests[(*count)++] = indexer->harvests[i].topics;
    }
    if (groups)
        qsort(harvests, *count, sizeof *harvests, by_group);
    return harvests;
}

static void put_together(struct indexer *indexer, unsigned workers)
{
    struct parts parts;
    struct nodes nodes;
    struct reuse_note note;
    size_t count;
    const struct harvest *harvests = list_harvests(indexer, &count);
    struct yield_memory memory = {indexer->site->cache, reuse_maker(indexer)};
    struct harvest_source source = {get_terms, indexer};
    parts_init(&parts, &indexer->sink, workers);
    nodes_init(&nodes, &parts);
    reuse_note_begin(&note, &indexer->sink, indexer->arena);
    merge_run(harvests, count, &source, &indexer->aliases, &memory, &nodes, &parts);
    put_root(indexer, &parts, &nodes, &note);
    note_parts(&note, &parts);
    reuse_put_all(indexer, &note);
    nodes_release(&nodes);
    parts_release(&parts);
}

void indexer_finish(struct indexer *indexer, struct worker *workers, unsigned count)
{
    indexer->workers = workers;
    pthread_mutex_init(&indexer->mutex, NULL);
    if (!indexer->complete)
        put_together(indexer, count);
    pthread_mutex_destroy(&indexer->mutex);
}

/* The beginning. */

static void identify(struct indexer *indexer)
{
    size_t count = indexer->grouping.items.count;
    struct arena scratch;
    indexer->documents = arena_new_array(indexer->arena, count, struct digest);
    indexer->identities = arena_new_array(indexer->arena, count, struct digest);
    indexer->topics = arena_new_array(indexer->arena, indexer->web->topic_count, struct digest);
    if (!indexer->site->cache)
        return;
    for (uint32_t i = 0; i < indexer->web->topic_count; i++)
        indexer->topics[i] = reuse_identify_topic(indexer, i);
    arena_init(&scratch);
    for (size_t i = 0; i < count; i++) {
        const struct group *group = &indexer->grouping.items.items[i];
        const struct numbered *numbered = grouping_number(group, indexer->web, &scratch);
        indexer->documents[i] = reuse_identify_documents(indexer, group, numbered, &scratch);
        indexer->identities[i] =
            reuse_identify(indexer, group, numbered, indexer->documents[i], &scratch);
        arena_clear(&scratch);
    }
    indexer->identity = reuse_identify_all(indexer, &scratch);
    arena_release(&scratch);
}

void indexer_init(struct indexer *indexer, const struct web *web, const struct indexer_site *site,
                  const struct parts_sink *sink, struct arena *arena)
{
    *indexer = (struct indexer){.web = web, .site = site, .sink = *sink, .arena = arena};
    indexer->language = stem_language(site->language);
    grouping_make(&indexer->grouping, web, arena);
    size_t count = indexer->grouping.items.count;
    indexer->harvests = arena_new_array(arena, count, struct group_harvests);
    indexer->parts = arena_new_array(arena, count, struct group_parts);
    indexer->numbers = numbering_make(web, arena);
    collect_aliases(indexer);
    identify(indexer);
    indexer->complete = reuse_get_all(indexer);
}
