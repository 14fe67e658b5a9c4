#include "write/grounds.h"

#include "base/arena.h"
#include "base/bytes.h"
#include "base/pool.h"
#include "link/names.h"
#include "write/appearances.h"
#include "write/editions.h"
#include "write/made_of.h"
#include "write/page_history.h"
#include "write/pairing.h"

struct grounds {
    const struct site *site; /* the main edition */
    struct digest *editions; /* of what all pages of an edition have */
    struct digest names;     /* of what mentions of topics lead to */
    struct digest *ids;      /* by document: of its id, which others have in many places */
    struct digest *said;     /* by document: of all that it says; DIGEST_NONE: can't be told */
    struct digest *shown;    /* by document: with how often it is named, as lists have it */
    struct digest *news;     /* by document: with its revisions, once its history is there */
    struct digest *ranked;   /* `shown` by rank, as topics have it */
    struct digest **parts;   /* by topic, then part: of the passages that are shown there */
    struct digest *passages; /* by topic: of all that name it, and so of their facts */
};

/* A digest in the making. */
struct ground {
    const struct grounds *grounds;
    struct buf bytes;
    bool failed;
};

static struct ground begin(const struct grounds *grounds, struct arena *scratch)
{
    struct ground ground = {.grounds = grounds};
    buf_init(&ground.bytes, scratch);
    return ground;
}

static struct digest end(const struct ground *ground)
{
    return ground->failed ? DIGEST_NONE : digest_of(buf_str(&ground->bytes));
}

static void put_digest(struct ground *ground, struct digest digest)
{
    ground->failed |= digest_equal(digest, DIGEST_NONE);
    digest_put(&ground->bytes, digest);
}

static void put_said(struct ground *ground, uint32_t document)
{
    put_digest(ground, ground->grounds->said[document]);
}

static void put_shown(struct ground *ground, uint32_t document)
{
    put_digest(ground, ground->grounds->shown[document]);
}

static void put_id(struct ground *ground, uint32_t document)
{
    struct digest id = document == NO_DOCUMENT ? DIGEST_NONE : ground->grounds->ids[document];
    digest_put(&ground->bytes, id);
}

static void put_path(struct ground *ground, uint32_t entry)
{
    const struct snapshot *snapshot = ground->grounds->site->web->snapshot;
    bytes_put_text(&ground->bytes, entry == NO_ENTRY ? STR("") : snapshot->entries[entry].path);
}

/* What a document says. */

static void put_twins(struct ground *ground, uint32_t document)
{
    const struct twins *twins = &ground->grounds->site->web->twins;
    uint32_t at = document;
    do {
        put_id(ground, at);
        bytes_put_text(&ground->bytes, twins_language(twins, at));
        at = twins->next[at];
    } while (at != document);
}

static void put_moment(struct ground *ground, struct moment moment)
{
    bytes_put_long(&ground->bytes, (uint64_t)moment.time);
    bytes_put_long(&ground->bytes, (uint64_t)moment.offset);
}

static void put_history(struct ground *ground, uint32_t document)
{
    const struct web *web = ground->grounds->site->web;
    const struct history *history = &web->documents[document].history;
    put_moment(ground, history->first);
    put_moment(ground, history->last);
    size_t count = web->revisions ? web->revisions->of[document].items.count : 0;
    bytes_put_number(&ground->bytes, (uint32_t)count);
    if (!count)
        return;
    const struct revision *last = &web->revisions->of[document].items.items[0];
    const struct change_commit *commit = &web->revisions->changes.commits.items[last->commit];
    buf_put(&ground->bytes, (struct str){(const char *)commit->oid, OID_SIZE});
}

/* Where its links lead, but nothing of what is there. */
static void put_links(struct ground *ground, const struct outline *outline)
{
    bytes_put_number(&ground->bytes, (uint32_t)outline->links.count);
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct destination *to = &outline->links.items[i].to;
        put_id(ground, to->document);
        put_path(ground, to->entry);
        bytes_put_text(&ground->bytes, to->anchor);
    }
}

static void put_topic(struct ground *ground, uint32_t topic)
{
    const struct web *web = ground->grounds->site->web;
    put_id(ground, topic == NO_TOPIC ? NO_DOCUMENT : web->topics[topic].document);
}

