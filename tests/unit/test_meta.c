/* Front matter. */
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
#include "read/meta.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct meta meta;
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

static void assert_diagnostics(struct fixture *fixture, const char *expected)
{
    FILE *out = open_memstream(&fixture->printed, &fixture->printed_size);
    diags_print(&fixture->diags, out);
    fclose(out);
    assert_string_equal(fixture->printed, expected);
}

static void assert_str(struct str text, const char *expected)
{
    char *copy = strndup(text.len ? text.data : "", text.len);
    assert_string_equal(copy, expected);
    free(copy);
}

static const struct meta *read_text(struct fixture *fixture, const char *text)
{
    meta_read(&fixture->arena, STR("n.md"), str_from(text), &fixture->meta, &fixture->diags);
    return &fixture->meta;
}

/* The list's texts with `|` between them. */
static void assert_list(struct fixture *fixture, const struct meta_list *list, const char *expected)
{
    struct buf buf;
    buf_init(&buf, &fixture->arena);
    for (size_t i = 0; i < list->texts.count; i++) {
        if (i)
            buf_put_char(&buf, '|');
        buf_put(&buf, list->texts.items[i].text);
    }
    assert_str(buf_str(&buf), expected);
}

static void assert_body(struct fixture *fixture, const char *text, const char *body, unsigned line)
{
    const struct meta *meta = read_text(fixture, text);
    assert_str(str_from_offset(str_from(text), meta->body_offset), body);
    assert_int_equal(meta->body_line, line);
}

static void test_fields(void **state)
{
    const struct meta *meta = read_text(
        *state, "---\ntitle: De  kade\nkind: place\nabbreviation: DK\ndate: 3 mei 2024\n"
                "url: https://example.org/a?b=c\nlang: nl\ncompounds: ja\nauthor: [A, B]\n"
                "reference: 07\n---\nText\n");
    assert_str(meta->title, "De kade");
    assert_str(meta->kind, "place");
    assert_str(meta->more->abbreviation, "DK");
    assert_str(meta->more->url, "https://example.org/a?b=c");
    assert_str(meta->language, "nl");
    assert_str(meta->more->author, "A, B");
    assert_int_equal(meta->more->authors.texts.count, 2);
    assert_str(meta->more->reference, "07");
    assert_int_equal(meta->date.day, 3);
    assert_int_equal(meta->date.month, 5);
    assert_true(meta->more->compounds);
    assert_diagnostics(*state, "");
}

static void test_lists_and_scalars(void **state)
{
    const struct meta *meta =
        read_text(*state, "---\naliases: A, B\nalias: [C, 'D, E']\ntags: '#one two, three'\n"
                          "tag:\n  - four\n  - '#five/six'\nsame_as: http://a.example/\n---\n");
    assert_list(*state, &meta->aliases, "A, B|C|D, E");
    assert_list(*state, &meta->tags, "one|two|three|four|five/six");
    assert_list(*state, &meta->more->same_as, "http://a.example/");
    assert_int_equal(meta->aliases.texts.items[2].line, 3);
    assert_int_equal(meta->aliases.texts.items[2].column, 12);
    assert_diagnostics(*state, "");
}

static void test_relations_take_names_in_any_dress(void **state)
{
    const struct meta *meta =
        read_text(*state, "---\nrelations:\n  part_of: '[[Big One]]'\n  near: [[Bridge, West]]\n"
                          "  after:\n    - Plain\n    - [[Bare]]\n    - \"[[Q|shown]]\"\n"
                          "  of: [A, B]\n  none:\n---\n");
    static const char *const expected[][2] = {
        {"part_of", "Big One"},
        {"near", "Bridge, West"},
        {"after", "Plain"},
        {"after", "Bare"},
        {"after", "Q"},
        {"of", "A"},
        {"of", "B"},
    };
    assert_int_equal(meta->more->relations.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_str(meta->more->relations.items[i].type, expected[i][0]);
        assert_str(meta->more->relations.items[i].target.text, expected[i][1]);
    }
    assert_int_equal(meta->more->relations.items[3].target.line, 7);
    assert_diagnostics(*state, "");
}

