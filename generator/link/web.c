#include "link/web.h"

#include "base/arena.h"
#include "base/keyed.h"
#include "base/vec.h"
#include "link/locator.h"
#include "link/names.h"
#include "link/quoting.h"
#include "link/repair.h"
#include "link/settled.h"

#include <stdlib.h>

/* What the workers share while they link. */
struct linking {
    struct web *web;
    struct crew *crew;
    const struct naming *naming;
    struct arena *arena; /* of one job at a time */
    struct diags *diags; /* likewise */
    struct settled settled;
};

static void report_heading(const struct outline *document, const struct link *link,
                           struct place place, struct diags *diags)
{
    if (str_find(link->target, STR("#^")) >= 0) {
        diag_add(diags, DIAG_WARNING, "block-missing", place,
                 "'%.*s': no block of '%.*s' has this id; linked to the whole of it",
                 STR_ARGS(link->target), STR_ARGS(document->path));
        return;
    }
    struct str nearest = repair_heading(document, link->target);
    if (nearest.len)
        diag_add(
            diags, DIAG_WARNING, "heading-missing", place,
            "'%.*s': no such heading in '%.*s'; did you mean '%.*s'? Linked to the whole of it",
            STR_ARGS(link->target), STR_ARGS(document->path), STR_ARGS(nearest));
    else
        diag_add(diags, DIAG_WARNING, "heading-missing", place,
                 "'%.*s': no such heading in '%.*s'; linked to the whole of it",
                 STR_ARGS(link->target), STR_ARGS(document->path));
}

/* What there is instead of a place that is cited. */
static void report_locator(const struct outline *document, const struct link *link,
                           struct place place, struct diags *diags)
{
    enum locator_kind kind = locator_read(link->locator).kind;
    uint32_t first = UINT32_MAX, last = 0;
    for (size_t i = 0; i < document->pages.count; i++) {
        const struct page_start *start = &document->pages.items[i];
        first = start->page < first ? start->page : first;
        last = start->last > last ? start->last : last;
    }
    if (kind == LOCATOR_PAGES)
        diag_add(diags, DIAG_WARNING, "locator-missing", place,
                 "'%.*s' has no place '%.*s': it has pages %u to %u; linked to what is there",
                 STR_ARGS(document->path), STR_ARGS(link->locator), first, last);
    else if (kind == LOCATOR_PASSAGES)
        diag_add(diags, DIAG_WARNING, "locator-missing", place,
                 "'%.*s' has no place '%.*s': it has %u passages; linked to what is there",
                 STR_ARGS(document->path), STR_ARGS(link->locator), document->passage_count);
    else
        diag_add(diags, DIAG_WARNING, "locator-missing", place,
                 "'%.*s' has no place '%.*s'; linked to the whole of it", STR_ARGS(document->path),
                 STR_ARGS(link->locator));
}

static void report(const struct web *web, uint32_t from, const struct link *link,
                   const struct resolution *found, struct diags *diags)
{
    const struct outline *documents = web->documents;
    struct place place = {documents[from].path, link->line, link->column};
    if (found->other != NO_DOCUMENT)
        diag_add(diags, DIAG_ERROR, "link-ambiguous", place,
                 "'%.*s' is both '%.*s' and '%.*s'; linked to the first", STR_ARGS(link->target),
                 STR_ARGS(documents[found->to.document].path),
                 STR_ARGS(documents[found->other].path));
    if (found->heading_missing && (link->kind == LINK_CITATION || link->kind == LINK_SOURCE))
        report_locator(&documents[found->to.document], link, place, diags);
    else if (found->heading_missing)
        report_heading(&documents[found->to.document], link, place, diags);
}

/* A link to a topic names it, whatever its text says. */
static bool is_named_already(const struct outline *document, const struct link *link,
                             uint32_t topic)
{
    size_t i = outline_first_mention(document, link->passage);
    for (; i < document->mentions.count; i++) {
        const struct mention *mention = &document->mentions.items[i];
        if (mention->passage != link->passage)
            return false;
        if (mention->topic == topic && mention->start < link->end && mention->end > link->start)
            return true;
    }
    return false;
}

