/* What is kept of a history: with a cache, empty or full, all is as without one, also where bounds
 * are passed; and bytes that are not sound are refused. */
#include "git_fixture.h"

#include "base/cache.h"
#include "repo/changes.h"
#include "repo/delta.h"
#include "repo/history.h"
#include "repo/ledger.h"
#include "repo/renames.h"

enum { CACHE_SIZE = 256 * 1024 * 1024 };

/* -- All that is told of a history, as one digest
 * ------------------------------------------------------- */

struct told {
    struct digest digest;
    struct changes changes;
    bool shallow;
};

static void put_id(struct buf *out, const unsigned char id[OID_SIZE])
{
    buf_put(out, (struct str){(const char *)id, OID_SIZE});
}

static void put_commit(struct buf *out, const struct changes *changes,
                       const struct change_commit *commit)
{
    put_id(out, commit->oid);
    buf_printf(out, " %lld %d '%.*s'\n", (long long)commit->committed.time,
               (int)commit->committed.offset, STR_ARGS(commit->subject));
    for (uint32_t i = commit->first; i < commit->first + commit->count; i++) {
        const struct change *change = &changes->items.items[i];
        buf_printf(out, "%d %.*s %.*s ", (int)change->kind, STR_ARGS(change->path),
                   STR_ARGS(change->old_path));
        put_id(out, change->before);
        put_id(out, change->after);
    }
}

static struct told read_all(struct fixture *fixture, struct cache *cache)
{
    struct told told;
    struct buf all;
    size_t count = fixture->snapshot.count;
    struct history *dates = arena_new_array(&fixture->arena, count, struct history);
    struct past *past = past_open(&fixture->snapshot, cache, 0, &fixture->arena, &fixture->err);
    if (!past || history_read(past, &fixture->arena, dates, &told.shallow, &fixture->err) ||
        changes_read(past, &fixture->arena, &told.changes, &fixture->err))
        fail_msg("%s", fixture->err.message);
    buf_init(&all, &fixture->arena);
    buf_printf(&all, "%d %d\n", told.shallow, told.changes.cut);
    for (size_t i = 0; i < count; i++)
        buf_printf(&all, "%lld %lld\n", (long long)dates[i].first.time,
                   (long long)dates[i].last.time);
    for (size_t i = 0; i < told.changes.commits.count; i++)
        put_commit(&all, &told.changes, &told.changes.commits.items[i]);
    told.digest = digest_of(buf_str(&all));
    past_close(past);
    return told;
}

/* Reads a repository by way of the cache, twice, and without one. */
static struct told expect_same(struct fixture *fixture, const char *directory)
{
    if (fixture_open(fixture, (struct snapshot_options){.directory = directory}))
        fail_msg("%s", fixture->err.message);
    struct told none = read_all(fixture, NULL);
    const char *folder = str_format(&fixture->arena, "%s/cache%c", fixture->root, 0).data;
    for (int i = 0; i < 2; i++) {
        struct cache *cache = cache_open(folder, 1, CACHE_SIZE);
        assert_non_null(cache);
        struct told told = read_all(fixture, cache);
        cache_close(cache);
        assert_true(digest_equal(told.digest, none.digest));
    }
    return none;
}

static unsigned count_kind(const struct told *told, enum change_kind kind)
{
    unsigned count = 0;
    for (size_t i = 0; i < told->changes.items.count; i++)
        count += told->changes.items.items[i].kind == kind;
    return count;
}

/* -- Bounds
 * ---------------------------------------------------------------------------------------- */

/* Files that move while one of their lines changes, of nearly the size that is still compared. */
static void put_moves(struct buf *out, unsigned first, unsigned count)
{
    enum { LINES = 250, WIDTH = 1000 };
    for (unsigned i = first; i < first + count; i++) {
        buf_printf(out,
                   "commit refs/heads/main\ncommitter Ans <ans@example.org> %u +0000\ndata 0\n%s",
                   1600000000 + i, i == first && i ? "from refs/heads/main^0\n" : "");
        if (i)
            buf_printf(out, "D %u.md\n", i - 1);
        buf_printf(out, "M 100644 inline %u.md\ndata %d\n", i, LINES * (WIDTH + 1));
        for (int line = 0; line < LINES; line++)
            buf_printf(out, "%0*d\n", WIDTH, line ? line : (int)i + LINES);
        buf_put(out, STR("\n"));
    }
}

