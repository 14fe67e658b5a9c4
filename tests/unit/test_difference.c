/* Shortest edits, against a table of all of them; and bounds. */
#include "base/difference.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { LONGEST = 40 };

/* The length of the longest common subsequence, from the table. */
static uint32_t longest_common(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
    uint32_t table[LONGEST + 1][LONGEST + 1] = {{0}};
    for (uint32_t i = 1; i <= n; i++)
        for (uint32_t j = 1; j <= m; j++) {
            uint32_t most = table[i - 1][j] > table[i][j - 1] ? table[i - 1][j] : table[i][j - 1];
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : most;
        }
    return table[n][m];
}

/* Parts follow each other over both sequences; returns how much is the same. */
static uint32_t check(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m,
                      const struct difference *found)
{
    uint32_t at_a = 0, at_b = 0, same = 0;
    for (size_t i = 0; i < found->items.count; i++) {
        const struct difference_part *part = &found->items.items[i];
        assert_int_equal(part->a_first, at_a);
        assert_int_equal(part->b_first, at_b);
        assert_true(part->a_count || part->b_count);
        if (i)
            assert_true(part->same != part[-1].same);
        if (part->same) {
            assert_int_equal(part->a_count, part->b_count);
            assert_memory_equal(a + at_a, b + at_b, part->a_count * sizeof *a);
            same += part->a_count;
        }
        at_a += part->a_count;
        at_b += part->b_count;
    }
    assert_int_equal(at_a, n);
    assert_int_equal(at_b, m);
    return same;
}

static uint32_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static void shortest(void **state)
{
    uint32_t a[LONGEST], b[LONGEST];
    uint64_t seed = 1;
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (int round = 0; round < 20000; round++) {
        uint32_t n = next(&seed) % (LONGEST + 1), m = next(&seed) % (LONGEST + 1);
        uint32_t letters = 1 + next(&seed) % 9;
        for (uint32_t i = 0; i < LONGEST; i++) {
            a[i] = next(&seed) % letters;
            b[i] = next(&seed) % letters;
        }
        struct difference found = {0};
        difference_find(a, n, b, m, &arena, &found);
        assert_int_equal(check(a, n, b, m, &found), longest_common(a, n, b, m));
        arena_clear(&arena);
    }
    arena_release(&arena);
}

/* Two million words that differ everywhere, and two that share every other word. */
static void bounded(void **state)
{
    enum { COUNT = 1000000 };
    struct arena arena;
    struct difference found = {0};
    (void)state;
    arena_init(&arena);
    uint32_t *a = arena_new_array(&arena, COUNT, uint32_t);
    uint32_t *b = arena_new_array(&arena, COUNT, uint32_t);
    uint64_t seed = 7;
    clock_t start = clock();
    for (uint32_t i = 0; i < COUNT; i++) {
        a[i] = 2 * i;
        b[i] = 2 * i + 1;
    }
    difference_find(a, COUNT, b, COUNT, &arena, &found);
    assert_int_equal(check(a, COUNT, b, COUNT, &found), 0);
    for (uint32_t i = 0; i < COUNT; i++) {
        a[i] = next(&seed) % 4;
        b[i] = next(&seed) % 4;
    }
    found = (struct difference){0};
    difference_find(a, COUNT, b, COUNT, &arena, &found);
    check(a, COUNT, b, COUNT, &found);
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shortest), cmocka_unit_test(bounded)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
