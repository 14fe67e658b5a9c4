/* Dates of first and last change, as `git log` has them. */
#include "git_fixture.h"

#include "repo/history.h"

/* A commit on `branch` at second 1600000000 + `at`. */
#define COMMIT(branch, at)                                                                         \
    "commit refs/heads/" branch "\n"                                                               \
    "committer Ans <ans@example.org> 160000" at " +0100\n"                                         \
    "data 0\n"

#define FILE(path, text)                                                                           \
    "M 100644 inline " path "\n"                                                                   \
    "data <<.\n" text "\n"                                                                         \
    ".\n"

/* The dates of `path`, without their first six digits, are `first` and `last`. */
static void expect_dates(struct fixture *fixture, const struct history *dates, const char *path,
                         int first, int last)
{
    const struct history *found = &dates[fixture_find(fixture, path)];
    if (found->first.time % 10000 != first || found->last.time % 10000 != last)
        fail_msg("%s: %lld, %lld", path, (long long)found->first.time, (long long)found->last.time);
    assert_int_equal(found->first.time / 10000, first ? 160000 : 0);
}

static struct history *read_history(struct fixture *fixture, struct snapshot_options options,
                                    bool *shallow)
{
    if (fixture_open(fixture, options))
        fail_msg("%s", fixture->err.message);
    struct history *dates =
        arena_new_array(&fixture->arena, fixture->snapshot.count + 1, struct history);
    memset(dates, 0xFF, (fixture->snapshot.count + 1) * sizeof *dates);
    struct past *past = past_open(&fixture->snapshot, NULL, 0, &fixture->arena, &fixture->err);
    if (!past || history_read(past, &fixture->arena, dates, shallow, &fixture->err))
        fail_msg("%s", fixture->err.message);
    past_close(past);
    return dates;
}

static struct history *dates_of(struct fixture *fixture, const char *directory)
{
    bool shallow = true;
    struct history *dates =
        read_history(fixture, (struct snapshot_options){.directory = directory}, &shallow);
    assert_false(shallow);
    return dates;
}

/* -- One line of commits
 * --------------------------------------------------------------------------- */

/* b.md changes; the folder `a` sorts behind the file `a.md`, and `c` was a file once. */
static const char LINE[] = COMMIT("main", "1000")                                      /* */
    FILE("content/a.md", "one") FILE("content/a/x.md", "one") FILE("content/c", "one") /* */
    COMMIT("main", "2000")                                                             /* */
    FILE("content/b.md", "one") FILE("outside.md", "one")                              /* */
    COMMIT("main", "3000")                                                             /* */
    FILE("content/b.md", "two") "D content/c\n" FILE("content/c/y.md", "one")          /* */
    COMMIT("main", "4000")                                                             /* */
    FILE("content/a/z/deep.md", "one")                                                 /* */
    COMMIT("main", "5000")                                                             /* */
    FILE("outside.md", "two");

static void line(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", LINE);
    struct history *dates = dates_of(fixture, "a.git");
    expect_dates(fixture, dates, "a.md", 1000, 1000);
    expect_dates(fixture, dates, "a/x.md", 1000, 1000);
    expect_dates(fixture, dates, "b.md", 2000, 3000);
    expect_dates(fixture, dates, "c/y.md", 3000, 3000);
    expect_dates(fixture, dates, "a/z/deep.md", 4000, 4000);
    assert_int_equal(dates[0].first.offset, 60);
    assert_int_equal(dates[0].last.offset, 60);
}

static void other_content_folders(void **state)
{
    struct fixture *fixture = *state;
    bool shallow;
    fixture_import(fixture, "a.git", LINE);
    struct snapshot_options options = {.directory = "a.git", .content = "."};
    struct history *dates = read_history(fixture, options, &shallow);
    expect_dates(fixture, dates, "outside.md", 2000, 5000);
    expect_dates(fixture, dates, "content/b.md", 2000, 3000);
    options.content = "content/a";
    options.rev = "HEAD~1";
    dates = read_history(fixture, options, &shallow);
    expect_dates(fixture, dates, "x.md", 1000, 1000);
    expect_dates(fixture, dates, "z/deep.md", 4000, 4000);
}

static void added_again(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   COMMIT("main", "1000") FILE("a.md", "one") FILE("b.md", "one") /* */
                   COMMIT("main", "2000") "D a.md\n"                              /* */
                   COMMIT("main", "3000") FILE("b.md", "two")                     /* */
                   COMMIT("main", "4000") FILE("a.md", "one"));
    struct history *dates = dates_of(fixture, "a.git");
    expect_dates(fixture, dates, "a.md", 1000, 4000);
    expect_dates(fixture, dates, "b.md", 1000, 3000);
}

static void made_executable(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   COMMIT("main", "1000") FILE("a.md", "one") /* */
                   COMMIT("main", "2000") "M 100755 inline a.md\ndata <<.\none\n.\n");
    expect_dates(fixture, dates_of(fixture, "a.git"), "a.md", 1000, 2000);
}

/* -- Merges
 * ---------------------------------------------------------------------------------------- */

/* The merge takes a.md from the branch and b.md from main, and changes c.md itself. */
static void merge(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   COMMIT("main", "1000") FILE("a.md", "one") FILE("b.md", "one")
                       FILE("c.md", "one")                                              /* */
                   COMMIT("side", "2000") "from refs/heads/main\n" FILE("a.md", "side") /* */
                   FILE("c.md", "side") FILE("d.md", "side")                            /* */
                   COMMIT("main", "3000") FILE("b.md", "main") FILE("c.md", "main")     /* */
                   COMMIT("main", "4000") "merge refs/heads/side\n"                     /* */
                   FILE("a.md", "side") FILE("c.md", "both") FILE("d.md", "side"));
    struct history *dates = dates_of(fixture, "a.git");
    expect_dates(fixture, dates, "a.md", 1000, 2000);
    expect_dates(fixture, dates, "b.md", 1000, 3000);
    expect_dates(fixture, dates, "c.md", 1000, 4000);
    expect_dates(fixture, dates, "d.md", 2000, 2000);
}

