/* Things in the order of numbers. */
#include "base/keyed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void nothing_is_in_order(void **state)
{
    (void)state;
    assert_ptr_equal(keyed_sort(NULL, NULL, 0), NULL);
}

static void every_byte_of_a_key_counts(void **state)
{
    enum { COUNT = 9 };
    struct keyed items[COUNT], spare[COUNT];
    (void)state;
    items[0] = (struct keyed){0, NULL};
    for (unsigned i = 1; i < COUNT; i++)
        items[i] = (struct keyed){(uint64_t)1 << 8 * (COUNT - 1 - i), NULL};
    const struct keyed *sorted = keyed_sort(items, spare, COUNT);
    assert_true(sorted[0].key == 0);
    for (unsigned i = 1; i < COUNT; i++)
        assert_true(sorted[i].key == (uint64_t)1 << 8 * (i - 1));
}

static void what_has_one_key_stays_as_it_was(void **state)
{
    enum { COUNT = 1000 };
    static struct keyed items[COUNT], spare[COUNT];
    (void)state;
    for (unsigned i = 0; i < COUNT; i++)
        items[i] = (struct keyed){i * 7919 % 300, &spare[i]};
    const struct keyed *sorted = keyed_sort(items, spare, COUNT);
    for (unsigned i = 1; i < COUNT; i++)
        assert_true(sorted[i - 1].key < sorted[i].key ||
                    (sorted[i - 1].key == sorted[i].key && sorted[i - 1].item < sorted[i].item));
}

static void numbers_below_zero_and_the_highest_first(void **state)
{
    (void)state;
    assert_true(keyed_signed(INT64_MIN) < keyed_signed(-1));
    assert_true(keyed_signed(-1) < keyed_signed(0));
    assert_true(keyed_signed(0) < keyed_signed(INT64_MAX));
    assert_true(keyed_downwards(2) < keyed_downwards(1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_in_order),
        cmocka_unit_test(every_byte_of_a_key_counts),
        cmocka_unit_test(what_has_one_key_stays_as_it_was),
        cmocka_unit_test(numbers_below_zero_and_the_highest_first),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
