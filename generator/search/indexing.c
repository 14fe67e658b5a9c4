#include "search/indexing.h"

#include "base/arena.h"
#include "search/layout.h"
#include "search/reuse.h"

#include <stdlib.h>

enum { TAG_KEYS_MAX = 64, ISSUER_WORDS_MAX = 12 };

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

void indexing_do(struct indexer *indexer, struct worker *worker, uint32_t number)
{
    const struct group *group = &indexer->grouping.items.items[number];
    struct job job;
    if (reuse_get(indexer, worker, number))
        return;
    begin_job(&job, indexer, worker, &indexer->sink);
    struct harvest_bytes harvest = index_group(&job, group);
    harvest_keep(&indexer->harvests[number], group->id, harvest, &worker->texts, &worker->keep);
    indexer->parts[number] = publish_columns(&job, group->id);
    reuse_put(indexer, worker, number, &job.note, harvest);
    end_job(&job);
}

/* Where the files of a group go that was indexed before: what is there need not be put. */
static bool is_there(void *context, const char *path, struct digest made_of)
{
    (void)context;
    (void)path;
    (void)made_of;
    return true;
}

void indexing_do_again(struct indexer *indexer, struct worker *worker, uint32_t number)
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
