#include "link/almanac.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>

struct placed {
    const struct fact *fact;
    struct str noun; /* of a count: what it is sorted by */
    struct noted noted;
};

static int by_place(const struct placed *a, const struct placed *b)
{
    if (a->noted.document != b->noted.document)
        return a->noted.document < b->noted.document ? -1 : 1;
    return (a->noted.fact > b->noted.fact) - (a->noted.fact < b->noted.fact);
}

static int by_date(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    int order = fact_compare_dates(a->fact, b->fact);
    return order ? order : by_place(a, b);
}

static int by_figure(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    int order = str_compare(a->noun, b->noun);
    if (order)
        return order;
    if (a->fact->currency != b->fact->currency)
        return a->fact->currency < b->fact->currency ? -1 : 1;
    if (a->fact->from != b->fact->from)
        return a->fact->from > b->fact->from ? -1 : 1;
    if (a->fact->until != b->fact->until)
        return a->fact->until > b->fact->until ? -1 : 1;
    return by_place(a, b);
}

/* What a count is sorted by: the noun with the words before it. */
static struct str noun(struct arena *scratch, struct arena *text, const struct outline *outline,
                       const struct fact *fact)
{
    const struct kept_passage *passage = outline_passage(outline, fact->passage);
    arena_clear(text);
    return utf8_sort_key(scratch, fact_unit(fact, outline_text(outline, passage, text)));
}

static void sort_kind(struct almanac *almanac, struct arena *arena, enum fact_kind kind,
                      const struct outline *documents, uint32_t count)
{
    struct arena scratch, text;
    uint32_t total = almanac->counts[kind], next = 0;
    arena_init(&scratch);
    arena_init(&text);
    struct placed *placed = arena_new_array(&scratch, total, struct placed);
    struct noted *sorted = arena_new_array(arena, total, struct noted);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < documents[i].fact_count; j++) {
            const struct fact *fact = &documents[i].facts[j];
            if (fact->kind != kind)
                continue;
            placed[next] = (struct placed){.fact = fact, .noted = {i, j}};
            if (kind == FACT_COUNT)
                placed[next].noun = noun(&scratch, &text, &documents[i], fact);
            next++;
        }
    if (total > 1)
        qsort(placed, total, sizeof *placed, kind == FACT_DATE ? by_date : by_figure);
    for (uint32_t i = 0; i < total; i++)
        sorted[i] = placed[i].noted;
    almanac->facts[kind] = sorted;
    arena_release(&text);
    arena_release(&scratch);
}

static void list_years(struct almanac *almanac, struct arena *arena,
                       const struct outline *documents)
{
    for (uint32_t i = 0; i < almanac->counts[FACT_DATE]; i++) {
        const struct noted *noted = &almanac->facts[FACT_DATE][i];
        uint32_t year = fact_date(documents[noted->document].facts[noted->fact].from).year;
        if (!almanac->years.count || almanac->years.items[almanac->years.count - 1].year != year)
            *vec_push(&almanac->years, arena) = (struct almanac_year){year, i, 0};
        almanac->years.items[almanac->years.count - 1].count++;
    }
}

void almanac_fill(struct almanac *almanac, struct arena *arena, const struct outline *documents,
                  uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < documents[i].fact_count; j++)
            almanac->counts[documents[i].facts[j].kind]++;
    for (int kind = 0; kind < FACT_KINDS; kind++)
        sort_kind(almanac, arena, (enum fact_kind)kind, documents, count);
    list_years(almanac, arena, documents);
}

uint32_t almanac_figures(const struct almanac *almanac)
{
    return almanac->counts[FACT_AMOUNT] + almanac->counts[FACT_PERCENTAGE] +
           almanac->counts[FACT_COUNT];
}
