/* Harvests that were put by, read from a window of a file as from memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/spill.h"
#include "search/harvest.h"

/* Thousands of words that stand in one passage each, and one that stands in all of them, so that it
 * takes more than a window by itself. */
enum { PASSAGES = 20000 };

static struct harvest_bytes make(struct arena *arena)
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

/* Reads two parts side by side; returns how many terms there are in each. */
static size_t compare_parts(const struct harvest_part *a, const struct harvest_part *b,
                            const struct harvest_source *source, size_t *longest,
                            struct arena *arena)
{
    struct harvests first, second;
    size_t count = 0;
    assert_int_equal(a->slice->number, b->slice->number);
    assert_true(digest_equal(a->slice->digest, b->slice->digest));
    harvests_begin(&first, a, 1, source, 0, arena);
    harvests_begin(&second, b, 1, source, 0, arena);
    for (; harvests_first(&first) && harvests_first(&second); count++) {
        const struct harvested *term = &harvests_first(&first)->term;
        const struct harvested *other = &harvests_first(&second)->term;
        assert_int_equal(slices_find(term->key), a->slice->number);
        assert_true(str_equal(term->key, other->key));
        assert_true(str_equal(term->block, other->block));
        assert_int_equal(term->documents, other->documents);
        assert_int_equal(term->peak.rank, other->peak.rank);
        if (term->block.len > *longest)
            *longest = term->block.len;
        harvests_next(&first);
        harvests_next(&second);
    }
    assert_null(harvests_first(&first));
    assert_null(harvests_first(&second));
    harvests_end(&first);
    harvests_end(&second);
    return count;
}

static size_t compare(const struct harvest *a, const struct harvest *b,
                      const struct harvest_source *source, size_t *longest, struct arena *arena)
{
    struct harvest_parts first, second;
    size_t count = 0;
    harvest_parts_make(&first, a, 1, arena);
    harvest_parts_make(&second, b, 1, arena);
    assert_memory_equal(first.first, second.first, sizeof first.first);
    assert_int_equal(first.first[SLICES], a->slice_count);
    for (size_t i = 0; i < first.first[SLICES]; i++)
        count += compare_parts(&first.items[i], &second.items[i], source, longest, arena);
    return count;
}

/* The slice of the harvest that is the context. */
static struct str get(void *context, unsigned worker, const struct harvest *harvest,
                      const struct harvest_slice *slice, struct arena *arena)
{
    const struct harvest *other = context;
    (void)worker;
    return harvest_get(other, &other->slices[slice - harvest->slices], arena);
}

static void test_windows(void **state)
{
    struct arena arena;
    struct spill spill, none;
    struct harvest put_by, in_memory, expected;
    size_t longest = 0;
    (void)state;
    arena_init(&arena);
    spill_init(&spill);
    spill_init(&none);
    none.failed = true;
    struct harvest_bytes bytes = make(&arena);
    struct harvest_source source = {get, &put_by};
    harvest_keep(&put_by, 1, bytes, &spill, &arena);
    harvest_keep(&in_memory, 1, bytes, &none, &arena);
    assert_true(harvest_expect(&expected, 1, bytes.slices, &arena));
    assert_non_null(put_by.spill);
    assert_null(in_memory.spill);
    assert_int_equal(compare(&put_by, &in_memory, &source, &longest, &arena), PASSAGES + 1);
    assert_int_equal(compare(&put_by, &expected, &source, &longest, &arena), PASSAGES + 1);
    assert_true(longest > PASSAGES);
    spill_release(&spill);
    arena_release(&arena);
}

/* Parts of several harvests stand by slice, and then in the order of harvests. */
static void test_parts(void **state)
{
    static const char *const texts[] = {"dijk zeil", "sluis", "anker dijk sluis"};
    struct arena arena;
    struct spill spill;
    struct harvest harvests[3];
    struct harvest_parts parts;
    (void)state;
    arena_init(&arena);
    spill_init(&spill);
    for (uint32_t i = 0; i < 3; i++) {
        struct concordance concordance;
        concordance_begin(&concordance, &arena, STEM_NONE);
        concordance_add_passage(&concordance, 0, 1, str_from(texts[i]), false);
        harvest_keep(&harvests[i], i + 1, harvest_make(&concordance, &arena), &spill, &arena);
    }
    harvest_parts_make(&parts, harvests, 3, &arena);
    assert_int_equal(parts.first[SLICES], 6);
    unsigned dijk = slices_find(STR("wdijk")), sluis = slices_find(STR("wsluis"));
    assert_int_equal(parts.first[dijk + 1] - parts.first[dijk], 2);
    assert_int_equal(parts.items[parts.first[dijk]].harvest->group, 1);
    assert_int_equal(parts.items[parts.first[dijk] + 1].harvest->group, 3);
    assert_int_equal(parts.items[parts.first[sluis]].harvest->group, 2);
    assert_int_equal(parts.first[0], 0);
    spill_release(&spill);
    arena_release(&arena);
}

static void test_what_are_no_slices(void **state)
{
    struct arena arena;
    struct harvest harvest;
    (void)state;
    arena_init(&arena);
    struct harvest_bytes bytes = make(&arena);
    assert_false(
        harvest_expect(&harvest, 1, str_slice(bytes.slices, 0, bytes.slices.len - 1), &arena));
    char *changed = (char *)str_copy(&arena, bytes.slices).data;
    memset(changed, 0x7F, 2);
    changed[0] = (char)0xFF;
    assert_false(harvest_expect(&harvest, 1, (struct str){changed, bytes.slices.len}, &arena));
    arena_release(&arena);
}

static void test_empty(void **state)
{
    struct arena arena;
    struct spill spill;
    struct harvest harvest;
    struct harvest_parts parts;
    struct harvests harvests;
    (void)state;
    arena_init(&arena);
    spill_init(&spill);
    harvest_keep(&harvest, 1, (struct harvest_bytes){{"", 0}, {"", 0}}, &spill, &arena);
    harvest_parts_make(&parts, &harvest, 1, &arena);
    assert_int_equal(parts.first[SLICES], 0);
    harvests_begin(&harvests, parts.items, 0, NULL, 0, &arena);
    assert_null(harvests_first(&harvests));
    harvests_end(&harvests);
    spill_release(&spill);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_what_are_no_slices),
        cmocka_unit_test(test_empty),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("harvest", tests, NULL, NULL);
}
