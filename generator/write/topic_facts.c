#include "write/topic_facts.h"

#include "base/arena.h"
#include "write/editions.h"

#include <stdlib.h>

enum {
    VALUES_SHOWN = 4, /* of dates and of figures, on the topic's page: what one sees at a glance */
    FACTS_PER_PAGE = 60 /* some 40 kB */
};

/* Facts of one value, found[first, first + count). */
struct same {
    size_t first, count;
    const struct fact *fact;
};

/* Facts come by document and place, so that the units of each document are gone through once. */
struct finds topic_facts_find(const struct site *site, uint32_t topic, struct arena *arena)
{
    const struct appearances *all = &site->appearances[topic];
    struct finds finds = {arena_new_array(arena, all->fact_count, struct found), all->fact_count};
    struct str units = {"", 0}, unit = {"", 0};
    uint32_t next = 0;
    for (size_t i = 0; i < finds.count; i++) {
        struct noted noted = all->facts[i];
        const struct outline *outline = &site->web->documents[noted.document];
        if (!i || all->facts[i - 1].document != noted.document) {
            units = outline->units;
            next = 0;
        }
        while (next <= noted.fact)
            unit = outline_next_unit(&units, &outline->facts[next++]);
        finds.items[i] = (struct found){noted, &outline->facts[noted.fact], unit};
    }
    found_sort(finds.items, finds.count);
    return finds;
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
        if (i == first || !found_same(&finds->items[i - 1], &finds->items[i]))
            values[count++] = (struct same){i, 0, finds->items[i].fact};
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
        shown[i] = finds->items[values[i].first].noted;
    return page_facts_values(page, shown, count, false);
}

void topic_facts_set(struct page *page, uint32_t document)
{
    uint32_t topic = page->site->web->topic_of[document];
    const struct appearances *all = &page->site->appearances[topic];
    struct finds finds = topic_facts_find(page->site, topic, page->arena);
    size_t dates = all->date_count;
    bool more = false;
    page_set_list(page, page->value, "timeline", choice(page, &finds, 0, dates, &more));
    page_set_list(page, page->value, "figures", choice(page, &finds, dates, finds.count, &more));
    page_set_number(page, page->value, "facts_count", finds.count);
    if (more)
        page_set(page, page->value, "facts_url",
                 page_url(page, topic_facts_id(page->arena, page->site, document, 1)));
}

/* Whether two facts have the same value: asked where there are few. */
static bool repeats(const struct site *site, uint32_t topic)
{
    struct arena scratch;
    bool found = false;
    arena_init(&scratch);
    struct finds finds = topic_facts_find(site, topic, &scratch);
    for (size_t i = 1; i < finds.count && !found; i++)
        found = found_same(&finds.items[i - 1], &finds.items[i]);
    arena_release(&scratch);
    return found;
}

uint32_t topic_facts_parts(const struct site *site, uint32_t topic)
{
    const struct appearances *all = &site->appearances[topic];
    uint32_t figures = all->fact_count - all->date_count;
    bool more = all->date_count > VALUES_SHOWN || figures > VALUES_SHOWN || repeats(site, topic);
    return more ? (all->fact_count + FACTS_PER_PAGE - 1) / FACTS_PER_PAGE : 0;
}

struct finds topic_facts_shown(const struct finds *all, uint32_t part)
{
    size_t skip = (size_t)(part - 1) * FACTS_PER_PAGE, rest = all->count - skip;
    return (struct finds){all->items + skip, rest < FACTS_PER_PAGE ? rest : FACTS_PER_PAGE};
}

/* A full stop is in no slug, so that no document has this id. */
struct str topic_facts_id(struct arena *arena, const struct site *site, uint32_t document,
                          uint32_t part)
{
    struct str id = site->web->documents[document].id;
    struct str name = language_text(editions_of(site, document)->names, "pages.timeline");
    if (part == 1)
        return str_format(arena, "%.*s.%.*s", STR_ARGS(id), STR_ARGS(name));
    return str_format(arena, "%.*s.%.*s.%u", STR_ARGS(id), STR_ARGS(name), (unsigned)part);
}

struct str topic_facts_title(const struct site *site, struct arena *arena, uint32_t document)
{
    const struct outline *outline = &site->web->documents[document];
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
    enum fact_kind kind = finds->items[first].fact->kind;
    for (size_t i = first; i < last; i++)
        facts[i - first] = finds->items[i].noted;
    page_set(page, group, "title", language_text(page->site->language, titles[kind]));
    page_set(page, group, "id", str_format(page->arena, "part.%d", (int)kind));
    page_set_list(page, group, "values", page_facts_values(page, facts, last - first, false));
    value_append(page->arena, list, group);
}

void topic_facts_page(struct page *page, uint32_t document, uint32_t part,
                      const struct finds *shown)
{
    const struct site *site = page->site;
    uint32_t topic = site->web->topic_of[document];
    struct value *list = value_list(page->arena);
    for (size_t first = 0, i = 0; i < shown->count; first = i) {
        while (i < shown->count && shown->items[i].fact->kind == shown->items[first].fact->kind)
            i++;
        add_group(page, list, shown, first, i);
    }
    value_set(page->arena, page->value, "topic", page_item(page, document));
    page_set_list(page, page->value, "groups", list);
    page_set_parts(page, topic_facts_id(page->arena, site, document, 1), part,
                   topic_facts_parts(site, topic));
}
