/* Publishing, also where calls fail and where the program is killed between any two of them.
 *
 * The calls that change the disk are replaced below, by symbol, with ones that count, and that fail
 * or end the process at a call of choice. Each such build runs in a process of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/pool.h"
#include "write/publish.h"

enum fault { FAULT_NONE, FAULT_FAIL, FAULT_KILL_BEFORE, FAULT_KILL_AFTER, FAULT_INTERRUPT };
enum { EXIT_KILLED = 77, FAULTS_MAX = 2000 };

static enum fault fault;
static int fault_error;
static long fault_at;
static atomic_long calls;

/* Whether this call is to fail: one that a signal can interrupt. */
static bool strikes_slow(void)
{
    bool mine = fault != FAULT_NONE && atomic_fetch_add(&calls, 1) == fault_at;
    if (mine && fault == FAULT_KILL_BEFORE)
        _exit(EXIT_KILLED);
    errno = fault == FAULT_INTERRUPT ? EINTR : fault_error;
    return mine && (fault == FAULT_FAIL || fault == FAULT_INTERRUPT);
}

/* One that no signal interrupts. */
static bool strikes(void)
{
    return fault != FAULT_INTERRUPT && strikes_slow();
}

static long after(long result)
{
    if (fault == FAULT_KILL_AFTER && atomic_load(&calls) == fault_at + 1)
        _exit(EXIT_KILLED);
    return result;
}

int fault_openat(int folder, const char *name, int flags, ...) __asm__("openat");
ssize_t fault_write(int fd, const void *data, size_t size) __asm__("write");
ssize_t fault_read(int fd, void *data, size_t size) __asm__("read");
int fault_renameat(int from, const char *old, int to, const char *new) __asm__("renameat");
int fault_renameat2(int from, const char *old, int to, const char *new,
                    unsigned flags) __asm__("renameat2");
int fault_unlinkat(int folder, const char *name, int flags) __asm__("unlinkat");
int fault_mkdirat(int folder, const char *name, mode_t mode) __asm__("mkdirat");
int fault_fchmod(int fd, mode_t mode) __asm__("fchmod");
int fault_fsync(int fd) __asm__("fsync");
int fault_ftruncate(int fd, off_t size) __asm__("ftruncate");
int fault_fstat(int fd, struct stat *status) __asm__("fstat");
ssize_t fault_copy_file_range(int from, off_t *offset, int to, off_t *to_offset, size_t size,
                              unsigned flags) __asm__("copy_file_range");
int fault_mkdir(const char *path, mode_t mode) __asm__("mkdir");

int fault_openat(int folder, const char *name, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return strikes_slow() ? -1 : (int)after(syscall(SYS_openat, folder, name, flags, mode));
}

/* A write that is struck does half its work first: the disk was full in its midst. */
ssize_t fault_write(int fd, const void *data, size_t size)
{
    if (!strikes_slow())
        return (ssize_t)after(syscall(SYS_write, fd, data, size));
    if (fault == FAULT_INTERRUPT)
        return -1;
    fault_at++;
    return (ssize_t)syscall(SYS_write, fd, data, size / 2);
}

ssize_t fault_copy_file_range(int from, off_t *offset, int to, off_t *to_offset, size_t size,
                              unsigned flags)
{
    return strikes_slow() ? -1
                          : (ssize_t)after(syscall(SYS_copy_file_range, from, offset, to, to_offset,
                                                   size, flags));
}

ssize_t fault_read(int fd, void *data, size_t size)
{
    return strikes_slow() ? -1 : (ssize_t)syscall(SYS_read, fd, data, size);
}

int fault_renameat(int from, const char *old, int to, const char *new)
{
    return strikes() ? -1 : (int)after(syscall(SYS_renameat2, from, old, to, new, 0));
}

int fault_renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
    return strikes() ? -1 : (int)after(syscall(SYS_renameat2, from, old, to, new, flags));
}

int fault_unlinkat(int folder, const char *name, int flags)
{
    return strikes() ? -1 : (int)after(syscall(SYS_unlinkat, folder, name, flags));
}

int fault_mkdirat(int folder, const char *name, mode_t mode)
{
    return strikes() ? -1 : (int)after(syscall(SYS_mkdirat, folder, name, mode));
}

int fault_mkdir(const char *path, mode_t mode)
{
    return strikes() ? -1 : (int)after(syscall(SYS_mkdir, path, mode));
}

int fault_fchmod(int fd, mode_t mode)
{
    return strikes() ? -1 : (int)after(syscall(SYS_fchmod, fd, mode));
}

/* Without the real one: no test pulls the plug, and it is slow. */
int fault_fsync(int fd)
{
    (void)fd;
    return strikes() ? -1 : (int)after(0);
}

int fault_fstat(int fd, struct stat *status)
{
    return strikes() ? -1 : fstatat(fd, "", status, AT_EMPTY_PATH);
}

int fault_ftruncate(int fd, off_t size)
{
    return strikes() ? -1 : (int)after(syscall(SYS_ftruncate, fd, size));
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

static void remove_all(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_PHYS | FTW_DEPTH);
}

/* A folder of its own for each test, with the output folder `out` in it as the current one's child.
 */
