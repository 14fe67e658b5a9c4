/* Dates and figures in running text: what tests/spec/facts.md does not show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "link/almanac.h"

static void test_vocabulary(void **state)
{
    int64_t value;
    struct arena arena;
    arena_init(&arena);
    const struct word_table *vocabulary = vocabulary_table(&arena);
    (void)state;
    for (size_t i = 1; vocabulary_word(i).len; i++)
        if (str_compare(vocabulary_word(i - 1), vocabulary_word(i)) >= 0)
            fail_msg("'%s' is not behind '%s'", vocabulary_word(i).data,
                     vocabulary_word(i - 1).data);
    for (size_t i = 0; vocabulary_word(i).len; i++)
        if (vocabulary_find(vocabulary, vocabulary_word(i), &value) == WORD_OTHER)
            fail_msg("'%s' is not found", vocabulary_word(i).data);
    assert_int_equal(vocabulary_find(vocabulary, STR("Maart"), &value), WORD_MONTH);
    assert_int_equal(value, 3);
    assert_int_equal(vocabulary_find(vocabulary, STR("Duizend"), &value), WORD_SCALE);
    assert_int_equal(value, 1000);
    assert_int_equal(vocabulary_find(vocabulary, STR(""), &value), WORD_OTHER);
    assert_int_equal(
        vocabulary_find(vocabulary, STR("arbeidsongeschiktheidsverzekeringen"), &value),
        WORD_OTHER);
    arena_release(&arena);
}

static void assert_number(const char *text, int64_t expected)
{
    int64_t number = -1;
    bool read = quantity_number(str_from(text), &number);
    if (read != (expected >= 0) || (read && number != expected))
        fail_msg("'%s' reads as %lld", text, (long long)number);
}

static void test_numbers(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("12", 120000);
    assert_number("1.700", 17000000);
    assert_number("1,700", 17000000);
    assert_number("1.274,50", 12745000);
    assert_number("1,274.50", 12745000);
    assert_number("1.274.000", INT64_C(12740000000));
    assert_number("0,5", 5000);
    assert_number("0.125", 1250);
    assert_number("11,4", 114000);
    assert_number("", -1);
    assert_number("007", -1);
    assert_number("2.3.1", -1);
    assert_number("1.27,50,1", -1);
    assert_number("1234.567,8", -1);
    assert_number("1,23456", -1);
    assert_number("9999999999999999999999", -1);
}

static struct facts find(struct arena *arena, const char *text)
{
    struct facts facts = {0};
    facts_find(arena, vocabulary_table(arena), str_from(text), 7, (struct date){2026, 4, 15}, arena,
               &facts);
    return facts;
}

static void test_places(void **state)
{
    const char *text = "Er kwamen 44 sluizen bij, op 3 mei 2024.";
    struct arena arena;
    (void)state;
    arena_init(&arena);
    struct facts facts = find(&arena, text);
    assert_int_equal(facts.items.count, 2);
    const struct fact *count = &facts.items.items[0], *date = &facts.items.items[1];
    assert_int_equal(count->kind, FACT_COUNT);
    assert_int_equal(count->passage, 7);
    assert_int_equal(count->start, 10);
    assert_int_equal(count->len, strlen("44 sluizen"));
    assert_int_equal(count->unit, 3);
    assert_int_equal(date->kind, FACT_DATE);
    assert_int_equal(date->start, 29);
    assert_int_equal(date->len, strlen("3 mei 2024"));
    assert_int_equal(fact_date(date->from).day, 3);
    arena_release(&arena);
}

static void assert_sentence(const char *text, const char *expected)
{
    struct arena arena;
    uint32_t start, end;
    arena_init(&arena);
    struct facts facts = find(&arena, text);
    assert_int_equal(facts.items.count, 1);
    fact_sentence(&facts.items.items[0], str_from(text), &start, &end);
    struct str sentence = str_slice(str_from(text), start, end - start);
    if (!str_equal(sentence, str_from(expected)))
        fail_msg("'%.*s' is not '%s'", STR_ARGS(sentence), expected);
    arena_release(&arena);
}

static void test_sentences(void **state)
{
    (void)state;
    assert_sentence("In 2024.", "In 2024.");
    assert_sentence("Een dijk. In 2024 brak hij. Toen niet.", "In 2024 brak hij.");
    assert_sentence("Een dijk? In 2024 (zie Mr. Dijk, nr. IV) brak hij.) Toen niet.",
                    "In 2024 (zie Mr. Dijk, nr. IV) brak hij.)");
    assert_sentence("Sluis | 2024 | ", "Sluis | 2024");
    assert_sentence("Élke dijk. Én in 2024. Ísland.", "Én in 2024.");
}

/* However long the text is, a sentence is not; and it is cut between words. */
static void test_long_sentence(void **state)
{
    struct arena arena;
    struct buf text;
    uint32_t start, end;
    (void)state;
    arena_init(&arena);
    buf_init(&text, &arena);
    for (int i = 0; i < 1000; i++)
        buf_put_cstring(&text, "één ");
    buf_put_cstring(&text, "in 2024 ");
    for (int i = 0; i < 1000; i++)
        buf_put_cstring(&text, "één ");
    struct facts facts = {0};
    facts_find(&arena, vocabulary_table(&arena), buf_str(&text), 1, (struct date){0}, &arena,
               &facts);
    assert_int_equal(facts.items.count, 1);
    fact_sentence(&facts.items.items[0], buf_str(&text), &start, &end);
    assert_in_range(end - start, 500, 700);
    assert_true(str_starts(str_from_offset(buf_str(&text), start), STR("één ")));
    assert_true(str_ends(str_slice(buf_str(&text), 0, end), STR(" één")));
    arena_release(&arena);
}

