/* The settings of a site. */
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
#include "read/config.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct config config;
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

static const struct config *read_text(struct fixture *fixture, const char *text)
{
    config_read(&fixture->arena, str_from(text), &fixture->config, &fixture->diags);
    return &fixture->config;
}

static void test_defaults(void **state)
{
    const struct config *config = read_text(*state, "");
    assert_str(config->title, "");
    assert_str(config->language, "nl");
    assert_true(config->data);
    assert_true(config->search);
    assert_int_equal(config->history, HISTORY_FULL);
    assert_int_equal(config->limits.file_size, LIMIT_FILE_SIZE);
    assert_int_equal(config->menu.count, 0);
    assert_diagnostics(*state, "");
}

static void test_settings(void **state)
{
    const struct config *config = read_text(
        *state, "title: T\ndescription: D\nlanguage: EN\nbase_url: https://a.example/b\n"
                "edit_url: https://a.example/edit/{path}\nlicence: CC0\ndata: none\nsearch: "
                "none\nhistory: Dates\n"
                "limits: {file_size: 100, topics: 5}\nmenu:\n  - title: Who\n    url: who.md\n"
                "  - {title: Mail, url: 'mailto:a@example.org'}\n");
    assert_str(config->title, "T");
    assert_str(config->description, "D");
    assert_str(config->language, "en");
    assert_str(config->base_url, "https://a.example/b/");
    assert_str(config->edit_url, "https://a.example/edit/{path}");
    assert_str(config->licence, "CC0");
    assert_false(config->data);
    assert_false(config->search);
    assert_int_equal(config->history, HISTORY_DATES);
    assert_int_equal(config->limits.file_size, 100);
    assert_int_equal(config->limits.topics, 5);
    assert_int_equal(config->limits.files, LIMIT_FILES);
    assert_int_equal(config->menu.count, 2);
    assert_str(config->menu.items[1].url, "mailto:a@example.org");
    assert_diagnostics(*state, "");
}

static void test_languages(void **state)
{
    const struct config *config = read_text(
        *state, "title: T\nlanguage: en\nlanguages: [nl, fy, EN, nl]\ntranslations:\n  en:\n"
                "    title: E\n    menu: [{title: M, url: m}]\n    licence: L\n  de: {title: D}\n");
    assert_int_equal(config->language_count, 2);
    assert_str(config->languages[0], "nl");
    assert_str(config->languages[1], "en");
    assert_str(config->language, "nl");
    assert_int_equal(config->words.count, 1);
    assert_str(config->words.items[0].language, "en");
    assert_str(config->words.items[0].config->title, "E");
    assert_int_equal(config->words.items[0].config->menu.count, 1);
    assert_diagnostics(
        *state,
        "naslag.yaml:3:17: error: there are no words in language 'fy', only in 'nl' and 'en'; it "
        "is left out [unknown-language]\n"
        "naslag.yaml:8:5: warning: unknown key 'licence' is not used [unknown-key]\n"
        "naslag.yaml:9:7: error: there are no words in language 'de', only in 'nl' and 'en'; it is "
        "left out [unknown-language]\n");
    config = read_text(*state, "language: en\n");
    assert_int_equal(config->language_count, 1);
    assert_str(config->languages[0], "en");
}