/* What may be read to find renames goes to the youngest commits. With new ones the oldest go short
 * whose renames are known from the build before; where the new ones are taken back, the old ones
 * have theirs again. */
static void renames_run_out(void **state)
{
    enum { COMMITS = 120, MORE = 60 };
    struct fixture *fixture = *state;
    struct buf stream;
    buf_init(&stream, &fixture->arena);
    put_moves(&stream, 0, COMMITS);
    fixture_import(fixture, "a.git", str_cstring(&fixture->arena, buf_str(&stream)));
    struct told told = expect_same(fixture, "a.git");
    assert_int_equal(count_kind(&told, CHANGE_RENAMED), COMMITS - 1);
    buf_clear(&stream);
    put_moves(&stream, COMMITS, MORE);
    fixture_import(fixture, "a.git", str_cstring(&fixture->arena, buf_str(&stream)));
    told = expect_same(fixture, "a.git");
    unsigned renamed = count_kind(&told, CHANGE_RENAMED);
    assert_in_range(renamed, COMMITS, COMMITS + MORE - 10);
    assert_int_equal(count_kind(&told, CHANGE_GONE), COMMITS + MORE - 1 - renamed);
    fixture_run(fixture, "git -C a.git update-ref refs/heads/main main~100 && rm -rf cache");
    told = expect_same(fixture, "a.git");
    fixture_run(fixture, "git -C a.git update-ref refs/heads/main main~20");
    told = expect_same(fixture, "a.git");
    assert_int_equal(count_kind(&told, CHANGE_RENAMED), COMMITS + MORE - 121);
}

#define MAKE_TREES                                                                                 \
    "cd a.git && blob=$(echo x | git hash-object -w --stdin) &&"                                   \
    "tree=$(for i in $(seq 800); do printf '100644 blob %s\\t%s.md\\n' $blob $i; done | git "      \
    "mktree) &&"
#define COMMIT_TREE                                                                                \
    "old=$(git commit-tree -m old $tree) && "                                                      \
    "new=$(git commit-tree -m new -p $old 'main^{tree}') && git update-ref refs/heads/main $new"
#define FIRST                                                                                      \
    "commit refs/heads/main\ncommitter Ans <ans@example.org> 1600000000 +0000\ndata 0\n"           \
    "M 100644 inline a.md\ndata 1\na\n"

/* More changes than are told: 800 folders that share 800 notes came and went. */
static void too_many_changes(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", FIRST);
    fixture_run(fixture, MAKE_TREES
                "tree=$(for i in $(seq 800); do printf '040000 tree %s\\t%s\\n' $tree $i; done |"
                "git mktree) &&" COMMIT_TREE);
    struct told told = expect_same(fixture, "a.git");
    assert_int_equal(told.changes.items.count, CHANGES_MAX);
    assert_true(told.changes.cut);
    assert_false(told.shallow);
}

/* A tree of two to the power of forty notes comes to an end. */
static void endless_tree(void **state)
{
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", FIRST);
    fixture_run(fixture, MAKE_TREES
                "tree=$(printf '100644 blob %s\\tx.png\\n' $blob | git mktree) &&"
                "for i in $(seq 40); do tree=$(printf '040000 tree %s\\ta\\n040000 tree %s\\tb\\n' "
                "$tree $tree | git mktree); done &&" COMMIT_TREE);
    assert_int_equal(fixture_open(fixture, (struct snapshot_options){.directory = "a.git"}), 0);
    struct told told = read_all(fixture, NULL);
    assert_true(told.shallow && told.changes.cut);
}

/* -- What is missing
 * ------------------------------------------------------------------------------- */

/* The renaming in the middle takes a reading of both files. */
static const char RENAMING[] =
    FIRST "commit refs/heads/main\ncommitter Ans <ans@example.org> 1600000100 +0000\ndata 0\n"
          "D a.md\nM 100644 inline b.md\ndata 4\na\nb\n\n"
          "commit refs/heads/main\ncommitter Ans <ans@example.org> 1600000200 +0000\ndata 0\n"
          "M 100644 inline c.md\ndata 2\nc\n\n";

