#include "link/almanac.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>

struct placed {
    const struct fact *fact;
    uint32_t noun; /* of a count: the rank of what it counts */
    struct noted noted;
};

/* What is counted, as written, and what that is sorted by: the noun with the words before it. */
struct noun {
    struct str key;
    void **rank; /* in the map */
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
    if (a->noun != b->noun)
        return a->noun < b->noun ? -1 : 1;
    if (a->fact->currency != b->fact->currency)
        return a->fact->currency < b->fact->currency ? -1 : 1;
    if (a->fact->from != b->fact->from)
        return a->fact->from > b->fact->from ? -1 : 1;
    if (a->fact->until != b->fact->until)
        return a->fact->until > b->fact->until ? -1 : 1;
    return by_place(a, b);
}

static int by_key(const void *left, const void *right)
{
    const struct noun *a = left, *b = right;
    return str_compare(a->key, b->key);
}

static void list_nouns(struct map *nouns, const struct outline *documents, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct str units = documents[i].units;
        for (uint32_t j = 0; j < documents[i].fact_count; j++) {
            struct str unit = outline_next_unit(&units, &documents[i].facts[j]);
            if (documents[i].facts[j].kind == FACT_COUNT)
                map_at(nouns, unit);
        }
    }
}

/* Gives each noun its rank among all. There are far more counts than things that are counted. */
static void rank_nouns(struct map *nouns, struct arena *scratch)
{
    struct noun *sorted = arena_new_array(scratch, nouns->count, struct noun);
    uintptr_t rank = 0;
    for (size_t i = 0; i < nouns->count; i++)
        sorted[i] =
            (struct noun){utf8_sort_key(scratch, nouns->items[i].key), &nouns->items[i].value};
    if (nouns->count > 1)
        qsort(sorted, nouns->count, sizeof *sorted, by_key);
    for (size_t i = 0; i < nouns->count; i++) {
        rank += i && by_key(&sorted[i - 1], &sorted[i]);
        *sorted[i].rank = (void *)rank;
    }
}

static uint32_t place_facts(struct placed *placed, enum fact_kind kind, const struct map *nouns,
                            const struct outline *document, uint32_t number)
{
    struct str units = document->units;
    uint32_t next = 0;
    for (uint32_t i = 0; i < document->fact_count; i++) {
        const struct fact *fact = &document->facts[i];
        struct str unit = outline_next_unit(&units, fact);
        if (fact->kind != kind)
            continue;
        uintptr_t noun = kind == FACT_COUNT ? (uintptr_t)map_get(nouns, unit) : 0;
        placed[next++] = (struct placed){fact, (uint32_t)noun, {number, i}};
    }
    return next;
}

static void sort_kind(struct almanac *almanac, struct arena *arena, enum fact_kind kind,
                      const struct outline *documents, uint32_t count)
{
    struct arena scratch;
    struct map nouns;
    uint32_t total = almanac->counts[kind], next = 0;
    arena_init(&scratch);
    map_init(&nouns, &scratch);
    struct placed *placed = arena_new_array(&scratch, total, struct placed);
    struct noted *sorted = arena_new_array(arena, total, struct noted);
    if (kind == FACT_COUNT)
        list_nouns(&nouns, documents, count);
    rank_nouns(&nouns, &scratch);
    for (uint32_t i = 0; i < count; i++)
        next += place_facts(placed + next, kind, &nouns, &documents[i], i);
    if (total > 1)
        qsort(placed, total, sizeof *placed, kind == FACT_DATE ? by_date : by_figure);
    for (uint32_t i = 0; i < total; i++)
        sorted[i] = placed[i].noted;
    almanac->facts[kind] = sorted;
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
