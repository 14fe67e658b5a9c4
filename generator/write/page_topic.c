/* The page of a topic: its text, every passage that names it by document, and what it has to do
 * with other topics. */
#include "write/page.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/names.h"
#include "write/appearances.h"
#include "write/editions.h"
#include "write/escape.h"
#include "write/network.h"
#include "write/pairing.h"
#include "write/topic_facts.h"

enum {
    NEIGHBOURS_MAX = 16 /* the rest is in the list of pairs and in the data */
};

/* The mentions of a passage from the topic's first to its last. */
static const struct mention *mentions_of(const struct outline *outline, uint32_t passage,
                                         uint32_t topic, size_t *count)
{
    size_t at = outline_first_mention(outline, passage), last;
    const struct mention *mentions = outline->mentions.items;
    while (mentions[at].topic != topic)
        at++;
    last = at;
    for (size_t i = at; i < outline->mentions.count && mentions[i].passage == passage; i++)
        if (mentions[i].topic == topic)
            last = i;
    *count = last - at + 1;
    return &mentions[at];
}

static uint32_t count_mentions(const struct outline *outline, uint32_t topic)
{
    uint32_t count = 0;
    for (size_t i = 0; i < outline->mentions.count; i++)
        count += outline->mentions.items[i].topic == topic;
    return count;
}

/* The documents that name the topic with their passages, as many as go on this page. */
static void set_documents(struct page *page, uint32_t topic, uint32_t part)
{
    const struct site *site = page->site;
    const struct appearances *all = &site->appearances[topic];
    struct excerpts excerpts = excerpts_begin(page->arena, site->web, topic, NO_TOPIC);
    struct value *list = value_list(page->arena), *passages = NULL;
    uint32_t last, first = appearances_part(all, part, &last);
    for (uint32_t i = first; i < last; i++) {
        struct appearance at = all->items[i];
        uint32_t document = site->ranked[at.rank];
        const struct outline *outline = &site->web->documents[document];
        size_t count;
        const struct mention *mentions = mentions_of(outline, at.passage, topic, &count);
        if (i == first || all->items[i - 1].rank != at.rank) {
            struct value *item = page_item(page, document);
            passages = value_list(page->arena);
            page_set_number(page, item, "count", count_mentions(outline, topic));
            page_set_list(page, item, "passages", passages);
            value_append(page->arena, list, item);
        }
        value_append(page->arena, passages,
                     page_passage(page, document, at.passage, mentions, count, &excerpts));
    }
    page_set_list(page, page->value, "documents", list);
}

/* A full stop is in no slug, so that no document has this id. */
struct str page_topic_id(struct arena *arena, const struct site *site, uint32_t document,
                         uint32_t part)
{
    struct str id = site->web->documents[document].id;
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
    for (size_t i = 0; i < meta->more->same_as.texts.count; i++) {
        struct str url = meta->more->same_as.texts.items[i].text;
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
    if (!str_equal(meta->more->abbreviation, meta->title))
        page_set(page, page->value, "abbreviation", meta->more->abbreviation);
}

static struct value *relation_item(struct page *page, uint32_t document, struct str name)
{
    struct value *item = value_object(page->arena);
    if (document != NO_DOCUMENT) {
        document = editions_document(page->site, document);
        name = page->site->web->documents[document].meta.title;
        page_set(page, item, "url", page_document_url(page, document, STR("")));
        page_set_foreign(page, item, document);
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

/* Those that one of a topic's documents states, and those that others state of it. */
static void add_relations(struct page *page, struct value *relations, struct map *by_label,
                          uint32_t document)
{
    const struct web *web = page->site->web;
    const struct language *language = page->site->language;
    const struct outline *outline = &web->documents[document];
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct link *link = &outline->links.items[i];
        if (link->kind == LINK_RELATION)
            add_relation(
                page, relations, by_label,
                language_relation(language, page->arena, outline_relation_type(outline, i)),
                relation_item(page, link->to.document, link->target));
    }
    for (size_t i = 0; i < web->relations[document].items.count; i++) {
        const struct backlink *from = &web->relations[document].items.items[i];
        struct str type = outline_relation_type(&web->documents[from->document], from->link);
        add_relation(page, relations, by_label, language_inverse(language, page->arena, type),
                     relation_item(page, from->document, STR("")));
    }
}

static void set_relations(struct page *page, uint32_t document)
{
    const uint32_t *next = page->site->web->twins.next;
    struct value *relations = value_list(page->arena);
    struct map by_label;
    map_init(&by_label, page->arena);
    add_relations(page, relations, &by_label, document);
    for (uint32_t twin = next[document]; twin != document; twin = next[twin])
        add_relations(page, relations, &by_label, twin);
    page_set_list(page, page->value, "relations", relations);
}

static void set_together(struct page *page, uint32_t topic)
{
    const struct site *site = page->site;
    struct value *list = value_list(page->arena);
    uint32_t first = site->first_neighbour[topic], last = site->first_neighbour[topic + 1];
    for (uint32_t i = first; i < last && i - first < NEIGHBOURS_MAX; i++) {
        uint32_t document = editions_topic(site, site->neighbours[i].topic);
        struct value *item = value_object(page->arena);
        page_set(page, item, "title", site->web->documents[document].meta.title);
        page_set(page, item, "url", page_document_url(page, document, STR("")));
        page_set_foreign(page, item, document);
        page_set_number(page, item, "count", site->neighbours[i].passages);
        page_set(page, item, "pair_url", page_pair_url(page, topic, site->neighbours[i].topic));
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "together", list);
    if (last - first > NEIGHBOURS_MAX)
        page_set_flag(page, page->value, "together_truncated");
}

void page_topic(struct page *page, uint32_t document, uint32_t part)
{
    const struct web *web = page->site->web;
    uint32_t topic = web->topic_of[document];
    page_set_kind_label(page, page_kind_label(page, document));
    set_names(page, &web->documents[document].meta);
    page_set_number(page, page->value, "mention_count", web->topics[topic].mention_count);
    page_set_number(page, page->value, "document_count", web->topics[topic].document_count);
    page_set_number(page, page->value, "passage_count", page->site->appearances[topic].count);
    set_documents(page, topic, part);
    if (page_has_feed(page->site, topic))
        page_set(page, page->value, "feed_url",
                 str_format(page->arena, "%.*s%.*s.atom", STR_ARGS(page->root),
                            STR_ARGS(web->documents[page_feed_of(page->site, document)].id)));
    page_set_parts(page, page_topic_id(page->arena, page->site, document, 1), part,
                   page->site->appearances[topic].part_count);
    if (part > 1)
        return;
    page_set_edit_url(page, document);
    set_relations(page, document);
    set_together(page, topic);
    network_set_topic(page, topic);
    topic_facts_set(page, document);
    page_set_backlinks(page, document);
    page_set_changed(page, document);
}
