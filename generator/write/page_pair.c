/* Two topics: every passage in which both are named. And the list of all such pairs. */
#include "write/page.h"

#include "base/arena.h"
#include "link/names.h"
#include "write/appearances.h"
#include "write/editions.h"
#include "write/pairing.h"

#include <stdlib.h>

enum {
    PASSAGES_PER_PAGE = 60, /* some 45 kB where they are as long as those of reports */
    OTHERS_MAX = 30,        /* topics that are named with the two: the rest is in the passages */
    PAIRS_PER_PAGE = 80,    /* some 40 kB */
    PAIRS_LISTED_MAX = 5000 /* nobody reads further than 25 pages; the data has them all */
};

/* A passage that names both: its mentions in the document from `first` on. */
struct meeting {
    uint32_t document, passage;
    const struct outline *outline;
    const struct mention *mentions;
    size_t count;
};

struct meetings {
    VEC(struct meeting) items;
};

static size_t count_topics(const struct meeting *meeting)
{
    uint32_t seen[PAIR_TOPICS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < meeting->count && count <= PAIR_TOPICS_MAX; i++) {
        size_t j = 0;
        while (j < count && seen[j] != meeting->mentions[i].topic)
            j++;
        if (j == count && count++ < PAIR_TOPICS_MAX)
            seen[j] = meeting->mentions[i].topic;
    }
    return count;
}

static struct meeting meeting_at(const struct web *web, uint32_t document, uint32_t passage)
{
    const struct outline *outline = &web->documents[document];
    size_t first = outline_first_mention(outline, passage), last = first;
    while (last < outline->mentions.count && outline->mentions.items[last].passage == passage)
        last++;
    return (struct meeting){document, passage, outline, &outline->mentions.items[first],
                            last - first};
}

/* The passages that both lists have; those that were not counted as a meeting, since they name too
 * many, are not shown as one. */
static struct meetings collect(const struct site *site, struct arena *arena,
                               const struct pair *pair)
{
    const struct appearances *a = &site->appearances[pair->a], *b = &site->appearances[pair->b];
    struct meetings meetings = {0};
    for (uint32_t i = 0, j = 0; i < a->count && j < b->count;) {
        struct appearance left = a->items[i], right = b->items[j];
        int order = left.rank == right.rank
                        ? (left.passage > right.passage) - (left.passage < right.passage)
                        : (left.rank > right.rank) - (left.rank < right.rank);
        i += order <= 0;
        j += order >= 0;
        if (order)
            continue;
        struct meeting meeting = meeting_at(site->web, site->ranked[left.rank], left.passage);
        if (count_topics(&meeting) <= PAIR_TOPICS_MAX)
            *vec_push(&meetings.items, arena) = meeting;
    }
    return meetings;
}

static void set_documents(struct page *page, const struct meetings *meetings,
                          const struct pair *pair, uint32_t part)
{
    struct value *list = value_list(page->arena), *passages = NULL, *item = NULL;
    struct excerpts excerpts = excerpts_begin(page->arena, page->site->web, pair->a, pair->b);
    size_t first = (size_t)(part - 1) * PASSAGES_PER_PAGE;
    uint32_t document = NO_DOCUMENT;
    for (size_t i = first; i < meetings->items.count && i - first < PASSAGES_PER_PAGE; i++) {
        const struct meeting *meeting = &meetings->items.items[i];
        if (meeting->document != document) {
            document = meeting->document;
            passages = value_list(page->arena);
            item = page_item(page, document);
            page_set_list(page, item, "passages", passages);
            value_append(page->arena, list, item);
        }
        value_append(page->arena, passages,
                     page_passage(page, document, meeting->passage, meeting->mentions,
                                  meeting->count, &excerpts));
    }
    page_set_list(page, page->value, "documents", list);
}

