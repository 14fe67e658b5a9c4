/* Which paragraph of a text is which of another version. */
#include "write/redline.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define LONG "een alinea die lang genoeg is"

/* Texts stand between strokes; `expected` has a digit for each of `after`. */
static void check(const char *before, const char *after, const char *expected)
{
    struct arena arena;
    struct redline_text texts[2] = {0};
    const char *const sources[] = {before, after};
    arena_init(&arena);
    for (int i = 0; i < 2; i++)
        for (struct str rest = str_from(sources[i]); rest.data;)
            *vec_push(&texts[i].items, &arena) = str_cut(&rest, '|');
    const uint32_t *found = redline_predecessors(&texts[0], &texts[1], &arena);
    assert_int_equal(texts[1].items.count, strlen(expected));
    for (size_t i = 0; i < texts[1].items.count; i++)
        assert_int_equal(found[i], expected[i] - '0');
    arena_release(&arena);
}

static void test_places(void **state)
{
    (void)state;
    check("a|b|c", "a|b|c", "123");
    check("a|b|c", "x|a|b|c", "0123");
    check("a|b|c", "a|c", "13");
}

/* Of several that are alike each is the one in its place, and none is two. */
static void test_repeats(void **state)
{
    (void)state;
    check("ja|x|ja|y|ja", "ja|x|ja|y|ja", "12345");
    check("ja|x|ja", "nieuw|ja|x|ja", "0123");
    check(LONG "|x", LONG "|x|" LONG, "120");
    check(LONG "|x|" LONG, LONG "|x", "12");
}

static void test_moves(void **state)
{
    (void)state;
    check(LONG "|b|c", "b|c|" LONG, "231");
    check("a|b|c", "b|c|a", "230"); /* too short to say that it moved */
}

static void test_versions(void **state)
{
    (void)state;
    check("a|de dijk is drie meter hoog|c", "a|de dijk is vier meter hoog|c", "123");
    check("a|de dijk is drie meter hoog|c", "a|heel iets anders|c", "103");
    /* What moved is itself, and no version of what stands where it stood. */
    check(LONG "|b|c", LONG " en nog|b|c|" LONG, "0231");
}

/* More changes than a difference follows: each is still the one that it was. */
static void test_many_versions(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    struct arena arena;
    struct redline_text before = {0}, after = {0};
    arena_init(&arena);
    for (int i = 0; i < COUNT; i++) {
        const char *change = i % 2 ? "anders" : "gelijk";
        *vec_push(&before.items, &arena) = str_format(&arena, "de alinea met nummer %d gelijk", i);
        *vec_push(&after.items, &arena) =
            str_format(&arena, "de alinea met nummer %d %s", i, change);
    }
    const uint32_t *found = redline_predecessors(&before, &after, &arena);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(found[i], i + 1);
    arena_release(&arena);
}

static void test_runs(void **state)
{
    (void)state;
    struct arena arena;
    struct redline_runs runs;
    arena_init(&arena);
    redline_find_runs(STR("de oude dijk"), STR("de nieuwe dijk"), &arena, &runs);
    assert_int_equal(runs.items.count, 4);
    assert_int_equal(runs.items.items[1].kind, REDLINE_REMOVED);
    assert_true(str_equal(runs.items.items[1].text, STR("oude")));
    assert_int_equal(runs.items.items[2].kind, REDLINE_ADDED);
    assert_true(runs.items.items[2].joined);
    redline_find_runs(STR(""), STR(""), &arena, &runs);
    assert_int_equal(runs.items.count, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_moves),         cmocka_unit_test(test_versions),
        cmocka_unit_test(test_many_versions), cmocka_unit_test(test_runs)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