struct fixture {
    char base[64];
    int before;
    struct publish_counts counts;
    struct err err;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    /* In memory where that can be: thousands of files are made and removed. */
    snprintf(fixture->base, sizeof fixture->base, "%s/naslag-publish-XXXXXX",
             access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    fixture->before = open(".", O_PATH | O_DIRECTORY);
    *state = fixture;
    return mkdtemp(fixture->base) && !chdir(fixture->base) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    int result = fchdir(fixture->before);
    remove_all(fixture->base);
    close(fixture->before);
    free(fixture);
    return result;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

enum { TEXT_SIZE = 4096 }; /* all files here are smaller */

/* Borrowed until the next call; NULL where there is no file. */
static const char *read_file(const char *path)
{
    static char text[TEXT_SIZE];
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = '\0';
    fclose(file);
    return text;
}

static void assert_file(const char *path, const char *expected)
{
    const char *text = read_file(path);
    if (!text || strcmp(text, expected))
        fail_msg("'%s' is '%.60s', not '%.60s'", path, text ? text : "missing", expected);
}

/* The record with these paths, whatever marks stand behind them. */
static void assert_record(const char *expected)
{
    const char *text = read_file("out/.naslag/files");
    char paths[TEXT_SIZE];
    size_t len = 0;
    bool in_mark = false;
    for (; text && *text; text++) {
        in_mark = *text == '\t' || (in_mark && *text != '\n');
        if (!in_mark)
            paths[len++] = *text;
    }
    paths[len] = '\0';
    assert_string_equal(paths, expected);
}

static bool exists(const char *path)
{
    struct stat status;
    return !lstat(path, &status);
}

static unsigned mode_of(const char *path)
{
    struct stat status;
    return lstat(path, &status) ? 0 : status.st_mode & 07777;
}

/* An open file with these bytes, in no folder. */
static int hold_open(struct str bytes)
{
    int file = memfd_create("bytes", MFD_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(syscall(SYS_write, file, bytes.data, bytes.len), bytes.len);
    return file;
}

/* A site: path, content, path, content, …, NULL. A path that begins with `>` goes as a stream, all
 * but its first two bytes copied out of another file. */
typedef const char *const *const site;

static int put(struct publish *publish, const char *path, const char *content)
{
    if (path[0] != '>')
        return publish_file(publish, str_from(path), str_from(content));
    struct publish_stream *stream = publish_stream_open(publish, str_from(path + 1));
    struct str bytes = str_from(content);
    int file = hold_open(bytes);
    for (size_t i = 0; i < 2 && i < bytes.len; i++)
        publish_stream_put(stream, str_slice(bytes, i, 1));
    if (bytes.len > 2)
        publish_stream_copy(stream, file, 2, bytes.len - 2);
    close(file);
    return publish_stream_close(stream);
}

static int build(struct fixture *fixture, site files)
{
    struct publish *publish = publish_open("out", &fixture->err);
    if (!publish)
        return -1;
    for (size_t i = 0; files[i]; i += 2)
        put(publish, files[i], files[i + 1]);
    int result = publish_commit(publish, &fixture->counts, &fixture->err);
    publish_free(publish);
    return result;
}

static void assert_built(struct fixture *fixture, site files, size_t written, size_t unchanged,
                         size_t removed)
{
    if (build(fixture, files))
        fail_msg("%s", fixture->err.message);
    assert_int_equal(fixture->counts.written, written);
    assert_int_equal(fixture->counts.unchanged, unchanged);
    assert_int_equal(fixture->counts.removed, removed);
}

static void assert_refused(struct fixture *fixture, site files, const char *message)
{
    assert_int_equal(build(fixture, files), -1);
    assert_string_equal(fixture->err.message, message);
}

static const char *const first[] = {"index.html", "home",        "a/x.html", "ax", "a/b/y.html",
                                    "aby",        ">data/d.csv", "1,2",      NULL};

static void test_a_site_is_written(void **state)
{
    assert_built(*state, first, 4, 0, 0);
    assert_file("out/index.html", "home");
    assert_file("out/a/b/y.html", "aby");
    assert_file("out/data/d.csv", "1,2");
    assert_record("naslag files 2\na/b/y.html\na/x.html\ndata/d.csv\n"
                  "index.html\n");
    assert_false(exists("out/.naslag/journal"));
    assert_false(exists("out/.naslag/stage"));
    assert_int_equal(((struct fixture *)*state)->counts.bytes, 12);
}

static void test_what_is_the_same_is_left(void **state)
{
    struct stat before, after_build;
    build(*state, first);
    static const char *const second[] = {
        "index.html", "home", "a/x.html", "ay", "a/b/y.html", "aby", ">data/d.csv", "1,2", NULL};
    assert_int_equal(stat("out/index.html", &before), 0);
    assert_built(*state, second, 1, 3, 0);
    assert_int_equal(stat("out/index.html", &after_build), 0);
    assert_int_equal(before.st_ino, after_build.st_ino);
    assert_file("out/a/x.html", "ay");
}

/* One file that was made of `number`; returns whether it was kept. */
static bool make(struct fixture *fixture, uint64_t number, const char *content)
{
    struct publish *publish = publish_open("out", &fixture->err);
    struct digest made_of = {1, number};
    bool kept = publish_keep(publish, STR("a/x"), (struct origin){.made_of = made_of});
    if (!kept)
        publish_made(publish, STR("a/x"), str_from(content), (struct origin){.made_of = made_of});
    assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), 0);
    publish_free(publish);
    return kept;
}

static void test_what_is_made_of_the_same_is_kept(void **state)
{
    struct fixture *fixture = *state;
    assert_false(make(fixture, 1, "one"));
    assert_true(make(fixture, 1, "not made again"));
    assert_true(make(fixture, 1, "nor again"));
    assert_file("out/a/x", "one");
    assert_int_equal(fixture->counts.unchanged, 1);
    assert_int_equal(fixture->counts.bytes, 3);
    assert_false(make(fixture, 2, "two"));
    assert_file("out/a/x", "two");
    assert_false(make(fixture, 3, "two"));
    assert_int_equal(fixture->counts.written, 0);
    assert_true(make(fixture, 3, "three"));
}

static void test_what_was_touched_is_made_again(void **state)
{
    struct timespec times[] = {{0, UTIME_OMIT}, {1000000000, 5}};
    make(*state, 1, "one");
    assert_int_equal(unlink("out/a/x"), 0);
    assert_false(make(*state, 1, "one"));
    assert_int_equal(utimensat(AT_FDCWD, "out/a/x", times, 0), 0);
    assert_false(make(*state, 1, "one"));
    assert_int_equal(chmod("out/a/x", 0600), 0);
    assert_false(make(*state, 1, "one"));
    assert_file("out/a/x", "one");
}

/* It counts and is noted as a file that was kept. */
static void test_what_is_held_can_be_taken(void **state)
{
    struct fixture *fixture = *state;
    const struct digest made_of = {1, 1};
    for (int round = 0; round < 3; round++) {
        struct publish *publish = publish_open("out", &fixture->err);
        assert_non_null(publish);
        assert_int_equal(publish_holds(publish, STR("a/x"), made_of), round > 0);
        if (round)
            publish_take(publish, STR("a/x"));
        else
            publish_made(publish, STR("a/x"), STR("one"), (struct origin){.made_of = made_of});
        assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), 0);
        publish_free(publish);
        assert_int_equal(fixture->counts.unchanged, round > 0);
        assert_int_equal(fixture->counts.bytes, 3);
        assert_file("out/a/x", "one");
    }
}

