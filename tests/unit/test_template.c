/* Mustache templates, beyond the cases of the specification: see tests/spec/mustache.js for those.
 */
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
#include "write/mustache.h"
#include "write/template.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct templates templates;
    char *printed;
    size_t printed_size;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    templates_init(&fixture->templates, &fixture->arena);
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

static const char *diagnostics(struct fixture *fixture)
{
    free(fixture->printed);
    FILE *out = open_memstream(&fixture->printed, &fixture->printed_size);
    diags_print(&fixture->diags, out);
    fclose(out);
    return fixture->printed;
}

static void add(struct fixture *fixture, const char *name, const char *source)
{
    struct place place = {.path = str_format(&fixture->arena, "%s.mustache", name)};
    bool added = templates_add(&fixture->templates, str_from(name), place, str_from(source),
                               &fixture->diags);
    assert_string_equal(diagnostics(fixture), "");
    assert_true(added);
}

static struct str render(struct fixture *fixture, const char *name, const struct value *value)
{
    struct buf out;
    buf_init(&out, &fixture->arena);
    assert_true(template_render(&fixture->templates, str_from(name), value, &out));
    return buf_str(&out);
}

static void assert_text(struct fixture *fixture, struct str text, const char *expected)
{
    assert_string_equal(str_cstring(&fixture->arena, text), expected);
}

/* The diagnostics of a source that does not compile. */
static const char *mistake(struct fixture *fixture, const char *source)
{
    struct place place = {.path = STR("a.mustache")};
    diags_init(&fixture->diags, &fixture->arena);
    assert_false(
        templates_add(&fixture->templates, STR("a"), place, str_from(source), &fixture->diags));
    assert_false(templates_have(&fixture->templates, STR("a")));
    return diagnostics(fixture);
}

static void test_mistakes_have_their_place(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(mistake(fixture, "a\n  {{name\n"),
                        "a.mustache:2:3: error: this tag is not closed by '}}' [template]\n");
    assert_string_equal(mistake(fixture, "{{{name}}"),
                        "a.mustache:1:1: error: this tag is not closed by '}}}' [template]\n");
    assert_string_equal(mistake(fixture, "é {{#a}}\n{{^b}}{{/b}}\n"),
                        "a.mustache:1:4: error: 'a' is never closed [template]\n");
    assert_string_equal(
        mistake(fixture, "\n{{#a}}\n{{#b}}\n{{/a}}{{/b}}"),
        "a.mustache:4:1: error: 'a' is closed where 'b' of line 3 is open [template]\n");
    assert_string_equal(mistake(fixture, "x{{/a}}"),
                        "a.mustache:1:2: error: 'a' is closed but was not opened [template]\n");
    assert_string_equal(mistake(fixture, "{{ }}"),
                        "a.mustache:1:1: error: this tag has no name [template]\n");
    assert_string_equal(mistake(fixture, "{{two words}}"),
                        "a.mustache:1:1: error: 'two words' is no name [template]\n");
    assert_string_equal(mistake(fixture, "{{> * }}"),
                        "a.mustache:1:1: error: '*' is no name [template]\n");
    assert_string_equal(mistake(fixture, "{{=<%=}}"),
                        "a.mustache:1:1: error: '<%' is not a pair of delimiters [template]\n");
    assert_string_equal(mistake(fixture, "{{=a b c=}}"),
                        "a.mustache:1:1: error: 'a b c' is not a pair of delimiters [template]\n");
    assert_string_equal(mistake(fixture, "{{<p}}{{$b}}{{/p}}{{/b}}"),
                        "a.mustache:1:13: error: 'p' is closed where 'b' of line 1 is open "
                        "[template]\n");
}

static struct str repeat(struct fixture *fixture, const char *part, size_t count)
{
    struct buf out;
    buf_init(&out, &fixture->arena);
    for (size_t i = 0; i < count; i++)
        buf_put_cstring(&out, part);
    return buf_str(&out);
}

static struct str nested(struct fixture *fixture, size_t depth)
{
    struct str opens = repeat(fixture, "{{#a}}", depth), closes = repeat(fixture, "{{/a}}", depth);
    return str_format(&fixture->arena, "%.*sx%.*s", STR_ARGS(opens), STR_ARGS(closes));
}

static void test_nesting_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    struct value *value = value_object(&fixture->arena);
    value_set(&fixture->arena, value, "a", value_flag(&fixture->arena, true));
    add(fixture, "deep", str_cstring(&fixture->arena, nested(fixture, MUSTACHE_DEPTH_MAX)));
    assert_text(fixture, render(fixture, "deep", value), "x");
    struct str deeper = nested(fixture, MUSTACHE_DEPTH_MAX + 1);
    assert_string_equal(mistake(fixture, str_cstring(&fixture->arena, deeper)),
                        "a.mustache:1:385: error: more than 64 tags are open in one another "
                        "[template]\n");
}

static void test_recursion_ends(void **state)
{
    struct fixture *fixture = *state;
    struct buf out;
    buf_init(&out, &fixture->arena);
    add(fixture, "self", "x{{>self}}{{>self}}");
    assert_false(
        template_render(&fixture->templates, STR("self"), value_object(&fixture->arena), &out));
    assert_int_equal(out.len, TEMPLATE_DEPTH_MAX + 1);
    buf_clear(&out);
    add(fixture, "outer", "{{$a}}{{/a}}");
    add(fixture, "block", "{{<outer}}{{$a}}y{{$a}}{{/a}}{{$a}}{{/a}}{{/a}}{{/outer}}");
    assert_false(
        template_render(&fixture->templates, STR("block"), value_object(&fixture->arena), &out));
    assert_in_range(out.len, 1, TEMPLATE_DEPTH_MAX + 1);
    add(fixture, "first", "z{{<second}}{{/second}}");
    add(fixture, "second", "{{<first}}{{/first}}{{>first}}");
    buf_clear(&out);
    assert_false(
        template_render(&fixture->templates, STR("first"), value_object(&fixture->arena), &out));
    assert_in_range(out.len, 1, TEMPLATE_DEPTH_MAX + 1);
}