static int by_place(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    if (a->passage != b->passage)
        return a->passage < b->passage ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

static void name_linked(const struct web *web, struct outline *document, uint32_t own,
                        struct worker *worker)
{
    VEC(struct mention) added = {0};
    arena_clear(&worker->page);
    for (size_t i = 0; i < document->links.count; i++) {
        const struct link *link = &document->links.items[i];
        bool named = link->kind == LINK_WIKILINK || link->kind == LINK_MARKDOWN;
        uint32_t topic =
            link->to.document == NO_DOCUMENT ? NO_TOPIC : web->topic_of[link->to.document];
        if (!named || !link->passage || link->start >= link->end || topic == NO_TOPIC ||
            topic == own || is_named_already(document, link, topic))
            continue;
        *vec_push(&added, &worker->page) =
            (struct mention){topic, link->passage, link->start, link->end};
    }
    for (size_t i = 0; i < added.count; i++)
        *vec_push(&document->mentions, &worker->keep) = added.items[i];
    if (added.count)
        qsort(document->mentions.items, document->mentions.count, sizeof(struct mention), by_place);
}

static void resolve_one(void *context, unsigned number, size_t index)
{
    struct linking *linking = context;
    struct worker *worker = &linking->crew->workers[number];
    struct outline *document = &linking->web->documents[index];
    struct settled_links settled = settled_begin(&linking->settled, number, (uint32_t)index);
    for (size_t i = 0; i < document->links.count; i++) {
        struct link *link = &document->links.items[i];
        if (settled_next(&linking->settled, &settled, &link->to))
            continue;
        arena_clear(&worker->page);
        struct resolution found =
            resolve_link(&linking->web->resolver, &worker->page, (uint32_t)index, link);
        settled_note(&settled, link, &found);
        link->to = found.to;
        link->to.anchor = str_copy(&worker->keep, found.to.anchor);
        if (found.to.document != NO_DOCUMENT)
            report(linking->web, (uint32_t)index, link, &found, &worker->diags);
    }
    settled_end(&linking->settled, (uint32_t)index, &settled);
    name_linked(linking->web, document, linking->web->topic_of[index], worker);
}

/* What a link that leads nowhere is called, and how bad that is. A relation may name what has no
 * page; a claim may not rest on a source that is not there. */
static void report_missing(struct repair *repair, struct arena *scratch, uint32_t from,
                           const struct link *link, struct diags *diags)
{
    const struct outline *document = &repair->resolver->documents[from];
    struct str suggestion = repair_suggest(repair, link);
    struct fix fix;
    bool citation = link->kind == LINK_CITATION || link->kind == LINK_SOURCE;
    struct place place = {document->path, link->line, link->column};
    if (suggestion.len)
        diag_add(diags, citation ? DIAG_ERROR : DIAG_WARNING,
                 citation ? "source-missing" : "link-missing", place,
                 "nothing is called '%.*s'; did you mean '%.*s'? It is shown as text",
                 STR_ARGS(link->target), STR_ARGS(suggestion));
    else
        diag_add(diags, citation ? DIAG_ERROR : DIAG_WARNING,
                 citation ? "source-missing" : "link-missing", place,
                 "nothing is called '%.*s'; it is shown as text", STR_ARGS(link->target));
    if (repair_link(repair, scratch, from, link, &fix))
        diag_fix(diags, fix.from, fix.to);
}

static void report_all_missing(const struct web *web, struct diags *diags)
{
    struct repair repair;
    struct arena scratch;
    repair_init(&repair, &web->resolver);
    arena_init(&scratch);
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        for (size_t j = 0; j < document->links.count; j++) {
            const struct link *link = &document->links.items[j];
            if (link->to.document != NO_DOCUMENT || link->to.entry != NO_ENTRY ||
                link->kind == LINK_RELATION)
                continue;
            arena_clear(&scratch);
            report_missing(&repair, &scratch, i, link, diags);
        }
    }
    repair_release(&repair);
    arena_release(&scratch);
}

