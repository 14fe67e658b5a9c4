/* The tree of an index, as the writer makes it and the reader looks into it. */
#include "search/nodes.h"
#include "search/packed.h"
#include "search/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { KEYS = 6000 };

/* A tree in memory. */
struct forest {
    struct arena arena;
    struct map files; /* struct str, packed, by path */
    struct parts parts;
    struct nodes nodes;
    struct store store;
    struct tree tree;
    struct str last;
    uint32_t visits, most;
};

static bool keep(void *context, const char *path, struct digest made_of)
{
    (void)context, (void)path, (void)made_of;
    return false;
}

static void put(void *context, const char *path, struct str content, struct digest made_of)
{
    (void)made_of;
    struct forest *forest = context;
    struct str *kept = arena_new(&forest->arena, struct str);
    *kept = str_copy(&forest->arena, content);
    *map_at(&forest->files, str_copy(&forest->arena, str_from(path))) = kept;
}

static struct str key_of(struct arena *arena, int number)
{
    return str_format(arena, "w%03d%s", number / 3,
                      number % 3 == 0   ? ""
                      : number % 3 == 1 ? "a"
                                        : "bc");
}

static int make(void **state)
{
    static struct forest forest;
    static struct parts_sink sink = {.put = put, .keep = keep, .context = &forest};
    forest = (struct forest){.most = UINT32_MAX};
    arena_init(&forest.arena);
    map_init(&forest.files, &forest.arena);
    parts_init(&forest.parts, &sink, 1);
    nodes_init(&forest.nodes, &forest.parts);
    for (int i = 0; i < 3000; i++) /* in order as long as all numbers have three digits */
        nodes_add(&forest.nodes, key_of(&forest.arena, i),
                  str_format(&forest.arena, "value %d%*s", i, i % 200, ""));
    for (int i = 0; i < KEYS - 3000; i++)
        nodes_add(&forest.nodes, str_format(&forest.arena, "x%05d", i), STR(""));
    store_init(&forest.store);
    forest.tree.height = nodes_end(&forest.nodes, &forest.tree.top);
    forest.tree.store = &forest.store;
    parts_flush(&forest.parts);
    *state = &forest;
    return 0;
}

static int drop(void **state)
{
    struct forest *forest = *state;
    nodes_release(&forest->nodes);
    parts_release(&forest->parts);
    store_release(&forest->store);
    arena_release(&forest->arena);
    return 0;
}

static void give(struct forest *forest)
{
    assert_true(forest->store.wanted.count > 0);
    for (size_t i = 0; i < forest->store.wanted.count; i++) {
        struct str bytes,
            *packed = map_get(&forest->files, str_from(forest->store.wanted.items[i]->path.text));
        assert_non_null(packed);
        assert_int_equal(packed_open(&forest->store.arena, *packed, &bytes), 0);
        store_give(&forest->store, i, bytes);
    }
    store_begin_step(&forest->store);
}

static enum tree_status find(struct forest *forest, struct str key, struct str *value)
{
    enum tree_status status;
    while ((status = tree_find(&forest->tree, key, value)) == TREE_WAITS)
        give(forest);
    return status;
}

static void every_key_is_found(void **state)
{
    struct forest *forest = *state;
    struct str value;
    assert_true(forest->tree.height > 1);
    for (int i = 0; i < 3000; i++) {
        assert_int_equal(find(forest, key_of(&forest->arena, i), &value), TREE_FOUND);
        assert_true(str_equal(str_trim(value), str_format(&forest->arena, "value %d", i)));
    }
    assert_null(forest->store.damage);
}

static void no_other_key_is(void **state)
{
    struct forest *forest = *state;
    static const char *const others[] = {"",        "a",     "w", "w0",         "w000aa",
                                         "w999bcd", "w999c", "x", "x00000\x01", "y"};
    struct str value;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(find(forest, str_from(others[i]), &value), TREE_ABSENT);
    assert_null(forest->store.damage);
}

