/* Texts put aside in a file without a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/spill.h"

static void test_back(void **state)
{
    struct arena arena;
    struct spill spill;
    uint64_t first, second;
    (void)state;
    arena_init(&arena);
    spill_init(&spill);
    setenv("TMPDIR", "", 1);
    assert_true(spill_put(&spill, STR("sluis"), &first));
    assert_true(spill_put(&spill, STR("brug over de dijk"), &second));
    assert_true(str_equal(spill_get(&spill, second + 5, 4, &arena), STR("over")));
    assert_true(str_equal(spill_get(&spill, first, 5, &arena), STR("sluis")));
    assert_int_equal(spill_get(&spill, second, 0, &arena).len, 0);
    spill_release(&spill);
    arena_release(&arena);
}

static void test_no_place(void **state)
{
    struct spill spill;
    uint64_t place;
    (void)state;
    spill_init(&spill);
    setenv("TMPDIR", "/nowhere", 1);
    assert_false(spill_put(&spill, STR("sluis"), &place));
    setenv("TMPDIR", "", 1);
    assert_false(spill_put(&spill, STR("sluis"), &place));
    spill_release(&spill);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_back),
                                       cmocka_unit_test(test_no_place)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
