/* Topics by topics: who is named together with whom. */
#include "write/page.h"

#include "base/arena.h"

#include <stdlib.h>

enum {
    CONNECTIONS_MAX =
        40,           /* rows and columns: a table of 1,600 cells is the most that one can read */
    PAIRS_SHOWN = 60, /* the strongest, as a list */
    SHADES = 5
};

struct ranked {
    uint32_t topic, mentions;
    struct str key;
};

static int by_mentions(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

static int by_key(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    return order ? order : (a->topic > b->topic) - (a->topic < b->topic);
}

/* The topics named most often, by title. */
static struct ranked *choose(struct page *page, uint32_t *count)
{
    const struct web *web = page->site->web;
    struct ranked *ranked = arena_new_array(page->arena, web->topic_count, struct ranked);
    *count = 0;
    for (uint32_t t = 0; t < web->topic_count; t++)
        if (page->site->first_neighbour[t] < page->site->first_neighbour[t + 1])
            ranked[(*count)++] = (struct ranked){t, web->topics[t].mention_count,
                                                 web->documents[web->topics[t].document].sort_key};
    if (*count > 1)
        qsort(ranked, *count, sizeof *ranked, by_mentions);
    if (*count > CONNECTIONS_MAX)
        *count = CONNECTIONS_MAX;
    if (*count > 1)
        qsort(ranked, *count, sizeof *ranked, by_key);
    return ranked;
}

static struct value *topic_value(struct page *page, uint32_t topic)
{
    const struct web *web = page->site->web;
    uint32_t document = web->topics[topic].document;
    const struct meta *meta = &web->documents[document].meta;
    struct value *value = value_object(page->arena);
    page_set(page, value, "title", meta->title);
    page_set(page, value, "short", meta->abbreviation.len ? meta->abbreviation : meta->title);
    page_set(page, value, "url", page_document_url(page, document, STR("")));
    return value;
}

/* From 1 to SHADES, by size relative to the largest: each shade is for twice as many. */
static uint32_t shade(uint32_t passages, uint32_t most)
{
    uint32_t level = SHADES;
    for (uint32_t least = most / 2; level > 1 && passages <= least; least /= 2)
        level--;
    return level;
}

static uint32_t most_passages(const struct web *web)
{
    uint32_t most = 0;
    for (size_t i = 0; i < web->pairs.count; i++)
        if (web->pairs.items[i].passages > most)
            most = web->pairs.items[i].passages;
    return most;
}

/* One row. `passages` has room for a number by topic, all 0 before and after. */
static struct value *row_value(struct page *page, const struct ranked *topics, uint32_t count,
                               uint32_t row, uint32_t *passages, uint32_t most)
{
    const struct site *site = page->site;
    struct value *cells = value_list(page->arena), *value = topic_value(page, topics[row].topic);
    uint32_t first = site->first_neighbour[topics[row].topic];
    uint32_t last = site->first_neighbour[topics[row].topic + 1];
    for (uint32_t i = first; i < last; i++)
        passages[site->neighbours[i].topic] = site->neighbours[i].passages;
    for (uint32_t column = 0; column < count; column++) {
        uint32_t number = passages[topics[column].topic];
        struct value *cell = value_object(page->arena);
        if (column == row)
            page_set_flag(page, cell, "is_self");
        if (number) {
            page_set_number(page, cell, "count", number);
            page_set_number(page, cell, "level", shade(number, most));
        }
        value_append(page->arena, cells, cell);
    }
    for (uint32_t i = first; i < last; i++)
        passages[site->neighbours[i].topic] = 0;
    page_set_list(page, value, "cells", cells);
    return value;
}

static int by_passages(const void *left, const void *right)
{
    const struct pair *a = left, *b = right;
    if (a->passages != b->passages)
        return a->passages > b->passages ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static void set_pairs(struct page *page)
{
    const struct web *web = page->site->web;
    struct pair *pairs = arena_new_array(page->arena, web->pairs.count, struct pair);
    struct value *list = value_list(page->arena);
    for (size_t i = 0; i < web->pairs.count; i++)
        pairs[i] = web->pairs.items[i];
    if (web->pairs.count > 1)
        qsort(pairs, web->pairs.count, sizeof *pairs, by_passages);
    for (size_t i = 0; i < web->pairs.count && i < PAIRS_SHOWN; i++) {
        uint32_t a = web->topics[pairs[i].a].document, b = web->topics[pairs[i].b].document;
        struct value *value = value_object(page->arena);
        page_set(page, value, "a_title", web->documents[a].meta.title);
        page_set(page, value, "a_url", page_document_url(page, a, STR("")));
        page_set(page, value, "b_title", web->documents[b].meta.title);
        page_set(page, value, "b_url", page_document_url(page, b, STR("")));
        page_set_number(page, value, "count", pairs[i].passages);
        value_append(page->arena, list, value);
    }
    page_set_list(page, page->value, "pairs", list);
}

void page_connections(struct page *page)
{
    const struct web *web = page->site->web;
    uint32_t count;
    struct ranked *topics = choose(page, &count);
    uint32_t *passages = arena_new_array(page->arena, web->topic_count, uint32_t);
    uint32_t most = most_passages(web);
    struct value *columns = value_list(page->arena), *rows = value_list(page->arena);
    for (uint32_t i = 0; i < count; i++) {
        value_append(page->arena, columns, topic_value(page, topics[i].topic));
        value_append(page->arena, rows, row_value(page, topics, count, i, passages, most));
    }
    page_set_list(page, page->value, "columns", columns);
    page_set_list(page, page->value, "rows", rows);
    page_set_number(page, page->value, "shown", count);
    page_set_number(page, page->value, "total", web->topic_count);
    value_set(page->arena, page->value, "truncated",
              value_flag(page->arena, count < web->topic_count));
    set_pairs(page);
}