static void test_match(void **state)
{
    const struct meta *meta = read_text(
        *state, "---\nmatch:\n  never: [op weg]\n  only_with: '[[Kade]]'\n  nevre: x\n---\n");
    assert_list(*state, &meta->more->never, "op weg");
    assert_list(*state, &meta->more->only_with, "Kade");
    assert_diagnostics(*state, "n.md:5:3: warning: unknown key 'nevre' is not used; did you mean "
                               "'never'? [unknown-key]\n");
}

static void test_keys_of_other_programs_pass(void **state)
{
    read_text(*state, "---\ncssclasses: [wide]\npublish: true\nweight: 3\nlayout: post\n"
                      "draft: false\ncreated: 2024-01-01\ntype: meeting\nTags: a\naliases:\n---\n");
    assert_diagnostics(*state, "");
}

static void test_unknown_keys(void **state)
{
    const struct meta *meta = read_text(*state, "---\ntitel: X\nzzzzzz: 1\ntype: topik\n---\n");
    assert_str(meta->title, "");
    assert_diagnostics(*state,
                       "n.md:2:1: warning: unknown key 'titel' is not used; did you mean 'title'? "
                       "[unknown-key]\n"
                       "n.md:3:1: warning: unknown key 'zzzzzz' is not used [unknown-key]\n"
                       "n.md:4:7: warning: unknown type 'topik' is not used; did you mean 'topic'? "
                       "[unknown-type]\n");
}

static void test_wrong_values_are_left_out(void **state)
{
    const struct meta *meta =
        read_text(*state, "---\ntitle: [a]\ndate: 2024-02-30\nurl: javascript:x\nlanguage: n!\n"
                          "aliases: [a, {b: c}]\nrelations: x\ncompounds: maybe\n---\n");
    assert_str(meta->title, "");
    assert_int_equal(meta->date.year, 0);
    assert_str(meta->more->url, "");
    assert_str(meta->language, "");
    assert_list(*state, &meta->aliases, "a");
    assert_int_equal(meta->more->relations.count, 0);
    assert_diagnostics(
        *state,
        "n.md:2:8: error: 'title' must be one text, not a list or a map; it is left out "
        "[wrong-shape]\n"
        "n.md:3:7: error: '2024-02-30' is no date that exists, such as '2025-01-17'; it is left "
        "out [bad-date]\n"
        "n.md:4:6: error: 'javascript:x' is no address with http:// or https://; it is left out "
        "[bad-url]\n"
        "n.md:5:11: error: 'n!' is no language tag such as 'nl' or 'en'; it is left out "
        "[bad-language]\n"
        "n.md:6:14: error: 'aliases' must be one text, not a list or a map; it is left out "
        "[wrong-shape]\n"
        "n.md:7:12: error: 'relations' must be a map of keys and values; it is left out "
        "[wrong-shape]\n"
        "n.md:8:12: error: 'compounds' must be 'true' or 'false'; it is left out [wrong-shape]\n");
}

static void test_the_same_key_in_other_words(void **state)
{
    const struct meta *meta = read_text(*state, "---\nlicence: A\nlicense: B\n---\n");
    assert_str(meta->more->licence, "A");
    assert_diagnostics(*state, "n.md:3:1: error: 'license' says again what another key said; this "
                               "one is left out [duplicate-key]\n");
}

/* Of a source they are two things; what is not said of its text is as its record has it. */
static void test_languages_of_record_and_text(void **state)
{
    const struct meta *meta = read_text(
        *state, "---\nlang: en-GB\nlanguage: nl\ntranslation_of: [[Brief|de brief]]\n---\n");
    assert_str(meta->lang, "en-GB");
    assert_str(meta->language, "nl");
    assert_str(meta->more->translation_of.text, "Brief");
    assert_int_equal(meta->more->translation_of.line, 4);
    meta = read_text(*state, "---\nlang: en\n---\n");
    assert_str(meta->language, "en");
    meta = read_text(*state, "---\nlanguage: en\n---\n");
    assert_str(meta->lang, "");
    assert_diagnostics(*state, "");
}

