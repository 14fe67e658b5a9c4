#include "search/indexer.h"

#include "base/arena.h"
#include "link/names.h"
#include "search/layout.h"
#include "search/lexeme.h"
#include "search/reuse.h"

#include <assert.h>
#include <stdlib.h>

enum { TAG_KEYS_MAX = 64, ISSUER_WORDS_MAX = 12 };

static enum stem_language stem_language(struct str code)
{
    if (str_equal(code, STR("nl")))
        return STEM_DUTCH;
    return str_equal(code, STR("en")) ? STEM_ENGLISH : STEM_NONE;
}

/* A group in hand. */
struct job {
    struct indexer *indexer;
    struct worker *worker;
    struct concordance concordance;
    struct columns columns;
    struct texts texts;
    struct packer packer;
    struct reuse_note note;
    struct arena arena; /* of the group; the worker's page is that of a document */
};

static void add_folded(struct job *job, enum key_kind kind, struct str text)
{
    struct buf folded;
    buf_init(&folded, &job->worker->page);
    keys_put_folded(&folded, text);
    concordance_add_key(&job->concordance, kind, buf_str(&folded));
}

/* An issuer is found by its name from any of its words on. */
static void add_issuer(struct job *job, struct str issuer)
{
    struct buf folded;
    buf_init(&folded, &job->worker->page);
    keys_put_folded(&folded, issuer);
    struct str rest = buf_str(&folded);
    for (int i = 0; i < ISSUER_WORDS_MAX && rest.len; i++) {
        concordance_add_key(&job->concordance, KEY_ISSUER, rest);
        str_cut(&rest, ' ');
    }
}

/* What is known of the document as a whole stands at its title, which is passage 0. */
static void add_about(struct job *job, const struct outline *outline,
                      const struct indexed_document *about)
{
    const struct meta *meta = &outline->meta;
    add_folded(job, KEY_KIND, about->type_label);
    add_folded(job, KEY_KIND, about->type);
    if (!str_equal(about->label, about->type_label))
        add_folded(job, KEY_KIND, about->label);
    if (meta->kind.len && !str_equal_nocase(meta->kind, about->label))
        add_folded(job, KEY_KIND, meta->kind);
    for (size_t i = 0; i < about->other_count; i++)
        add_folded(job, KEY_KIND, about->others[i]);
    add_issuer(job, meta->more->issuer);
    if (outline->kind == DOCUMENT_SOURCE)
        concordance_add_key(&job->concordance, KEY_SOURCE, keys_name(outline->id));
    if (outline->kind == DOCUMENT_TOPIC)
        concordance_add_key(&job->concordance, KEY_TOPIC, keys_name(outline->id));
    if (meta->date.year)
        concordance_add_key(&job->concordance, KEY_YEAR,
                            str_format(&job->worker->page, "%04u", (unsigned)meta->date.year));
    for (size_t i = 0; i < meta->tags.texts.count && i < TAG_KEYS_MAX; i++)
        add_folded(job, KEY_TAG, meta->tags.texts.items[i].text);
}

static void add_topics(struct job *job, const struct outline *outline, uint32_t passage,
                       size_t *next)
{
    const struct web *web = job->indexer->web;
    for (; *next < outline->mentions.count && outline->mentions.items[*next].passage == passage;
         ++*next) {
        uint32_t topic = outline->mentions.items[*next].topic;
        struct str id = web->documents[web->topics[topic].document].id;
        concordance_add_key(&job->concordance, KEY_TOPIC, keys_name(id));
    }
}

static void add_passages(struct job *job, const struct outline *outline, uint32_t number,
                         const struct document *read)
{
    size_t next_mention = 0;
    for (uint32_t i = 1; i <= read->passages.count; i++) {
        const struct passage *passage = &read->passages.items[i - 1];
        concordance_add_passage(&job->concordance, number, i, passage->text,
                                passage->kind == PASSAGE_HEADING);
        add_topics(job, outline, i, &next_mention);
    }
}

