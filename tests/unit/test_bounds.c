/* Bounds on Markdown: what is touched and what is not, and where the diagnostics stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "read/bounds.h"
#include "read/prefix.h"
#include "read/shield.h"

enum { FIRST_LINE = 11 };

struct fixture {
    struct arena arena;
    struct diags diags;
    struct buf text;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    buf_init(&fixture->text, &fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static void put(struct fixture *fixture, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_put_cstring(&fixture->text, piece);
}

static struct str apply(struct fixture *fixture)
{
    struct place place = {STR("note.md"), FIRST_LINE, 0};
    return bounds_apply(&fixture->arena, place, buf_str(&fixture->text), &fixture->diags);
}

static size_t count(struct str text, const char *needle)
{
    size_t found = 0;
    struct str sought = str_from(needle);
    for (ptrdiff_t at; (at = str_find(text, sought)) != STR_NONE; found++)
        text = str_from_offset(text, (size_t)at + sought.len);
    return found;
}

/* What is within bounds is given back as it is, not copied. */
static void assert_untouched(struct fixture *fixture)
{
    struct str result = apply(fixture);
    if (fixture->diags.count)
        diags_print(&fixture->diags, stderr);
    assert_int_equal(fixture->diags.count, 0);
    assert_ptr_equal(result.data, fixture->text.data);
    assert_int_equal(result.len, fixture->text.len);
}

static char character_at(const struct fixture *fixture, struct place place)
{
    struct str rest = buf_str(&fixture->text);
    for (uint32_t line = FIRST_LINE; line < place.line; line++)
        str_cut(&rest, '\n');
    assert_in_range(place.column, 1, rest.len);
    return rest.data[place.column - 1];
}

/* What is not is said, at the `character` that was the first too many, and nothing of the text is
 * lost. */
static struct str assert_bounded(struct fixture *fixture, const char *code, char character)
{
    struct str result = apply(fixture);
    struct str text = buf_str(&fixture->text);
    assert_true(fixture->diags.count > 0);
    diags_sort(&fixture->diags);
    const struct diag *first = &fixture->diags.items[0];
    assert_string_equal(first->code, code);
    assert_int_equal(first->severity, DIAG_ERROR);
    assert_int_equal(character_at(fixture, first->place), character);
    assert_int_equal(count(result, "\n"), count(text, "\n"));
    assert_true(str_equal(shield_restore(&fixture->arena, result), text));
    assert_false(str_equal(result, text));
    return result;
}

static void assert_place(const struct fixture *fixture, uint32_t line, uint32_t column)
{
    assert_int_equal(fixture->diags.items[0].place.line, FIRST_LINE - 1 + line);
    assert_int_equal(fixture->diags.items[0].place.column, column);
}

static void test_empty(void **state)
{
    assert_untouched(*state);
}

static void test_ordinary_text(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 1000; i++) {
        put(fixture, "## Head *one*\n\nText with [a link](x_y.md), ![an image](i.png), `code`", 1);
        put(fixture, ", <b>html</b>, ~~old~~, a note[^1] &amp; **more**.\n\n", 1);
        put(fixture, "- a\n    - b\n        - [ ] c\n            1. d\n\n> q\n> > r\n\n", 1);
    }
    put(fixture, "[^1]: The note.\n\n[ref]: https://example.org/a_long_address 'and title'\n", 1);
    assert_untouched(fixture);
}

static void test_long_table(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "Intro.\n\n| a | b | c | d |\n|:--|---|:-:|--:|\n", 1);
    put(fixture, "| *one* two **three** | [a_b](c_d) | [e](f) ~g~ | text of this cell |\n", 10000);
    assert_untouched(fixture);
}

static void test_long_lists(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "- *one* two **three** [a_b](c_d) ~g~, some text of the item\n", 8000);
    put(fixture, "\n1. *one* two **three** [a_b](c_d), text\n", 1);
    put(fixture, "2. *one* two **three** [a_b](c_d) ~g~, some text of the item\n", 8000);
    assert_untouched(fixture);
}

static void test_footnotes_in_a_row(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "[^1]: *one* two **three** [a_b](c_d) ~g~, some text of the note\n", 8000);
    assert_untouched(fixture);
}

static void test_quoted_book(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "> *one* two **three** [a_b](c_d) ~g~, some text of the letter\n>\n", 8000);
    assert_untouched(fixture);
}

/* Code costs cmark nothing, whatever is in it. */
static void test_code_block(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "Text.\n```c\n", 1);
    put(fixture, "a[*b] = ~_c_ | <?d; ![\n", 30000);
    put(fixture, "```\n\nText.\n", 1);
    assert_untouched(fixture);
}

static void test_long_reference_list(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "[name]: https://example.org/a/rather/long/address \"and (its) title\"\n", 5000);
    put(fixture, "\n", 1);
    put(fixture, "See [name] for more.\n\n", 20000);
    assert_untouched(fixture);
}

