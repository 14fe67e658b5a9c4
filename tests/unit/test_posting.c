/* Postings of a term: what the writer puts is what the reader sees, and damage is seen. */
#include "search/posting.h"

#include "base/arena.h"
#include "search/terms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct str block_of(struct concordance *concordance, struct arena *arena, const char *key)
{
    struct terms terms;
    struct buf out;
    terms_make(&terms, concordance, arena);
    buf_init(&out, arena);
    for (size_t i = 0; i < terms.count; i++)
        if (str_equal(terms.items[i].key, str_from(key)))
            terms_put(&terms, &terms.items[i], &out);
    return buf_str(&out);
}

static void expect_places(struct posting *posting, const uint32_t *places, uint32_t count)
{
    assert_int_equal(posting->count, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(posting_next_place(posting));
        assert_int_equal(posting->place, places[i]);
    }
    assert_false(posting_next_place(posting));
}

static void the_reader_sees_what_was_written(void **state)
{
    struct arena arena;
    struct concordance concordance;
    struct posting posting;
    char word[POSTING_WORD_MAX];
    (void)state;
    arena_init(&arena);
    concordance_begin(&concordance, &arena, STEM_DUTCH);
    concordance_add_passage(&concordance, 0, 0, STR("Dijk"), true);
    concordance_add_passage(&concordance, 0, 3, STR("de dijken en een dijk"), false);
    concordance_add_passage(&concordance, 7, 1, STR("een zee-dijk"), false);
    posting_begin(&posting, block_of(&concordance, &arena, "wdijk"));
    assert_int_equal(posting.form_count, 2);
    size_t len = posting_form_spell(&posting.forms[1], STR("dijk"), word);
    assert_true(str_equal((struct str){word, len}, STR("dijken")));
    assert_true(posting_next(&posting));
    assert_int_equal(posting.document + posting.passage, 0);
    expect_places(&posting, (uint32_t[]){0}, 1);
    assert_true(posting_next(&posting));
    assert_int_equal(posting.document, 0);
    assert_int_equal(posting.passage, 3);
    expect_places(&posting, (uint32_t[]){1, 4}, 2);
    assert_true(posting_next(&posting));
    assert_int_equal(posting.document, 7);
    assert_int_equal(posting.passage, 1);
    expect_places(&posting, (uint32_t[]){2}, 1);
    assert_false(posting_next(&posting));
    assert_true(bytes_at_end(&posting.bytes) && !posting.bytes.failed);
    posting_begin(&posting, block_of(&concordance, &arena, "wzeedijk"));
    assert_true(posting_next(&posting));
    expect_places(&posting, (uint32_t[]){1},
                  1); /* a joined word stands where its first part does */
    arena_release(&arena);
}

static void places_that_are_not_asked_for_are_skipped(void **state)
{
    struct posting posting;
    (void)state;
    posting_begin(&posting, STR("\x01\x00\x01\x01\x00\x03\x01\x01\x02\x03\x02\x05"));
    assert_true(posting_next(&posting));
    assert_int_equal(posting.count, 3);
    assert_true(posting_next(&posting));
    assert_int_equal(posting.passage, 1);
    expect_places(&posting, (uint32_t[]){5}, 1);
    assert_false(posting_next(&posting));
    assert_false(posting.bytes.failed);
}

/* Each begins of a block and of all that it says of itself. */
static void damage_is_seen(void **state)
{
    static const struct str blocks[] = {
        {"\x41", 1},                         /* too many forms */
        {"\x00\x02\x00\x02", 4},             /* too few documents */
        {"\x00\x01\x01\x05\x02", 5},         /* too few passages */
        {"\x01\x00\x01\x00\x03\x7F\x01", 7}, /* too few places */
        {"\x00\x03\xFE\xFF\xFF\xFF\x0F\x02\xFE\xFF\xFF\xFF\x0F\x02\x00", 15}, /* comes round */
    };
    (void)state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct posting posting;
        uint32_t steps = 0;
        posting_begin(&posting, blocks[i]);
        while (posting_next(&posting) && ++steps < 10)
            ;
        assert_true(posting.bytes.failed);
        assert_true(steps < 10);
    }
}

static void impact_grows_with_the_term_and_falls_with_the_passage(void **state)
{
    (void)state;
    for (uint32_t words = 1; words < 400; words++)
        for (uint32_t count = 1; count < 20; count++) {
            uint32_t impact = posting_impact(count, words, false);
            assert_in_range(impact, 1, POSTING_IMPACT_MAX);
            assert_true(posting_impact(count + 1, words, false) >= impact);
            assert_true(posting_impact(count, words + 1, false) <= impact);
            assert_true(posting_impact(count, words, true) >= impact);
        }
    assert_int_equal(posting_impact(UINT32_MAX, 1, true), POSTING_IMPACT_MAX);
    assert_in_range(posting_impact(UINT32_MAX, UINT32_MAX, true), 1, POSTING_IMPACT_MAX);
}

static void a_word_that_is_most_of_a_title_says_most(void **state)
{
    (void)state;
    assert_int_equal(posting_title_impact(1, 1), POSTING_IMPACT_MAX);
    assert_int_equal(posting_title_impact(1, 0), POSTING_IMPACT_MAX);
    for (uint32_t words = 1; words < 40; words++)
        assert_true(posting_title_impact(1, words) >= posting_title_impact(1, words + 1));
    for (uint32_t words = 1; words < 8; words++)
        assert_in_range(posting_title_share(posting_title_impact(1, words)) * words, 80, 130);
}

static void a_form_is_cut_to_its_room(void **state)
{
    char stem[90], word[POSTING_WORD_MAX];
    struct posting_form form = {2, STR("abcdefghijklmno")};
    (void)state;
    memset(stem, 'x', sizeof stem);
    assert_int_equal(posting_form_spell(&form, (struct str){stem, sizeof stem}, word),
                     POSTING_WORD_MAX);
    assert_int_equal(posting_form_spell(&form, STR("z"), word), 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reader_sees_what_was_written),
        cmocka_unit_test(places_that_are_not_asked_for_are_skipped),
        cmocka_unit_test(damage_is_seen),
        cmocka_unit_test(impact_grows_with_the_term_and_falls_with_the_passage),
        cmocka_unit_test(a_word_that_is_most_of_a_title_says_most),
        cmocka_unit_test(a_form_is_cut_to_its_room)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