/* Asks whether all files can be kept, and publishes "one" as a/x where not. */
static bool keep_all(struct fixture *fixture)
{
    struct publish *publish = publish_open("out", &fixture->err);
    struct origin origin = {.made_of = {1, 1}};
    bool kept = publish_keep_all(publish, 2);
    if (!kept && !publish_keep(publish, STR("a/x"), origin))
        publish_made(publish, STR("a/x"), STR("one"), origin);
    assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), 0);
    publish_free(publish);
    return kept;
}

static void test_all_are_kept_or_none(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, 1, "one");
    assert_true(keep_all(fixture));
    assert_int_equal(fixture->counts.unchanged, 1);
    assert_int_equal(fixture->counts.written, 0);
    assert_int_equal(fixture->counts.bytes, 3);
    assert_false(exists("out/.naslag/journal"));
    assert_false(exists("out/.naslag/stage"));
    write_file("out/a/x", "two");
    assert_false(keep_all(fixture));
    assert_file("out/a/x", "one");
    assert_true(keep_all(fixture));
    assert_int_equal(unlink("out/a/x"), 0);
    assert_false(keep_all(fixture));
    assert_file("out/a/x", "one");
}

/* Behind a link stands what somebody else may change, though it is the same file as yet. */
static void test_what_stands_behind_a_link_is_not_kept(void **state)
{
    struct fixture *fixture = *state;
    make(fixture, 1, "one");
    assert_int_equal(rename("out/a", "elsewhere"), 0);
    assert_int_equal(symlink("../elsewhere", "out/a"), 0);
    struct publish *publish = publish_open("out", &fixture->err);
    assert_false(publish_keep_all(publish, 2));
    publish_free(publish);
}

static void test_what_has_no_mark_is_not_kept(void **state)
{
    struct fixture *fixture = *state;
    build(fixture, first);
    struct publish *publish = publish_open("out", &fixture->err);
    assert_false(publish_keep_all(publish, 2));
    publish_free(publish);
}

static void test_a_record_is_told_from_others(void **state)
{
    struct fixture *fixture = *state;
    struct publish *publish = publish_open("out", &fixture->err);
    assert_true(digest_equal(publish_record(publish), DIGEST_NONE));
    publish_free(publish);
    make(fixture, 1, "one");
    publish = publish_open("out", &fixture->err);
    struct digest one = publish_record(publish);
    assert_false(digest_equal(one, DIGEST_NONE));
    publish_file(publish, STR("b"), STR("new"));
    assert_true(digest_equal(publish_record(publish), DIGEST_NONE));
    publish_free(publish);
    publish = publish_open("out", &fixture->err);
    assert_true(digest_equal(publish_record(publish), DIGEST_NONE));
    assert_false(publish_keep_all(publish, 2));
    publish_free(publish);
    make(fixture, 2, "two");
    publish = publish_open("out", &fixture->err);
    assert_false(digest_equal(publish_record(publish), DIGEST_NONE));
    assert_false(digest_equal(publish_record(publish), one));
    publish_free(publish);
}

