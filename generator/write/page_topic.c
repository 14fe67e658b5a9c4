/* The page of a topic: its text, every passage that names it by document, and what it has to do
 * with other topics. */
#include "write/page.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/names.h"
#include "write/escape.h"
#include "write/network.h"
#include "write/pairing.h"
#include "write/topic_facts.h"

#include <stdlib.h>

enum {
    NEIGHBOURS_MAX = PAIRS_PER_TOPIC /* the rest is in the list of pairs and in the data */
};

/* Mentions of the topic in one document: named[first, first + count), and in how many passages. */
struct run {
    const struct outline *outline;
    uint32_t document, first, count, passages;
};

struct runs {
    VEC(struct run) items;
    uint32_t passages;
};

static int by_document(const void *left, const void *right)
{
    const struct run *a = left, *b = right;
    int order = page_compare_outlines(a->outline, b->outline);
    return order ? order : (a->document > b->document) - (a->document < b->document);
}

static uint32_t passage_of(const struct web *web, const struct named *named)
{
    return web->documents[named->document].mentions.items[named->mention].passage;
}

static struct runs collect(const struct web *web, struct arena *arena, uint32_t topic)
{
    const struct named *named = web->topics[topic].named;
    struct runs runs = {0};
    uint32_t document = NO_DOCUMENT, passage = 0;
    for (uint32_t i = 0; i < web->topics[topic].mention_count; i++) {
        if (named[i].document != document) {
            document = named[i].document;
            passage = 0;
            *vec_push(&runs.items, arena) = (struct run){
                .outline = &web->documents[document], .document = document, .first = i};
        }
        struct run *run = &runs.items.items[runs.items.count - 1];
        run->count++;
        run->passages += passage_of(web, &named[i]) != passage;
        passage = passage_of(web, &named[i]);
    }
    if (runs.items.count > 1)
        qsort(runs.items.items, runs.items.count, sizeof(struct run), by_document);
    for (size_t i = 0; i < runs.items.count; i++)
        runs.passages += runs.items.items[i].passages;
    return runs;
}

/* What of the topic's passages goes on this page: those from `skip` on, `room` of them. */
struct window {
    uint32_t skip, room;
    struct excerpts excerpts;
};

static void add_passages(struct page *page, const struct run *run, uint32_t topic,
                         struct window *window, struct value *list)
{
    const struct web *web = page->site->web;
    const struct named *named = web->topics[topic].named + run->first;
    for (uint32_t i = 0; i < run->count;) {
        uint32_t first = i, number = passage_of(web, &named[i]);
        while (i < run->count && passage_of(web, &named[i]) == number)
            i++;
        if (window->skip) {
            window->skip--;
        } else if (window->room) {
            window->room--;
            const struct mention *mentions = &run->outline->mentions.items[named[first].mention];
            size_t count = named[i - 1].mention - named[first].mention + 1;
            value_append(
                page->arena, list,
                page_passage(page, run->document, number, mentions, count, &window->excerpts));
        }
    }
}

static void set_documents(struct page *page, const struct runs *runs, uint32_t topic, uint32_t part)
{
    struct value *list = value_list(page->arena);
    struct window window = {(part - 1) * PASSAGES_PER_PAGE, PASSAGES_PER_PAGE,
                            excerpts_begin(page->arena, page->site->web, topic, NO_TOPIC)};
    for (size_t i = 0; i < runs->items.count && window.room; i++) {
        const struct run *run = &runs->items.items[i];
        if (window.skip >= run->passages) {
            window.skip -= run->passages;
            continue;
        }
        struct value *passages = value_list(page->arena);
        struct value *item = page_item(page, run->document);
        add_passages(page, run, topic, &window, passages);
        page_set_number(page, item, "count", run->count);
        page_set_list(page, item, "passages", passages);
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "documents", list);
}

uint32_t page_topic_parts(const struct site *site, uint32_t topic)
{
    struct arena scratch;
    arena_init(&scratch);
    uint32_t passages = collect(site->web, &scratch, topic).passages;
    arena_release(&scratch);
    return passages ? (passages + PASSAGES_PER_PAGE - 1) / PASSAGES_PER_PAGE : 1;
}

/* A full stop is in no slug, so that no document has this id. */
struct str page_topic_id(struct arena *arena, const struct site *site, uint32_t topic,
                         uint32_t part)
{
    struct str id = site->web->documents[site->web->topics[topic].document].id;
    return part == 1 ? id : str_format(arena, "%.*s.%u", STR_ARGS(id), (unsigned)part);
}

static void set_names(struct page *page, const struct meta *meta)
{
    struct value *aliases = value_list(page->arena), *links = value_list(page->arena);
    for (size_t i = 0; i < meta->aliases.texts.count; i++) {
        struct value *alias = value_object(page->arena);
        page_set(page, alias, "text", meta->aliases.texts.items[i].text);
        value_append(page->arena, aliases, alias);
    }
    for (size_t i = 0; i < meta->same_as.texts.count; i++) {
        struct str url = meta->same_as.texts.items[i].text;
        struct value *link = value_object(page->arena);
        struct buf escaped;
        if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
            continue;
        buf_init(&escaped, page->arena);
        escape_url(&escaped, url);
        page_set(page, link, "url", buf_str(&escaped));
        page_set(page, link, "text", url);
        value_append(page->arena, links, link);
    }
    page_set_list(page, page->value, "aliases", aliases);
    page_set_list(page, page->value, "same_as", links);
    if (!str_equal(meta->abbreviation, meta->title))
        page_set(page, page->value, "abbreviation", meta->abbreviation);
}