static void test_rules(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "- ", 200);
    put(fixture, "\n\n", 1);
    put(fixture, "* ", 49);
    put(fixture, "\n", 1);
    assert_untouched(fixture);
}

static void test_nesting_on_a_line(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "text\n\n", 1);
    put(fixture, "> ", 60);
    put(fixture, "a\n", 1);
    struct str result = assert_bounded(fixture, "nesting-too-deep", '>');
    assert_place(fixture, 3, 97);
    assert_int_equal(count(result, ">"), 48);
}

static void test_nesting_over_lines(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < 60; i++) {
        put(fixture, "  ", i);
        put(fixture, "- a\n", 1);
    }
    struct str result = assert_bounded(fixture, "nesting-too-deep", '-');
    assert_place(fixture, 49, 97);
    assert_int_equal(count(result, "- a"), 48);
}

static void test_nesting_without_text(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, ">", 1000);
    put(fixture, "\n", 1);
    struct str result = assert_bounded(fixture, "nesting-too-deep", '>');
    assert_place(fixture, 1, 49);
    assert_int_equal(count(result, ">"), 48);
}

static void test_nesting_of_all_kinds(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "> - 1. [^a]: + 2) ", 20);
    put(fixture, "a\n", 1);
    assert_bounded(fixture, "nesting-too-deep", '>');
    assert_place(fixture, 1, 145);
}

static void test_wide_table(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "|a", 300);
    put(fixture, "|\n", 1);
    put(fixture, "|-", 300);
    put(fixture, "|\n|b|\n", 1);
    struct str result = assert_bounded(fixture, "table-too-wide", '|');
    assert_place(fixture, 1, 513);
    assert_int_equal(count(result, "|"), 256 + 256 + 2);
    assert_int_equal(fixture->diags.count, 1);
}

/* Pipes cost nothing where no table can be. */
static void test_pipes_without_table(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "|a", 1000);
    put(fixture, "\n---\n", 1);
    assert_untouched(fixture);
}

static void test_short_rows(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "|a", 200);
    put(fixture, "|\n", 1);
    put(fixture, "|-", 200);
    put(fixture, "|\n", 1);
    put(fixture, "b\n", 2000);
    put(fixture, "\n| a | b |\n| --- | --- |\n| c | d |\n", 1);
    struct str result = assert_bounded(fixture, "table-too-large", '|');
    assert_place(fixture, 2, 1);
    assert_int_equal(count(result, "-"), 6); /* the table behind it is one */
    assert_int_equal(fixture->diags.count, 1);
}

static void test_delimiter_rows(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "a\n", 1);
    put(fixture, ":-|-\n", 20000);
    struct str result = assert_bounded(fixture, "too-many-delimiter-rows", '-');
    assert_true(count(result, ":-|-\n") < 2000);
}

static void test_images_and_links(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "[first](a)\n\n", 1);
    put(fixture, "![[]()", 40000);
    put(fixture, "\n\n[last](a)\n", 1);
    struct str result = assert_bounded(fixture, "too-many-brackets", ']');
    assert_true(str_ends(result, STR("\n\n[last](a)\n")));
    assert_true(str_starts(result, STR("[first](a)\n\n![[]()![[]()")));
}

static void test_emphasis_and_links(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "*a ", 5000);
    put(fixture, "[a](b)", 20000);
    assert_bounded(fixture, "too-many-brackets", ']');
}

static void test_strikes(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "~~a", 1);
    put(fixture, " b~", 20000);
    assert_bounded(fixture, "too-much-emphasis", '~');
}

static void test_emphasis_of_two_kinds(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "_a ", 20000);
    put(fixture, "x**_y*", 1000);
    struct str result = assert_bounded(fixture, "too-much-emphasis", '_');
    assert_true(count(result, "_") > 5000);
}

/* Underscores in words and stars between blanks are no emphasis. */
static void test_no_emphasis(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "a_long_name * another_long_name\n", 30000);
    assert_untouched(fixture);
    put(fixture, "\v*\v", 20000); /* which is no white space to cmark */
    assert_bounded(fixture, "too-much-emphasis", '*');
}

static void test_unclosed_html(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "a\n", 1);
    put(fixture, " <?", 50000);
    assert_bounded(fixture, "unclosed-html", '<');
}

/* A table that is one for sure has no paragraph longer than a row. But what looks like one behind
 * a comment may be text. */
static void test_table_that_is_none(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "<!--\n\n|a|\n|-|\n| -->\n", 1);
    put(fixture, "| *a [b](c) |\n", 20000);
    assert_bounded(fixture, "too-many-brackets", ']');
}

static void test_fence_that_is_none(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "<!--\n```\n-->\n", 1);
    put(fixture, "![[]()", 40000);
    assert_bounded(fixture, "too-many-brackets", ']');
}