/* Any bytes may come in. */
static void test_bytes(void **state)
{
    static const char *const pieces[] = {"1", "2024", ".",   ",",    "-",  "–",     " ",
                                         "/", "€",    "mei", "\xC3", "en", "tot",   "miljoen",
                                         "%", "t/m",  "d.d", "(",    "12", "zomer", "jl."};
    enum { PIECES = sizeof pieces / sizeof *pieces, ROUNDS = 20000, LENGTH = 8 };
    struct arena arena;
    uint32_t random = 1;
    (void)state;
    arena_init(&arena);
    for (int i = 0; i < ROUNDS; i++) {
        struct buf text;
        struct facts facts = {0};
        uint32_t start, end;
        arena_clear(&arena);
        buf_init(&text, &arena);
        for (int j = 0; j < LENGTH; j++) {
            random = random * 1664525u + 1013904223u;
            buf_put_cstring(&text, pieces[(random >> 16) % PIECES]);
        }
        facts_find(&arena, vocabulary_table(&arena), buf_str(&text), 1, (struct date){2026, 4, 15},
                   &arena, &facts);
        for (size_t j = 0; j < facts.items.count; j++) {
            const struct fact *fact = &facts.items.items[j];
            assert_true(fact->start + fact->len <= text.len);
            assert_true(fact_value(&arena, fact).len > 0);
            fact_sentence(fact, buf_str(&text), &start, &end);
            assert_true(start <= fact->start && end >= fact->start + fact->len && end <= text.len);
        }
    }
    arena_release(&arena);
}

static void test_almanac(void **state)
{
    static const char *const texts[] = {
        "In 2025, in mei 2024, op 3 mei 2024, in de zomer van 2024 en in 2024.",
        "€ 5, € 7 miljoen, 3 sluizen, 9 bruggen, 12 sluizen en nog eens € 5."};
    static const char *const dates[] = {"2024", "2024-05", "2024-05-03", "2024-22", "2025"};
    struct arena arena;
    struct outline outlines[2] = {{.kind = DOCUMENT_NOTE}, {.kind = DOCUMENT_NOTE}};
    struct almanac almanac = {0};
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < 2; i++) {
        struct facts facts = find(&arena, texts[i]);
        outlines[i].facts = facts.items.items;
        outlines[i].fact_count = (uint32_t)facts.items.count;
        outlines[i].units = i ? STR("sluizenbruggensluizen") : STR("");
    }
    for (int kind = 0; kind < FACT_KINDS; kind++)
        almanac_fill(&almanac, (enum fact_kind)kind, &arena, outlines, 2);
    assert_int_equal(almanac.counts[FACT_DATE], 5);
    assert_int_equal(almanac_figures(&almanac), 6);
    for (size_t i = 0; i < 5; i++) {
        const struct noted *noted = &almanac.facts[FACT_DATE][i];
        struct str value = fact_value(&arena, &outlines[noted->document].facts[noted->fact]);
        assert_true(str_equal(value, str_from(dates[i])));
    }
    assert_int_equal(almanac.years.count, 2);
    assert_int_equal(almanac.years.items[0].count, 4);
    assert_int_equal(almanac.years.items[1].first, 4);
    const struct fact *largest = &outlines[1].facts[almanac.facts[FACT_AMOUNT][0].fact];
    assert_true(largest->from == INT64_C(7000000) * QUANTITY_ONE);
    const struct fact *first = &outlines[1].facts[almanac.facts[FACT_COUNT][0].fact];
    const struct fact *second = &outlines[1].facts[almanac.facts[FACT_COUNT][1].fact];
    assert_true(first->from == 9 * QUANTITY_ONE);
    assert_true(second->from == 12 * QUANTITY_ONE);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vocabulary),    cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_places),        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_long_sentence), cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_almanac),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
