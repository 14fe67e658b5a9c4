/* Shared by the tests of repo/: a temporary folder with repositories made from fast-import streams,
 * and a snapshot opened in it. Git runs without anybody's configuration. */
#ifndef GIT_FIXTURE_H
#define GIT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "repo/snapshot.h"

struct fixture {
    char root[256];
    struct arena arena;
    struct diags diags;
    struct err err;
    struct snapshot snapshot; /* handle NULL: not open */
};

static inline int fixture_setup(void **state)
{
    static struct fixture fixture;
    const char *folder = getenv("TMPDIR");
    fixture = (struct fixture){.err = {""}};
    snprintf(fixture.root, sizeof fixture.root, "%s/naslag-test-XXXXXX", folder ? folder : "/tmp");
    assert_non_null(mkdtemp(fixture.root));
    arena_init(&fixture.arena);
    diags_init(&fixture.diags, &fixture.arena);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("HOME", fixture.root, 1);
    setenv("GIT_AUTHOR_NAME", "Ans", 1);
    setenv("GIT_AUTHOR_EMAIL", "ans@example.org", 1);
    setenv("GIT_COMMITTER_NAME", "Ans", 1);
    setenv("GIT_COMMITTER_EMAIL", "ans@example.org", 1);
    setenv("GIT_COMMITTER_DATE", "1600009000 +0000", 1);
    unsetenv("XDG_CONFIG_HOME");
    *state = &fixture;
    return 0;
}

/* Runs a shell command in the temporary folder. */
static inline void fixture_run(struct fixture *fixture, const char *command)
{
    struct str line = str_format(&fixture->arena, "cd '%s' && { %s\n}", fixture->root, command);
    int status = system(line.data);
    if (status)
        print_message("# failed: %s\n", command);
    assert_int_equal(status, 0);
}

static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    snapshot_release(&fixture->snapshot);
    fixture_run(fixture, "rm -rf \"$PWD\"");
    arena_release(&fixture->arena);
    return 0;
}

/* Feeds a stream to the repository in a folder, which is made where it is not there yet: bare where
 * its name ends in `.git`. */
static inline void fixture_import(struct fixture *fixture, const char *folder, const char *stream)
{
    bool bare = str_ends(str_from(folder), STR(".git"));
    struct str command =
        str_format(&fixture->arena,
                   "cd '%s' && { test -d '%s' || { git init -q %s '%s' && git -C '%s' symbolic-ref "
                   "HEAD refs/heads/main; }; } && git -C '%s' fast-import --quiet --force",
                   fixture->root, folder, bare ? "--bare" : "", folder, folder, folder);
    FILE *pipe = popen(command.data, "w");
    assert_non_null(pipe);
    fputs(stream, pipe);
    assert_int_equal(pclose(pipe), 0);
}

/* Opens the snapshot, instead of the one that was open. options.directory is below the temporary
 * folder. */
static inline int fixture_open(struct fixture *fixture, struct snapshot_options options)
{
    snapshot_release(&fixture->snapshot);
    diags_init(&fixture->diags, &fixture->arena);
    options.directory = str_format(&fixture->arena, "%s/%s", fixture->root, options.directory).data;
    return snapshot_open(&fixture->snapshot, &fixture->arena, &options, &fixture->diags,
                         &fixture->err);
}

/* Opens, and checks the paths, with a space between. */
static inline void fixture_expect(struct fixture *fixture, struct snapshot_options options,
                                  const char *paths)
{
    char found[2048] = "";
    size_t len = 0;
    if (fixture_open(fixture, options))
        fail_msg("%s", fixture->err.message);
    for (size_t i = 0; i < fixture->snapshot.count; i++) {
        len += (size_t)snprintf(found + len, sizeof found - len, "%s%.*s", i ? " " : "",
                                STR_ARGS(fixture->snapshot.entries[i].path));
        assert_true(len < sizeof found);
    }
    assert_string_equal(found, paths);
}

/* Opening fails with a message that has `part` in it. */
static inline void fixture_expect_failure(struct fixture *fixture, struct snapshot_options options,
                                          const char *part)
{
    assert_int_equal(fixture_open(fixture, options), -1);
    if (!strstr(fixture->err.message, part))
        fail_msg("'%s' has no '%s'", fixture->err.message, part);
}

static inline size_t fixture_find(const struct fixture *fixture, const char *path)
{
    for (size_t i = 0; i < fixture->snapshot.count; i++)
        if (str_equal(fixture->snapshot.entries[i].path, str_from(path)))
            return i;
    fail_msg("no entry '%s'", path);
    return 0;
}

/* How many diagnostics of a kind there are. */
static inline size_t fixture_diags(const struct fixture *fixture, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < fixture->diags.count; i++)
        count += !strcmp(fixture->diags.items[i].code, code);
    return count;
}

/* snapshot_read() by a reader of its own. */
static inline int fixture_read(struct fixture *fixture, const char *path, uint64_t size_max,
                               struct str *out)
{
    struct snapshot_reader *reader = snapshot_reader_open(&fixture->snapshot, &fixture->err);
    assert_non_null(reader);
    int status = snapshot_read(reader, fixture_find(fixture, path), size_max, &fixture->arena, out,
                               &fixture->err);
    snapshot_reader_free(reader);
    return status;
}

static inline void fixture_expect_text(struct fixture *fixture, const char *path, const char *text)
{
    struct str bytes;
    if (fixture_read(fixture, path, 1000, &bytes))
        fail_msg("%s", fixture->err.message);
    assert_int_equal(bytes.len, strlen(text));
    assert_memory_equal(bytes.data, text, bytes.len);
}

#define FIXTURE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
