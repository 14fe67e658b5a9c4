/* Harvests that were put by, read from a window of a file as from memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/spill.h"
#include "search/harvest.h"

/* Thousands of words that stand in one passage each, and one that stands in all of them, so that it
 * takes more than a window by itself. */
enum { PASSAGES = 20000 };

static struct str make(struct arena *arena)
{
    struct concordance concordance;
    concordance_begin(&concordance, arena, STEM_NONE);
    for (uint32_t i = 0; i < PASSAGES; i++)
        concordance_add_passage(&concordance, i, 1, str_format(arena, "dijk w%u", (unsigned)i),
                                false);
    return harvest_make(&concordance, arena);
}

/* Reads two harvests side by side; returns how many terms there are in each. */
static size_t compare(struct harvest *a, struct harvest *b, size_t *longest, struct arena *arena)
{
    struct harvests first, second;
    size_t count = 0;
    harvests_begin(&first, a, 1, arena);
    harvests_begin(&second, b, 1, arena);
    for (; harvests_first(&first) && harvests_first(&second); count++) {
        assert_true(str_equal(a->term.key, b->term.key));
        assert_true(str_equal(a->term.block, b->term.block));
        assert_int_equal(a->term.documents, b->term.documents);
        if (a->term.block.len > *longest)
            *longest = a->term.block.len;
        harvests_next(&first);
        harvests_next(&second);
    }
    assert_null(harvests_first(&first));
    assert_null(harvests_first(&second));
    return count;
}

static void test_windows(void **state)
{
    struct arena arena;
    struct spill spill, none;
    struct harvest put_by, in_memory;
    size_t longest = 0;
    (void)state;
    arena_init(&arena);
    spill_init(&spill);
    spill_init(&none);
    none.failed = true;
    struct str bytes = make(&arena);
    harvest_keep(&put_by, 1, STR("of another group"), &spill, &arena);
    harvest_keep(&put_by, 1, bytes, &spill, &arena);
    harvest_keep(&in_memory, 1, bytes, &none, &arena);
    assert_non_null(put_by.spill);
    assert_null(in_memory.spill);
    assert_int_equal(compare(&put_by, &in_memory, &longest, &arena), PASSAGES + 1);
    assert_true(longest > PASSAGES);
    assert_int_equal(arena_size(&put_by.window), 0);
    spill_release(&spill);
    arena_release(&arena);
}

static void test_empty(void **state)
{
    struct arena arena;
    struct spill spill;
    struct harvest harvest;
    struct harvests harvests;
    (void)state;
    arena_init(&arena);
    spill_init(&spill);
    harvest_keep(&harvest, 1, STR(""), &spill, &arena);
    harvests_begin(&harvests, &harvest, 1, &arena);
    assert_null(harvests_first(&harvests));
    spill_release(&spill);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests_name("harvest", tests, NULL, NULL);
}