static void put_mentions(struct ground *ground, const struct outline *outline)
{
    bytes_put_number(&ground->bytes, (uint32_t)outline->mentions.count);
    for (size_t i = 0; i < outline->mentions.count; i++) {
        const struct mention *mention = &outline->mentions.items[i];
        put_topic(ground, mention->topic);
        bytes_put_number(&ground->bytes, mention->passage);
        bytes_put_number(&ground->bytes, mention->start);
        bytes_put_number(&ground->bytes, mention->end);
    }
    for (uint32_t i = 0; i < outline->definition_count; i++)
        put_topic(ground, outline->definitions[i].topic);
}

static void put_tags(struct ground *ground, const struct outline *outline)
{
    const struct tags *tags = &ground->grounds->site->web->tags;
    for (size_t i = 0; i < outline->tags.count; i++) {
        const struct tag *tag = tags_find(tags, ground->bytes.arena, outline->tags.items[i].name);
        bytes_put_text(&ground->bytes, tag ? tag->id : STR(""));
    }
}

static struct digest said(const struct grounds *grounds, struct arena *scratch, uint32_t document)
{
    const struct web *web = grounds->site->web;
    const struct outline *outline = &web->documents[document];
    struct ground ground = begin(grounds, scratch);
    put_digest(&ground, outline->identity);
    bytes_put_text(&ground.bytes, outline->path);
    bytes_put_number(&ground.bytes, outline->kind);
    bytes_put_number(&ground.bytes, web->topic_of[document] != NO_TOPIC);
    put_path(&ground, outline->original);
    put_twins(&ground, document);
    put_history(&ground, document);
    put_links(&ground, outline);
    put_mentions(&ground, outline);
    put_tags(&ground, outline);
    return end(&ground);
}

static struct digest shown(const struct grounds *grounds, struct arena *scratch, uint32_t document)
{
    const struct web *web = grounds->site->web;
    uint32_t topic = web->topic_of[document];
    struct ground ground = begin(grounds, scratch);
    put_said(&ground, document);
    if (topic == NO_TOPIC)
        return grounds->said[document];
    bytes_put_number(&ground.bytes, web->topics[topic].mention_count);
    bytes_put_number(&ground.bytes, web->topics[topic].document_count);
    return end(&ground);
}

static void tell_id(void *context, unsigned number, size_t document)
{
    const struct grounds *grounds = context;
    (void)number;
    grounds->ids[document] = digest_of(grounds->site->web->documents[document].id);
}

static void tell_document(void *context, unsigned number, size_t document)
{
    const struct grounds *grounds = context;
    struct arena *scratch = &grounds->site->crew->workers[number].page;
    arena_clear(scratch);
    grounds->said[document] = said(grounds, scratch, (uint32_t)document);
    grounds->shown[document] = shown(grounds, scratch, (uint32_t)document);
}

/* What is said of a topic. */

static void put_facts(struct ground *ground, const struct noted *facts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_said(ground, facts[i].document);
        bytes_put_number(&ground->bytes, facts[i].fact);
    }
}

/* Their pages are many, and so are the passages: each is gone through once. */
static struct digest tell_part(const struct grounds *grounds, struct arena *scratch,
                               const struct appearance *items, size_t count)
{
    arena_clear(scratch);
    struct ground ground = begin(grounds, scratch);
    for (size_t i = 0; i < count; i++) {
        put_digest(&ground, grounds->ranked[items[i].rank]);
        bytes_put_number(&ground.bytes, items[i].passage);
    }
    return end(&ground);
}

static void tell_topic(void *context, unsigned number, size_t topic)
{
    const struct grounds *grounds = context;
    const struct appearances *all = &grounds->site->appearances[topic];
    struct arena *scratch = &grounds->site->crew->workers[number].page;
    struct digest *parts = grounds->parts[topic];
    for (uint32_t part = 1; part <= all->part_count; part++) {
        uint32_t last, first = appearances_part(all, part, &last);
        parts[part - 1] = tell_part(grounds, scratch, all->items + first, last - first);
    }
    arena_clear(scratch);
    struct ground passages = begin(grounds, scratch);
    for (uint32_t part = 1; part <= all->part_count; part++)
        put_digest(&passages, parts[part - 1]);
    grounds->passages[topic] = end(&passages);
}