static void test_what_is_gone_is_removed(void **state)
{
    static const char *const second[] = {"index.html", "home", NULL};
    build(*state, first);
    write_file("out/a/mine", "m");
    assert_built(*state, second, 0, 1, 3);
    assert_file("out/a/mine", "m");
    assert_false(exists("out/a/b"));
    assert_false(exists("out/a/x.html"));
    assert_false(exists("out/data"));
    assert_record("naslag files 2\nindex.html\n");
}

static void test_modes_do_not_depend_on_the_umask(void **state)
{
    mode_t old = umask(0077);
    build(*state, first);
    umask(old);
    assert_int_equal(mode_of("out"), 0755);
    assert_int_equal(mode_of("out/a"), 0755);
    assert_int_equal(mode_of("out/a/b"), 0755);
    assert_int_equal(mode_of("out/a/x.html"), 0644);
    assert_int_equal(mode_of("out/data/d.csv"), 0644);
    assert_int_equal(mode_of("out/.naslag"), 0755);
    assert_int_equal(mode_of("out/.naslag/files"), 0644);
    assert_int_equal(chmod("out/a/x.html", 0600), 0);
    assert_built(*state, first, 0, 4, 0);
    assert_int_equal(mode_of("out/a/x.html"), 0644);
}

static void test_paths_that_lead_out_are_refused(void **state)
{
    static const char *const paths[] = {"",       "/etc/x", "../x",      "a/../../x", "a//b",
                                        "a/",     "./a",    ".naslag/x", ".NASLAG/x", ".naslag",
                                        "a/b\nc", "a\x7F",  "a/..",      NULL};
    struct fixture *fixture = *state;
    for (size_t i = 0; paths[i]; i++) {
        const char *const files[] = {paths[i], "x", NULL};
        if (!build(fixture, files))
            fail_msg("'%s' was written", paths[i]);
    }
    struct publish *publish = publish_open("out", &fixture->err);
    assert_int_equal(publish_file(publish, STR("a\0b"), STR("x")), -1);
    publish_free(publish);
    char *name = calloc(1, 300);
    memset(name, 'a', 299);
    const char *const long_name[] = {name, "x", NULL};
    assert_int_equal(build(fixture, long_name), -1);
    free(name);
    assert_false(exists("x"));
    assert_int_equal(system("test \"$(find out -type f ! -path '*/.naslag/*')\" = ''"), 0);
}

static void test_clashing_paths_are_refused(void **state)
{
    static const char *const twice[] = {"a", "1", "a", "2", NULL};
    static const char *const cases[] = {"a.html", "1", "A.html", "2", NULL};
    static const char *const folders[] = {"b/x", "1", "B/y", "2", NULL};
    static const char *const both[] = {"c/x", "1", "c", "2", NULL};
    static const char *const accents[] = {"\xC3\x89", "1", "e\xCC\x81", "2", NULL};
    assert_refused(*state, twice, "'a' is published twice");
    assert_refused(*state, cases, "'A.html' and 'a.html' differ only in case");
    assert_refused(*state, folders, "'B' and 'b' differ only in case");
    assert_refused(*state, both, "'c' would be a file and a folder");
    assert_int_equal(build(*state, accents), -1);
}

/* With files of the last build, which are kept in another way: in either order. */
static void test_kept_files_clash_too(void **state)
{
    static const char *const last[] = {"a.html", "1", "b/x", "2", "c", "3", NULL};
    static const char *const cases[][5] = {
        {"a.html", "1", "A.html", "2"}, {"A.html", "2", "a.html", "1"}, {"b/x", "2", "B/y", "3"},
        {"B/y", "3", "b/x", "2"},       {"c", "3", "c/z", "4"},         {"c/z", "4", "c", "3"},
        {"b", "4", "b/x", "2"},         {"a.html", "1", "a.html", "1"}, {"b/X", "1", "b/x", "2"}};
    static const char *const messages[] = {
        "'A.html' and 'a.html' differ only in case", "'A.html' and 'a.html' differ only in case",
        "'B' and 'b' differ only in case",           "'B' and 'b' differ only in case",
        "'c' would be a file and a folder",          "'c' would be a file and a folder",
        "'b' would be a file and a folder",          "'a.html' is published twice",
        "'b/X' and 'b/x' differ only in case"};
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        build(*state, last);
        assert_refused(*state, cases[i], messages[i]);
    }
    assert_built(*state, last, 0, 3, 1);
}

/* One that differs in case only takes the place of another, and of three one is had. */
static void test_names_may_change_their_case(void **state)
{
    static const char *const last[] = {"a.html", "1", "b/x", "2", NULL};
    static const char *const next[] = {"A.html", "1", "B/x", "2", "B/y", "3", NULL};
    static const char *const again[] = {"A.html", "1", "B/x", "2", NULL};
    static const char *const three[] = {"A.html", "1", "A.Html", "2", NULL};
    build(*state, last);
    assert_built(*state, next, 3, 0, 2);
    assert_built(*state, again, 0, 2, 1);
    assert_built(*state, last, 2, 0, 2);
    assert_refused(*state, three, "'A.Html' and 'A.html' differ only in case");
    assert_built(*state, last, 0, 2, 1);
    assert_record("naslag files 2\na.html\nb/x\n");
}

