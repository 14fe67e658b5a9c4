/* Moments of history as dates, whatever the zone of this process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "write/moment.h"

static void assert_iso(int64_t seconds, int32_t offset, const char *expected)
{
    struct arena arena;
    arena_init(&arena);
    struct str text = moment_iso(&arena, (struct moment){seconds, offset});
    assert_string_equal(str_cstring(&arena, text), expected);
    arena_release(&arena);
}

static void test_known_moments(void **state)
{
    (void)state;
    assert_iso(0, 0, "1970-01-01T00:00:00+00:00");
    assert_iso(-1, 0, "1969-12-31T23:59:59+00:00");
    assert_iso(1737102600, 60, "2025-01-17T09:30:00+01:00");
    assert_iso(1709161200, 60, "2024-02-29T00:00:00+01:00");
    assert_iso(951782400, 0, "2000-02-29T00:00:00+00:00");
    assert_iso(-2203891200, 0, "1900-03-01T00:00:00+00:00");
}

static void test_the_offset_decides_the_day(void **state)
{
    (void)state;
    assert_iso(1735689599, 0, "2024-12-31T23:59:59+00:00");
    assert_iso(1735689599, 60, "2025-01-01T00:59:59+01:00");
    assert_iso(1735689600, -210, "2024-12-31T20:30:00-03:30");
    struct date date = moment_date((struct moment){1735689599, 60});
    assert_int_equal(date.year, 2025);
    assert_int_equal(date.month, 1);
    assert_int_equal(date.day, 1);
}

static void test_clocks_that_are_out_of_range(void **state)
{
    (void)state;
    assert_iso(INT64_MAX, 0, "9999-12-31T23:59:59+00:00");
    assert_iso(INT64_MIN, -60, "0001-01-01T00:00:00-01:00");
    assert_iso(INT64_MAX, INT32_MAX, "9999-12-31T23:59:59+23:59");
    assert_iso(0, INT32_MIN, "1969-12-31T00:01:00-23:59");
}

/* Every 9 days and a bit, from the year 1 to 9999, beside the C library. */
static void test_the_calendar(void **state)
{
    (void)state;
    for (int64_t seconds = -62135596800; seconds < 253402300799; seconds += 790001) {
        struct tm day;
        time_t clock = (time_t)seconds;
        assert_non_null(gmtime_r(&clock, &day));
        struct date date = moment_date((struct moment){seconds, 0});
        if (date.year != day.tm_year + 1900 || date.month != day.tm_mon + 1 ||
            date.day != day.tm_mday)
            fail_msg("%lld is %d-%d-%d", (long long)seconds, date.year, date.month, date.day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_moments),
        cmocka_unit_test(test_the_offset_decides_the_day),
        cmocka_unit_test(test_clocks_that_are_out_of_range),
        cmocka_unit_test(test_the_calendar),
    };
    setenv("TZ", "Asia/Kathmandu", 1);
    tzset();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
