/* Running other programs, and bounds on them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/process.h"

enum { OUTPUT_MAX = 1 << 20 };

struct fixture {
    struct arena arena;
    struct process_result result;
    struct err err;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
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

static int shell(struct fixture *fixture, const char *script, struct str input)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    struct process process = {
        .arguments = arguments, .input = input, .output_max = OUTPUT_MAX, .seconds = 20};
    return process_run(&fixture->arena, &process, &fixture->result, &fixture->err);
}

static void assert_output(const struct fixture *fixture, const char *expected)
{
    if (!str_equal(fixture->result.output, str_from(expected)))
        fail_msg("it wrote '%.*s', not '%s'", STR_ARGS(fixture->result.output), expected);
}

static void test_output_and_status(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(shell(fixture, "echo uit; echo een >&2; echo ' twee\t' >&2; exit 3", STR("")),
                     0);
    assert_int_equal(fixture->result.status, 3);
    assert_output(fixture, "uit\n");
    struct str complaint = process_complaint(&fixture->arena, &fixture->result);
    assert_true(str_equal(complaint, STR("twee")));
}

static void test_input(void **state)
{
    struct fixture *fixture = *state;
    char *large = arena_alloc(&fixture->arena, OUTPUT_MAX);
    memset(large, 'x', OUTPUT_MAX);
    assert_int_equal(shell(fixture, "cat", (struct str){large, OUTPUT_MAX}), 0);
    assert_int_equal(fixture->result.output.len, OUTPUT_MAX);
    /* Input that nobody reads is no failure, and without any there is an end at once. */
    assert_int_equal(shell(fixture, "exec true", (struct str){large, OUTPUT_MAX}), 0);
    assert_int_equal(shell(fixture, "cat; echo einde", STR("")), 0);
    assert_output(fixture, "einde\n");
}

static void test_arguments_are_no_shell(void **state)
{
    struct fixture *fixture = *state;
    const char *const arguments[] = {"printf", "%s|", "$HOME; `id`", "a b", "", NULL};
    struct process process = {.arguments = arguments, .output_max = OUTPUT_MAX, .seconds = 20};
    assert_int_equal(process_run(&fixture->arena, &process, &fixture->result, &fixture->err), 0);
    assert_output(fixture, "$HOME; `id`|a b||");
}

static void test_environment(void **state)
{
    struct fixture *fixture = *state;
    setenv("LC_ALL", "nl_NL", 1);
    setenv("NASLAG_SECRET", "geheim", 1);
    assert_int_equal(shell(fixture, "echo \"$LC_ALL $TZ $NASLAG_SECRET\"", STR("")), 0);
    assert_output(fixture, "C.UTF-8 UTC \n");
    /* No file of ours but the three. */
    assert_int_equal(shell(fixture,
                           "for f in 3 4 5 6 7 8 9; do "
                           "[ -e /proc/self/fd/$f ] && readlink /proc/self/fd/$f; done; :",
                           STR("")),
                     0);
    assert_false(str_find(fixture->result.output, STR("memfd")) >= 0);
}

static void test_no_such_program(void **state)
{
    struct fixture *fixture = *state;
    const char *const arguments[] = {"naslag-no-such-program", NULL};
    struct process process = {.arguments = arguments, .output_max = OUTPUT_MAX, .seconds = 20};
    assert_int_equal(process_run(&fixture->arena, &process, &fixture->result, &fixture->err), 1);
    assert_non_null(strstr(fixture->err.message, "naslag-no-such-program"));
}

static void test_bounds(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(shell(fixture, "while :; do echo lawaai; done", STR("")), -1);
    assert_non_null(strstr(fixture->err.message, "more than"));
    /* Complaints without end are cut, and harm nobody. */
    assert_int_equal(shell(fixture,
                           "i=0; while [ $i -lt 20000 ]; do echo fout$i >&2; i=$((i+1)); "
                           "done; echo goed",
                           STR("")),
                     0);
    assert_output(fixture, "goed\n");
    assert_int_equal(fixture->result.errors.len, PROCESS_ERRORS_MAX);
    assert_int_equal(shell(fixture, "kill -9 $$", STR("")), -1);
    assert_non_null(strstr(fixture->err.message, "breaks down on it"));
    assert_non_null(strstr(fixture->err.message, "signal 9"));
    assert_int_equal(shell(fixture, "kill -XCPU $$", STR("")), -1);
    assert_non_null(strstr(fixture->err.message, "works longer than it may"));
}

static void assert_stopped(struct fixture *fixture, const char *script)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    struct process process = {.arguments = arguments, .output_max = OUTPUT_MAX, .seconds = 1};
    time_t start = time(NULL);
    assert_int_equal(process_run(&fixture->arena, &process, &fixture->result, &fixture->err), -1);
    assert_non_null(strstr(fixture->err.message, "longer than 1 second"));
    assert_in_range(time(NULL) - start, 0, 10);
}

static void test_time(void **state)
{
    struct fixture *fixture = *state;
    assert_stopped(fixture, "exec sleep 60");
    assert_stopped(fixture, "exec >&- 2>&-; exec sleep 60");
    assert_stopped(fixture, "trap '' TERM INT HUP; while :; do :; done");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_output_and_status, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_arguments_are_no_shell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_environment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_such_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_time, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
