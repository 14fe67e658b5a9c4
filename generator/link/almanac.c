#include "link/almanac.h"

#include "base/arena.h"
#include "base/keyed.h"
#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>

/* What is counted, and what that is sorted by: the noun with the words before it. */
struct noun {
    struct str key;
    uint32_t rank; /* among all; the same where keys are */
};

struct placed {
    const struct fact *fact;
    const struct noun *noun; /* of a count */
    struct noted noted;
};

static int by_key(const void *left, const void *right)
{
    const struct noun *const *a = left, *const *b = right;
    return str_compare((*a)->key, (*b)->key);
}

/* There are far more counts than things that are counted. */
static const struct noun *enter(struct map *nouns, struct str unit)
{
    void **slot = map_at(nouns, unit);
    if (!*slot) {
        struct noun *noun = arena_new(nouns->arena, struct noun);
        noun->key = utf8_sort_key(nouns->arena, unit);
        *slot = noun;
    }
    return *slot;
}

static void rank_nouns(const struct map *nouns)
{
    struct noun **sorted = arena_new_array(nouns->arena, nouns->count, struct noun *);
    for (size_t i = 0; i < nouns->count; i++)
        sorted[i] = nouns->items[i].value;
    if (nouns->count > 1)
        qsort(sorted, nouns->count, sizeof *sorted, by_key);
    for (size_t i = 1; i < nouns->count; i++)
        sorted[i]->rank = sorted[i - 1]->rank + (by_key(&sorted[i - 1], &sorted[i]) != 0);
}

static uint32_t count_facts(enum fact_kind kind, const struct outline *documents, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < documents[i].fact_count; j++)
            found += documents[i].facts[j].kind == kind;
    return found;
}

static uint32_t place_facts(struct placed *placed, enum fact_kind kind, struct map *nouns,
                            const struct outline *document, uint32_t number)
{
    struct str units = document->units;
    uint32_t next = 0;
    for (uint32_t i = 0; i < document->fact_count; i++) {
        const struct fact *fact = &document->facts[i];
        if (fact->kind != kind)
            continue;
        const struct noun *noun = NULL;
        if (kind == FACT_COUNT)
            noun = enter(nouns, outline_next_unit(&units, fact));
        placed[next++] = (struct placed){fact, noun, {number, i}};
    }
    return next;
}

static uint64_t date_key(const struct placed *placed)
{
    return fact_date_key(placed->fact);
}

static uint64_t until_key(const struct placed *placed)
{
    return keyed_downwards(keyed_signed(placed->fact->until));
}

static uint64_t from_key(const struct placed *placed)
{
    return keyed_downwards(keyed_signed(placed->fact->from));
}

static uint64_t figure_key(const struct placed *placed)
{
    uint64_t rank = placed->noun ? placed->noun->rank : 0;
    return rank << 8 | placed->fact->currency;
}

/* What facts are in the order of, the last first. */
typedef uint64_t fact_key(const struct placed *placed);
static fact_key *const date_keys[] = {date_key, NULL};
static fact_key *const figure_keys[] = {until_key, from_key, figure_key, NULL};

/* They come by document and place, which decide where all keys are the same. */
static const struct keyed *sort(const struct placed *placed, size_t count, fact_key *const *keys,
                                struct arena *scratch)
{
    struct keyed *items = arena_new_array(scratch, count, struct keyed);
    struct keyed *spare = arena_new_array(scratch, count, struct keyed);
    for (size_t i = 0; i < count; i++)
        items[i].item = &placed[i];
    for (; *keys; keys++) {
        for (size_t i = 0; i < count; i++)
            items[i].key = (*keys)(items[i].item);
        struct keyed *sorted = keyed_sort(items, spare, count);
        spare = sorted == items ? spare : items;
        items = sorted;
    }
    return items;
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

void almanac_fill(struct almanac *almanac, enum fact_kind kind, struct arena *arena,
                  const struct outline *documents, uint32_t count)
{
    struct arena scratch;
    struct map nouns;
    uint32_t total = count_facts(kind, documents, count), next = 0;
    arena_init(&scratch);
    map_init(&nouns, &scratch);
    struct placed *placed = arena_new_array(&scratch, total, struct placed);
    struct noted *sorted = arena_new_array(arena, total, struct noted);
    for (uint32_t i = 0; i < count; i++)
        next += place_facts(placed + next, kind, &nouns, &documents[i], i);
    rank_nouns(&nouns);
    const struct keyed *order =
        sort(placed, total, kind == FACT_DATE ? date_keys : figure_keys, &scratch);
    for (uint32_t i = 0; i < total; i++)
        sorted[i] = ((const struct placed *)order[i].item)->noted;
    almanac->facts[kind] = sorted;
    almanac->counts[kind] = total;
    arena_release(&scratch);
    if (kind == FACT_DATE)
        list_years(almanac, arena, documents);
}

uint32_t almanac_figures(const struct almanac *almanac)
{
    return almanac->counts[FACT_AMOUNT] + almanac->counts[FACT_PERCENTAGE] +
           almanac->counts[FACT_COUNT];
}
