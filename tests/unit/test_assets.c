/* Templates and theme: carried by the program, and overridden by folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "write/assets.h"

struct fixture {
    struct arena arena;
    struct assets assets;
    struct err err;
    char folder[64];
};

static void shell(const struct fixture *fixture, const char *command)
{
    char line[512];
    snprintf(line, sizeof line, "cd '%s' && %s", fixture->folder, command);
    assert_int_equal(system(line), 0);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    strcpy(fixture->folder, "/tmp/naslag-assets-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char line[128];
    snprintf(line, sizeof line, "rm -rf '%s'", fixture->folder);
    int status = system(line);
    arena_release(&fixture->arena);
    free(fixture);
    return status;
}

static int open_with(struct fixture *fixture, const char *templates, const char *theme)
{
    fixture->err.message[0] = '\0';
    return assets_open(&fixture->assets, &fixture->arena, templates, theme, &fixture->err);
}

static const struct asset *find(const struct fixture *fixture, const char *path)
{
    return assets_find(&fixture->assets, str_from(path));
}

static void assert_content(const struct fixture *fixture, const char *path, const char *expected)
{
    const struct asset *asset = find(fixture, path);
    assert_non_null(asset);
    assert_true(str_equal(asset->content, str_from(expected)));
}

static void test_what_the_program_carries(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_with(fixture, NULL, NULL), 0);
    const struct asset *pack = find(fixture, "theme/languages/nl.yaml");
    assert_non_null(pack);
    assert_true(str_find(pack->content, STR("\ncode: nl\n")) != STR_NONE);
    assert_true(str_ends(pack->content, STR("\n")));
    assert_false(pack->published);
    assert_non_null(find(fixture, "templates/layout.mustache"));
    assert_null(find(fixture, "theme/languages/../languages/nl.yaml"));
    assert_null(find(fixture, "/etc/passwd"));
}

static void test_folders_stand_over(void **state)
{
    struct fixture *fixture = *state;
    shell(fixture, "mkdir -p a/sub b/icons b/languages b/.git && echo own >a/layout.mustache && "
                   "echo new >a/sub/new.mustache && echo svg >b/icons/new.svg && "
                   "echo x >b/languages/xx.svg && echo x >b/.git/config.css && echo x >b/.x.css && "
                   "echo text >b/readme.txt");
    char templates[80], theme[80];
    snprintf(templates, sizeof templates, "%s/a", fixture->folder);
    snprintf(theme, sizeof theme, "%s/b/", fixture->folder);
    assert_int_equal(open_with(fixture, NULL, NULL), 0);
    size_t carried = fixture->assets.files.count;
    assert_int_equal(open_with(fixture, templates, theme), 0);
    assert_int_equal(fixture->assets.files.count, carried + 4);
    assert_content(fixture, "templates/layout.mustache", "own\n");
    assert_content(fixture, "templates/sub/new.mustache", "new\n");
    assert_content(fixture, "theme/icons/new.svg", "svg\n");
    assert_true(find(fixture, "theme/icons/new.svg")->published);
    assert_false(find(fixture, "theme/languages/xx.svg")->published);
    assert_false(find(fixture, "theme/readme.txt")->published);
    assert_false(find(fixture, "templates/layout.mustache")->published);
    assert_true(
        str_ends(find(fixture, "templates/layout.mustache")->origin, STR("/a/layout.mustache")));
    for (size_t i = 1; i < fixture->assets.files.count; i++)
        assert_true(str_compare(fixture->assets.files.items[i - 1]->path,
                                fixture->assets.files.items[i]->path) < 0);
}

static void assert_refused(struct fixture *fixture, const char *folder, const char *message)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", fixture->folder, folder);
    assert_int_equal(open_with(fixture, path, NULL), -1);
    if (!strstr(fixture->err.message, message))
        fail_msg("'%s' does not say '%s'", fixture->err.message, message);
    assert_int_equal(open_with(fixture, NULL, path), -1);
}

static void test_folders_that_cannot_be_read(void **state)
{
    struct fixture *fixture = *state;
    shell(fixture, "echo x >file && mkdir fifo loop link && mkfifo fifo/x && "
                   "ln -s ../loop loop/loop && ln -s nothing link/x.css");
    assert_refused(fixture, "missing", "cannot open folder '");
    assert_refused(fixture, "file", "cannot open folder '");
    assert_refused(fixture, "fifo", "is not a file");
    assert_refused(fixture, "loop", "more than 8 folders in one another");
    assert_refused(fixture, "link", "cannot open '");
}

static void test_templates_are_compiled(void **state)
{
    struct fixture *fixture = *state;
    struct templates templates;
    struct diags diags;
    templates_init(&templates, &fixture->arena);
    diags_init(&diags, &fixture->arena);
    assert_int_equal(open_with(fixture, NULL, NULL), 0);
    assert_true(assets_compile(&fixture->assets, &templates, &diags));
    diags_print(&diags, stderr);
    assert_int_equal(diags.count, 0);
    assert_true(templates_have(&templates, STR("layout")));
    shell(fixture, "echo '{{#a}}' >layout.mustache && echo '{{#a}}' >layout.txt");
    assert_int_equal(open_with(fixture, fixture->folder, NULL), 0);
    assert_false(assets_compile(&fixture->assets, &templates, &diags));
    assert_int_equal(diags_count(&diags, DIAG_ERROR), 1);
    assert_true(str_ends(diags.items[0].place.path, STR("/layout.mustache")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_the_program_carries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folders_stand_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folders_that_cannot_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_templates_are_compiled, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
