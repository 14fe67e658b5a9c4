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
        concordance_add_passage(&concordance, i, 1,
                                str_format(arena, "dijk %c%c%u", 'a' + (int)(i % 26),
                                           'a' + (int)(i / 26 % 26), (unsigned)i),
                                false);
    return harvest_make(&concordance, arena);
}

/* Reads a slice of two harvests side by side; returns how many terms it has in each. */
static size_t compare_slice(struct harvest *a, struct harvest *b, size_t *longest,
                            struct arena *arena)
{
    struct harvests first, second;
    size_t count = 0;
    harvests_begin(&first, a, 1, a->slice.number, arena);
    harvests_begin(&second, b, 1, a->slice.number, arena);
    for (; harvests_first(&first) && harvests_first(&second); count++) {
        assert_int_equal(slices_find(a->term.key), a->slice.number);
        assert_true(str_equal(a->term.key, b->term.key));
        assert_true(str_equal(a->term.block, b->term.block));
        assert_int_equal(a->term.documents, b->term.documents);
        assert_int_equal(a->term.peak.rank, b->term.peak.rank);
        if (a->term.block.len > *longest)
            *longest = a->term.block.len;
        harvests_next(&first);
        harvests_next(&second);
    }
    assert_null(harvests_first(&first));
    assert_null(harvests_first(&second));
    return count;
}

/* The same of all slices, but for those whose number can be divided by `skipped`. */
static size_t compare(struct harvest *a, struct harvest *b, unsigned skipped, size_t *longest,
                      struct arena *arena)
{
    size_t count = 0;
    while (a->slice.number != SLICES) {
        assert_int_equal(a->slice.number, b->slice.number);
        assert_true(digest_equal(a->slice.digest, b->slice.digest));
        if (a->slice.number % skipped)
            count += compare_slice(a, b, longest, arena);
        harvest_pass_slice(a);
        harvest_pass_slice(b);
    }
    assert_int_equal(b->slice.number, SLICES);
    assert_int_equal(arena_size(&a->window), 0);
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
    for (unsigned skipped = 2; skipped < 5000; skipped *= 7) {
        harvest_keep(&put_by, 1, bytes, &spill, &arena);
        harvest_keep(&in_memory, 1, bytes, &none, &arena);
        assert_non_null(put_by.spill);
        assert_null(in_memory.spill);
        size_t count = compare(&put_by, &in_memory, skipped, &longest, &arena);
        assert_true(skipped > SLICES ? count == PASSAGES + 1 : count && count < PASSAGES);
    }
    assert_true(longest > PASSAGES);
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
    assert_int_equal(harvest.slice.number, SLICES);
    harvests_begin(&harvests, &harvest, 1, 0, &arena);
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
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("harvest", tests, NULL, NULL);
}