static struct value *relation_item(struct page *page, uint32_t document, struct str name)
{
    struct value *item = value_object(page->arena);
    if (document != NO_DOCUMENT) {
        name = page->site->web->documents[document].meta.title;
        page_set(page, item, "url", page_document_url(page, document, STR("")));
    }
    page_set(page, item, "title", name);
    return item;
}

/* Relations come in the order in which they were stated; those with one label stand together. Where
 * both topics state the same one it is shown once. */
static void add_relation(struct page *page, struct value *relations, struct map *by_label,
                         struct str label, struct value *item)
{
    const struct value *title = value_get(item, STR("title"));
    struct str key = str_format(page->arena, "%.*s: %.*s", STR_ARGS(label), STR_ARGS(title->text));
    void **seen = map_at(by_label, key);
    if (*seen)
        return;
    *seen = item;
    void **slot = map_at(by_label, label);
    if (!*slot) {
        struct value *relation = value_object(page->arena), *items = value_list(page->arena);
        page_set(page, relation, "label", label);
        page_set_list(page, relation, "items", items);
        value_append(page->arena, relations, relation);
        *slot = items;
    }
    value_append(page->arena, *slot, item);
}

/* The type of the relation that link `link` of a document stands for. */
static struct str relation_type(const struct outline *outline, size_t link)
{
    size_t first = outline->links.count - outline->meta.relations.count;
    return outline->meta.relations.items[link - first].type;
}

static void set_relations(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct language *language = page->site->language;
    const struct outline *outline = &web->documents[document];
    struct value *relations = value_list(page->arena);
    struct map by_label;
    map_init(&by_label, page->arena);
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct link *link = &outline->links.items[i];
        if (link->kind == LINK_RELATION)
            add_relation(page, relations, &by_label,
                         language_relation(language, page->arena, relation_type(outline, i)),
                         relation_item(page, link->to.document, link->target));
    }
    for (size_t i = 0; i < web->relations[document].items.count; i++) {
        const struct backlink *from = &web->relations[document].items.items[i];
        struct str type = relation_type(&web->documents[from->document], from->link);
        add_relation(page, relations, &by_label, language_inverse(language, page->arena, type),
                     relation_item(page, from->document, STR("")));
    }
    page_set_list(page, page->value, "relations", relations);
}

static void set_together(struct page *page, uint32_t topic)
{
    const struct site *site = page->site;
    struct value *list = value_list(page->arena);
    uint32_t first = site->first_neighbour[topic], last = site->first_neighbour[topic + 1];
    for (uint32_t i = first; i < last && i - first < NEIGHBOURS_MAX; i++) {
        uint32_t document = site->web->topics[site->neighbours[i].topic].document;
        struct value *item = value_object(page->arena);
        page_set(page, item, "title", site->web->documents[document].meta.title);
        page_set(page, item, "url", page_document_url(page, document, STR("")));
        page_set_number(page, item, "count", site->neighbours[i].passages);
        page_set(page, item, "pair_url", page_pair_url(page, topic, site->neighbours[i].topic));
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "together", list);
    if (last - first > NEIGHBOURS_MAX)
        page_set_flag(page, page->value, "together_truncated");
}

void page_topic(struct page *page, uint32_t topic, uint32_t part)
{
    const struct web *web = page->site->web;
    uint32_t document = web->topics[topic].document;
    struct runs runs = collect(web, page->arena, topic);
    uint32_t parts =
        runs.passages ? (runs.passages + PASSAGES_PER_PAGE - 1) / PASSAGES_PER_PAGE : 1;
    page_set_kind_label(page, page_kind_label(page, document));
    set_names(page, &web->documents[document].meta);
    page_set_number(page, page->value, "mention_count", web->topics[topic].mention_count);
    page_set_number(page, page->value, "document_count", web->topics[topic].document_count);
    page_set_number(page, page->value, "passage_count", runs.passages);
    set_documents(page, &runs, topic, part);
    if (page_has_feed(page->site, topic))
        page_set(page, page->value, "feed_url",
                 str_format(page->arena, "%.*s%.*s.atom", STR_ARGS(page->root),
                            STR_ARGS(web->documents[document].id)));
    page_set_parts(page, page_topic_id(page->arena, page->site, topic, 1), part, parts);
    if (part > 1)
        return;
    page_set_edit_url(page, document);
    set_relations(page, document);
    set_together(page, topic);
    network_set_topic(page, topic);
    topic_facts_set(page, topic);
    page_set_backlinks(page, document);
    page_set_changed(page, document);
}
