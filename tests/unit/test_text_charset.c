/* Bytes to text: what encodings are told apart, and what is cleaned away. */
#include "text_fixture.h"

#include "read/charset.h"

static void assert_decoded(struct str bytes, const char *expected, const char *taken_for)
{
    struct arena arena;
    struct diags diags;
    struct str text;
    arena_init(&arena);
    diags_init(&diags, &arena);
    assert_true(charset_decode(&arena, STR("x"), bytes, &text, &diags));
    if (!str_equal(text, str_from(expected)))
        fail_msg("'%.*s' instead of '%s'", STR_ARGS(text), expected);
    assert_int_equal(diags.count, taken_for != NULL);
    if (taken_for)
        assert_true(str_find(diags.items[0].message, str_from(taken_for)) >= 0);
    arena_release(&arena);
}

static void test_encodings(void **state)
{
    (void)state;
    assert_decoded(STR("één"), "één", NULL);
    assert_decoded(STR("\xEF\xBB\xBF"
                       "één"),
                   "één", "byte order mark");
    assert_decoded(STR("\xE9\xE9n \x96 \x80 5"), "één – € 5", "Windows-1252");
    assert_decoded(STR("\xFF\xFE"
                       "a\0\xE9\0"),
                   "aé", "little-endian");
    assert_decoded(STR("\xFE\xFF\0a\0\xE9\xD8\x3D\xDE\x00"), "aé😀", "big-endian");
    assert_decoded(STR("d\0e\0 \0b\0r\0u\0g\0"), "de brug", "little-endian");
}

/* A few bad bytes in good UTF-8 make it no Windows-1252. */
static void test_broken(void **state)
{
    (void)state;
    assert_decoded(STR("één, tweeën, drieën\xFF"), "één, tweeën, drieën\xEF\xBF\xBD", "broken");
}

static void test_cleaning(void **state)
{
    (void)state;
    assert_decoded(STR("a\r\nb\rc\nd"), "a\nb\nc\nd", NULL);
    assert_decoded(STR("een lange tekst met \0een NUL"), "een lange tekst met een NUL", NULL);
    assert_decoded(STR("wa\xC2\xADter\xC2\xAD \nstand"), "water- \nstand", NULL);
    assert_decoded(STR("\xEF\xAC\x81nancieel e\xEF\xAC\x80"), "financieel eff", NULL);
    assert_decoded(STR("€\xC2\xA0"
                       "5\xE2\x80\x8B"),
                   "€ 5", NULL);
    assert_decoded(STR("a\xE2\x80\xA8"
                       "b\fc"),
                   "a\nb\fc", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_cleaning),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