/* By topic, in the order of the documents: count, then fill. */
static void list_mentions(struct web *web, struct arena *arena)
{
    uint32_t *filled = arena_new_array(arena, web->topic_count, uint32_t);
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        web->passage_count += document->passage_count;
        web->mention_count += document->mentions.count;
        for (size_t j = 0; j < document->mentions.count; j++)
            web->topics[document->mentions.items[j].topic].mention_count++;
    }
    struct named *all = arena_new_array(arena, web->mention_count, struct named);
    for (uint32_t t = 0; t < web->topic_count; t++) {
        web->topics[t].named = all;
        all += web->topics[t].mention_count;
    }
    for (uint32_t i = 0; i < web->document_count; i++)
        for (uint32_t j = 0; j < web->documents[i].mentions.count; j++) {
            uint32_t t = web->documents[i].mentions.items[j].topic;
            struct topic *topic = &web->topics[t];
            struct named *next = (struct named *)topic->named + filled[t]++;
            topic->document_count += next == topic->named || next[-1].document != i;
            *next = (struct named){i, j};
        }
}

static void list_backlinks(struct web *web, struct arena *arena)
{
    web->backlinks = arena_new_array(arena, web->document_count, struct backlinks);
    web->relations = arena_new_array(arena, web->document_count, struct backlinks);
    web->copied = arena_new_array(arena, web->snapshot->count, bool);
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        if (document->original != NO_ENTRY)
            web->copied[document->original] = true;
        for (uint32_t j = 0; j < document->links.count; j++) {
            const struct link *link = &document->links.items[j];
            if (link->to.entry != NO_ENTRY)
                web->copied[link->to.entry] = true;
            if (link->to.document == NO_DOCUMENT || link->to.document == i)
                continue;
            struct backlinks *lists = link->kind == LINK_RELATION ? web->relations : web->backlinks;
            *vec_push(&lists[link->to.document].items, arena) = (struct backlink){i, j};
        }
    }
}

struct pair_list {
    VEC(struct keyed) items; /* by a << 32 | b, one for each passage */
};

/* The different topics of the mentions from `first` that are in one passage; returns the first
 * mention behind it. `*count` is more than PAIR_TOPICS_MAX where there are too many. */
static size_t topics_of_passage(const struct outline *document, size_t first, uint32_t *topics,
                                size_t *count)
{
    uint32_t passage = document->mentions.items[first].passage;
    *count = 0;
    for (; first < document->mentions.count && document->mentions.items[first].passage == passage;
         first++) {
        uint32_t topic = document->mentions.items[first].topic;
        bool seen = *count > PAIR_TOPICS_MAX;
        for (size_t i = 0; i < *count && !seen; i++)
            seen = topics[i] == topic;
        if (!seen && (*count)++ < PAIR_TOPICS_MAX)
            topics[*count - 1] = topic;
    }
    return first;
}

static void pair_passage(struct pair_list *pairs, struct arena *scratch, const uint32_t *topics,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            uint64_t a = topics[i] < topics[j] ? topics[i] : topics[j];
            uint64_t b = topics[i] < topics[j] ? topics[j] : topics[i];
            vec_push(&pairs->items, scratch)->key = a << 32 | b;
        }
}

static void count_pairs(struct web *web, struct arena *arena)
{
    struct arena scratch;
    struct pair_list pairs = {0};
    uint32_t topics[PAIR_TOPICS_MAX];
    arena_init(&scratch);
    for (uint32_t i = 0; i < web->document_count; i++)
        for (size_t j = 0; j < web->documents[i].mentions.count;) {
            size_t count;
            j = topics_of_passage(&web->documents[i], j, topics, &count);
            if (count <= PAIR_TOPICS_MAX)
                pair_passage(&pairs, &scratch, topics, count);
        }
    size_t all = pairs.items.count;
    const struct keyed *sorted =
        keyed_sort(pairs.items.items, arena_new_array(&scratch, all, struct keyed), all);
    for (size_t i = 0; i < all; i++) {
        uint64_t key = sorted[i].key;
        if (!i || key != sorted[i - 1].key)
            *vec_push(&web->pairs, arena) = (struct pair){(uint32_t)(key >> 32), (uint32_t)key, 0};
        web->pairs.items[web->pairs.count - 1].passages++;
    }
    arena_release(&scratch);
}

