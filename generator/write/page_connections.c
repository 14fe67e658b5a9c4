/* Topics by topics: who is named together with whom. */
#include "write/page.h"

#include "base/arena.h"
#include "write/editions.h"
#include "write/network.h"
#include "write/pairing.h"

#include <stdlib.h>

enum {
    PAIRS_SHOWN = 16,  /* the strongest, as a list: all are a page further on */
    TABLE_TOPICS = 18, /* rows and columns: as many as a wide screen shows at once */
    SHORT_TITLE = 20,  /* bytes that surely fit beside a row */
    SHADES = 5
};

/* A topic of the table. */
struct ranked {
    uint32_t topic;
    struct str key;
};

static int by_key(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    return order ? order : (a->topic > b->topic) - (a->topic < b->topic);
}

/* The leading topics, as many as the table has, by title. */
static struct ranked *choose(struct page *page, uint32_t *count)
{
    const struct web *web = page->site->web;
    const struct pairing *pairing = page->site->pairing;
    struct ranked *ranked = arena_new_array(page->arena, TABLE_TOPICS, struct ranked);
    *count = pairing->leading_count < TABLE_TOPICS ? pairing->leading_count : TABLE_TOPICS;
    for (uint32_t i = 0; i < *count; i++) {
        uint32_t topic = pairing->leading[i];
        ranked[i] =
            (struct ranked){topic, web->documents[editions_topic(page->site, topic)].sort_key};
    }
    if (*count > 1)
        qsort(ranked, *count, sizeof *ranked, by_key);
    return ranked;
}

static struct value *topic_value(struct page *page, uint32_t topic)
{
    const struct web *web = page->site->web;
    uint32_t document = editions_topic(page->site, topic);
    const struct meta *meta = &web->documents[document].meta;
    struct value *value = value_object(page->arena);
    page_set(page, value, "title", meta->title);
    page_set(page, value, "short",
             meta->more->abbreviation.len ? meta->more->abbreviation : meta->title);
    if (meta->more->abbreviation.len || meta->title.len > SHORT_TITLE)
        page_set(page, value, "full", meta->title);
    page_set(page, value, "url", page_document_url(page, document, STR("")));
    page_set_foreign(page, value, document);
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
        /* Also where there is none: a template would find that of the row. */
        value_set_text(page->arena, cell, "url",
                       number ? page_pair_url(page, topics[row].topic, topics[column].topic)
                              : STR(""));
        value_append(page->arena, cells, cell);
    }
    for (uint32_t i = first; i < last; i++)
        passages[site->neighbours[i].topic] = 0;
    page_set_list(page, value, "cells", cells);
    return value;
}

static void set_pairs(struct page *page)
{
    const struct pairing *pairing = page->site->pairing;
    struct value *list = value_list(page->arena);
    for (uint32_t i = 0; i < pairing->count && i < PAIRS_SHOWN; i++)
        value_append(page->arena, list, page_pair_value(page, &pairing->strongest[i]));
    page_set_list(page, page->value, "pairs", list);
    page_set_number(page, page->value, "pair_count", pairing->count);
    if (pairing->count)
        page_set(page, page->value, "pair_list_url",
                 page_url(page, page_pair_list_id(page->arena, page->site, 1)));
}

void page_connections(struct page *page)
{
    const struct web *web = page->site->web;
    uint32_t count;
    struct ranked *topics = choose(page, &count);
    uint32_t *passages = arena_new_array(page->arena, web->topic_count, uint32_t);
    uint32_t most = page->site->pairing->count ? page->site->pairing->strongest->passages : 0;
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
    network_set(page);
}
