/* Bundles: what was kept of documents comes back, also where some of them are others now. */
#include "base/arena.h"
#include "link/bundle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { COUNT = 5, LARGE = 3 /* the document whose value is too large for a bundle */ };

struct fixture {
    struct arena arena;
    char folder[64];
    struct cache *cache;
    struct digest identities[COUNT];
};

static void reopen(struct fixture *fixture)
{
    cache_close(fixture->cache);
    fixture->cache = cache_open(fixture->folder, 1, (uint64_t)1 << 30);
    assert_non_null(fixture->cache);
}

static struct digest identity(unsigned number)
{
    return digest_of((struct str){(const char *)&number, sizeof number});
}

static struct bundle_value value(struct arena *arena, unsigned number)
{
    size_t len = number == LARGE ? BUNDLE_VALUE_MAX : 10;
    return (struct bundle_value){str_format(arena, "head %u", number),
                                 str_format(arena, "texts %u %0*u", number, (int)len, number)};
}

static void open_bundle(struct fixture *fixture, struct bundle *bundle)
{
    bundle_open(bundle, fixture->cache, 0, &fixture->arena, fixture->identities, COUNT, true);
}

static bool has(struct fixture *fixture, struct bundle *bundle, uint32_t index)
{
    struct bundle_value found = bundle_get(bundle, index, &fixture->arena);
    struct bundle_value wanted = value(&fixture->arena, index);
    return str_equal(found.head, wanted.head) && str_equal(found.texts, wanted.texts);
}

/* Keeps the values of all, in a cache that is written. */
static void keep(struct fixture *fixture)
{
    struct bundle bundle;
    open_bundle(fixture, &bundle);
    for (uint32_t i = 0; i < COUNT; i++)
        bundle_set(&bundle, i, value(&fixture->arena, i));
    bundle_close(&bundle);
    reopen(fixture);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    strcpy(fixture->folder, "/tmp/naslag-bundle.XXXXXX");
    *state = fixture;
    if (!mkdtemp(fixture->folder))
        return -1;
    for (unsigned i = 0; i < COUNT; i++)
        fixture->identities[i] = identity(i);
    reopen(fixture);
    keep(fixture);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    cache_close(fixture->cache);
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    arena_release(&fixture->arena);
    int status = system(command);
    free(fixture);
    return status;
}

static void what_was_kept_is_found(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    open_bundle(fixture, &bundle);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_true(has(fixture, &bundle, i));
    assert_false(bundle.changed);
    assert_true(bundle.texts.data == bundle.values[0].texts.data);
}

/* One is another and one is gone: the others are found where they were, and then together. */
static void others_are_found(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    fixture->identities[1] = identity(100);
    fixture->identities[4] = DIGEST_NONE;
    for (int round = 0; round < 2; round++) {
        open_bundle(fixture, &bundle);
        assert_int_equal(bundle.changed, round == 0);
        assert_true(has(fixture, &bundle, 0));
        assert_int_equal(bundle_get(&bundle, 1, &fixture->arena).head.len, round ? 5 : 0);
        assert_true(has(fixture, &bundle, 2));
        assert_true(has(fixture, &bundle, LARGE));
        assert_int_equal(bundle_get(&bundle, 4, &fixture->arena).head.len, 0);
        bundle_set(&bundle, 1, (struct bundle_value){STR("other"), STR("")});
        bundle_set(&bundle, 4, (struct bundle_value){STR("of none"), STR("")});
        bundle_close(&bundle);
        reopen(fixture);
    }
}

/* Of documents whose values all stand by themselves there is an empty bundle. */
static void all_may_stand_alone(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    for (int round = 0; round < 2; round++) {
        bundle_open(&bundle, fixture->cache, 0, &fixture->arena, &fixture->identities[LARGE], 1,
                    true);
        assert_int_equal(bundle.changed, round == 0);
        struct bundle_value found = bundle_get(&bundle, 0, &fixture->arena);
        assert_true(str_equal(found.texts, value(&fixture->arena, LARGE).texts));
        bundle_close(&bundle);
        reopen(fixture);
    }
}

/* As on another branch: both are there. */
static void what_was_before_is_found_again(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    fixture->identities[1] = identity(100);
    keep(fixture);
    fixture->identities[1] = identity(1);
    open_bundle(fixture, &bundle);
    assert_false(bundle.changed);
    assert_true(has(fixture, &bundle, 0));
    assert_true(has(fixture, &bundle, 1));
}

static void what_is_not_trusted_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    bundle_open(&bundle, fixture->cache, 0, &fixture->arena, fixture->identities, COUNT, false);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(bundle_get(&bundle, i, &fixture->arena).head.len, 0);
}

/* Bytes that are no bundle, and a document that leads to them. */
static void what_is_damaged_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    open_bundle(fixture, &bundle);
    cache_put(fixture->cache, 0, bundle.key, STR("not what was put here"));
    cache_put(fixture->cache, 0, identity(0), STR("\1short"));
    cache_put(fixture->cache, 0, identity(LARGE), STR(""));
    reopen(fixture);
    open_bundle(fixture, &bundle);
    assert_true(bundle.changed);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(bundle_get(&bundle, i, &fixture->arena).head.len, 0);
}

static void without_a_cache_there_is_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct bundle bundle;
    bundle_open(&bundle, NULL, 0, &fixture->arena, fixture->identities, COUNT, true);
    bundle_set(&bundle, 0, (struct bundle_value){STR("value"), STR("")});
    assert_int_equal(bundle_get(&bundle, 0, &fixture->arena).head.len, 0);
    bundle_close(&bundle);
}

/* A path more or less moves the ends of bundles nearby alone. */
static void ends_depend_on_paths(void **state)
{
    struct fixture *fixture = *state;
    uint32_t count[2] = {0}, ends = 0, same = 0;
    for (unsigned i = 0; i < 3000; i++) {
        struct str path = str_format(&fixture->arena, "notes/%04u.md", i);
        bool end[2];
        for (int side = 0; side < 2; side++) {
            end[side] = bundle_ends(count[side], path);
            count[side] = end[side] ? 1 : count[side] + (side || i != 100);
            assert_true(count[side] <= BUNDLE_MAX);
        }
        ends += end[1];
        same += end[0] && end[1];
    }
    assert_in_range(ends, 3000 / BUNDLE_MAX, 3000 / BUNDLE_DOCUMENTS * 2);
    assert_in_range(ends - same, 0, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_kept_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(others_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_may_stand_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_before_is_found_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_trusted_is_not_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_damaged_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_cache_there_is_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_depend_on_paths, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