/* Titles and addresses of pages. */
static void assign_names(const struct linking *linking)
{
    struct web *web = linking->web;
    tags_collect(&web->tags, linking->arena, linking->naming, web->documents, web->document_count,
                 linking->diags);
    struct naming all = tags_reserve(&web->tags, linking->arena);
    naming_assign(linking->arena, &all, web->documents, web->document_count, linking->diags);
}

/* What each would take one thread alone, what may take longest first. */
enum { PREPARE_BESIDE, PREPARE_NAMES, PREPARE_SETTLED, PREPARE_RESOLVER };

static void prepare_one(void *context, unsigned number, size_t index)
{
    struct linking *linking = context;
    struct worker *worker = &linking->crew->workers[number];
    const struct beside *beside = &linking->crew->beside;
    if (index == PREPARE_NAMES)
        assign_names(linking);
    else if (index == PREPARE_SETTLED)
        settled_open(&linking->settled, linking->crew, number, linking->web->documents,
                     linking->web->document_count);
    else if (index >= PREPARE_RESOLVER)
        resolver_fill(&linking->web->resolver, (unsigned)(index - PREPARE_RESOLVER), &worker->keep);
    else if (beside->run)
        beside->run(beside->context, worker);
}

/* What is put together of all documents, none of it of what another list has; beside each kind of
 * facts. */
static void (*const lists[])(struct web *web, struct arena *arena) = {count_pairs, list_mentions,
                                                                      list_backlinks};

enum { LISTS = sizeof lists / sizeof *lists };

static void list_one(void *context, unsigned number, size_t index)
{
    struct linking *linking = context;
    struct web *web = linking->web;
    struct arena *keep = &linking->crew->workers[number].keep;
    if (index < LISTS)
        lists[index](web, keep);
    else
        almanac_fill(&web->almanac, (enum fact_kind)(index - LISTS), keep, web->documents,
                     web->document_count);
}

static void take_survey(struct web *web, const struct survey *survey, struct arena *arena)
{
    web->documents = survey->documents;
    web->document_count = survey->count;
    web->topic_count = survey->topic_count;
    web->topics = arena_new_array(arena, survey->topic_count, struct topic);
    web->topic_of = survey->topic_of;
    for (uint32_t i = 0; i < survey->topic_count; i++)
        web->topics[i].document = survey->topics[i];
}

/* From then on names that twins share are those of one. */
static void find_twins(struct web *web, const struct crew *crew, struct arena *arena,
                       struct diags *diags)
{
    twins_init(&web->twins, arena, crew->snapshot, web->documents, web->document_count,
               crew->language);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        twins_find(&web->twins, (enum document_kind)kind, &web->resolver, diags);
    web->resolver.twins = &web->twins;
}

void web_build(struct web *web, struct crew *crew, struct outline *documents, uint32_t count,
               const struct naming *naming, struct arena *arena, struct diags *diags)
{
    struct survey survey = {.documents = documents, .count = count};
    struct linking linking = {
        .web = web, .crew = crew, .naming = naming, .arena = arena, .diags = diags};
    *web = (struct web){.snapshot = crew->snapshot};
    stage_begin(crew->stages, "reading");
    survey_run(&survey, crew, arena, diags);
    stage_begin(crew->stages, "linking");
    take_survey(web, &survey, arena);
    resolver_begin(&web->resolver, arena, crew->snapshot, documents, count);
    pool_run(crew->count, PREPARE_RESOLVER + RESOLVER_PARTS, prepare_one, &linking);
    find_twins(web, crew, arena, diags);
    pool_run(crew->count, count, resolve_one, &linking);
    settled_close(&linking.settled, 0);
    quoting_check(web, crew);
    crew_take_diags(crew, diags);
    report_all_missing(web, diags);
    pool_run(crew->count, LISTS + FACT_KINDS, list_one, &linking);
}