/* A tree of `depth` levels under a template that calls itself for each level. */
static void test_trees_are_rendered_whole(void **state)
{
    struct fixture *fixture = *state;
    struct value *tree = NULL;
    for (int i = 0; i < 30; i++) {
        struct value *parent = value_object(&fixture->arena);
        struct value *children = value_list(&fixture->arena);
        if (tree)
            value_append(&fixture->arena, children, tree);
        value_set(&fixture->arena, parent, "children", children);
        tree = parent;
    }
    add(fixture, "tree", "({{#children}}{{>tree}}{{/children}})");
    struct str text = render(fixture, "tree", tree);
    assert_int_equal(text.len, 60);
}

static void test_values_are_data(void **state)
{
    struct fixture *fixture = *state;
    struct value *value = value_object(&fixture->arena);
    struct str hostile = {"{{x}}\0\xff<\n", 9};
    value_set_text(&fixture->arena, value, "x", hostile);
    add(fixture, "data", "[{{x}}|{{{x}}}]");
    struct str expected = {"[{{x}}\xEF\xBF\xBD\xEF\xBF\xBD&lt;\n|{{x}}\0\xff<\n]", 28};
    assert_true(str_equal(render(fixture, "data", value), expected));
    value_set_text(&fixture->arena, value, "name", STR("../data"));
    add(fixture, "dynamic", "[{{>*name}}{{>*x}}]");
    assert_text(fixture, render(fixture, "dynamic", value), "[]");
}

static void test_sources_may_hold_any_byte(void **state)
{
    struct fixture *fixture = *state;
    struct str source = {"a\0b\xff{{x}}", 9};
    struct value *value = value_object(&fixture->arena);
    value_set_text(&fixture->arena, value, "x", STR("c"));
    assert_true(templates_add(&fixture->templates, STR("raw"), (struct place){0}, source, NULL));
    assert_true(str_equal(render(fixture, "raw", value), (struct str){"a\0b\xff"
                                                                      "c",
                                                                      5}));
}

static void test_flags_are_shown(void **state)
{
    struct fixture *fixture = *state;
    struct value *value = value_object(&fixture->arena);
    value_set(&fixture->arena, value, "yes", value_flag(&fixture->arena, true));
    value_set(&fixture->arena, value, "no", value_flag(&fixture->arena, false));
    value_set(&fixture->arena, value, "list", value_list(&fixture->arena));
    add(fixture, "flags", "{{yes}} {{no}} {{list}}");
    assert_text(fixture, render(fixture, "flags", value), "true false ");
}

static void test_the_last_field_holds(void **state)
{
    struct fixture *fixture = *state;
    struct value *value = value_object(&fixture->arena);
    value_set_text(&fixture->arena, value, "a", STR("first"));
    value_set_text(&fixture->arena, value, "b", STR("other"));
    value_set_text(&fixture->arena, value, "a", STR("last"));
    add(fixture, "last", "{{a}}");
    assert_text(fixture, render(fixture, "last", value), "last");
    value_index(&fixture->arena, value);
    assert_text(fixture, render(fixture, "last", value), "last");
    assert_null(value_get(value, STR("c")));
    assert_null(value_get(value_get(value, STR("a")), STR("a")));
}

static void test_layouts_keep_lines(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "layout", "<body>\n  {{$main}}\n    none\n  {{/main}}\n</body>\n");
    add(fixture, "part", "<p>\n{{{text}}}\n</p>\n");
    add(fixture, "page",
        "{{<layout}}\n{{$main}}\n      <main>\n        {{>part}}\n      </main>\n{{/main}}\n"
        "{{/layout}}\n");
    struct value *value = value_object(&fixture->arena);
    value_set_text(&fixture->arena, value, "text", STR("<pre>1\n2</pre>"));
    assert_text(fixture, render(fixture, "page", value),
                "<body>\n    <main>\n      <p>\n      <pre>1\n2</pre>\n      </p>\n    </main>\n"
                "</body>\n");
    assert_text(fixture, render(fixture, "layout", value), "<body>\n    none\n</body>\n");
}

static void test_missing_templates_are_named(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "page", "\n {{>nav}}{{>page}}{{>*any}}{{<layout}}{{/layout}}");
    templates_check(&fixture->templates, &fixture->diags);
    assert_string_equal(
        diagnostics(fixture),
        "page.mustache:2:2: warning: there is no template 'nav'; nothing is shown for it "
        "[template]\n"
        "page.mustache:2:28: warning: there is no template 'layout'; nothing is shown for it "
        "[template]\n");
}

/* Sources that a careless scan would read again for each of their tags. */
static void test_long_sources_take_no_time(void **state)
{
    struct fixture *fixture = *state;
    static const char *const parts[] = {"{{a}}  ", "{{! }}\n", " {{$a}}\n{{/a}}", "{{a}}\n\n\n  "};
    clock_t start = clock();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct str source = repeat(fixture, parts[i], 50000);
        assert_true(templates_add(&fixture->templates, STR("long"), (struct place){0}, source,
                                  &fixture->diags));
    }
    assert_true((clock() - start) / CLOCKS_PER_SEC < 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_mistakes_have_their_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nesting_is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_recursion_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_trees_are_rendered_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_values_are_data, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sources_may_hold_any_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flags_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_last_field_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_layouts_keep_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_templates_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_sources_take_no_time, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
