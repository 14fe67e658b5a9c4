/* Words of texts, each as position, start, end and form. */
#include "base/arena.h"
#include "base/buf.h"
#include "search/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The forms with their positions; what is joined has a plus. */
static struct str all(struct arena *arena, struct str text)
{
    struct words words;
    struct word word;
    struct buf out;
    buf_init(&out, arena);
    words_begin(&words, text);
    while (words_next(&words, &word)) {
        assert_true(word.start < word.end && word.end <= text.len && word.form.len);
        buf_printf(&out, "%s%u%s%.*s", out.len ? " " : "", (unsigned)word.position,
                   word.joined ? "+" : ":", STR_ARGS(word.form));
    }
    buf_put_char(&out, '\0');
    return buf_str(&out);
}

static void expect(void **state, const char *text, const char *words)
{
    assert_string_equal(all(*state, str_from(text)).data, words);
}

static void words_are_runs_of_letters_and_digits(void **state)
{
    expect(state, "", "");
    expect(state, " .-'*", "");
    expect(state, "De wet (2024): één/twee_drie…", "0:de 1:wet 2:2024 3:een 4:twee 5:drie");
    expect(state, "ZIKOS¹ m² €5", "0:zikos 1:m 2:5");
    expect(state, "coördi\xC2\xADnatie e\xCC\x81\xCC\x88n", "0:coordinatie 1:en");
    expect(state,
           "a\xFF"
           "b",
           "0:a 1:b");
}

static void apostrophes_inside_a_word_stay(void **state)
{
    expect(state, "regio's regio’s 's 't‘n' zo'n a''b",
           "0:regio's 1:regio's 2:s 3:t'n 4:zo'n 5:a 6:b");
}

static void numbers_keep_their_points(void **state)
{
    expect(state, "1.234,5. 3,a 1..2 a.1 10:30", "0:1.234,5 1:3 2:a 3:1 4:2 5:a 6:1 7:10 8:30");
}

static void what_hyphens_join_is_a_word_too(void **state)
{
    expect(state, "ZIKOS-afdelingen zijn", "0:zikos 1:afdelingen 0+zikosafdelingen 2:zijn");
    expect(state, "een‑op‐een", "0:een 1:op 2:een 0+eenopeen");
    expect(state, "jeugd- en -zorg a--b c–d", "0:jeugd 1:en 2:zorg 3:a 4:b 5:c 6:d");
    expect(state, "e-mail-", "0:e 1:mail 0+email");
    expect(state, "a-\xC2\xADs", "0:a 1:s 0+as");
}

static void numbers_are_not_joined(void **state)
{
    expect(state, "1-2 2024-07-01 12-jarige 1,5-2",
           "0:1 1:2 2:2024 3:07 4:01 5:12 6:jarige 5+12jarige "
           "7:1,5 8:2");
}

static void long_words_are_cut_and_not_joined(void **state)
{
    char text[2 * WORDS_FORM_MAX + 8];
    (void)state;
    memset(text, 'a', sizeof text);
    text[WORDS_FORM_MAX - 1] = (char)0xC4;
    text[WORDS_FORM_MAX] = (char)0xB1; /* dotless i: one byte when folded, so it fits */
    text[sizeof text - 2] = '-';
    struct words words;
    struct word word;
    words_begin(&words, (struct str){text, sizeof text});
    assert_true(words_next(&words, &word));
    assert_int_equal(word.form.len, WORDS_FORM_MAX);
    assert_int_equal(word.end, sizeof text - 2);
    assert_true(words_next(&words, &word));
    assert_true(str_equal(word.form, STR("a")));
    assert_false(words_next(&words, &word));
}

static void places_are_those_of_the_text(void **state)
{
    struct words words;
    struct word word;
    (void)state;
    words_begin(&words, STR("«Één’s-ﬁx»"));
    assert_true(words_next(&words, &word));
    assert_true(word.start == 2 && word.end == 11);
    assert_true(words_next(&words, &word));
    assert_true(word.start == 12 && word.end == 16);
    assert_true(words_next(&words, &word));
    assert_true(word.joined && word.start == 2 && word.end == 16);
    assert_true(str_equal(word.form, STR("een'sfix")));
    assert_false(words_next(&words, &word));
    assert_false(words_next(&words, &word));
}

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_runs_of_letters_and_digits),
                                       cmocka_unit_test(apostrophes_inside_a_word_stay),
                                       cmocka_unit_test(numbers_keep_their_points),
                                       cmocka_unit_test(what_hyphens_join_is_a_word_too),
                                       cmocka_unit_test(numbers_are_not_joined),
                                       cmocka_unit_test(long_words_are_cut_and_not_joined),
                                       cmocka_unit_test(places_are_those_of_the_text)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
