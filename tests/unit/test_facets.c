/* Documents counted by what narrows a search down. */
#include "search/facets.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MANY = 100 };

static void expect(const struct facet_values *values, uint32_t at, const char *value,
                   uint32_t count)
{
    assert_true(values->count > at);
    assert_true(str_equal(values->items[at].value, str_from(value)));
    assert_int_equal(values->items[at].count, count);
}

/* What the two topics are called, which was wanted; the first by its slug. */
static void give_names(struct store *store)
{
    assert_int_equal(store->wanted.count, 1);
    store->wanted.items[0]->path.hash = 0;
    store_give(store, 0,
               STR("K\x00\x02\x00\x05Sluis\x04"
                   "dijk\x07"
                   "De dijk"));
}

static void values_are_counted_and_put_in_order(void **state)
{
    static const struct str kinds[] = {{"brief", 5}, {"", 0}, {"bron", 4}},
                            issuers[] = {{"Zuid", 4}, {"Noord", 5}};
    static struct row_topic topics[] = {{.number = 3}, {.number = 70}};
    static const uint32_t both[] = {0, 1}, one[] = {1};
    static const struct row rows[] = {
        {.type = 2, .date = 2024 * 512 + 32, .topics = both, .topic_count = 2},
        {1, 2, 1, 1, .date = 2025 * 512, .topics = one, .topic_count = 1},
        {.number = 2, .type = 2, .issuer = 1},
        {.number = 3, .type = 2, .date = 2024 * 512}};
    struct rows group = {.topics = topics,
                         .names = 1,
                         .topic_count = 2,
                         .kinds = kinds,
                         .kind_count = 3,
                         .issuers = issuers,
                         .issuer_count = 2,
                         .items = rows,
                         .count = 4};
    struct finding findings[5];
    const struct finding *matches[5];
    struct rows *groups[5] = {&group, &group, &group, &group, NULL};
    struct arena arena;
    struct facets facets;
    struct store store;
    (void)state;
    arena_init(&arena);
    for (uint32_t i = 0; i < 5; i++) {
        findings[i] = (struct finding){.document = i};
        matches[i] = &findings[i];
    }
    store_init(&store);
    assert_false(facets_count(&facets, matches, groups, 4, &store, &arena));
    give_names(&store);
    assert_true(facets_count(&facets, matches, groups, 4, &store, &arena));
    assert_true(facets.whole);
    expect(&facets.of[FACET_TOPIC], 0, "dijk", 2);
    expect(&facets.of[FACET_TOPIC], 1, "sluis", 1);
    expect(&facets.of[FACET_KIND], 0, "bron", 4);
    expect(&facets.of[FACET_KIND], 1, "brief", 3);
    assert_int_equal(facets.of[FACET_KIND].count, 2);
    expect(&facets.of[FACET_ISSUER], 0, "Noord", 2);
    expect(&facets.of[FACET_ISSUER], 1, "Zuid", 2);
    expect(&facets.of[FACET_YEAR], 0, "2025", 1);
    expect(&facets.of[FACET_YEAR], 1, "2024", 2);
    assert_true(facets_count(&facets, matches, groups, 5, &store, &arena));
    assert_false(facets.whole);
    store_release(&store);
    arena_release(&arena);
}

static void the_most_frequent_are_kept(void **state)
{
    struct arena arena;
    struct facets facets;
    struct str issuers[MANY];
    struct row rows[MANY];
    static const struct str none = {"", 0};
    struct finding findings[MANY * MANY];
    const struct finding *matches[MANY * MANY];
    struct rows *groups[MANY * MANY];
    struct rows group = {.kinds = &none,
                         .kind_count = 1,
                         .issuers = issuers,
                         .issuer_count = MANY,
                         .items = rows,
                         .count = MANY};
    size_t count = 0;
    (void)state;
    arena_init(&arena);
    for (uint32_t i = 0; i < MANY; i++) {
        uint32_t issuer = i * 37 % MANY;
        issuers[i] = str_format(&arena, "%02u", (unsigned)i);
        rows[i] = (struct row){.number = i, .issuer = i};
        for (uint32_t j = 0; j < issuer / 2 + 1; j++) {
            findings[count] = (struct finding){.document = issuer};
            matches[count] = &findings[count];
            groups[count++] = &group;
        }
    }
    assert_true(facets_count(&facets, matches, groups, count, NULL, &arena));
    assert_int_equal(facets.of[FACET_ISSUER].count, FACET_VALUES_MAX);
    expect(&facets.of[FACET_ISSUER], 0, "98", 50);
    expect(&facets.of[FACET_ISSUER], 1, "99", 50);
    expect(&facets.of[FACET_ISSUER], FACET_VALUES_MAX - 1, "71", 36);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_are_counted_and_put_in_order),
                                       cmocka_unit_test(the_most_frequent_are_kept)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
