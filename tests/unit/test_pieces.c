/* Files that are put together from pieces: each build's beside what stands there then, and whether
 * the file of the last build stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "write/pieces.h"

/* Pieces of one build: what each is made of, a letter, and its bytes. `.` is made of nothing that
 * can be told. */
struct piece_made {
    char made_of;
    const char *bytes;
};

struct fixture {
    char folder[32];
    struct publish_counts counts;
    size_t put; /* pieces that had to be made */
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/naslag-pieces-XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) && !chdir(fixture->folder) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    int result = chdir("/") || nftw(fixture->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(fixture);
    return result;
}

/* Puts the pieces from the last to the first, so that most come too early. */
static void put_all(struct fixture *fixture, struct pieces *pieces, const struct piece_made *made,
                    size_t count)
{
    for (size_t i = count; i--;) {
        if (!pieces_want(pieces, i))
            continue;
        pieces_put(pieces, i, str_from(made[i].bytes));
        fixture->put++;
    }
    pieces_close(pieces);
}

static void build(struct fixture *fixture, const struct piece_made *made, size_t count)
{
    struct err err;
    struct pieces pieces;
    struct digest digests[16];
    char expected[256] = "", there[256] = "";
    struct publish *publish = publish_open("out", &err);
    assert_non_null(publish);
    for (size_t i = 0; i < count; i++) {
        strcat(expected, made[i].bytes);
        digests[i] = made[i].made_of == '.' ? DIGEST_NONE
                                            : (struct digest){1, (unsigned char)made[i].made_of};
    }
    fixture->put = 0;
    if (pieces_open(&pieces, publish, "note", STR("a/file"), digests, count))
        put_all(fixture, &pieces, made, count);
    assert_int_equal(publish_commit(publish, &fixture->counts, &err), 0);
    publish_free(publish);
    FILE *file = fopen("out/a/file", "r");
    assert_non_null(file);
    there[fread(there, 1, sizeof there - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(there, expected);
    assert_int_equal(fixture->counts.bytes, strlen(expected));
}

#define BUILD(made) build(*state, made, sizeof(made) / sizeof *(made))

static void assert_counts(void **state, size_t written, size_t put)
{
    const struct fixture *fixture = *state;
    assert_int_equal(fixture->counts.written, written);
    assert_int_equal(fixture->counts.unchanged, 1 - written);
    assert_int_equal(fixture->put, put);
}

static const struct piece_made first[] = {{'a', "one\n"}, {'b', "two\n"}, {'c', "three\n"}};
static const struct piece_made other[] = {{'A', "one\n"}, {'b', "two\n"}, {'C', "three\n"}};

static void test_pieces_that_are_there_are_not_made(void **state)
{
    static const struct piece_made changed[] = {{'a', "one\n"}, {'B', "2\n"}, {'c', "three\n"}};
    static const struct piece_made moved[] = {{'c', "three\n"}, {'n', "new\n"}, {'a', "one\n"}};
    BUILD(first);
    assert_counts(state, 1, 3);
    BUILD(first);
    assert_counts(state, 0, 0);
    BUILD(changed);
    assert_counts(state, 1, 1);
    BUILD(moved);
    assert_counts(state, 1, 1);
}

static void test_pieces_come_and_go(void **state)
{
    static const struct piece_made more[] = {{'0', "0\n"}, {'a', "one\n"},   {'b', "two\n"},
                                             {'x', "x\n"}, {'c', "three\n"}, {'z', "z"}};
    static const struct piece_made twice[] = {{'a', "one\n"}, {'a', "one\n"}, {'e', ""}};
    static const struct piece_made none[] = {{'e', ""}};
    BUILD(first);
    BUILD(more);
    assert_counts(state, 1, 3);
    BUILD(first);
    assert_counts(state, 1, 0);
    BUILD(twice);
    assert_counts(state, 1, 1);
    BUILD(none);
    assert_counts(state, 1, 0);
    BUILD(none);
    assert_counts(state, 0, 0);
}

/* The file stays, and what it is made of now is known by the next build. */
static void test_what_is_made_of_else_may_have_the_same_bytes(void **state)
{
    static const struct piece_made untold[] = {{'.', "one\n"}, {'.', "two\n"}, {'.', "three\n"}};
    static const struct piece_made cut[] = {{'A', "one\ntwo\n"}, {'C', "three\n"}};
    static const struct piece_made shorter[] = {{'A', "one\ntwo\n"}, {'F', "th"}};
    struct stat before, after;
    BUILD(first);
    assert_int_equal(stat("out/a/file", &before), 0);
    BUILD(other);
    assert_counts(state, 0, 2);
    BUILD(other);
    assert_counts(state, 0, 0);
    BUILD(untold);
    assert_counts(state, 0, 3);
    BUILD(untold);
    assert_counts(state, 0, 3);
    BUILD(cut);
    assert_counts(state, 0, 2);
    assert_int_equal(stat("out/a/file", &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    BUILD(shorter);
    assert_counts(state, 1, 1);
}

static void spill(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_what_was_touched_is_made_again(void **state)
{
    BUILD(first);
    spill("out/a/file", "one\nTWO\nthree\n");
    BUILD(other);
    assert_counts(state, 1, 3);
    spill("out/.naslag/note", "no note at all");
    BUILD(first);
    assert_counts(state, 0, 3);
    assert_int_equal(unlink("out/a/file"), 0);
    BUILD(first);
    assert_counts(state, 1, 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pieces_that_are_there_are_not_made),
        TEST(test_pieces_come_and_go),
        TEST(test_what_is_made_of_else_may_have_the_same_bytes),
        TEST(test_what_was_touched_is_made_again),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