static void test_where_the_body_begins(void **state)
{
    assert_body(*state, "Text\n", "Text\n", 1);
    assert_body(*state, "", "", 1);
    assert_body(*state, "---\n---\nText", "Text", 3);
    assert_body(*state, "---  \r\ntitle: a\r\n...\r\nText", "Text", 4);
    assert_body(*state, "\xEF\xBB\xBF---\ntitle: a\n---\nText", "Text", 4);
    assert_body(*state, "\xEF\xBB\xBFText", "Text", 1);
    assert_body(*state, "---\ntitle: a\n---", "", 4);
    assert_body(*state, "----\ntitle: a\n---\n", "----\ntitle: a\n---\n", 1);
    assert_diagnostics(*state, "");
}

static void test_a_byte_order_mark_moves_no_column(void **state)
{
    read_text(*state, "\xEF\xBB\xBF---\ntitel: a\n---\n");
    assert_int_equal(((struct fixture *)*state)->diags.items[0].place.line, 2);
    assert_int_equal(((struct fixture *)*state)->diags.items[0].place.column, 1);
}

static void test_what_is_not_closed_is_text(void **state)
{
    assert_body(*state, "---\ntitle: a\n", "---\ntitle: a\n", 1);
    assert_diagnostics(*state, "n.md:1:1: warning: no line '---' closes this front matter; the "
                               "whole file is read as text [no-front-matter]\n");
}

static void test_rules_around_prose_are_text(void **state)
{
    assert_body(*state, "---\nJust words\n---\nMore\n", "---\nJust words\n---\nMore\n", 1);
    assert_int_equal(diags_count(&((struct fixture *)*state)->diags, DIAG_WARNING), 1);
}

static void test_large_front_matter_is_text(void **state)
{
    struct fixture *fixture = *state;
    struct buf buf;
    buf_init(&buf, &fixture->arena);
    buf_put_cstring(&buf, "---\n");
    while (buf.len < 70000)
        buf_put_cstring(&buf, "# no end\n");
    buf_put_cstring(&buf, "---\n");
    meta_read(&fixture->arena, STR("n.md"), buf_str(&buf), &fixture->meta, &fixture->diags);
    assert_int_equal(fixture->meta.body_offset, 0);
    assert_diagnostics(fixture, "n.md:1:1: warning: this is too large for front matter; the whole "
                                "file is read as text [no-front-matter]\n");
}

static void test_a_mistake_keeps_the_rest(void **state)
{
    const struct meta *meta =
        read_text(*state, "---\ntitle: Care: a tale\nkind: concept\n---\nText\n");
    assert_str(meta->title, "");
    assert_str(meta->kind, "concept");
    assert_int_equal(meta->body_line, 5);
    assert_diagnostics(*state, "n.md:2:12: error: a value that holds ': ' must stand in quotes; "
                               "this entry is left out [yaml-syntax]\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fields),
        TEST(test_lists_and_scalars),
        TEST(test_relations_take_names_in_any_dress),
        TEST(test_match),
        TEST(test_keys_of_other_programs_pass),
        TEST(test_unknown_keys),
        TEST(test_wrong_values_are_left_out),
        TEST(test_the_same_key_in_other_words),
        TEST(test_languages_of_record_and_text),
        TEST(test_where_the_body_begins),
        TEST(test_a_byte_order_mark_moves_no_column),
        TEST(test_what_is_not_closed_is_text),
        TEST(test_rules_around_prose_are_text),
        TEST(test_large_front_matter_is_text),
        TEST(test_a_mistake_keeps_the_rest),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