/* Lines that hold are copied, and new ones stand among them. */
static void test_the_record_is_in_order(void **state)
{
    static const char *const last[] = {"a", "1", "c", "3", "e", "5", "g", "7", NULL};
    static const char *const next[] = {"h", "8", "g", "7", "d", "4", "a",
                                       "2", "c", "3", "0", "0", NULL};
    build(*state, last);
    assert_built(*state, next, 4, 2, 1);
    assert_record("naslag files 2\n0\na\nc\nd\ng\nh\n");
    assert_built(*state, next, 0, 6, 0);
    assert_record("naslag files 2\n0\na\nc\nd\ng\nh\n");
}

static void test_links_are_not_followed(void **state)
{
    static const char *const other[] = {"a/x.html", "evil", NULL};
    static const char *const none[] = {"index.html", "home", NULL};
    build(*state, first);
    assert_int_equal(mkdir("victim", 0755), 0);
    write_file("victim/x.html", "victim");
    assert_int_equal(system("rm -r out/a && ln -s ../victim out/a"), 0);
    assert_refused(*state, other, "something is in the way that naslag did not write: 'out/a'");
    assert_file("victim/x.html", "victim");
    assert_built(*state, none, 0, 1, 1);
    assert_file("victim/x.html", "victim");
    assert_true(exists("out/a"));
    assert_int_equal(system("rm out/index.html && ln -s ../victim/x.html out/index.html"), 0);
    assert_refused(*state, none,
                   "a link is in the way that naslag did not write: "
                   "'out/index.html'");
    assert_file("victim/x.html", "victim");
}

/* Nor where nothing would be written. */
static void test_links_are_not_followed_to_keep_files(void **state)
{
    struct fixture *fixture = *state;
    struct digest made_of = {1, 1};
    make(fixture, 1, "one");
    assert_int_equal(rename("out/a", "elsewhere") || symlink("../elsewhere", "out/a"), 0);
    struct publish *publish = publish_open("out", &fixture->err);
    publish_keep(publish, STR("a/x"), (struct origin){.made_of = made_of});
    assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), -1);
    assert_string_equal(fixture->err.message,
                        "something is in the way that naslag did not write: 'out/a'");
    publish_free(publish);
    remove_all("elsewhere");
}

static void test_own_folder_may_be_no_link(void **state)
{
    assert_int_equal(mkdir("out", 0755) || mkdir("victim", 0755), 0);
    assert_int_equal(symlink("../victim", "out/.naslag"), 0);
    assert_int_equal(build(*state, first), -1);
    assert_int_equal(rmdir("victim"), 0);
}

static void test_the_users_own_path_may_be_a_link(void **state)
{
    assert_int_equal(mkdir("real", 0755) || symlink("real", "out"), 0);
    assert_built(*state, first, 4, 0, 0);
    assert_file("real/index.html", "home");
}

static void test_foreign_files_are_left(void **state)
{
    static const char *const small[] = {"index.html", "home", NULL};
    build(*state, small);
    assert_int_equal(mkdir("out/a", 0755), 0);
    write_file("out/a/x.html", "mine");
    assert_refused(*state, first, "a file is in the way that naslag did not write: 'out/a/x.html'");
    assert_file("out/a/x.html", "mine");
    assert_file("out/a/b/y.html", "aby");
    /* What was written before the failure is known: it goes when the build is right again. */
    assert_built(*state, small, 0, 1, 2);
    assert_false(exists("out/a/b"));
    assert_file("out/a/x.html", "mine");
}

static void test_foreign_folders_are_refused(void **state)
{
    assert_int_equal(mkdir("out", 0755), 0);
    write_file("out/precious", "p");
    assert_refused(*state, first, "'out' is not empty and was not made by naslag");
    assert_false(exists("out/.naslag"));
    assert_int_equal(mkdir("out/.naslag", 0755), 0);
    assert_refused(*state, first, "'out' is not empty and was not made by naslag");
    write_file("out2", "a file");
    struct err err;
    assert_null(publish_open("out2", &err));
}

static void test_an_empty_folder_will_do(void **state)
{
    assert_int_equal(mkdir("out", 0700), 0);
    assert_built(*state, first, 4, 0, 0);
    assert_int_equal(mode_of("out"), 0700);
}

static void test_parents_are_made(void **state)
{
    struct fixture *fixture = *state;
    struct publish *publish = publish_open("p/q/out", &fixture->err);
    assert_non_null(publish);
    publish_free(publish);
    assert_true(exists("p/q/out"));
}

static void test_pages_and_folders_change_places(void **state)
{
    static const char *const page[] = {"a", "page", "b/c/d", "d", "b/e", "e", NULL};
    static const char *const folder[] = {"a/x", "x", "a/y", "y", "b", "page", NULL};
    assert_built(*state, page, 3, 0, 0);
    assert_built(*state, folder, 3, 0, 3);
    assert_file("out/a/x", "x");
    assert_file("out/b", "page");
    assert_built(*state, page, 3, 0, 3);
    assert_file("out/b/c/d", "d");
    write_file("out/b/mine", "m");
    assert_refused(*state, folder, "a folder is in the way that naslag did not write: 'out/b'");
    assert_file("out/b/mine", "m");
}

static void test_builds_exclude_each_other(void **state)
{
    struct fixture *fixture = *state;
    struct publish *publish = publish_open("out", &fixture->err);
    assert_int_equal(publish_file(publish, STR("x"), STR("x")), 0);
    assert_refused(fixture, first, "another build is writing to 'out'");
    publish_free(publish);
    assert_built(fixture, first, 4, 0, 1);
}

