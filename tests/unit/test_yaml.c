/* YAML as a tree with places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/yaml.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    char *printed;
    size_t printed_size;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    free(fixture->printed);
    free(fixture);
    return 0;
}

static const struct yaml *read_text(struct fixture *fixture, const char *text)
{
    struct place place = {.path = STR("a.md"), .line = 2};
    return yaml_read(&fixture->arena, place, str_from(text), &fixture->diags);
}

static const char *diagnostics(struct fixture *fixture)
{
    free(fixture->printed);
    FILE *out = open_memstream(&fixture->printed, &fixture->printed_size);
    diags_print(&fixture->diags, out);
    fclose(out);
    return fixture->printed;
}

static void assert_place(const struct yaml *node, unsigned line, unsigned column)
{
    assert_non_null(node);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
}

static void assert_text(const struct yaml *node, const char *text)
{
    assert_non_null(node);
    assert_int_equal(node->kind, YAML_SCALAR);
    assert_int_equal(node->text.len, strlen(text));
    assert_memory_equal(node->text.data, text, strlen(text));
}

static void test_values_are_text(void **state)
{
    const struct yaml *map =
        read_text(*state, "a: 2024-10-09\nb: 07\nc: yes\nd: \"x\\ty\"\ne: |\n  one\n  two\n");
    assert_text(yaml_get(map, STR("a")), "2024-10-09");
    assert_text(yaml_get(map, STR("b")), "07");
    assert_text(yaml_get(map, STR("c")), "yes");
    assert_text(yaml_get(map, STR("d")), "x\ty");
    assert_text(yaml_get(map, STR("e")), "one\ntwo\n");
    assert_null(yaml_get(map, STR("f")));
    assert_null(yaml_get(yaml_get(map, STR("a")), STR("f")));
    assert_string_equal(diagnostics(*state), "");
}

static void test_lists_and_maps_nest(void **state)
{
    const struct yaml *map = read_text(*state, "a:\n  - x\n  - [y, {k: z}]\nb: [[T]]\n");
    const struct yaml *list = yaml_get(map, STR("a"));
    assert_int_equal(list->kind, YAML_LIST);
    assert_text(list->first, "x");
    assert_text(list->first->next->first, "y");
    assert_text(yaml_get(list->first->next->first->next, STR("k")), "z");
    assert_text(yaml_get(map, STR("b"))->first->first, "T");
    assert_null(list->first->next->next);
}

static void test_places_count_bytes_and_real_lines(void **state)
{
    const struct yaml *map = read_text(*state, "\xC3\xA9\xC3\xA9: x\r\nb: 1\xE2\x80\xA8 2\r\n"
                                               "c: {\xC3\xAB: 1, d: 2}\n");
    assert_place(map->first, 2, 7);
    assert_text(yaml_get(map, STR("b")), "1    2");
    const struct yaml *c = yaml_get(map, STR("c"));
    assert_place(c, 4, 4);
    assert_place(yaml_get(c, STR("d")), 4, 15);
    assert_int_equal(yaml_get(c, STR("d"))->key_column, 12);
}

static void test_null(void **state)
{
    const struct yaml *map = read_text(*state, "a:\nb: ~\nc: null\nd: ''\ne: '~'\nf: []\n");
    assert_true(yaml_is_null(yaml_get(map, STR("a"))));
    assert_true(yaml_is_null(yaml_get(map, STR("b"))));
    assert_true(yaml_is_null(yaml_get(map, STR("c"))));
    assert_false(yaml_is_null(yaml_get(map, STR("d"))));
    assert_false(yaml_is_null(yaml_get(map, STR("e"))));
    assert_false(yaml_is_null(yaml_get(map, STR("f"))));
    assert_true(yaml_is_null(yaml_get(map, STR("g"))));
}

static void test_nothing(void **state)
{
    assert_null(read_text(*state, ""));
    assert_null(read_text(*state, "\n# a comment\n"));
    assert_string_equal(diagnostics(*state), "");
}

static void test_a_mistake_costs_its_entry_only(void **state)
{
    const struct yaml *map = read_text(*state, "a: 1\nb: c: d\n# between\ne:\n\t- x\nf: \"g\\d\"\n"
                                               "h: {{x}}\ni: @j\nk: 2\n");
    assert_text(yaml_get(map, STR("a")), "1");
    assert_text(yaml_get(map, STR("k")), "2");
    for (const char *gone = "befhi"; *gone; gone++)
        assert_null(yaml_get(map, (struct str){gone, 1}));
    assert_string_equal(
        diagnostics(*state),
        "a.md:3:5: error: a value that holds ': ' must stand in quotes; this entry is left out "
        "[yaml-syntax]\n"
        "a.md:6:1: error: a tab cannot indent: use spaces; this entry is left out [yaml-syntax]\n"
        "a.md:7:6: error: this backslash means nothing in double quotes: use single quotes; this "
        "entry is left out [yaml-syntax]\n"
        "a.md:8:5: error: a key must be a text: put what holds '{{' or '[' in quotes; this entry "
        "is left out [yaml-key]\n"
        "a.md:9:4: error: a value cannot begin with this character: put it in quotes; this entry "
        "is left out [yaml-syntax]\n");
}

static void test_what_is_not_closed_is_shown_where_it_opens(void **state)
{
    const struct yaml *map = read_text(*state, "a: 1\nb: \"open\nc: 2\nd: [x,\ne: 3\n");
    assert_text(yaml_get(map, STR("a")), "1");
    assert_text(yaml_get(map, STR("c")), "2");
    assert_text(yaml_get(map, STR("e")), "3");
    assert_string_equal(
        diagnostics(*state),
        "a.md:3:4: error: the quotation that begins here is not closed; this entry is left out "
        "[yaml-syntax]\n"
        "a.md:5:4: error: the list that begins here is not closed by ']'; this entry is left out "
        "[yaml-syntax]\n");
}

static void test_a_key_twice(void **state)
{
    const struct yaml *map = read_text(*state, "a: 1\nb: 2\na: {c: 3}\n");
    assert_text(yaml_get(map, STR("a")), "1");
    assert_null(yaml_get(map, STR("b"))->next);
    assert_string_equal(diagnostics(*state),
                        "a.md:4:1: error: key 'a' stands on line 2 already; this one is left out "
                        "[duplicate-key]\n");
}

static void test_a_dropped_key_may_come_again(void **state)
{
    const struct yaml *map = read_text(*state, "a: @x\na: 1\n");
    assert_text(yaml_get(map, STR("a")), "1");
    struct fixture *fixture = *state;
    assert_int_equal(fixture->diags.count, 1);
}

static void test_anchors_tags_and_documents_are_refused(void **state)
{
    const struct yaml *map = read_text(*state, "a: &x 1\nb: *x\nc: !!str 2\nd: 3\n---\ne: 4\n");
    assert_text(map->first, "3");
    assert_null(map->first->next);
    struct fixture *fixture = *state;
    assert_int_equal(fixture->diags.count, 4);
    assert_int_equal(fixture->diags.items[3].place.line, 6);
}

static void test_other_bytes(void **state)
{
    struct fixture *fixture = *state;
    static const char bytes[] = "a: x\xE9y\nb: 1\0002\nc: 3\n";
    struct place place = {.path = STR("a.md"), .line = 2};
    const struct yaml *map =
        yaml_read(&fixture->arena, place, (struct str){bytes, sizeof bytes - 1}, &fixture->diags);
    assert_text(yaml_get(map, STR("a")), "x?y");
    assert_text(yaml_get(map, STR("b")), "1?2");
    assert_text(yaml_get(map, STR("c")), "3");
    assert_string_equal(diagnostics(fixture),
                        "a.md:2:5: error: this byte is not UTF-8; it is read as '?' "
                        "[invalid-utf8]\n");
}

static void test_mistakes_have_an_end(void **state)
{
    struct fixture *fixture = *state;
    struct buf buf;
    buf_init(&buf, &fixture->arena);
    for (int i = 0; i < 1000; i++)
        buf_put_cstring(&buf, "@\n");
    struct place place = {.path = STR("a.md"), .line = 2};
    assert_null(yaml_read(&fixture->arena, place, buf_str(&buf), &fixture->diags));
    assert_int_equal(fixture->diags.count, YAML_ERRORS_MAX);
}

/* libyaml alone takes seconds for some of these. */
static void test_hostile_input_is_quick(void **state)
{
    static const char *const pieces[] = {"[",   "{",   "{\"\":[", "- ",          "? ",
                                         "a: ", "@\n", "k: 1\n",  "[\n",         "a: &x *x\n",
                                         "'",   "#\n", "\xFF",    "%TAG !a! x\n"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf buf;
        buf_init(&buf, &fixture->arena);
        while (buf.len + strlen(pieces[i]) <= YAML_SIZE_MAX)
            buf_put_cstring(&buf, pieces[i]);
        struct place place = {.path = STR("a.md"), .line = 2};
        clock_t start = clock();
        yaml_read(&fixture->arena, place, buf_str(&buf), &fixture->diags);
        assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
    }
    assert_true(arena_size(&fixture->arena) < 64u * 1024 * 1024);
}

static void test_size_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    char *text = arena_text(&fixture->arena, YAML_SIZE_MAX + 1);
    memset(text, 'x', YAML_SIZE_MAX + 1);
    struct place place = {.path = STR("a.md"), .line = 2};
    assert_null(
        yaml_read(&fixture->arena, place, (struct str){text, YAML_SIZE_MAX + 1}, &fixture->diags));
    assert_int_equal(diags_count(&fixture->diags, DIAG_ERROR), 1);
    assert_non_null(
        yaml_read(&fixture->arena, place, (struct str){text, YAML_SIZE_MAX}, &fixture->diags));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_values_are_text),
        TEST(test_lists_and_maps_nest),
        TEST(test_places_count_bytes_and_real_lines),
        TEST(test_null),
        TEST(test_nothing),
        TEST(test_a_mistake_costs_its_entry_only),
        TEST(test_what_is_not_closed_is_shown_where_it_opens),
        TEST(test_a_key_twice),
        TEST(test_a_dropped_key_may_come_again),
        TEST(test_anchors_tags_and_documents_are_refused),
        TEST(test_other_bytes),
        TEST(test_mistakes_have_an_end),
        TEST(test_hostile_input_is_quick),
        TEST(test_size_is_bounded),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