static bool visit(void *context, struct str key, struct str value)
{
    struct forest *forest = context;
    (void)value;
    assert_true(str_compare(key, forest->last) > 0);
    forest->last = str_copy(&forest->arena, key);
    return ++forest->visits < forest->most;
}

static uint32_t count_range(struct forest *forest, const char *prefix)
{
    do {
        forest->visits = 0;
        forest->last = STR("");
        store_begin_step(&forest->store);
    } while (tree_range(&forest->tree, str_from(prefix), visit, forest) == TREE_WAITS &&
             (give(forest), true));
    assert_null(forest->store.damage);
    return forest->visits;
}

static void a_range_is_all_that_begins_so(void **state)
{
    struct forest *forest = *state;
    assert_int_equal(count_range(forest, "w12"), 30);
    assert_int_equal(count_range(forest, "w123"), 3);
    assert_int_equal(count_range(forest, "w123b"), 1);
    assert_int_equal(count_range(forest, "w123x"), 0);
    assert_int_equal(count_range(forest, "v"), 0);
    assert_int_equal(count_range(forest, "y"), 0);
    assert_int_equal(count_range(forest, "w"), 3000);
    assert_int_equal(count_range(forest, "x0"), KEYS - 3000);
    assert_int_equal(count_range(forest, ""), KEYS);
    forest->most = 7;
    assert_int_equal(count_range(forest, "w"), 7);
}

/* An inner node whose children, told by one hash, are all the same. */
static struct str twins(struct arena *arena, uint64_t child, int count)
{
    struct buf node;
    buf_init(&node, arena);
    buf_put_char(&node, TREE_INNER);
    bytes_put_number(&node, (uint32_t)count);
    for (int i = 0; i < count; i++) {
        bytes_put_number(&node, i ? 1 : 0);
        bytes_put_text(&node, i ? str_format(arena, "%c", 'A' + i) : STR("w"));
        bytes_put_hash(&node, child);
    }
    return buf_str(&node);
}

/* Six levels of fifty children each, all the same, would be sixteen milliards of leaves. */
static void a_walk_in_circles_is_damage(void **state)
{
    struct forest *forest = *state;
    struct str node = STR("L\x01\x00\x02wz\x00");
    for (int level = 1; level < TREE_HEIGHT_MAX; level++) {
        uint64_t hash = paths_hash(node);
        struct str bytes;
        assert_false(store_get(&forest->store, paths_part(hash), &bytes));
        store_give(&forest->store, 0, node);
        store_begin_step(&forest->store);
        node = twins(&forest->arena, hash, 50);
    }
    forest->tree.top = node;
    forest->tree.height = TREE_HEIGHT_MAX;
    forest->last = STR("");
    assert_int_equal(tree_range(&forest->tree, STR("w"), visit, forest), TREE_FOUND);
    assert_int_equal(forest->visits, 1);
    assert_non_null(forest->store.damage);
}

static void keys_that_fall_are_damage(void **state)
{
    struct forest *forest = *state;
    struct str value;
    forest->tree.height = 1;
    forest->tree.top = STR("L\x02\x00\x02wz\x00\x01\x01"
                           "a\x00");
    assert_int_equal(tree_find(&forest->tree, STR("wzz"), &value), TREE_ABSENT);
    assert_non_null(forest->store.damage);
}

static void an_empty_tree_has_nothing(void **state)
{
    struct forest *forest = *state;
    struct str value;
    forest->tree.height = 1;
    forest->tree.top = STR("L\x00");
    assert_int_equal(tree_find(&forest->tree, STR("w"), &value), TREE_ABSENT);
    assert_int_equal(count_range(forest, ""), 0);
    assert_null(forest->store.damage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_key_is_found, make, drop),
        cmocka_unit_test_setup_teardown(no_other_key_is, make, drop),
        cmocka_unit_test_setup_teardown(a_range_is_all_that_begins_so, make, drop),
        cmocka_unit_test_setup_teardown(a_walk_in_circles_is_damage, make, drop),
        cmocka_unit_test_setup_teardown(keys_that_fall_are_damage, make, drop),
        cmocka_unit_test_setup_teardown(an_empty_tree_has_nothing, make, drop)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