static void test_long_address(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "[a]: ", 1);
    put(fixture, "b", 50000);
    put(fixture, "\n\n", 1);
    put(fixture, "[a] ", 10000);
    assert_bounded(fixture, "reference-too-long", ':');
    assert_place(fixture, 1, 4);
}

static void test_long_title(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "> [a]: b\n> 'c", 1);
    put(fixture, "d\n> [e]: f\n> ", 5000);
    put(fixture, "'\n\n", 1);
    put(fixture, "[a] ", 10000);
    assert_bounded(fixture, "reference-too-long", ':');
    assert_place(fixture, 1, 6);
}

static void test_brackets_alone(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "[", 1000000);
    assert_bounded(fixture, "too-much-markup", '[');
    assert_int_equal(fixture->diags.count, 1);
}

/* cmark reads memory that it has given back for a footnote whose `^` is an entity. */
static void test_caret_entity(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "[&#94;1] [&#x05E;1] ![&Hat;1] [&copy; 1](a) &Hat; [^1]\n", 1);
    struct str result = apply(fixture);
    assert_int_equal(fixture->diags.count, 0);
    assert_int_equal(count(result, "["), 2);
    assert_int_equal(count(result, "[&copy;"), 1);
    assert_int_equal(count(result, "[^1]"), 1);
    assert_true(str_equal(shield_restore(&fixture->arena, result), buf_str(&fixture->text)));
}

/* Marks in the input would be taken for ours. */
static void test_marks_in_the_input(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "a\xEF\xB7\x92\xEF\xB7\x90\xEF\xB7", 1);
    struct str result = apply(fixture);
    assert_true(str_equal(result, STR("a\xEF\xBF\xBD\xEF\xB7\x90\xEF\xB7")));
}

static void test_shield(void **state)
{
    struct fixture *fixture = *state;
    struct shield shield;
    struct str text = STR(SHIELD_CHARACTERS);
    shield_init(&shield, &fixture->arena, text);
    for (size_t i = 0; i < text.len; i++)
        shield_mark(&shield, i);
    struct str result = shield_finish(&shield);
    for (size_t i = 0; i < result.len; i++)
        assert_true((unsigned char)result.data[i] >= 0x80);
    assert_true(str_equal(shield_restore(&fixture->arena, result), text));
}

static void test_blank_lines(void **state)
{
    (void)state;
    assert_true(prefix_is_blank(STR("")));
    assert_true(prefix_is_blank(STR(" \t")));
    assert_true(prefix_is_blank(STR("   > >> ")));
    assert_false(prefix_is_blank(STR("    >")));
    assert_false(prefix_is_blank(STR(">     >")));
    assert_false(prefix_is_blank(STR("\v")));
    assert_false(prefix_is_blank(STR("> a")));
}

static void test_beginning_blocks(void **state)
{
    (void)state;
    assert_true(prefix_begins_block(STR("- a"), false));
    assert_true(prefix_begins_block(STR("> 1) a"), false));
    assert_true(prefix_begins_block(STR("   ## a"), false));
    assert_true(prefix_begins_block(STR("[^a]: b"), false));
    assert_true(prefix_begins_block(STR("2. a"), true));
    assert_false(prefix_begins_block(STR("2. a"), false));
    assert_false(prefix_begins_block(STR("  2. a"), true));
    assert_false(prefix_begins_block(STR("- "), false));
    assert_false(prefix_begins_block(STR("    - a"), false));
    assert_false(prefix_begins_block(STR("-a"), false));
    assert_false(prefix_begins_block(STR("#a"), false));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_empty),
        TEST(test_ordinary_text),
        TEST(test_long_table),
        TEST(test_long_lists),
        TEST(test_footnotes_in_a_row),
        TEST(test_quoted_book),
        TEST(test_code_block),
        TEST(test_long_reference_list),
        TEST(test_rules),
        TEST(test_nesting_on_a_line),
        TEST(test_nesting_over_lines),
        TEST(test_nesting_without_text),
        TEST(test_nesting_of_all_kinds),
        TEST(test_wide_table),
        TEST(test_pipes_without_table),
        TEST(test_short_rows),
        TEST(test_delimiter_rows),
        TEST(test_images_and_links),
        TEST(test_emphasis_and_links),
        TEST(test_strikes),
        TEST(test_emphasis_of_two_kinds),
        TEST(test_no_emphasis),
        TEST(test_unclosed_html),
        TEST(test_table_that_is_none),
        TEST(test_fence_that_is_none),
        TEST(test_long_address),
        TEST(test_long_title),
        TEST(test_brackets_alone),
        TEST(test_caret_entity),
        TEST(test_marks_in_the_input),
        TEST(test_shield),
        TEST(test_blank_lines),
        TEST(test_beginning_blocks),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