static void test_mistakes_leave_the_defaults(void **state)
{
    const struct config *config = read_text(
        *state, "langages: nl\nlanguage: fy\nbase_url: ftp://a.example\nedit_url: https://a.b/\n"
                "limits:\n  file_size: many\n  toppics: 3\n  files: 0\ndata: perhaps\nmenu: x\n");
    assert_str(config->language, "nl");
    assert_str(config->base_url, "");
    assert_str(config->edit_url, "");
    assert_int_equal(config->limits.file_size, LIMIT_FILE_SIZE);
    assert_int_equal(config->limits.files, LIMIT_FILES);
    assert_true(config->data);
    assert_diagnostics(
        *state,
        "naslag.yaml:1:1: warning: unknown key 'langages' is not used; did you mean 'languages'? "
        "[unknown-key]\n"
        "naslag.yaml:2:11: error: there are no words in language 'fy', only in 'nl' and 'en'; 'nl' "
        "is used [unknown-language]\n"
        "naslag.yaml:3:11: error: 'ftp://a.example' is no address with http:// or https://; it is "
        "left out [bad-url]\n"
        "naslag.yaml:4:11: error: 'edit_url' must hold '{path}', where a file's path goes; it is "
        "left out [bad-url]\n"
        "naslag.yaml:6:14: error: 'file_size' must be a whole number from 1 to 1000000000; the "
        "limit stays 8388608 [bad-limit]\n"
        "naslag.yaml:7:3: warning: unknown key 'toppics' is not used; did you mean 'topics'? "
        "[unknown-key]\n"
        "naslag.yaml:8:10: error: 'files' must be a whole number from 1 to 1000000000; the limit "
        "stays 1250000 [bad-limit]\n"
        "naslag.yaml:9:7: error: 'data' must be 'true' or 'false'; it is left out [wrong-shape]\n"
        "naslag.yaml:10:7: error: 'menu' must be a list of entries with 'title' and 'url'; it is "
        "left out [wrong-shape]\n");
}

static void test_menu_runs_nothing(void **state)
{
    const struct config *config = read_text(*state, "menu:\n  - {title: A, url: 'JavaScript:x'}\n"
                                                    "  - {title: B}\n  - {title: C, url: a/b:c}\n");
    assert_int_equal(config->menu.count, 1);
    assert_str(config->menu.items[0].title, "C");
    assert_int_equal(diags_count(&((struct fixture *)*state)->diags, DIAG_ERROR), 2);
}

static void test_no_map(void **state)
{
    const struct config *config = read_text(*state, "- a\n");
    assert_str(config->language, "nl");
    assert_int_equal(diags_count(&((struct fixture *)*state)->diags, DIAG_ERROR), 1);
}

static void test_ignore(void **state)
{
    static const struct {
        const char *pattern, *path;
        bool fits;
    } cases[] = {
        {"drafts", "drafts/a.md", true},
        {"drafts/", "x/drafts/a.md", true},
        {"drafts", "drafts.md", false},
        {"/drafts", "x/drafts/a.md", false},
        {"./drafts", "drafts/a.md", true},
        {"*.txt", "a/b.txt", true},
        {"*.txt", "a.txt/b.md", true},
        {"*.txt", "a/b.txtx", false},
        {"notes/*.md", "notes/a.md", true},
        {"notes/*.md", "notes/x/a.md", false},
        {"notes/**/a.md", "notes/a.md", true},
        {"notes/**/a.md", "notes/x/y/a.md", true},
        {"notes/**/a.md", "notes/x/y/b.md", false},
        {"**/x/y", "a/x/x/y/z", true},
        {"a?c", "abc", true},
        {"a?c", "ac", false},
        {"a*b*c", "a-b-b-c", true},
        {"a*b*c", "a-c-b", false},
        {"notes/x", "notes/xy", false},
        {"notes/x", "notes/x/y", true},
        {"notes/x/y", "notes/x", false},
        {"**", "a/b", true},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str yaml = str_format(&fixture->arena, "ignore: '%s'\n", cases[i].pattern);
        config_read(&fixture->arena, yaml, &fixture->config, &fixture->diags);
        if (config_ignores(&fixture->config, str_from(cases[i].path)) != cases[i].fits)
            fail_msg("'%s' on '%s'", cases[i].pattern, cases[i].path);
    }
    assert_diagnostics(fixture, "");
}

/* Backtracking over each star would not end. */
static void test_many_stars_are_quick(void **state)
{
    struct fixture *fixture = *state;
    config_read(&fixture->arena,
                STR("ignore: ['a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b', "
                    "'**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b']\n"),
                &fixture->config, &fixture->diags);
    char path[1000];
    for (size_t i = 0; i < sizeof path; i++)
        path[i] = i < 500 || i % 2 ? 'a' : '/';
    assert_false(config_ignores(&fixture->config, (struct str){path, sizeof path}));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_defaults),
        TEST(test_settings),
        TEST(test_languages),
        TEST(test_mistakes_leave_the_defaults),
        TEST(test_menu_runs_nothing),
        TEST(test_no_map),
        TEST(test_ignore),
        TEST(test_many_stars_are_quick),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