static void test_damaged_records_are_refused(void **state)
{
    static const char *const records[] = {"",
                                          "naslag files 3\na\n",
                                          "naslag files 1\n../victim\n",
                                          "naslag files 1\n/etc/x\n",
                                          "naslag files 1\na",
                                          "naslag files 1\n.naslag/lock\n",
                                          "naslag files 2\na\n\nb\n",
                                          NULL};
    write_file("victim", "v");
    build(*state, first);
    for (size_t i = 0; records[i]; i++) {
        write_file("out/.naslag/files", records[i]);
        if (!build(*state, first))
            fail_msg("record %zu was taken", i);
    }
    assert_file("victim", "v");
    assert_file("out/index.html", "home");
}

static void test_half_a_line_in_the_journal_is_no_path(void **state)
{
    struct fixture *fixture = *state;
    static const char *const second[] = {"index.html", "home", "n.html", "n", NULL};
    build(fixture, first);
    write_file("out/.naslag/journal", "old.html\nhal");
    write_file("out/old.html", "o");
    write_file("out/hal", "mine");
    struct publish *publish = publish_open("out", &fixture->err);
    assert_int_equal(publish_file(publish, STR("n.html"), STR("n")), 0);
    publish_free(publish);
    assert_file("out/.naslag/journal", "old.html\nn.html\n");
    assert_built(fixture, second, 0, 2, 4);
    assert_file("out/hal", "mine");
    assert_false(exists("out/old.html"));
}

static void test_large_streams_and_pieces(void **state)
{
    struct fixture *fixture = *state;
    struct arena arena;
    arena_init(&arena);
    enum { SIZE = 200000 };
    char *text = arena_text(&arena, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (char)(i % 251);
    for (int round = 0; round < 3; round++) {
        struct publish *publish = publish_open("out", &fixture->err);
        struct publish_stream *stream = publish_stream_open(publish, STR("big"));
        text[SIZE - 1] = round == 2 ? 'x' : 'y';
        for (size_t at = 0, step = 1; at < SIZE; at += step, step = step * 7 % 99991 + 1)
            publish_stream_put(stream, str_slice((struct str){text, SIZE}, at, step));
        assert_int_equal(publish_stream_close(stream), 0);
        assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), 0);
        publish_free(publish);
        assert_int_equal(fixture->counts.written, round != 1);
        FILE *file = fopen("out/big", "r");
        char *read_back = arena_text(&arena, SIZE + 1);
        assert_int_equal(fread(read_back, 1, SIZE + 1, file), SIZE);
        assert_memory_equal(read_back, text, SIZE);
        fclose(file);
    }
    arena_release(&arena);
}

/* Where the kernel can't copy, the bytes are read and written; a file that is too short is said. */
static void test_copies_into_a_stream(void **state)
{
    struct fixture *fixture = *state;
    for (int round = 0; round < 3; round++) {
        int file = hold_open(STR("one two three"));
        struct publish *publish = publish_open("out", &fixture->err);
        struct publish_stream *stream = publish_stream_open(publish, STR("copied"));
        calls = 0;
        fault_error = ENOSYS;
        fault_at = 0;
        fault = round == 1 ? FAULT_FAIL : FAULT_NONE;
        publish_stream_copy(stream, file, 4, round == 2 ? 10 : 4);
        fault = FAULT_NONE;
        publish_stream_put(stream, STR("and"));
        publish_stream_copy(stream, file, 7, 6);
        close(file);
        assert_int_equal(publish_stream_close(stream), round == 2 ? -1 : 0);
        assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err),
                         round == 2 ? -1 : 0);
        publish_free(publish);
        assert_file("out/copied", "two and three");
    }
}

static void test_a_stream_that_cannot_be_is_harmless(void **state)
{
    static const char *const files[] = {">../x", "text", "ok", "ok", NULL};
    assert_int_equal(build(*state, files), -1);
    assert_file("out/ok", "ok");
    assert_false(exists("x"));
}

/* What was placed stays, whole; a stream that is open then is as if it had never been. The next
 * build trusts no file that the one before it may have replaced. */
static void test_a_build_that_is_given_up(void **state)
{
    static const char *const same[] = {"index.html", "home", ">big", "old", "gone", "x", NULL};
    static const char *const next[] = {"index.html", "home", ">big", "new", NULL};
    struct fixture *fixture = *state;
    struct digest made_of = digest_of(STR("home"));
    assert_built(fixture, same, 3, 0, 0);
    struct publish *publish = publish_open("out", &fixture->err);
    assert_int_equal(publish_file(publish, STR("index.html"), STR("other")), 0);
    struct publish_stream *stream = publish_stream_open(publish, STR("big"));
    publish_stream_put(stream, STR("hal"));
    publish_give_up(publish);
    assert_int_equal(publish_stream_close(stream), -1);
    assert_int_equal(publish_file(publish, STR("late.html"), STR("late")), -1);
    assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), 1);
    publish_free(publish);
    assert_file("out/index.html", "other");
    assert_file("out/big", "old");
    assert_file("out/gone", "x");
    assert_false(exists("out/late.html"));
    publish = publish_open("out", &fixture->err);
    assert_false(publish_holds(publish, STR("index.html"), made_of));
    publish_free(publish);
    assert_built(fixture, next, 2, 0, 1);
    assert_file("out/index.html", "home");
    assert_false(exists("out/.naslag/stage"));
}