/* What a branch did to a file that the merge did not take did not make the file what it is; nor did
 * a branch that did the same as main, but later. */
static void branch_without_effect(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   COMMIT("main", "1000") FILE("a.md", "one") FILE("b.md", "one")       /* */
                   COMMIT("side", "3000") "from refs/heads/main\n" FILE("a.md", "side") /* */
                   FILE("b.md", "two")                                                  /* */
                   COMMIT("main", "2000") FILE("b.md", "two")                           /* */
                   COMMIT("main", "4000") "merge refs/heads/side\n" FILE("e.md", "new"));
    struct history *dates = dates_of(fixture, "a.git");
    expect_dates(fixture, dates, "a.md", 1000, 1000);
    expect_dates(fixture, dates, "b.md", 1000, 2000);
    expect_dates(fixture, dates, "e.md", 4000, 4000);
}

/* Two histories that had nothing in common. */
static void two_roots(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   COMMIT("side", "1000") FILE("side.md", "one") /* */
                   COMMIT("main", "2000") FILE("main.md", "one") /* */
                   COMMIT("main", "3000") "merge refs/heads/side\n" FILE("side.md", "one"));
    struct history *dates = dates_of(fixture, "a.git");
    expect_dates(fixture, dates, "side.md", 1000, 1000);
    expect_dates(fixture, dates, "main.md", 2000, 2000);
}

/* A clock that was set back: the order of the commits counts, not their dates. */
static void clock_set_back(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git",
                   COMMIT("main", "5000") FILE("a.md", "one") /* */
                   COMMIT("main", "3000") FILE("a.md", "two") /* */
                   COMMIT("main", "4000") FILE("b.md", "two"));
    expect_dates(fixture, dates_of(fixture, "a.git"), "a.md", 5000, 3000);
}

/* -- Histories that are not whole
 * -------------------------------------------------------------------- */

static void shallow_clone(void **state)
{
    struct fixture *fixture = *state;
    bool shallow = false;
    fixture_import(fixture, "a.git", LINE);
    fixture_run(fixture, "git clone -q --bare --depth 3 \"file://$PWD/a.git\" b.git");
    struct history *dates =
        read_history(fixture, (struct snapshot_options){.directory = "b.git"}, &shallow);
    assert_true(shallow);
    expect_dates(fixture, dates, "a.md", 3000, 3000);
    expect_dates(fixture, dates, "b.md", 3000, 3000);
    expect_dates(fixture, dates, "a/z/deep.md", 4000, 4000);
}

/* As a partial clone without trees: those of HEAD~2 and before are gone. */
static void missing_trees(void **state)
{
    struct fixture *fixture = *state;
    bool shallow = false;
    fixture_import(fixture, "a.git", LINE);
    fixture_run(fixture, "cd a.git && for i in 2 3 4; do"
                         "    rm -f $(git rev-parse HEAD~$i^{tree} | sed 's,^..,objects/&/,');"
                         "done");
    struct history *dates =
        read_history(fixture, (struct snapshot_options){.directory = "a.git"}, &shallow);
    assert_true(shallow);
    expect_dates(fixture, dates, "a.md", 4000, 4000);
    expect_dates(fixture, dates, "a/z/deep.md", 4000, 4000);
}

static void damaged_commit(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", LINE);
    fixture_run(fixture, "cd a.git && file=$(git rev-parse HEAD~2 | sed 's,^..,objects/&/,') &&"
                         "chmod u+w $file && echo nonsense > $file");
    assert_int_equal(fixture_open(fixture, (struct snapshot_options){.directory = "a.git"}), 0);
    assert_null(past_open(&fixture->snapshot, NULL, 0, &fixture->arena, &fixture->err));
    assert_non_null(strstr(fixture->err.message, "cannot read commit"));
}

/* -- Work trees
 * ------------------------------------------------------------------------------------ */

static void work_tree(void **state)
{
    struct fixture *fixture = *state;
    bool shallow = true;
    fixture_import(fixture, "a", LINE);
    fixture_run(fixture, "cd a && git reset -q --hard && echo new > content/new.md &&"
                         "echo changed > content/b.md");
    struct history *dates = read_history(
        fixture, (struct snapshot_options){.directory = "a", .worktree = true}, &shallow);
    assert_false(shallow);
    expect_dates(fixture, dates, "b.md", 2000, 3000);
    expect_dates(fixture, dates, "new.md", 0, 0);
    expect_dates(fixture, dates, "a/z/deep.md", 4000, 4000);
}

static void no_commit(void **state)
{
    struct fixture *fixture = *state;
    bool shallow = true;
    fixture_run(fixture, "git init -q a && echo new > a/new.md");
    struct history *dates = read_history(
        fixture, (struct snapshot_options){.directory = "a", .worktree = true}, &shallow);
    assert_false(shallow);
    expect_dates(fixture, dates, "new.md", 0, 0);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(line),           FIXTURE_TEST(other_content_folders),
        FIXTURE_TEST(added_again),    FIXTURE_TEST(made_executable),
        FIXTURE_TEST(merge),          FIXTURE_TEST(branch_without_effect),
        FIXTURE_TEST(two_roots),      FIXTURE_TEST(clock_set_back),
        FIXTURE_TEST(shallow_clone),  FIXTURE_TEST(missing_trees),
        FIXTURE_TEST(damaged_commit), FIXTURE_TEST(work_tree),
        FIXTURE_TEST(no_commit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
