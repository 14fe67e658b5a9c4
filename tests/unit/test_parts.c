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

/* Drafts two parts, one of them twice. */
static uint64_t draft_all(struct parts_draft *draft)
{
    uint64_t one = parts_draft_put(draft, STR("one"));
    parts_draft_put(draft, STR("two"));
    assert_true(parts_draft_put(draft, STR("one")) == one);
    return one;
}

/* Puts them at once; returns their note. */
static struct str build(struct folder *folder, struct arena *arena)
{
    struct parts_sink sink = sink_of(folder);
    struct parts parts;
    struct parts_draft draft;
    parts_init(&parts, &sink, 1);
    parts_draft_init(&draft, &parts, arena);
    draft_all(&draft);
    parts_flush(&parts);
    assert_false(draft.fails);
    assert_int_equal(parts.published.count, 2);
    parts_release(&parts);
    return buf_str(&draft.note);
}

/* Of parts that were built once, the folder's first `left` are there still. */
struct fixture {
    struct folder folder;
    struct arena arena;
    struct str note;
    struct parts_sink sink;
    struct parts parts;
};

static void begin_again(struct fixture *fixture, size_t left)
{
    *fixture = (struct fixture){.folder.count = 0};
    arena_init(&fixture->arena);
    fixture->note = build(&fixture->folder, &fixture->arena);
    assert_int_equal(fixture->folder.put, 2);
    fixture->folder.count = left;
    fixture->sink = sink_of(&fixture->folder);
    parts_init(&fixture->parts, &fixture->sink, 1);
}

static void end(struct fixture *fixture)
{
    parts_release(&fixture->parts);
    arena_release(&fixture->arena);
}

static void test_noted_parts_are_taken(void **state)
{
    struct fixture fixture;
    (void)state;
    begin_again(&fixture, 2);
    parts_put(&fixture.parts, STR("two"));
    assert_true(parts_are_there(&fixture.sink, fixture.note));
    assert_true(parts_take(&fixture.parts, fixture.note));
    parts_put(&fixture.parts, STR("one"));
    assert_true(parts_take(&fixture.parts, fixture.note));
    parts_flush(&fixture.parts);
    assert_int_equal(fixture.folder.put, 0);
    assert_int_equal(fixture.folder.taken, 2);
    assert_int_equal(fixture.parts.published.count, 2);
    end(&fixture);
}

static void test_of_noted_parts_all_must_be_there(void **state)
{
    struct fixture fixture;
    (void)state;
    begin_again(&fixture, 1);
    assert_false(parts_are_there(&fixture.sink, fixture.note));
    assert_int_equal(fixture.folder.taken, 0);
    assert_true(parts_are_there(&fixture.sink, (struct str){"", 0}));
    end(&fixture);
}

static void test_what_is_drafted_is_put_later(void **state)
{
    struct fixture fixture;
    struct parts_draft draft;
    (void)state;
    begin_again(&fixture, 0);
    parts_draft_init(&draft, NULL, &fixture.arena);
    uint64_t one = draft_all(&draft);
    parts_flush(&fixture.parts);
    assert_int_equal(fixture.folder.put, 0);
    assert_true(parts_settle(&fixture.parts, &draft));
    parts_flush(&fixture.parts);
    assert_int_equal(fixture.folder.put, 2);
    assert_true(parts_put(&fixture.parts, STR("one")) == one);
    assert_true(str_equal(buf_str(&draft.note), fixture.note));
    end(&fixture);
}

/* Two parts of which the first choice of a name is the same. */
#define FIRST STR("part 11131040")
#define OTHER STR("part 25897004")

/* Whichever comes first has the name. One that was drafted or noted alone can't know: it is put
 * once more, and then has the next. */
static void test_a_name_is_taken_already(void **state)
{
    struct fixture fixture;
    struct parts_draft draft, direct;
    (void)state;
    begin_again(&fixture, 0);
    parts_draft_init(&draft, NULL, &fixture.arena);
    uint64_t wanted = parts_draft_put(&draft, OTHER);
    assert_true(parts_put(&fixture.parts, FIRST) == wanted);
    assert_false(parts_take(&fixture.parts, buf_str(&draft.note)));
    parts_draft_init(&direct, &fixture.parts, &fixture.arena);
    assert_true(parts_draft_put(&direct, OTHER) == wanted + 1);
    assert_true(direct.fails);
    assert_false(parts_settle(&fixture.parts, &draft));
    parts_flush(&fixture.parts);
    assert_int_equal(fixture.folder.put, 2);
    assert_int_equal(fixture.folder.taken, 0);
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_noted_parts_are_taken),
        cmocka_unit_test(test_of_noted_parts_all_must_be_there),
        cmocka_unit_test(test_what_is_drafted_is_put_later),
        cmocka_unit_test(test_a_name_is_taken_already),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