/* Threads. */

static void publish_one(void *context, unsigned worker, size_t index)
{
    char path[64], content[64];
    (void)worker;
    int len = snprintf(path, sizeof path, "%zu/%zu/%zu.html", index % 7, index % 43, index);
    int size = snprintf(content, sizeof content, "page %zu", index);
    publish_file(context, (struct str){path, (size_t)len}, (struct str){content, (size_t)size});
}

static void test_many_threads(void **state)
{
    struct fixture *fixture = *state;
    enum { COUNT = 2000 }; /* in 308 folders: more than stay open */
    /* Files where folders will be: several threads find the same one in the way. */
    static const char *const before[] = {"0", "0", "1",   "1", "2/0", "2",
                                         "3", "3", "4/5", "4", NULL};
    build(fixture, before);
    for (int round = 0; round < 2; round++) {
        struct publish *publish = publish_open("out", &fixture->err);
        pool_run(8, COUNT, publish_one, publish);
        if (publish_commit(publish, &fixture->counts, &fixture->err))
            fail_msg("%s", fixture->err.message);
        publish_free(publish);
        assert_int_equal(fixture->counts.written, round ? 0 : COUNT);
        assert_int_equal(fixture->counts.removed, round ? 0 : 5);
    }
    assert_file("out/1/21/64.html", "page 64");
    assert_int_equal(system("test $(find out -name '*.html' | wc -l) = 2000"), 0);
}

/* Faults. The world before: `first`, and the user's own files. The build that is struck changes,
 * adds, removes, and turns a page into a folder and a folder into a page. */

static const char *const old_site[] = {"index.html", "old home", "a/x",  "ax",  "a/b/y",
                                       "same",       "p",        "page", "q/r", "qr",
                                       ">data/d",    "old",      NULL};
static const char *const new_site[] = {"index.html", "new home", "a/b/y",  "same",  "p/z",
                                       "pz",         "q",        "page q", "n/m/o", "new",
                                       ">data/d",    "new",      "n/p",    "np",    NULL};

static const char *content_in(site files, const char *path)
{
    for (size_t i = 0; files[i]; i += 2)
        if (!strcmp(files[i] + (files[i][0] == '>'), path))
            return files[i + 1];
    return NULL;
}

/* What stands behind a tab is a mark. */
static bool has_line(const char *text, const char *line)
{
    for (struct str rest = str_from(text ? text : ""); rest.len;) {
        struct str path = str_cut(&rest, '\n');
        if (str_equal(str_cut(&path, '\t'), str_from(line)))
            return true;
    }
    return false;
}

static bool in_record(const char *path)
{
    return has_line(read_file("out/.naslag/files"), path) ||
           has_line(read_file("out/.naslag/journal"), path);
}

/* Each file of the site is whole, old or new, and known; the user's are as they were. */
static void check_file(const char *path, long n)
{
    const char *text = read_file(path);
    assert_non_null(text);
    path += strlen("out/");
    const char *old = content_in(old_site, path), *new = content_in(new_site, path);
    if (!strcmp(path, "mine") || !strcmp(path, "a/mine"))
        assert_string_equal(text, "mine");
    else if (!(old && !strcmp(text, old)) && !(new && !strcmp(text, new)))
        fail_msg("call %ld: '%s' is '%s'", n, path, text);
    else if (!in_record(path))
        fail_msg("call %ld: '%s' is not in the record", n, path);
}

static int check_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)where;
    /* The folder itself has its mode a moment after it is there: nobody was told of it yet. */
    bool own = !strcmp(path, "out") || !strncmp(path, "out/.naslag", strlen("out/.naslag"));
    if (type == FTW_F && !own)
        check_file(path, fault_at);
    if (!own && (status->st_mode & 07777) != (type == FTW_F ? 0644 : 0755))
        fail_msg("call %ld: '%s' has mode %o", fault_at, path, status->st_mode & 07777);
    return 0;
}

static void check_all(long n)
{
    fault_at = n;
    nftw("out", check_one, 16, FTW_PHYS);
}

static void prepare(struct fixture *fixture)
{
    remove_all("out");
    if (build(fixture, old_site))
        fail_msg("%s", fixture->err.message);
    write_file("out/mine", "mine");
    write_file("out/a/mine", "mine");
    assert_int_equal(chmod("out/mine", 0644) || chmod("out/a/mine", 0644), 0);
}

/* Builds in a process of its own with a fault at call `n`. Returns its exit status: 0 built, 1
 * failed and said so, 2 failed without a word, 3 the fault never came; or EXIT_KILLED. */
