/* The files of an index, and those of an earlier build that are taken as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "search/parts.h"

enum { FILES_MAX = 8 };

/* A folder: paths, and whether this build has put or taken them. */
struct folder {
    struct {
        char path[PATHS_SIZE];
        bool is_ours;
    } files[FILES_MAX];
    size_t count, put, taken;
};

static size_t find(const struct folder *folder, const char *path)
{
    size_t i = 0;
    while (i < folder->count && strcmp(folder->files[i].path, path) != 0)
        i++;
    return i;
}

static void put(void *context, const char *path, struct str content, struct digest made_of)
{
    struct folder *folder = context;
    size_t at = find(folder, path);
    (void)content;
    (void)made_of;
    assert_true(at < FILES_MAX);
    assert_false(at < folder->count && folder->files[at].is_ours);
    strcpy(folder->files[at].path, path);
    folder->files[at].is_ours = true;
    folder->count += at == folder->count;
    folder->put++;
}

static bool holds(void *context, const char *path, struct digest made_of)
{
    const struct folder *folder = context;
    (void)made_of;
    return find(folder, path) < folder->count;
}

static void take(void *context, const char *path)
{
    struct folder *folder = context;
    size_t at = find(folder, path);
    assert_true(at < folder->count && !folder->files[at].is_ours);
    folder->files[at].is_ours = true;
    folder->taken++;
}

static bool keep(void *context, const char *path, struct digest made_of)
{
    if (!holds(context, path, made_of))
        return false;
    take(context, path);
    return true;
}

static struct parts_sink sink_of(struct folder *folder)
{
    folder->put = folder->taken = 0;
    for (size_t i = 0; i < folder->count; i++)
        folder->files[i].is_ours = false;
    return (struct parts_sink){
        .put = put, .holds = holds, .keep = keep, .take = take, .context = folder};
}

/* Puts two parts, one of them twice, and notes them. */
static struct str build(struct folder *folder, struct arena *arena)
{
    struct parts_sink sink = sink_of(folder);
    struct parts parts;
    struct buf note;
    parts_init(&parts, &sink, 1);
    buf_init(&note, arena);
    parts.note = &note;
    uint64_t one = parts_put(&parts, STR("one"));
    parts_put(&parts, STR("two"));
    assert_true(parts_put(&parts, STR("one")) == one);
    parts_flush(&parts);
    assert_false(parts.note_fails);
    assert_int_equal(parts.published.count, 2);
    parts_release(&parts);
    return buf_str(&note);
}

static void test_noted_parts_are_taken(void **state)
{
    struct folder folder = {.count = 0};
    struct arena arena;
    struct parts parts;
    (void)state;
    arena_init(&arena);
    struct str note = build(&folder, &arena);
    assert_int_equal(folder.put, 2);
    struct parts_sink sink = sink_of(&folder);
    parts_init(&parts, &sink, 1);
    parts_put(&parts, STR("two"));
    assert_true(parts_keep(&parts, note));
    parts_put(&parts, STR("one"));
    assert_true(parts_keep(&parts, note));
    parts_flush(&parts);
    assert_int_equal(folder.put, 0);
    assert_int_equal(folder.taken, 2);
    assert_int_equal(parts.published.count, 2);
    parts_release(&parts);
    arena_release(&arena);
}

static void test_of_noted_parts_all_must_be_there(void **state)
{
    struct folder folder = {.count = 0};
    struct arena arena;
    struct parts parts;
    (void)state;
    arena_init(&arena);
    struct str note = build(&folder, &arena);
    folder.count = 1;
    struct parts_sink sink = sink_of(&folder);
    parts_init(&parts, &sink, 1);
    assert_false(parts_keep(&parts, note));
    assert_int_equal(folder.taken, 0);
    assert_int_equal(parts.published.count, 0);
    assert_true(parts_keep(&parts, (struct str){"", 0}));
    parts_release(&parts);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_noted_parts_are_taken),
        cmocka_unit_test(test_of_noted_parts_all_must_be_there),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