static void make_room(struct grounds *grounds, struct arena *arena)
{
    const struct web *web = grounds->site->web;
    grounds->editions = arena_new_array(arena, grounds->site->edition_count, struct digest);
    grounds->ids = arena_new_array(arena, web->document_count, struct digest);
    grounds->said = arena_new_array(arena, web->document_count, struct digest);
    grounds->shown = arena_new_array(arena, web->document_count, struct digest);
    grounds->news = arena_new_array(arena, web->document_count, struct digest);
    grounds->ranked = arena_new_array(arena, web->document_count, struct digest);
    grounds->passages = arena_new_array(arena, web->topic_count, struct digest);
    grounds->parts = arena_new_array(arena, web->topic_count, struct digest *);
    for (uint32_t t = 0; t < web->topic_count; t++)
        grounds->parts[t] =
            arena_new_array(arena, grounds->site->appearances[t].part_count, struct digest);
}

/* What a mention leads to, in each language. */
static struct digest tell_names(const struct grounds *grounds, struct arena *scratch)
{
    const struct web *web = grounds->site->web;
    struct ground ground = begin(grounds, scratch);
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *outline = &web->documents[i];
        if (web->topic_of[i] == NO_TOPIC)
            continue;
        put_twins(&ground, i);
        bytes_put_number(&ground.bytes, outline->kind);
        bytes_put_text(&ground.bytes, outline->meta.title);
        bytes_put_text(&ground.bytes, outline->meta.more->label);
        bytes_put_text(&ground.bytes, outline->meta.more->abbreviation);
        bytes_put_text(&ground.bytes, outline->meta.kind);
    }
    return end(&ground);
}

/* A page without anything on it has what all pages have. */
static struct digest tell_edition(const struct grounds *grounds, const struct site *edition)
{
    const struct snapshot *snapshot = edition->web->snapshot;
    struct worker *worker = &edition->crew->workers[0];
    struct page page;
    arena_clear(&worker->page);
    page_begin(&page, edition, worker, STR("x"), "note", STR(""), STR(""));
    struct ground ground = begin(grounds, &worker->page);
    put_digest(&ground, made_of_page(&page, "", edition->config->identity));
    bytes_put_text(&ground.bytes, snapshot->content);
    return end(&ground);
}

const struct grounds *grounds_make(const struct site *site)
{
    const struct web *web = site->web;
    struct crew *crew = site->crew;
    struct grounds *grounds = arena_new(site->arena, struct grounds);
    grounds->site = site;
    make_room(grounds, site->arena);
    for (uint32_t i = 0; i < site->edition_count; i++)
        grounds->editions[i] = tell_edition(grounds, site->editions[i]);
    pool_run(crew->count, web->document_count, tell_id, grounds);
    pool_run(crew->count, web->document_count, tell_document, grounds);
    for (uint32_t rank = 0; rank < web->document_count; rank++)
        grounds->ranked[rank] = grounds->shown[site->ranked[rank]];
    pool_run(crew->count, web->topic_count, tell_topic, grounds);
    arena_clear(&crew->workers[0].page);
    grounds->names = tell_names(grounds, &crew->workers[0].page);
    return grounds;
}

const struct digest *grounds_said(const struct grounds *grounds)
{
    return grounds->said;
}

const struct digest *grounds_shown(const struct grounds *grounds)
{
    return grounds->shown;
}

/* Pages. */

static struct ground begin_page(const struct grounds *grounds, struct arena *scratch,
                                const struct site *edition)
{
    struct ground ground = begin(grounds, scratch);
    uint32_t at = 0;
    while (edition->editions[at] != edition)
        at++;
    put_digest(&ground, grounds->editions[at]);
    put_digest(&ground, grounds->names);
    return ground;
}

/* What is embedded is shown with all that it embeds: of that nothing is told. */
static void put_destinations(struct ground *ground, uint32_t document)
{
    const struct outline *outline = &ground->grounds->site->web->documents[document];
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct link *link = &outline->links.items[i];
        if (link->to.document == NO_DOCUMENT)
            continue;
        ground->failed |= link->kind == LINK_EMBED;
        put_shown(ground, link->to.document);
    }
}

static void put_backlinks(struct ground *ground, const struct backlinks *backlinks)
{
    for (size_t i = 0; i < backlinks->items.count; i++) {
        put_shown(ground, backlinks->items.items[i].document);
        bytes_put_number(&ground->bytes, backlinks->items.items[i].link);
    }
}