static int build_struck(struct fixture *fixture, enum fault kind, int error, long n, site files)
{
    pid_t child = fork();
    if (!child) {
        fault = kind;
        fault_error = error;
        fault_at = n;
        fixture->err.message[0] = '\0';
        umask(0077);
        int result = build(fixture, files);
        bool came = atomic_load(&calls) > n;
        fault = FAULT_NONE;
        _exit(!came ? 3 : !result ? 0 : fixture->err.message[0] ? 1 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int count_in(const char *folder)
{
    int count = 0;
    DIR *list = opendir(folder);
    assert_non_null(list);
    for (const struct dirent *entry; (entry = readdir(list));)
        count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    closedir(list);
    return count;
}

static void check_final(struct fixture *fixture, long n)
{
    if (build(fixture, new_site))
        fail_msg("call %ld: the next build: %s", n, fixture->err.message);
    for (size_t i = 0; new_site[i]; i += 2) {
        char full[256];
        snprintf(full, sizeof full, "out/%s", new_site[i] + (new_site[i][0] == '>'));
        assert_file(full, new_site[i + 1]);
    }
    check_all(n);
    assert_false(exists("out/a/x"));
    assert_int_equal(count_in("out/.naslag"), 2);
    assert_record("naslag files 2\na/b/y\ndata/d\nindex.html\nn/m/o\nn/p\np/z\nq\n");
}

static void strike_everywhere(struct fixture *fixture, enum fault kind, int error, bool may_fail)
{
    long n = 0;
    for (int status = 0; status != 3; n++) {
        prepare(fixture);
        status = build_struck(fixture, kind, error, n, new_site);
        if (status == 2 || (status == 1 && !may_fail))
            fail_msg("call %ld: status %d", n, status);
        check_all(n);
        check_final(fixture, n);
        assert_true(n < FAULTS_MAX);
    }
    /* Fewer would mean that the calls are not those of the program any more. */
    assert_true(n > 60);
}

static void test_killed_before_any_call(void **state)
{
    strike_everywhere(*state, FAULT_KILL_BEFORE, 0, true);
}

static void test_killed_after_any_call(void **state)
{
    strike_everywhere(*state, FAULT_KILL_AFTER, 0, true);
}

static void test_disk_full_at_any_call(void **state)
{
    strike_everywhere(*state, FAULT_FAIL, ENOSPC, true);
}

static void test_disk_broken_at_any_call(void **state)
{
    strike_everywhere(*state, FAULT_FAIL, EIO, true);
}

static void test_interrupted_reads_and_writes_go_on(void **state)
{
    struct fixture *fixture = *state;
    long n = 0;
    for (int status = 0; status != 3; n++) {
        prepare(fixture);
        status = build_struck(fixture, FAULT_INTERRUPT, 0, n, new_site);
        if (status != 0 && status != 3)
            fail_msg("call %ld: status %d", n, status);
        check_all(n);
    }
    check_final(fixture, n);
}

static void test_killed_in_the_very_first_build(void **state)
{
    struct fixture *fixture = *state;
    for (long n = 0, status = 0; status != 3; n++) {
        remove_all("out");
        status = build_struck(fixture, FAULT_KILL_BEFORE, 0, n, new_site);
        check_all(n);
        check_final(fixture, n);
    }
}

static void test_a_full_disk_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct publish *publish = publish_open("out", &fixture->err);
    calls = 0;
    fault_error = ENOSPC;
    fault = FAULT_FAIL;
    fault_at = 2;
    publish_file(publish, STR("x"), STR("text"));
    fault = FAULT_NONE;
    assert_int_equal(publish_commit(publish, &fixture->counts, &fixture->err), -1);
    publish_free(publish);
    assert_string_equal(fixture->err.message, "cannot write 'out/x': the disk is full");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_site_is_written),
        TEST(test_what_is_the_same_is_left),
        TEST(test_what_is_made_of_the_same_is_kept),
        TEST(test_what_was_touched_is_made_again),
        TEST(test_what_is_held_can_be_taken),
        TEST(test_all_are_kept_or_none),
        TEST(test_what_stands_behind_a_link_is_not_kept),
        TEST(test_what_has_no_mark_is_not_kept),
        TEST(test_a_record_is_told_from_others),
        TEST(test_what_is_gone_is_removed),
        TEST(test_modes_do_not_depend_on_the_umask),
        TEST(test_paths_that_lead_out_are_refused),
        TEST(test_clashing_paths_are_refused),
        TEST(test_kept_files_clash_too),
        TEST(test_names_may_change_their_case),
        TEST(test_the_record_is_in_order),
        TEST(test_links_are_not_followed),
        TEST(test_links_are_not_followed_to_keep_files),
        TEST(test_own_folder_may_be_no_link),
        TEST(test_the_users_own_path_may_be_a_link),
        TEST(test_foreign_files_are_left),
        TEST(test_foreign_folders_are_refused),
        TEST(test_an_empty_folder_will_do),
        TEST(test_parents_are_made),
        TEST(test_pages_and_folders_change_places),
        TEST(test_builds_exclude_each_other),
        TEST(test_damaged_records_are_refused),
        TEST(test_half_a_line_in_the_journal_is_no_path),
        TEST(test_large_streams_and_pieces),
        TEST(test_copies_into_a_stream),
        TEST(test_a_stream_that_cannot_be_is_harmless),
        TEST(test_a_build_that_is_given_up),
        TEST(test_many_threads),
        TEST(test_killed_before_any_call),
        TEST(test_killed_after_any_call),
        TEST(test_disk_full_at_any_call),
        TEST(test_disk_broken_at_any_call),
        TEST(test_interrupted_reads_and_writes_go_on),
        TEST(test_killed_in_the_very_first_build),
        TEST(test_a_full_disk_is_said),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