static int by_number(const void *left, const void *right)
{
    const struct column_topic *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

static struct column_topic column_topic(const struct job *job, uint32_t topic)
{
    const struct web *web = job->indexer->web;
    const struct outline *outline = &web->documents[web->topics[topic].document];
    return (struct column_topic){job->indexer->numbers[topic], keys_name(outline->id),
                                 outline->meta.title};
}

/* The topics that a document names, and of a topic's page the topic itself, which it may not name;
 * each once. */
static const struct column_topic *list_topics(struct job *job, uint32_t document, size_t *count)
{
    const struct web *web = job->indexer->web;
    const struct outline *outline = &web->documents[document];
    size_t all = outline->mentions.count, kept = 0;
    struct column_topic *topics = arena_new_array(&job->worker->page, all + 1, struct column_topic);
    for (size_t i = 0; i < all; i++)
        topics[i] = column_topic(job, outline->mentions.items[i].topic);
    if (outline->kind == DOCUMENT_TOPIC)
        topics[all++] = column_topic(job, web->topic_of[document]);
    if (all)
        qsort(topics, all, sizeof *topics, by_number);
    for (size_t i = 0; i < all; i++)
        if (!i || topics[i].number != topics[kept - 1].number)
            topics[kept++] = topics[i];
    *count = kept;
    return topics;
}

static void add_row(struct job *job, uint32_t document, uint32_t number,
                    const struct document *read, const struct indexed_document *about)
{
    const struct outline *outline = &job->indexer->web->documents[document];
    struct date date = outline->meta.date;
    struct column_row row = {.number = number,
                             .type = about->type_label,
                             .kind = about->label,
                             .issuer = outline->meta.more->issuer,
                             .date = layout_date(date.year, date.month, date.day)};
    row.topics = list_topics(job, document, &row.topic_count);
    row.place = texts_add(&job->texts, document, read, about, &job->worker->page);
    columns_add(&job->columns, &row);
}

static void add_document(struct job *job, uint32_t document, uint32_t number)
{
    const struct indexer_site *site = job->indexer->site;
    const struct outline *outline = &job->indexer->web->documents[document];
    struct arena *page = &job->worker->page;
    arena_clear(page);
    const struct document *read = site->load(site->context, job->worker, document, page);
    struct indexed_document about = site->describe(site->context, document, page);
    concordance_add_passage(&job->concordance, number, 0, outline->meta.title, true);
    add_about(job, outline, &about);
    add_passages(job, outline, number, read);
    add_row(job, document, number, read, &about);
}

static uint64_t publish(struct job *job, const struct buf *part)
{
    uint64_t hash = paths_hash(buf_str(part));
    parts_publish(&job->note.sink, &job->packer, &job->arena, paths_part(hash), buf_str(part));
    return hash;
}

static struct group_parts publish_columns(struct job *job, uint32_t group)
{
    struct group_parts parts;
    struct buf names, columns, places;
    buf_init(&names, &job->arena);
    buf_init(&columns, &job->arena);
    buf_init(&places, &job->arena);
    columns_end(&job->columns);
    columns_put_names(&job->columns, group, &names);
    columns_put(&job->columns, group, publish(job, &names), &columns);
    columns_put_places(&job->columns, group, &places);
    parts.columns = publish(job, &columns);
    parts.places = publish(job, &places);
    return parts;
}

/* Where the files of a group go that was indexed before: what is there need not be put. */
static bool is_there(void *context, const char *path, struct digest made_of)
{
    (void)context;
    (void)path;
    (void)made_of;
    return true;
}

static void begin_job(struct job *job, struct indexer *indexer, struct worker *worker,
                      const struct parts_sink *sink)
{
    *job = (struct job){.indexer = indexer, .worker = worker};
    arena_init(&job->arena);
    concordance_begin(&job->concordance, &job->arena, indexer->language);
    columns_init(&job->columns, &job->arena);
    reuse_note_begin(&job->note, sink, &job->arena);
}

static void end_job(struct job *job)
{
    packer_release(&job->packer);
    arena_release(&job->arena);
}

/* Reads the documents of a group and publishes their texts; the harvest is in the worker's page. */
static struct harvest_bytes index_group(struct job *job, const struct group *group)
{
    const struct web *web = job->indexer->web;
    const struct numbered *numbered = grouping_number(group, web, &job->arena);
    texts_init(&job->texts, web, &job->note.sink, &job->packer, group->id, &job->arena);
    for (uint32_t i = 0; i < group->count; i++)
        add_document(job, numbered[i].document, numbered[i].number);
    arena_clear(&job->worker->page);
    return harvest_make(&job->concordance, &job->worker->page);
}

bool indexer_recall_group(struct indexer *indexer, struct worker *worker, uint32_t number)
{
    arena_clear(&worker->page);
    return reuse_get(indexer, worker, number);
}

void indexer_do_group(struct indexer *indexer, struct worker *worker, uint32_t number)
{
    const struct group *group = &indexer->grouping.items.items[number];
    struct job job;
    begin_job(&job, indexer, worker, &indexer->sink);
    struct harvest_bytes harvest = index_group(&job, group);
    harvest_keep(&indexer->harvests[number], group->id, harvest, &worker->texts, &worker->keep);
    indexer->parts[number] = publish_columns(&job, group->id);
    reuse_put(indexer, worker, number, &job.note, harvest);
    end_job(&job);
}

/* Terms that are in the cache, or should be. */

static uint32_t group_number(const struct indexer *indexer, uint32_t id)
{
    uint32_t number = 0;
    while (indexer->grouping.items.items[number].id != id)
        number++;
    return number;
}

/* Indexes a group whose files are kept already, to have its harvest. */
static void index_again(struct indexer *indexer, struct worker *worker, uint32_t number)
{
    const struct group *group = &indexer->grouping.items.items[number];
    const struct parts_sink sink = {.keep = is_there};
    struct harvest *again = &indexer->again[number];
    struct job job;
    begin_job(&job, indexer, worker, &sink);
    struct harvest_bytes harvest = index_group(&job, group);
    harvest_keep(again, group->id, harvest, &worker->texts, &worker->keep);
    reuse_put_terms(indexer, worker->number, again, harvest.terms);
    end_job(&job);
}

/* The harvest of a group of which something is missing in the cache. */
static const struct harvest *get_again(struct indexer *indexer, struct worker *worker, uint32_t id)
{
    uint32_t number = group_number(indexer, id);
    pthread_mutex_lock(&indexer->mutex);
    if (!indexer->again)
        indexer->again =
            arena_new_array(indexer->arena, indexer->grouping.items.count, struct harvest);
    if (!indexer->again[number].slices)
        index_again(indexer, worker, number);
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
    const struct harvest *again = get_again(indexer, &indexer->workers[worker], harvest->group);
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

static void put_together(struct indexer *indexer, unsigned workers)
{
    struct parts parts;
    struct nodes nodes;
    struct reuse_note note;
    size_t count = indexer->grouping.items.count;
    struct yield_memory memory = {indexer->site->cache, reuse_maker(indexer)};
    struct harvest_source source = {get_terms, indexer};
    parts_init(&parts, &indexer->sink, workers);
    nodes_init(&nodes, &parts);
    reuse_note_begin(&note, &indexer->sink, indexer->arena);
    if (count)
        qsort(indexer->harvests, count, sizeof *indexer->harvests, by_group);
    merge_run(indexer->harvests, count, &source, &indexer->aliases, &memory, &nodes, &parts);
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
    indexer->identities = arena_new_array(indexer->arena, count, struct digest);
    if (!indexer->site->cache)
        return;
    arena_init(&scratch);
    for (size_t i = 0; i < count; i++) {
        const struct group *group = &indexer->grouping.items.items[i];
        const struct numbered *numbered = grouping_number(group, indexer->web, &scratch);
        indexer->identities[i] = reuse_identify(indexer, group, numbered, &scratch);
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
    indexer->harvests = arena_new_array(arena, count, struct harvest);
    indexer->parts = arena_new_array(arena, count, struct group_parts);
    indexer->numbers = numbering_make(web, arena);
    collect_aliases(indexer);
    identify(indexer);
    indexer->complete = reuse_get_all(indexer);
}
