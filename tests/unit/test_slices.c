/* In which slice of the index a key stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "search/keys.h"
#include "search/slices.h"

/* Keys in their order: the slices are in the same. */
static void test_slices_follow_the_keys(void **state)
{
    static const char *const keys[] = {"gtag",      "iissuer",   "knote", "ssource", "ta",
                                       "tzz",       "w",         "w1",    "w19",     "wa",
                                       "wa-b",      "waa",       "wab",   "wzz",     "wz\xC3",
                                       "w\xC3\xA9", "w\xFF\xFF", "xform", "y2024",   "zmrof"};
    unsigned before = 0;
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        unsigned slice = slices_find(str_from(keys[i]));
        assert_true(slice >= before);
        assert_true(slice < SLICES);
        before = slice;
    }
}

static void test_words_are_cut_by_two_letters(void **state)
{
    (void)state;
    assert_int_equal(slices_find(STR("wboot")), slices_find(STR("wbos")));
    assert_int_not_equal(slices_find(STR("wboot")), slices_find(STR("wbaken")));
    assert_int_not_equal(slices_find(STR("wboot")), slices_find(STR("wcoot")));
    assert_int_equal(slices_find(STR("tboot")), slices_find(STR("tzeil")));
    assert_true(slices_find(STR("tboot")) < slices_find(STR("w")));
    assert_int_equal(slices_find(STR("y2024")), SLICES_BEHIND_WORDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slices_follow_the_keys),
        cmocka_unit_test(test_words_are_cut_by_two_letters),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