/* Those that are topics are led to. */
static void put_parties(struct ground *ground, uint32_t document)
{
    const struct web *web = ground->grounds->site->web;
    const struct meta *meta = &web->documents[document].meta;
    const struct str names[] = {meta->more->issuer, meta->more->author, meta->more->addressee};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct resolution found = {.to.document = NO_DOCUMENT, .other = NO_DOCUMENT};
        if (names[i].len)
            found = resolve_wikilink(&web->resolver, ground->bytes.arena, 0, names[i]);
        put_id(ground, found.to.document);
        put_id(ground, found.other);
    }
}

static void put_neighbours(struct ground *ground, uint32_t topic)
{
    const struct site *site = ground->grounds->site;
    const struct web *web = site->web;
    for (uint32_t i = site->first_neighbour[topic]; i < site->first_neighbour[topic + 1]; i++) {
        const struct neighbour *neighbour = &site->neighbours[i];
        put_topic(ground, neighbour->topic);
        bytes_put_number(&ground->bytes, neighbour->passages);
        bytes_put_number(&ground->bytes, web->topics[neighbour->topic].mention_count);
        bytes_put_number(&ground->bytes,
                         pairing_find(site->pairing, topic, neighbour->topic) != NULL);
    }
    for (uint32_t i = 0; i < site->pairing->leading_count; i++)
        put_topic(ground, site->pairing->leading[i]); /* their kinds have colours */
}

static void put_topic_page(struct ground *ground, uint32_t document)
{
    const struct grounds *grounds = ground->grounds;
    const struct web *web = grounds->site->web;
    uint32_t topic = web->topic_of[document], at = document;
    put_digest(ground, grounds->passages[topic]);
    put_neighbours(ground, topic);
    do {
        put_said(ground, at);
        put_destinations(ground, at);
        put_backlinks(ground, &web->relations[at]);
        at = web->twins.next[at];
    } while (at != document);
}

struct digest grounds_of_document(const struct grounds *grounds, struct arena *scratch,
                                  const struct site *edition, uint32_t document)
{
    const struct web *web = grounds->site->web;
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, document);
    put_destinations(&ground, document);
    put_backlinks(&ground, &web->backlinks[document]);
    if (web->documents[document].kind == DOCUMENT_SOURCE)
        put_parties(&ground, document);
    if (web->documents[document].kind == DOCUMENT_TOPIC)
        put_topic_page(&ground, document);
    return end(&ground);
}

struct digest grounds_of_topic_part(const struct grounds *grounds, struct arena *scratch,
                                    const struct site *edition, uint32_t document, uint32_t part)
{
    uint32_t topic = grounds->site->web->topic_of[document];
    const struct appearances *all = &grounds->site->appearances[topic];
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, document);
    bytes_put_number(&ground.bytes, all->count);
    bytes_put_number(&ground.bytes, all->part_count);
    put_digest(&ground, grounds->parts[topic][part - 1]);
    return end(&ground);
}

struct digest grounds_of_topic_facts(const struct grounds *grounds, struct arena *scratch,
                                     const struct site *edition, uint32_t document)
{
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, document);
    put_digest(&ground, grounds->passages[grounds->site->web->topic_of[document]]);
    return end(&ground);
}

struct digest grounds_of_shown_facts(const struct grounds *grounds, struct arena *scratch,
                                     const struct site *edition, uint32_t document,
                                     const struct finds *shown)
{
    uint32_t topic = grounds->site->web->topic_of[document];
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, document);
    bytes_put_number(&ground.bytes, topic_facts_parts(grounds->site, topic));
    for (size_t i = 0; i < shown->count; i++)
        put_facts(&ground, &shown->items[i].noted, 1);
    return end(&ground);
}

struct digest grounds_of_pair(const struct grounds *grounds, struct arena *scratch,
                              const struct site *edition, const struct pair *pair)
{
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, editions_topic(edition, pair->a));
    put_shown(&ground, editions_topic(edition, pair->b));
    put_digest(&ground, grounds->passages[pair->a]);
    put_digest(&ground, grounds->passages[pair->b]);
    bytes_put_number(&ground.bytes, pair->passages);
    return end(&ground);
}

