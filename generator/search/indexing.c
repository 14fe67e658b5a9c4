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
    const struct group *group;
    const struct parts_sink *sink;
    struct concordance words, topics; /* of all but topics, and of these */
    struct columns columns;
    struct texts texts;
    struct packer packer;
    struct reuse_note note; /* of its parts */
    struct reuse_group known;
    bool is_known, is_same; /* its documents, and all that it is of */
    struct buf documents;
    struct arena arena; /* of the group; the worker's page is that of a document */
};

/* Words, and what else is found by documents alone. */

static void add_folded(struct job *job, enum key_kind kind, struct str text)
{
    struct buf folded;
    buf_init(&folded, &job->worker->page);
    keys_put_folded(&folded, text);
    concordance_add_key(&job->words, kind, buf_str(&folded));
}

/* An issuer is found by its name from any of its words on. */
static void add_issuer(struct job *job, struct str issuer)
{
    struct buf folded;
    buf_init(&folded, &job->worker->page);
    keys_put_folded(&folded, issuer);
    struct str rest = buf_str(&folded);
    for (int i = 0; i < ISSUER_WORDS_MAX && rest.len; i++) {
        concordance_add_key(&job->words, KEY_ISSUER, rest);
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
        concordance_add_key(&job->words, KEY_SOURCE, keys_name(outline->id));
    if (meta->date.year)
        concordance_add_key(&job->words, KEY_YEAR,
                            str_format(&job->worker->page, "%04u", (unsigned)meta->date.year));
    for (size_t i = 0; i < meta->tags.texts.count && i < TAG_KEYS_MAX; i++)
        add_folded(job, KEY_TAG, meta->tags.texts.items[i].text);
}

static void add_passages(struct job *job, uint32_t number, const struct document *read)
{
    for (uint32_t i = 1; i <= read->passages.count; i++) {
        const struct passage *passage = &read->passages.items[i - 1];
        concordance_add_passage(&job->words, number, i, passage->text,
                                passage->kind == PASSAGE_HEADING);
    }
}

/* How many words each passage has that was added from the first on, and whether it is a heading. */
static struct str sizes_from(const struct job *job, size_t first)
{
    struct buf sizes;
    buf_init(&sizes, &job->worker->page);
    for (size_t i = first; i < job->words.passages.count; i++) {
        const struct indexed_passage *passage = &job->words.passages.items[i];
        bytes_put_number(&sizes, passage->words << 1 | passage->heading);
    }
    return buf_str(&sizes);
}

static struct str add_words(struct job *job, const struct numbered *numbered,
                            const struct document *read, const struct indexed_document *about)
{
    const struct outline *outline = &job->indexer->web->documents[numbered->document];
    size_t first = job->words.passages.count;
    concordance_add_passage(&job->words, numbered->number, 0, outline->meta.title, true);
    add_about(job, outline, about);
    add_passages(job, numbered->number, read);
    return sizes_from(job, first);
}

/* Topics. */

static void add_topic(struct job *job, const struct outline *topic)
{
    concordance_add_key(&job->topics, KEY_TOPIC, keys_name(topic->id));
}

/* A topic itself stands at the title of its page. */
static void add_topics(struct job *job, const struct numbered *numbered, struct str sizes)
{
    const struct web *web = job->indexer->web;
    const struct outline *outline = &web->documents[numbered->document];
    const struct mention *next = outline->mentions.items, *end = next + outline->mentions.count;
    struct bytes bytes;
    bytes_begin(&bytes, sizes);
    for (uint32_t passage = 0; !bytes_at_end(&bytes); passage++) {
        uint32_t size = bytes_number(&bytes);
        bool is_topic = !passage && outline->kind == DOCUMENT_TOPIC;
        if (!is_topic && !(next < end && next->passage == passage))
            continue;
        concordance_add_counted(&job->topics, numbered->number, passage, size >> 1, size & 1);
        if (is_topic)
            add_topic(job, outline);
        for (; next < end && next->passage == passage; next++)
            add_topic(job, &web->documents[web->topics[next->topic].document]);
    }
}

/* Columns. */

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

static void add_row(struct job *job, const struct numbered *numbered,
                    const struct indexed_document *about, struct text_place place)
{
    const struct outline *outline = &job->indexer->web->documents[numbered->document];
    struct date date = outline->meta.date;
    struct column_row row = {.number = numbered->number,
                             .type = about->type_label,
                             .kind = about->label,
                             .issuer = outline->meta.more->issuer,
                             .date = layout_date(date.year, date.month, date.day),
                             .place = place};
    row.topics = list_topics(job, numbered->document, &row.topic_count);
    columns_add(&job->columns, &row);
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

/* Documents. */

static void read_document(struct job *job, const struct numbered *numbered,
                          const struct indexed_document *about, struct reuse_document *out)
{
    const struct indexer_site *site = job->indexer->site;
    struct arena *page = &job->worker->page;
    const struct document *read = site->load(site->context, job->worker, numbered->document, page);
    if (!job->is_known)
        out->sizes = add_words(job, numbered, read, about);
    out->pieces = texts_add(&job->texts, numbered->document, read, about, page);
}

static void do_document(struct job *job, const struct numbered *numbered, struct bytes *known)
{
    const struct indexer_site *site = job->indexer->site;
    struct arena *page = &job->worker->page;
    struct reuse_document document = {0};
    arena_clear(page);
    if (job->is_known)
        document = reuse_take_document(known);
    struct digest was = document.mentions;
    if (!job->is_same)
        document.mentions = reuse_identify_mentions(job->indexer, numbered->document, page);
    bool keeps = job->is_known && digest_equal(document.mentions, was) &&
                 texts_keep(&job->texts, &document.pieces);
    if (keeps && job->is_same)
        return;
    struct indexed_document about = site->describe(site->context, numbered->document, page);
    if (!keeps)
        read_document(job, numbered, &about, &document);
    if (job->is_same)
        return;
    add_topics(job, numbered, document.sizes);
    add_row(job, numbered, &about, document.pieces.place);
    reuse_put_document(&document, &job->documents);
}

static void do_documents(struct job *job)
{
    const struct web *web = job->indexer->web;
    const struct group *group = job->group;
    const struct numbered *numbered = grouping_number(group, web, &job->arena);
    struct bytes known;
    bytes_begin(&known, job->known.documents);
    texts_init(&job->texts, web, job->sink, &job->packer, group->id, &job->arena);
    for (uint32_t i = 0; i < group->count; i++)
        do_document(job, &numbered[i], &known);
}

/* Groups. */

static void begin_job(struct job *job, struct indexer *indexer, struct worker *worker,
                      uint32_t number, const struct parts_sink *sink)
{
    *job = (struct job){.indexer = indexer,
                        .worker = worker,
                        .group = &indexer->grouping.items.items[number],
                        .sink = sink,
                        .known.documents = {"", 0}};
    arena_init(&job->arena);
    concordance_begin(&job->words, &job->arena, indexer->language);
    concordance_begin(&job->topics, &job->arena, indexer->language);
    columns_init(&job->columns, &job->arena);
    buf_init(&job->documents, &job->arena);
    reuse_note_begin(&job->note, sink, &job->arena);
}

static void end_job(struct job *job)
{
    packer_release(&job->packer);
    arena_release(&job->arena);
}

/* Puts by what is found; returns its slices. */
static struct str keep_harvest(struct job *job, const struct concordance *found,
                               struct harvest *harvest)
{
    struct worker *worker = job->worker;
    arena_clear(&worker->page);
    struct harvest_bytes bytes = harvest_make(found, &worker->page);
    harvest_keep(harvest, job->group->id, bytes, &worker->texts, &worker->keep);
    reuse_put_terms(job->indexer, worker->number, harvest, bytes.terms);
    return str_copy(&job->arena, bytes.slices);
}

/* What the cache has of its harvest is not wanted where the whole index is kept. */
static bool expect(struct job *job, struct harvest *harvest, struct str slices)
{
    return job->indexer->complete ||
           harvest_expect(harvest, job->group->id, slices, &job->worker->keep);
}

static void recall(struct job *job, uint32_t number)
{
    struct indexer *indexer = job->indexer;
    struct group_harvests *harvests = &indexer->harvests[number];
    job->is_known = reuse_get(indexer, job->worker->number, number, &job->arena, &job->known) &&
                    expect(job, &harvests->words, job->known.words);
    job->is_same = job->is_known &&
                   digest_equal(job->known.identity, indexer->identities[number]) &&
                   expect(job, &harvests->topics, job->known.topics) &&
                   reuse_keep_files(job->sink, job->known.files);
}

/* What it gives now, and did not give before. */
static void renew(struct job *job, uint32_t number)
{
    struct indexer *indexer = job->indexer;
    struct group_harvests *harvests = &indexer->harvests[number];
    struct reuse_group made = {.identity = indexer->identities[number], .words = job->known.words};
    if (!job->is_known)
        made.words = keep_harvest(job, &job->words, &harvests->words);
    made.topics = keep_harvest(job, &job->topics, &harvests->topics);
    made.parts = publish_columns(job, job->group->id);
    made.files = reuse_note_files(&job->note, &job->arena);
    made.documents = buf_str(&job->documents);
    reuse_put(indexer, job->worker->number, number, &made, &job->arena);
    indexer->parts[number] = made.parts;
}

bool indexing_recall(struct indexer *indexer, struct worker *worker, uint32_t number)
{
    struct job job;
    begin_job(&job, indexer, worker, number, &indexer->sink);
    recall(&job, number);
    if (job.is_known)
        do_documents(&job);
    if (job.is_same)
        indexer->parts[number] = job.known.parts;
    else if (job.is_known)
        renew(&job, number);
    end_job(&job);
    return job.is_known;
}

void indexing_do(struct indexer *indexer, struct worker *worker, uint32_t number)
{
    struct job job;
    begin_job(&job, indexer, worker, number, &indexer->sink);
    do_documents(&job);
    renew(&job, number);
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

void indexing_do_again(struct indexer *indexer, struct worker *worker, uint32_t number,
                       struct group_harvests *harvests)
{
    const struct parts_sink sink = {.keep = is_there};
    struct job job;
    begin_job(&job, indexer, worker, number, &sink);
    do_documents(&job);
    keep_harvest(&job, &job.words, &harvests->words);
    keep_harvest(&job, &job.topics, &harvests->topics);
    end_job(&job);
}
