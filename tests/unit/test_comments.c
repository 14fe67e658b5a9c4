#include "base/arena.h"
#include "read/comments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;
static struct diags diags;

static void expect(const char *body, const char *without)
{
    struct str result =
        comments_remove(&arena, (struct place){STR("a.md"), 3, 0}, str_from(body), &diags);
    assert_string_equal(str_cstring(&arena, result), without);
}

static int begin(void **state)
{
    (void)state;
    arena_init(&arena);
    diags_init(&diags, &arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void taken_out(void **state)
{
    (void)state;
    expect("one %%two%% three\n", "one  three\n");
    expect("a %%b%% c %%d%% e", "a  c  e");
    expect("a\n%%\nb\n\nc\n%%\nd\n", "a\n\n\n\n\n\nd\n");
    expect("%%all of it%%", "");
    assert_int_equal(diags.count, 0);
}

static void left_alone(void **state)
{
    (void)state;
    expect("50% and 60 % and %%% of it", "50% and 60 % and %%% of it");
    expect("`%%code%%` and ``a ` %%b%%``", "`%%code%%` and ``a ` %%b%%``");
    expect("```\n%%a%%\n```\n%%b%%\n", "```\n%%a%%\n```\n\n");
    expect("~~~~\n~~~\n%%a%%\n~~~~\n%%b%%\n", "~~~~\n~~~\n%%a%%\n~~~~\n\n");
    expect("%%a ` b%% c ` %%d%%", " c ` ");
    assert_int_equal(diags.count, 0);
}

static void not_closed(void **state)
{
    (void)state;
    expect("a\n%%b%%\nc %%d\n", "a\n\nc %%d\n");
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].place.line, 5);
}

/* A fence inside a comment is no fence, and hides nothing behind it. */
static void fence_inside(void **state)
{
    (void)state;
    expect("%%\n```\n%%\n%%x%% y\n", "\n\n\n y\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(taken_out, begin, end),
        cmocka_unit_test_setup_teardown(left_alone, begin, end),
        cmocka_unit_test_setup_teardown(not_closed, begin, end),
        cmocka_unit_test_setup_teardown(fence_inside, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
