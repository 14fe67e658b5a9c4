/* Keys by number. */
#include "search/key_table.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_key_is_its_kind_and_its_text(void **state)
{
    struct arena arena;
    struct key_table table;
    (void)state;
    arena_init(&arena);
    key_table_init(&table, &arena);
    assert_int_equal(key_table_enter(&table, KEY_FORM, STR("dijk")), 0);
    assert_int_equal(key_table_enter(&table, KEY_TOPIC, STR("dijk")), 1);
    assert_int_equal(key_table_enter(&table, KEY_FORM, STR("dijken")), 2);
    assert_int_equal(key_table_enter(&table, KEY_FORM, STR("")), 3);
    assert_int_equal(key_table_enter(&table, KEY_FORM, STR("dijk")), 0);
    assert_int_equal(key_table_enter(&table, KEY_FORM, STR("")), 3);
    assert_true(str_equal(key_table_key(&table, 1), STR("tdijk")));
    assert_true(str_equal(key_table_key(&table, 3), STR("x")));
    arena_release(&arena);
}

static void a_long_text_is_cut(void **state)
{
    char text[KEY_TEXT_MAX + 2];
    struct arena arena;
    struct key_table table;
    (void)state;
    arena_init(&arena);
    key_table_init(&table, &arena);
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = 'a';
    assert_int_equal(key_table_enter(&table, KEY_TAG, (struct str){text, sizeof text}), 0);
    assert_int_equal(key_table_enter(&table, KEY_TAG, (struct str){text, KEY_TEXT_MAX}), 0);
    assert_int_equal(key_table_enter(&table, KEY_TAG, (struct str){text, KEY_TEXT_MAX - 1}), 1);
    assert_int_equal(key_table_key(&table, 0).len, 1 + KEY_TEXT_MAX);
    arena_release(&arena);
}

/* Texts of all lengths, in more than the table has room for at first. */
static void keys_keep_their_numbers_as_the_table_grows(void **state)
{
    enum { COUNT = 5000 };
    struct arena arena;
    struct key_table table;
    (void)state;
    arena_init(&arena);
    key_table_init(&table, &arena);
    for (int again = 0; again < 2; again++)
        for (unsigned i = 0; i < COUNT; i++) {
            struct str text =
                str_format(&arena, "%.*s%u", (int)(i % 20), "abcdefghijklmnopqrst", i);
            assert_int_equal(key_table_enter(&table, KEY_WORD, text), i);
            assert_true(str_equal(str_from_offset(key_table_key(&table, i), 1), text));
        }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_its_kind_and_its_text),
        cmocka_unit_test(a_long_text_is_cut),
        cmocka_unit_test(keys_keep_their_numbers_as_the_table_grows),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