static int by_passages(const void *left, const void *right)
{
    const struct neighbour *a = left, *b = right;
    if (a->passages != b->passages)
        return a->passages > b->passages ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

struct others {
    VEC(struct neighbour) items;
};

/* In how many of the passages each other topic is named. */
static struct others count_others(struct page *page, const struct meetings *meetings,
                                  const struct pair *pair)
{
    uint32_t topics = page->site->web->topic_count;
    uint32_t *index = arena_new_array(page->arena, topics, uint32_t);
    uint32_t *last = arena_new_array(page->arena, topics, uint32_t);
    struct others others = {0};
    for (uint32_t i = 0; i < meetings->items.count; i++)
        for (size_t j = 0; j < meetings->items.items[i].count; j++) {
            uint32_t topic = meetings->items.items[i].mentions[j].topic;
            if (topic == pair->a || topic == pair->b || last[topic] == i + 1)
                continue;
            last[topic] = i + 1;
            if (!index[topic]) {
                *vec_push(&others.items, page->arena) = (struct neighbour){topic, 0};
                index[topic] = (uint32_t)others.items.count;
            }
            others.items.items[index[topic] - 1].passages++;
        }
    if (others.items.count > 1)
        qsort(others.items.items, others.items.count, sizeof(struct neighbour), by_passages);
    return others;
}

static void set_others(struct page *page, const struct meetings *meetings, const struct pair *pair)
{
    const struct web *web = page->site->web;
    struct others others = count_others(page, meetings, pair);
    struct value *list = value_list(page->arena);
    for (size_t i = 0; i < others.items.count && i < OTHERS_MAX; i++) {
        uint32_t document = editions_topic(page->site, others.items.items[i].topic);
        struct value *item = value_object(page->arena);
        page_set(page, item, "title", web->documents[document].meta.title);
        page_set(page, item, "url", page_document_url(page, document, STR("")));
        page_set_foreign(page, item, document);
        page_set_number(page, item, "count", others.items.items[i].passages);
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "topics", list);
}

struct str page_pair_title(const struct site *site, struct arena *arena, const struct pair *pair)
{
    const struct web *web = site->web;
    struct str a = web->documents[editions_topic(site, pair->a)].meta.title;
    struct str b = web->documents[editions_topic(site, pair->b)].meta.title;
    return str_format(arena, "%.*s %.*s %.*s", STR_ARGS(a),
                      STR_ARGS(language_text(site->language, "and")), STR_ARGS(b));
}

uint32_t page_pair_parts(const struct pair *pair)
{
    return (pair->passages + PASSAGES_PER_PAGE - 1) / PASSAGES_PER_PAGE;
}

void page_pair_shown(const struct site *site, struct arena *scratch, const struct pair *pair,
                     pair_see *see, void *context)
{
    struct meetings meetings = collect(site, scratch, pair);
    for (size_t i = 0; i < meetings.items.count; i++)
        see(context, meetings.items.items[i].document, meetings.items.items[i].passage);
}

void page_pair(struct page *page, const struct pair *pair, uint32_t part)
{
    struct meetings meetings = collect(page->site, page->arena, pair);
    struct str id = pairing_id(page->arena, page->site, pair, 1);
    value_set(page->arena, page->value, "a", page_item(page, editions_topic(page->site, pair->a)));
    value_set(page->arena, page->value, "b", page_item(page, editions_topic(page->site, pair->b)));
    page_set_number(page, page->value, "passage_count", pair->passages);
    page_set(page, page->value, "connections_url",
             page_url(page, editions_id(page->site, page->arena, "pages.connections")));
    set_documents(page, &meetings, pair, part);
    page_set_parts(page, id, part, page_pair_parts(pair));
    set_others(page, &meetings, pair);
}

/* The list of pairs. */

static uint32_t listed(const struct site *site)
{
    uint32_t count = site->pairing->count;
    return count < PAIRS_LISTED_MAX ? count : PAIRS_LISTED_MAX;
}

uint32_t page_pair_list_parts(const struct site *site)
{
    return (listed(site) + PAIRS_PER_PAGE - 1) / PAIRS_PER_PAGE;
}

struct str page_pair_list_id(struct arena *arena, const struct site *site, uint32_t part)
{
    struct str folder = editions_id(site, arena, "folders.connections");
    struct str name = language_text(site->names, "pages.pair_list");
    if (part == 1)
        return str_format(arena, "%.*s/%.*s", STR_ARGS(folder), STR_ARGS(name));
    return str_format(arena, "%.*s/%.*s.%u", STR_ARGS(folder), STR_ARGS(name), (unsigned)part);
}

struct value *page_pair_value(struct page *page, const struct pair *pair)
{
    const struct web *web = page->site->web;
    uint32_t a = editions_topic(page->site, pair->a), b = editions_topic(page->site, pair->b);
    struct value *value = value_object(page->arena);
    page_set(page, value, "a_title", web->documents[a].meta.title);
    page_set(page, value, "a_url", page_document_url(page, a, STR("")));
    page_set(page, value, "b_title", web->documents[b].meta.title);
    page_set(page, value, "b_url", page_document_url(page, b, STR("")));
    page_set(page, value, "a_foreign", page_foreign(page, a));
    page_set(page, value, "b_foreign", page_foreign(page, b));
    /* Also where there is none: a template would find that of a page around it. */
    value_set_text(page->arena, value, "url", page_pair_url(page, pair->a, pair->b));
    page_set_number(page, value, "count", pair->passages);
    return value;
}

void page_pair_list(struct page *page, uint32_t part)
{
    const struct pairing *pairing = page->site->pairing;
    struct value *list = value_list(page->arena);
    uint32_t first = (part - 1) * PAIRS_PER_PAGE, last = listed(page->site);
    for (uint32_t i = first; i < last && i - first < PAIRS_PER_PAGE; i++)
        value_append(page->arena, list, page_pair_value(page, &pairing->strongest[i]));
    page_set_list(page, page->value, "pairs", list);
    page_set_number(page, page->value, "shown", last);
    page_set_number(page, page->value, "total", pairing->count);
    value_set(page->arena, page->value, "truncated",
              value_flag(page->arena, last < pairing->count));
    page_set_parts(page, page_pair_list_id(page->arena, page->site, 1), part,
                   page_pair_list_parts(page->site));
}
