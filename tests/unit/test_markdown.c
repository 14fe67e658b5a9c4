#include "base/arena.h"
#include "base/buf.h"
#include "read/excess.h"
#include "read/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;
static struct diags diags;

static int begin(void **state)
{
    (void)state;
    arena_init(&arena);
    diags_init(&diags, &arena);
    markdown_init();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct str text_of(struct str body)
{
    struct node *root = node_add(&arena, NULL, NODE_DOCUMENT);
    markdown_read(&arena, (struct place){STR("a.md"), 1, 0}, body, root, 1, &diags);
    return node_plain_text(&arena, root);
}

/* What is kept from cmark-gfm because there is too much of it comes out as it was written. */
static void refused_marks_are_shown(void **state)
{
    enum { DEEP = 300 };
    struct buf body;
    (void)state;
    buf_init(&body, &arena);
    for (int i = 0; i < DEEP; i++)
        buf_put(&body, STR("> "));
    buf_put(&body, STR("deep [link](https://example.org/a_b)\n"));
    struct str text = text_of(buf_str(&body));
    assert_int_equal(diags_count(&diags, DIAG_ERROR), 1);
    assert_true(str_find(text, STR("> > > deep link")) >= 0);
    assert_int_equal(str_find(text, STR("\xEF\xB7")), STR_NONE);
}

/* A column is that of the file, also behind wikilinks, which cmark-gfm sees as short marks. */
static void columns_are_those_of_the_file(void **state)
{
    (void)state;
    text_of(STR("a [[A long name|and text]] and ![[B]] <b> [@key] [@key, p. 2]\n"));
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].place.column, 39);
}

/* More lines than a page can hold are not lost, but shown as they stand. */
static void excess_is_shown_as_written(void **state)
{
    struct buf body;
    (void)state;
    buf_init(&body, &arena);
    for (int i = 0; i < EXCESS_LINES; i++)
        buf_put(&body, STR("a\n\n"));
    buf_put(&body, STR("the *rest*\n"));
    struct str text = text_of(buf_str(&body));
    assert_true(str_ends(text, STR("the *rest*")));
    assert_int_equal(diags.count, 1);
    assert_string_equal(diags.items[0].code, "too-many-lines");
    assert_int_equal(diags.items[0].place.line, 2 * EXCESS_LINES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refused_marks_are_shown, begin, end),
        cmocka_unit_test_setup_teardown(columns_are_those_of_the_file, begin, end),
        cmocka_unit_test_setup_teardown(excess_is_shown_as_written, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
