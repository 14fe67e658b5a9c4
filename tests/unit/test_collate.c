/* Texts in the order of their bytes. */
#include "search/collate.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect_order(const struct str *texts, size_t count)
{
    struct arena arena;
    arena_init(&arena);
    const struct keyed *sorted = collate(texts, count, &arena);
    for (size_t i = 1; i < count; i++) {
        const struct str *before = sorted[i - 1].item, *text = sorted[i].item;
        int order = str_compare(*before, *text);
        assert_true(order < 0 || (!order && before < text));
    }
    arena_release(&arena);
}

static void no_texts_are_in_order(void **state)
{
    (void)state;
    expect_order(NULL, 0);
}

static void bytes_decide_and_then_length(void **state)
{
    static const struct str texts[] = {
        {"gemeenteraad", 12}, {"gemeente", 8}, {"gemeenteraden", 13}, {"", 0},     {"\xC3\xA9", 2},
        {"a\0", 2},           {"a", 1},        {"gemeentehuis", 12},  {"a\0b", 3}, {"gemeentd", 8},
        {"gemeente\0", 9},    {"a", 1},        {"\xFF\xFF", 2},       {"b", 1},    {"gemeente", 8}};
    (void)state;
    expect_order(texts, sizeof texts / sizeof *texts);
}

/* More than are sorted by hand, which differ behind their first eight bytes only. */
static void a_long_run_with_one_beginning_is_in_order(void **state)
{
    enum { COUNT = 500 };
    struct arena arena;
    struct str texts[COUNT];
    (void)state;
    arena_init(&arena);
    for (unsigned i = 0; i < COUNT; i++)
        texts[i] = str_format(&arena, "gemeente%u", i * 7919 % 457);
    expect_order(texts, COUNT);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_texts_are_in_order),
        cmocka_unit_test(bytes_decide_and_then_length),
        cmocka_unit_test(a_long_run_with_one_beginning_is_in_order),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