/* While an object is away nothing is kept that it has a part in: once it is back all is told. */
static void expect_back(struct fixture *fixture, const char *object)
{
    fixture_run(fixture,
                str_format(&fixture->arena,
                           "cd a.git && file=$(git rev-parse %s | sed 's,^..,objects/&/,') &&"
                           "mv $file ../away && echo $file > ../file%c",
                           object, 0)
                    .data);
    struct told told = expect_same(fixture, "a.git");
    assert_int_equal(count_kind(&told, CHANGE_RENAMED), 0);
    fixture_run(fixture, "mv away a.git/$(cat file)");
    told = expect_same(fixture, "a.git");
    assert_int_equal(count_kind(&told, CHANGE_RENAMED), 1);
    assert_false(told.shallow || told.changes.cut);
}

static void missing_for_a_while(void **state)
{
    static const char *const objects[] = {"main~2^{tree}", "main~1^{tree}", "main~2:a.md"};
    struct fixture *fixture = *state;
    fixture_import(fixture, "a.git", RENAMING);
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        fixture_run(fixture, "rm -rf cache");
        expect_back(fixture, objects[i]);
    }
}

/* What was read of another content folder is not what this one has. */
static void other_content(void **state)
{
    struct fixture *fixture = *state;
    struct snapshot_options options = {.directory = "a.git", .content = "x"};
    struct digest seen[2];
    fixture_import(fixture, "a.git",
                   FIRST "M 100644 inline x/b.md\ndata 2\nb\n\n"
                         "M 100644 inline x/y/c.md\ndata 2\nc\n\n");
    const char *folder = str_format(&fixture->arena, "%s/cache%c", fixture->root, 0).data;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(fixture_open(fixture, options), 0);
        struct cache *cache = cache_open(folder, 1, CACHE_SIZE);
        seen[i] = read_all(fixture, cache).digest;
        cache_close(cache);
        assert_true(digest_equal(seen[i], read_all(fixture, NULL).digest));
        options.content = "x/y";
    }
    assert_false(digest_equal(seen[0], seen[1]));
}

/* -- Bytes
 * ----------------------------------------------------------------------------------------- */

static struct delta make_delta(struct arena *arena)
{
    static const char *const paths[] = {"a.md", "b/c.txt", "d.png", "e.md"};
    struct delta delta = {.work = 12345};
    for (unsigned i = 0; i < 4; i++) {
        struct delta_item *item = vec_push(&delta.items, arena);
        item->path = str_from(paths[i]);
        item->from = i == 3;
        if (i < 2)
            memset(item->before, (int)i + 1, OID_SIZE);
    }
    return delta;
}

static struct str delta_bytes(struct arena *arena)
{
    struct delta delta = make_delta(arena);
    struct buf bytes;
    buf_init(&bytes, arena);
    delta_put(&bytes, &delta);
    return buf_str(&bytes);
}

static struct str likeness_bytes(struct arena *arena)
{
    struct likeness likeness = {.read = 99};
    struct buf bytes;
    *vec_push(&likeness.pairs, arena) = (struct likeness_pair){3, 700};
    buf_init(&bytes, arena);
    likeness_put(&bytes, &likeness);
    return buf_str(&bytes);
}

static struct str piece_bytes(struct arena *arena)
{
    struct buf bytes;
    buf_init(&bytes, arena);
    for (int i = 0; i < 3; i++) {
        struct record record = {.subject = STR("why"), .committed = {-5, -60}};
        memset(record.oid, i + 1, OID_SIZE);
        record.parents = (struct str){"12345678901234567890", i == 2 ? 0 : OID_SIZE};
        record.delta = delta_bytes(arena);
        ledger_put_record(&bytes, &record);
    }
    return buf_str(&bytes);
}

static bool take_piece(struct arena *arena, struct str bytes, struct ledger *ledger)
{
    ledger_open(ledger, NULL, 0, arena, STR("here"));
    return ledger_take_piece(ledger, bytes, 7);
}

static void what_is_kept_comes_back(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = &fixture->arena;
    struct delta delta, made = make_delta(arena);
    struct likeness likeness;
    struct ledger ledger;
    assert_true(delta_take(delta_bytes(arena), 2, arena, &delta));
    assert_int_equal(delta.work, made.work);
    assert_int_equal(delta.items.count, made.items.count);
    for (size_t i = 0; i < made.items.count; i++) {
        assert_true(str_equal(delta.items.items[i].path, made.items.items[i].path));
        assert_int_equal(delta.items.items[i].from, made.items.items[i].from);
        assert_memory_equal(delta.items.items[i].before, made.items.items[i].before, OID_SIZE);
    }
    assert_true(likeness_take(likeness_bytes(arena), arena, &likeness));
    assert_int_equal(likeness.read, 99);
    assert_int_equal(likeness.pairs.items[0].went, 700);
    assert_true(take_piece(arena, piece_bytes(arena), &ledger));
    const struct record *record = ledger_find(&ledger, (const unsigned char *)"\2\2\2\2\2\2\2\2"
                                                                              "\2\2\2\2\2\2\2\2"
                                                                              "\2\2\2\2");
    assert_non_null(record);
    assert_int_equal(record->committed.time, -5);
    assert_int_equal(record->committed.offset, -60);
    assert_int_equal(record->piece, 7);
    assert_true(str_equal(record->subject, STR("why")));
    assert_true(str_equal(record->delta, delta_bytes(arena)));
}

