/* Diagnostics, and the threads that find them. */
#include "base/diag.h"

#include "base/arena.h"
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static struct str print(struct arena *arena, struct diags *diags)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diags_sort(diags);
    diags_print(diags, out);
    fclose(out);
    struct str copy = str_copy(arena, (struct str){text, size});
    free(text);
    return copy;
}

static void diagnostics_are_sorted_and_told_once(void **state)
{
    (void)state;
    struct arena arena;
    struct diags diags, other;
    arena_init(&arena);
    diags_init(&diags, &arena);
    diags_init(&other, &arena);
    diag_add(&other, DIAG_ERROR, "c", (struct place){STR("b.md"), 2, 10}, "late '%s'", "x");
    diag_add(&diags, DIAG_WARNING, "b", (struct place){STR("b.md"), 2, 9}, "early");
    diag_add(&diags, DIAG_WARNING, "b", (struct place){STR("b.md"), 2, 9}, "early");
    diag_add(&diags, DIAG_NOTE, "a", (struct place){STR("b.md"), 10, 0}, "line only");
    diag_add(&diags, DIAG_ERROR, "d", (struct place){STR("a.md"), 0, 0}, "whole file");
    diag_add(NULL, DIAG_ERROR, "e", (struct place){STR("a.md"), 0, 0}, "nowhere");
    diags_take(&diags, &other);
    struct str printed = print(&arena, &diags);
    assert_true(str_equal(printed, STR("a.md: error: whole file [d]\n"
                                       "b.md:2:9: warning: early [b]\n"
                                       "b.md:2:10: error: late 'x' [c]\n"
                                       "b.md:10: note: line only [a]\n")));
    assert_int_equal(diags_count(&diags, DIAG_ERROR), 2);
    arena_release(&arena);
}

/* A terminal must not obey what a document says. */
static void control_characters_are_shown(void **state)
{
    (void)state;
    struct arena arena;
    struct diags diags;
    arena_init(&arena);
    diags_init(&diags, &arena);
    diag_add(&diags, DIAG_ERROR, "a", (struct place){STR("a\x1B[2J\n.md"), 1, 1}, "%s",
             "\xC2\x9B"
             "31m é\x7F");
    struct str printed = print(&arena, &diags);
    assert_true(str_starts(printed, STR("a\\x1b[2J\\x0a.md:1:1: error: ")));
    assert_int_equal(str_find(printed, STR("\x1B")), STR_NONE);
    assert_int_equal(str_find(printed, STR("\xC2\x9B")), STR_NONE);
    assert_int_equal(str_find(printed, STR("\x7F")), STR_NONE);
    arena_release(&arena);
}

enum { JOBS = 5000 };

struct work {
    unsigned workers;
    unsigned char done[JOBS];
    bool beyond;
};

static void do_job(void *context, unsigned worker, size_t index)
{
    struct work *work = context;
    work->done[index]++;
    if (worker >= work->workers)
        work->beyond = true;
}

static void every_job_is_done_once(void **state)
{
    static const unsigned workers[] = {1, 2, 7, POOL_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        static struct work work;
        memset(&work, 0, sizeof work);
        work.workers = workers[i];
        pool_run(workers[i], JOBS, do_job, &work);
        pool_run(workers[i], 0, do_job, &work);
        for (size_t job = 0; job < JOBS; job++)
            assert_int_equal(work.done[job], 1);
        assert_false(work.beyond);
    }
    assert_in_range(pool_processors(), 1, POOL_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diagnostics_are_sorted_and_told_once),
        cmocka_unit_test(control_characters_are_shown),
        cmocka_unit_test(every_job_is_done_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
