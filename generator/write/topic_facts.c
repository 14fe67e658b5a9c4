#include "write/topic_facts.h"

#include "base/arena.h"

#include <stdlib.h>

enum {
    VALUES_SHOWN = 6, /* of dates and of figures, on the topic's page: what one sees at a glance */
    FACTS_PER_PAGE = 200 /* a page that a phone still opens at once */
};

/* A fact with what it is sorted by. */
struct found {
    struct noted noted;
    const struct fact *fact;
    struct str unit;
};

struct finds {
    VEC(struct found) items;
};

/* Facts of one value, found[first, first + count). */
struct same {
    size_t first, count;
    const struct fact *fact;
};

/* The first fact of a document in that passage or behind it: they stand in order. */
static uint32_t first_fact(const struct outline *outline, uint32_t passage)
{
    uint32_t low = 0, high = outline->fact_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (outline->facts[middle].passage < passage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_passage(struct finds *finds, struct arena *arena, const struct web *web,
                        uint32_t document, uint32_t passage)
{
    const struct outline *outline = &web->documents[document];
    struct str text = {NULL, 0};
    for (uint32_t i = first_fact(outline, passage);
         i < outline->fact_count && outline->facts[i].passage == passage; i++) {
        const struct fact *fact = &outline->facts[i];
        if (fact->kind == FACT_COUNT && !text.data)
            text = outline_text(outline, outline_passage(outline, passage), arena);
        struct str unit = fact->kind == FACT_COUNT ? fact_unit(fact, text) : STR("");
        *vec_push(&finds->items, arena) = (struct found){{document, i}, fact, unit};
    }
}

/* Dates by time, then amounts, percentages and counts, each the largest first. */
static int in_order(const void *left, const void *right)
{
    const struct found *a = left, *b = right;
    int order = (int)a->fact->kind - (int)b->fact->kind;
    if (!order && a->fact->kind == FACT_DATE)
        order = fact_compare_dates(a->fact, b->fact);
    if (!order && a->fact->from != b->fact->from)
        order = a->fact->from > b->fact->from ? -1 : 1;
    if (!order && a->fact->until != b->fact->until)
        order = a->fact->until > b->fact->until ? -1 : 1;
    if (!order)
        order = (int)a->fact->currency - (int)b->fact->currency;
    if (!order)
        order = str_compare(a->unit, b->unit);
    if (!order)
        order = (a->noted.document > b->noted.document) - (a->noted.document < b->noted.document);
    return order ? order : (a->noted.fact > b->noted.fact) - (a->noted.fact < b->noted.fact);
}

static struct finds collect(const struct web *web, struct arena *arena, uint32_t topic)
{
    struct finds finds = {0};
    uint32_t document = NO_DOCUMENT, passage = 0;
    for (uint32_t i = 0; i < web->topics[topic].mention_count; i++) {
        struct named named = web->topics[topic].named[i];
        uint32_t at = web->documents[named.document].mentions.items[named.mention].passage;
        if (named.document != document || at != passage)
            add_passage(&finds, arena, web, named.document, at);
        document = named.document;
        passage = at;
    }
    if (finds.items.count > 1)
        qsort(finds.items.items, finds.items.count, sizeof(struct found), in_order);
    return finds;
}

static bool is_same(const struct found *a, const struct found *b)
{
    return a->fact->kind == b->fact->kind && a->fact->from == b->fact->from &&
           a->fact->until == b->fact->until && a->fact->currency == b->fact->currency &&
           str_equal(a->unit, b->unit);
}

/* A day or month says more than a year, and an amount more than a count of something. */
static int weight(const struct fact *fact)
{
    if (fact->kind == FACT_DATE)
        return fact_date(fact->from).month ? 1 : 0;
    return fact->kind == FACT_AMOUNT ? 2 : fact->kind == FACT_PERCENTAGE ? 1 : 0;
}

static int most_telling(const void *left, const void *right)
{
    const struct same *a = left, *b = right;
    int order = weight(b->fact) - weight(a->fact);
    if (order)
        return order;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    if (a->fact->kind == FACT_DATE && a->fact->from != b->fact->from)
        return a->fact->from > b->fact->from ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

static int by_first(const void *left, const void *right)
{
    const struct same *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

/* The facts from `first` to before `last` of which the topic's page shows a choice, as values.
 * `*more`: it does not show all. */
static struct value *choice(struct page *page, const struct finds *finds, size_t first, size_t last,
                            bool *more)
{
    struct same *values = arena_new_array(page->arena, last - first, struct same);
    struct noted shown[VALUES_SHOWN];
    size_t count = 0;
    for (size_t i = first; i < last; i++) {
        if (i == first || !is_same(&finds->items.items[i - 1], &finds->items.items[i]))
            values[count++] = (struct same){i, 0, finds->items.items[i].fact};
        values[count - 1].count++;
    }
    if (count > 1)
        qsort(values, count, sizeof *values, most_telling);
    *more |= last - first > count || count > VALUES_SHOWN;
    if (count > VALUES_SHOWN)
        count = VALUES_SHOWN;
    if (count > 1)
        qsort(values, count, sizeof *values, by_first);
    for (size_t i = 0; i < count; i++)
        shown[i] = finds->items.items[values[i].first].noted;
    return page_facts_values(page, shown, count, false);
}

static size_t count_dates(const struct finds *finds)
{
    size_t count = 0;
    while (count < finds->items.count && finds->items.items[count].fact->kind == FACT_DATE)
        count++;
    return count;
}

void topic_facts_set(struct page *page, uint32_t topic)
{
    struct finds finds = collect(page->site->web, page->arena, topic);
    size_t dates = count_dates(&finds);
    bool more = false;
    page_set_list(page, page->value, "timeline", choice(page, &finds, 0, dates, &more));
    page_set_list(page, page->value, "figures",
                  choice(page, &finds, dates, finds.items.count, &more));
    page_set_number(page, page->value, "facts_count", finds.items.count);
    if (more)
        page_set(page, page->value, "facts_url",
                 page_url(page, topic_facts_id(page->arena, page->site, topic, 1)));
}

/* As topic_facts_set() finds it: more values than are shown, or a value that stands in several
 * places. */
static bool has_more(const struct finds *finds)
{
    size_t values[2] = {0, 0};
    for (size_t i = 0; i < finds->items.count; i++) {
        if (i && is_same(&finds->items.items[i - 1], &finds->items.items[i]))
            return true;
        values[finds->items.items[i].fact->kind != FACT_DATE]++;
    }
    return values[0] > VALUES_SHOWN || values[1] > VALUES_SHOWN;
}

uint32_t topic_facts_parts(const struct site *site, uint32_t topic)
{
    struct arena scratch;
    arena_init(&scratch);
    struct finds finds = collect(site->web, &scratch, topic);
    size_t count = has_more(&finds) ? finds.items.count : 0;
    arena_release(&scratch);
    return (uint32_t)((count + FACTS_PER_PAGE - 1) / FACTS_PER_PAGE);
}

/* A full stop is in no slug, so that no document has this id. */
struct str topic_facts_id(struct arena *arena, const struct site *site, uint32_t topic,
                          uint32_t part)
{
    struct str id = site->web->documents[site->web->topics[topic].document].id;
    struct str name = language_text(site->language, "pages.timeline");
    if (part == 1)
        return str_format(arena, "%.*s.%.*s", STR_ARGS(id), STR_ARGS(name));
    return str_format(arena, "%.*s.%.*s.%u", STR_ARGS(id), STR_ARGS(name), (unsigned)part);
}

struct str topic_facts_title(const struct site *site, struct arena *arena, uint32_t topic)
{
    const struct outline *outline = &site->web->documents[site->web->topics[topic].document];
    return str_format(arena, "%.*s: %.*s", STR_ARGS(outline->meta.title),
                      STR_ARGS(language_text(site->language, "topic_facts_heading")));
}

/* The facts of one kind of those on this page. */
static void add_group(struct page *page, struct value *list, const struct finds *finds,
                      size_t first, size_t last)
{
    static const char *const titles[FACT_KINDS] = {[FACT_DATE] = "timeline",
                                                   [FACT_AMOUNT] = "figures_amounts",
                                                   [FACT_PERCENTAGE] = "figures_percentages",
                                                   [FACT_COUNT] = "figures_counts"};
    struct noted *facts = arena_new_array(page->arena, last - first, struct noted);
    struct value *group = value_object(page->arena);
    enum fact_kind kind = finds->items.items[first].fact->kind;
    for (size_t i = first; i < last; i++)
        facts[i - first] = finds->items.items[i].noted;
    page_set(page, group, "title", language_text(page->site->language, titles[kind]));
    page_set(page, group, "id", str_format(page->arena, "part.%d", (int)kind));
    page_set_list(page, group, "values", page_facts_values(page, facts, last - first, false));
    value_append(page->arena, list, group);
}

void topic_facts_page(struct page *page, uint32_t topic, uint32_t part)
{
    const struct site *site = page->site;
    struct finds finds = collect(site->web, page->arena, topic);
    struct value *list = value_list(page->arena);
    size_t first = (size_t)(part - 1) * FACTS_PER_PAGE, last = first + FACTS_PER_PAGE;
    size_t count = finds.items.count;
    if (last > count)
        last = count;
    for (size_t i = first; i < last; first = i) {
        while (i < last && finds.items.items[i].fact->kind == finds.items.items[first].fact->kind)
            i++;
        add_group(page, list, &finds, first, i);
    }
    value_set(page->arena, page->value, "topic",
              page_item(page, site->web->topics[topic].document));
    page_set_list(page, page->value, "groups", list);
    page_set_parts(page, topic_facts_id(page->arena, site, topic, 1), part,
                   (uint32_t)((count + FACTS_PER_PAGE - 1) / FACTS_PER_PAGE));
}