/* A parent that the commit does not have. */
static void parents_are_those_of_the_commit(void **state)
{
    struct fixture *fixture = *state;
    struct delta delta;
    assert_false(delta_take(delta_bytes(&fixture->arena), 1, &fixture->arena, &delta));
}

/* Bytes that end early are none, and nothing of a piece is taken then. */
static void cut_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = &fixture->arena;
    struct str delta = delta_bytes(arena), likeness = likeness_bytes(arena);
    struct str piece = piece_bytes(arena);
    struct delta no_delta;
    struct likeness no_likeness;
    struct ledger ledger;
    for (size_t i = 0; i < delta.len; i++)
        assert_false(delta_take(str_slice(delta, 0, i), 2, arena, &no_delta));
    for (size_t i = 0; i < likeness.len; i++)
        assert_false(likeness_take(str_slice(likeness, 0, i), arena, &no_likeness));
    for (size_t i = 1; i < piece.len; i++)
        if (!take_piece(arena, str_slice(piece, 0, i), &ledger))
            assert_int_equal(ledger.records.count, 0);
    assert_false(take_piece(arena, str_slice(piece, 0, piece.len - 1), &ledger));
}

/* Any byte may be any other: nothing is read out of bounds, and no path is too long. */
static void wrong_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct arena arena;
    arena_init(&arena);
    size_t size = piece_bytes(&fixture->arena).len;
    for (size_t i = 0; i < size * 256; i++) {
        struct ledger ledger;
        struct delta delta;
        struct likeness likeness;
        arena_clear(&arena);
        struct str piece = str_copy(&arena, piece_bytes(&arena));
        ((char *)piece.data)[i / 256] = (char)(i % 256);
        if (!take_piece(&arena, piece, &ledger))
            continue;
        for (size_t j = 0; j < ledger.records.count; j++) {
            const struct record *record = ledger.records.items[j].value;
            assert_int_equal(record->parents.len % OID_SIZE, 0);
            likeness_take(record->likeness, &arena, &likeness);
            if (delta_take(record->delta, 2, &arena, &delta))
                for (size_t k = 0; k < delta.items.count; k++)
                    assert_true(delta.items.items[k].path.len <= SNAPSHOT_PATH_MAX &&
                                delta.items.items[k].from < 2);
        }
    }
    arena_release(&arena);
}

/* Pairs of files that are none. */
static void wrong_pairs(void **state)
{
    struct fixture *fixture = *state;
    struct change changes[2] = {{.kind = CHANGE_ADDED, .path = STR("a.md")},
                                {.kind = CHANGE_EDITED, .path = STR("b.md")}};
    struct likeness likeness = {.read = 0};
    *vec_push(&likeness.pairs, &fixture->arena) = (struct likeness_pair){0, 1};
    *vec_push(&likeness.pairs, &fixture->arena) = (struct likeness_pair){0, 0};
    *vec_push(&likeness.pairs, &fixture->arena) = (struct likeness_pair){2, UINT32_MAX};
    renames_join(&likeness, changes, 2);
    assert_int_equal(changes[0].kind, CHANGE_ADDED);
    assert_int_equal(renames_drop(changes, 2), 2);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(renames_run_out),
        FIXTURE_TEST(too_many_changes),
        FIXTURE_TEST(endless_tree),
        FIXTURE_TEST(missing_for_a_while),
        FIXTURE_TEST(other_content),
        FIXTURE_TEST(what_is_kept_comes_back),
        FIXTURE_TEST(parents_are_those_of_the_commit),
        FIXTURE_TEST(cut_bytes),
        FIXTURE_TEST(wrong_bytes),
        FIXTURE_TEST(wrong_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
