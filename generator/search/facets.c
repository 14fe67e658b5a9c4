#include "search/facets.h"

#include "base/arena.h"
#include "base/map.h"

enum { YEAR_DIGITS = 4, DATE_YEAR = 512 };

struct counter {
    struct map values[FACETS]; /* struct facet_value by value */
    struct arena *arena;
};

static void count_value(struct counter *counter, enum facet facet, struct str value,
                        struct str label)
{
    if (!value.len)
        return;
    struct facet_value *counted = map_get(&counter->values[facet], value);
    if (!counted) {
        counted = arena_new(counter->arena, struct facet_value);
        counted->value = value;
        counted->label = label;
        *map_at(&counter->values[facet], value) = counted;
    }
    counted->count++;
}

static void count_year(struct counter *counter, uint32_t date)
{
    char *digits = arena_text(counter->arena, YEAR_DIGITS);
    uint32_t year = date / DATE_YEAR;
    if (!year)
        return;
    for (int i = YEAR_DIGITS; i-- > 0; year /= 10)
        digits[i] = (char)('0' + year % 10);
    struct str text = {digits, YEAR_DIGITS};
    count_value(counter, FACET_YEAR, text, text);
}

static void count_row(struct counter *counter, const struct rows *rows, const struct row *row)
{
    count_value(counter, FACET_KIND, rows->kinds[row->type], rows->kinds[row->type]);
    if (row->kind != row->type)
        count_value(counter, FACET_KIND, rows->kinds[row->kind], rows->kinds[row->kind]);
    count_value(counter, FACET_ISSUER, rows->issuers[row->issuer], rows->issuers[row->issuer]);
    count_year(counter, row->date);
    for (uint32_t i = 0; i < row->topic_count; i++) {
        struct row_topic *topic = &rows->topics[row->topics[i]];
        struct str number = {(const char *)&topic->number, sizeof topic->number};
        count_value(counter, FACET_TOPIC, number, (struct str){"", 0});
    }
}

static bool is_before(enum facet facet, const struct facet_value *a, const struct facet_value *b)
{
    if (facet == FACET_YEAR)
        return str_compare(a->value, b->value) > 0;
    if (a->count != b->count)
        return a->count > b->count;
    return str_compare(a->label, b->label) < 0;
}

/* Keeps the first in order, by insertion. */
static void keep(struct facet_values *out, enum facet facet, const struct facet_value *value)
{
    uint32_t at = out->count;
    if (at == FACET_VALUES_MAX && !is_before(facet, value, &out->items[at - 1]))
        return;
    if (at < FACET_VALUES_MAX)
        out->count++;
    else
        at--;
    for (; at > 0 && is_before(facet, value, &out->items[at - 1]); at--)
        out->items[at] = out->items[at - 1];
    out->items[at] = *value;
}

/* Gives topics that were counted the names of those of a group; false where these are not there.
 * Then they count as named, so that all files that are wanted are wanted at once. */
static bool name_topics(struct counter *counter, struct rows *rows, struct store *store)
{
    bool asked = false, there = false;
    for (uint32_t i = 0; i < rows->topic_count; i++) {
        const struct row_topic *topic = &rows->topics[i];
        struct str number = {(const char *)&topic->number, sizeof topic->number};
        struct facet_value *value = map_get(&counter->values[FACET_TOPIC], number);
        if (!value || value->label.len)
            continue;
        if (!asked)
            there = rows_name_topics(rows, store, counter->arena);
        asked = true;
        value->value = topic->id;
        value->label = there ? topic->title : STR("?");
    }
    return there || !asked;
}

bool facets_count(struct facets *facets, const struct finding *const *matches,
                  struct rows *const *rows, size_t count, struct store *store, struct arena *arena)
{
    struct counter counter = {.arena = arena};
    bool named = true;
    *facets = (struct facets){.whole = true};
    for (int facet = 0; facet < FACETS; facet++)
        map_init(&counter.values[facet], arena);
    for (size_t i = 0; i < count; i++) {
        const struct row *row = rows[i] ? rows_find(rows[i], matches[i]->document) : NULL;
        if (row)
            count_row(&counter, rows[i], row);
        else
            facets->whole = false;
    }
    for (size_t i = 0; i < count; i++)
        if (rows[i] && (!i || rows[i] != rows[i - 1]))
            named &= name_topics(&counter, rows[i], store);
    for (int facet = 0; facet < FACETS && named; facet++)
        for (size_t i = 0; i < counter.values[facet].count; i++)
            keep(&facets->of[facet], (enum facet)facet, counter.values[facet].items[i].value);
    return named;
}

const char *facet_name(enum facet facet)
{
    static const char *const names[FACETS] = {[FACET_TOPIC] = "topic",
                                              [FACET_KIND] = "kind",
                                              [FACET_ISSUER] = "issuer",
                                              [FACET_YEAR] = "year"};
    return names[facet];
}
