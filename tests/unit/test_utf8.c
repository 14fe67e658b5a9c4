#include "base/utf8.h"

#include "base/arena.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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

static void assert_text(struct str text, const char *expected)
{
    if (!str_equal(text, str_from(expected)))
        fail_msg("'%.*s' is not '%s'", STR_ARGS(text), expected);
}

static void broken_bytes_are_replaced(void **state)
{
    struct arena *arena = *state;
    assert_text(utf8_repair(arena, STR("a\xFF"
                                       "b")),
                "a\xEF\xBF\xBD"
                "b");
    assert_int_equal(utf8_valid_length(STR("abcdefgh\xC3")), 8);
    assert_int_equal(utf8_valid_length(STR("\xC0\x80")), 0);         /* overlong */
    assert_int_equal(utf8_valid_length(STR("\xED\xA0\x80")), 0);     /* a surrogate */
    assert_int_equal(utf8_valid_length(STR("\xF4\x90\x80\x80")), 0); /* beyond the last */
    assert_int_equal(utf8_valid_length(STR("\xF0\x9F\x99\x82")), 4);
    assert_int_equal(utf8_repair(arena, (struct str){"a\0b", 3}).len, 3);
}

static void walking_both_ways_meets(void **state)
{
    (void)state;
    static const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82\xFF\xC3";
    static const uint32_t points[] = {'a', 0xE9, 0x20AC, 0x1F642, 0xFFFD, 0xFFFD};
    struct str all = str_from(text);
    size_t at = 0;
    assert_int_equal(utf8_before(all, at), UTF8_REPLACEMENT);
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        assert_int_equal(utf8_next(all, &at), points[i]);
        assert_int_equal(utf8_before(all, at), points[i]);
    }
    assert_int_equal(at, all.len);
}

static void folding_forgets_case_and_composition(void **state)
{
    struct arena *arena = *state;
    struct str composed = utf8_fold(arena, STR("CAF\xC3\x89"));
    assert_true(str_equal(composed, utf8_fold(arena, STR("cafe\xCC\x81"))));
    assert_false(str_equal(composed, utf8_fold(arena, STR("cafe"))));
}

static void slugs_are_plain(void **state)
{
    struct arena *arena = *state;
    assert_text(utf8_slug(arena, STR("Één: hulp/zorg & 'n plek")), "een-hulp-zorg-n-plek");
    assert_text(utf8_slug(arena, STR("  --A  b--  ")), "a-b");
    assert_text(utf8_slug(arena, STR("E\xCC\x81\xCC\x81n ﬁets")), "en-fiets");
    assert_text(utf8_slug(arena, STR("a_b\xC2\xAD")), "a_b");
    assert_text(utf8_slug(arena, STR("🙂!\xFF")), "");
    assert_text(utf8_slug(arena, STR("../../etc\\passwd")), "etc-passwd");
    assert_text(utf8_slug(arena, (struct str){"a\0b", 3}), "a-b");
}

static void sorting_is_for_readers(void **state)
{
    struct arena *arena = *state;
    static const char *const sorted[] = {"2019", "appel", "Één", "éénd", "'n Huis", "Zee"};
    for (size_t i = 1; i < sizeof sorted / sizeof *sorted; i++)
        assert_true(str_compare(utf8_sort_key(arena, str_from(sorted[i - 1])),
                                utf8_sort_key(arena, str_from(sorted[i]))) < 0);
}

static void classes_go_by_unicode(void **state)
{
    (void)state;
    assert_true(utf8_is_letter(0x301) && utf8_is_letter(0xE9) && !utf8_is_letter('1'));
    assert_true(utf8_is_upper(0xC9) && !utf8_is_upper(0xE9));
    assert_true(utf8_is_space(0xA0) && utf8_is_space(0x2009) && utf8_is_space(0x200B));
    assert_true(utf8_is_format(0xAD) && utf8_is_format(0xFEFF) && !utf8_is_format('a'));
    assert_int_equal(utf8_lower(0xC9), 0xE9);
    assert_int_equal(utf8_upper(0xE9), 0xC9);
}

static void decomposing_never_overflows(void **state)
{
    (void)state;
    uint32_t parts[UTF8_DECOMPOSED_MAX];
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        size_t count = utf8_decompose(point, parts);
        assert_true(count >= 1 && count <= UTF8_DECOMPOSED_MAX);
    }
}

static void code_points_are_counted(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(STR("")), 0);
    assert_int_equal(utf8_count(STR("z\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80.")), 5);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(broken_bytes_are_replaced),
        TEST(walking_both_ways_meets),
        TEST(folding_forgets_case_and_composition),
        TEST(slugs_are_plain),
        TEST(sorting_is_for_readers),
        TEST(classes_go_by_unicode),
        TEST(decomposing_never_overflows),
        TEST(code_points_are_counted),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