static void see_meeting(void *context, uint32_t document, uint32_t passage)
{
    struct ground *ground = context;
    put_shown(ground, document);
    bytes_put_number(&ground->bytes, passage);
}

struct digest grounds_of_shown_pair(const struct grounds *grounds, struct arena *scratch,
                                    const struct site *edition, const struct pair *pair)
{
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, editions_topic(edition, pair->a));
    put_shown(&ground, editions_topic(edition, pair->b));
    bytes_put_number(&ground.bytes, pair->passages);
    page_pair_shown(edition, scratch, pair, see_meeting, &ground);
    return end(&ground);
}

struct digest grounds_of_list(const struct grounds *grounds, struct arena *scratch,
                              const struct site *edition, enum document_kind kind, uint32_t letter,
                              uint32_t part)
{
    uint32_t count;
    const uint32_t *documents = page_list_shown(edition, kind, letter, part, &count);
    struct ground ground = begin_page(grounds, scratch, edition);
    for (uint32_t i = 0; i < edition->own_count; i++)
        put_digest(&ground, page_list_digest(edition->editions[i], scratch, kind));
    for (uint32_t i = 0; i < count; i++)
        put_shown(&ground, documents[i]);
    return end(&ground);
}

static void see_facts(void *context, const struct noted *facts, size_t count)
{
    put_facts(context, facts, count);
}

struct digest grounds_of_facts(const struct grounds *grounds, struct arena *scratch,
                               const struct site *edition, const struct facts_page_job *job)
{
    struct ground ground = begin_page(grounds, scratch, edition);
    put_digest(&ground, page_facts_groups(edition, scratch, job->which));
    page_facts_shown(edition, scratch, job, see_facts, &ground);
    return end(&ground);
}

struct digest grounds_of_history(const struct grounds *grounds, struct arena *scratch,
                                 const struct site *edition, uint32_t document,
                                 struct digest history)
{
    struct ground ground = begin_page(grounds, scratch, edition);
    put_said(&ground, document);
    put_digest(&ground, history);
    return end(&ground);
}

/* The commits of its latest revisions, each with its place among all: the latest have the highest,
 * which stay when there are more commits. */
static void put_revisions(struct ground *ground, uint32_t document)
{
    const struct revisions *revisions = ground->grounds->site->web->revisions;
    const struct document_revisions *of = &revisions->of[document];
    bytes_put_number(&ground->bytes, (uint32_t)of->items.count);
    for (size_t i = 0; i < of->items.count && i < REVISIONS_COMPARED; i++)
        bytes_put_number(&ground->bytes,
                         (uint32_t)revisions->changes.commits.count - of->items.items[i].commit);
}

/* What is being told of the histories. */
struct news {
    const struct grounds *grounds;
    const struct digest *histories;
};

static void tell_news(void *context, unsigned number, size_t document)
{
    const struct news *news = context;
    const struct site *site = news->grounds->site;
    struct arena *scratch = &site->crew->workers[number].page;
    arena_clear(scratch);
    struct ground ground = begin(news->grounds, scratch);
    put_said(&ground, (uint32_t)document);
    put_revisions(&ground, (uint32_t)document);
    if (page_has_history(site, (uint32_t)document))
        put_digest(&ground, news->histories[document]);
    news->grounds->news[document] = end(&ground);
}

void grounds_tell_news(const struct grounds *grounds, const struct digest *histories)
{
    const struct site *site = grounds->site;
    struct news news = {grounds, histories};
    if (histories)
        pool_run(site->crew->count, site->web->document_count, tell_news, &news);
}

struct digest grounds_of_feed(const struct grounds *grounds, struct arena *scratch,
                              const struct site *edition, uint32_t document)
{
    const struct web *web = grounds->site->web;
    const struct topic *topic = &web->topics[web->topic_of[document]];
    struct ground ground = begin_page(grounds, scratch, edition);
    put_shown(&ground, document);
    put_moment(&ground, web->documents[document].history.last.time ? (struct moment){0}
                                                                   : web->snapshot->committed);
    for (uint32_t i = 0; i < topic->mention_count; i++)
        if (!i || topic->named[i - 1].document != topic->named[i].document)
            put_digest(&ground, grounds->news[topic->named[i].document]);
    return end(&ground);
}
