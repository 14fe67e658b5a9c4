/* Dates as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "read/date.h"

static void assert_date(const char *text, const char *expected)
{
    struct arena arena;
    struct date date = {0};
    arena_init(&arena);
    if (date_parse(str_from(text), &date) != (expected[0] != '\0'))
        fail_msg("'%s' should %sbe a date", text, expected[0] ? "" : "not ");
    struct str formatted = date_format(&arena, date);
    if (!str_equal(formatted, str_from(expected)))
        fail_msg("'%s' is '%.*s', not '%s'", text, STR_ARGS(formatted), expected);
    arena_release(&arena);
}

static void test_forms(void **state)
{
    (void)state;
    assert_date("2025-01-17", "2025-01-17");
    assert_date("2025-01", "2025-01");
    assert_date("2025", "2025");
    assert_date("17-01-2025", "2025-01-17");
    assert_date(" 17-1-2025 ", "2025-01-17");
    assert_date("17 januari 2025", "2025-01-17");
    assert_date("3 Maart 2024", "2024-03-03");
    assert_date("3 mrt. 2024", "2024-03-03");
    assert_date("May 3, 2024", "2024-05-03");
    assert_date("oktober 2024", "2024-10");
    assert_date("2024-10-09T12:00:00Z", "2024-10-09");
    assert_date("2024-10-09 12:00", "2024-10-09");
}

static void test_days_exist(void **state)
{
    (void)state;
    assert_date("2024-02-29", "2024-02-29");
    assert_date("2000-02-29", "2000-02-29");
    assert_date("2023-02-29", "");
    assert_date("1900-02-29", "");
    assert_date("2024-04-31", "");
    assert_date("2024-12-31", "2024-12-31");
    assert_date("2024-13-01", "");
    assert_date("2024-00-01", "");
    assert_date("2024-01-00", "");
}

static void test_other_text(void **state)
{
    (void)state;
    static const char *const texts[] = {"",          "x",           "0000",        "24",
                                        "2024-2025", "12 maa 24",   "1 2 3 4",     "17 januari",
                                        "-2024",     "2024-01-1x",  "99999",       "17 foo 2024",
                                        "1.000.000", "012-01-2024", "2024-10-09T", "2024-10-09 x"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_date(texts[i], "");
    char *long_text = calloc(1, 100000);
    memset(long_text, '1', 99999);
    assert_date(long_text, "");
    free(long_text);
}

static void test_order(void **state)
{
    (void)state;
    const struct date sorted[] = {{0, 0, 0},    {2023, 12, 31}, {2024, 0, 0},
                                  {2024, 1, 0}, {2024, 1, 1},   {2024, 2, 0}};
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
        for (size_t j = 0; j < sizeof sorted / sizeof *sorted; j++) {
            int order = date_compare(sorted[i], sorted[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_days_exist),
        cmocka_unit_test(test_other_text),
        cmocka_unit_test(test_order),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
