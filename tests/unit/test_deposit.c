/* Adding files to a work tree: all or none, nothing replaced, no way out of the folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "write/deposit.h"
#include "write/disk.h"

struct fixture {
    char path[64];
    int parent;
    struct arena arena;
    struct err err;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->path, "/tmp/naslag-deposit-XXXXXX");
    assert_non_null(mkdtemp(fixture->path));
    fixture->parent = open(fixture->path, O_RDONLY | O_DIRECTORY);
    arena_init(&fixture->arena);
    *state = fixture;
    return 0;
}

static void empty(int parent, const char *name)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
            unlinkat(fd, entry->d_name, 0)) {
            empty(fd, entry->d_name);
            unlinkat(fd, entry->d_name, AT_REMOVEDIR);
        }
    if (folder)
        closedir(folder);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    empty(fixture->parent, ".");
    close(fixture->parent);
    rmdir(fixture->path);
    arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static int deposit(struct fixture *fixture, const char *folder, struct str name, struct str other)
{
    struct deposit deposit;
    struct deposit_file files[] = {{name, STR("een")}, {other, STR("twee")}};
    if (deposit_open(&deposit, fixture->parent, folder, &fixture->err))
        return -1;
    int result = deposit_write(&deposit, files, other.len ? 2 : 1, &fixture->err);
    deposit_release(&deposit);
    return result;
}

/* How many files there are in a folder, those with a full stop in front too. */
static int count(struct fixture *fixture, const char *name)
{
    int files = 0;
    int fd = openat(fixture->parent, name, O_RDONLY | O_DIRECTORY);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder)
        return -1;
    for (struct dirent *entry; (entry = readdir(folder));)
        files += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    closedir(folder);
    return files;
}

static void assert_holds(struct fixture *fixture, const char *folder, const char *name,
                         const char *expected)
{
    struct str bytes = {0};
    int fd = openat(fixture->parent, folder, O_RDONLY | O_DIRECTORY);
    assert_int_equal(disk_read(&fixture->arena, fd, name, 1000, &bytes), 0);
    close(fd);
    assert_true(str_equal(bytes, str_from(expected)));
}

static void test_writes(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(deposit(fixture, "sources", STR("a.txt"), STR("a.md")), 0);
    assert_holds(fixture, "sources", "a.txt", "een");
    assert_holds(fixture, "sources", "a.md", "twee");
    assert_int_equal(count(fixture, "sources"), 2);
    assert_int_equal(mkdirat(fixture->parent, "sources/2024", 0755), 0);
    assert_int_equal(deposit(fixture, "sources/2024", STR("a.txt"), STR("")), 0);
    assert_holds(fixture, "sources/2024", "a.txt", "een");
}

static void test_replaces_nothing(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(deposit(fixture, "sources", STR("a.md"), STR("")), 0);
    assert_int_equal(deposit(fixture, "sources", STR("a.txt"), STR("a.md")), -1);
    assert_non_null(strstr(fixture->err.message, "'sources/a.md' is there already"));
    assert_int_equal(count(fixture, "sources"), 1);
    assert_holds(fixture, "sources", "a.md", "een");
    /* A link that leads nowhere is something too. */
    assert_int_equal(symlinkat("../weg.txt", fixture->parent, "sources/b.txt"), 0);
    assert_int_equal(deposit(fixture, "sources", STR("b.txt"), STR("")), -1);
    assert_int_equal(faccessat(fixture->parent, "weg.txt", F_OK, 0), -1);
    /* A name twice in one go is found out on writing: then none is there. */
    assert_int_equal(deposit(fixture, "sources", STR("c.txt"), STR("c.txt")), -1);
    assert_int_equal(count(fixture, "sources"), 2);
}

static void test_no_way_out(void **state)
{
    struct fixture *fixture = *state;
    static const struct str names[] = {{"../a", 4}, {"a/b", 3}, {"/a", 2},  {".a", 2},
                                       {"..", 2},   {"", 0},    {"a\0b", 3}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(deposit(fixture, "sources", names[i], STR("")), -1);
    assert_int_equal(count(fixture, "."), 0);
    assert_int_equal(mkdirat(fixture->parent, "echt", 0755), 0);
    assert_int_equal(symlinkat("echt", fixture->parent, "sources"), 0);
    assert_int_equal(deposit(fixture, "sources", STR("a.txt"), STR("")), -1);
    assert_non_null(strstr(fixture->err.message, "link"));
    assert_int_equal(deposit(fixture, "sources/sub", STR("a.txt"), STR("")), -1);
    assert_int_equal(deposit(fixture, "..", STR("a.txt"), STR("")), -1);
    assert_int_equal(count(fixture, "echt"), 0);
}

static void test_keeps_the_folder(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdirat(fixture->parent, "sources", 0755), 0);
    assert_int_equal(deposit(fixture, "sources", STR("c.txt"), STR("c.txt")), -1);
    assert_int_equal(count(fixture, "."), 1);
    assert_int_equal(count(fixture, "sources"), 0);
}

static int plant(struct fixture *fixture, const char *name, struct str first, struct str second)
{
    struct deposit_file files[] = {{first, STR("een")}, {second, STR("twee")}};
    char path[sizeof fixture->path + NAME_MAX + 1];
    snprintf(path, sizeof path, "%s/%s", fixture->path, name);
    return deposit_tree(path, ".git", files, 2, &fixture->err);
}

static void test_plants_a_tree(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(plant(fixture, "boom", STR("a.md"), STR(".b/c/.d.md")), 0);
    assert_holds(fixture, "boom", "a.md", "een");
    assert_holds(fixture, "boom/.b/c", ".d.md", "twee");
    assert_int_equal(count(fixture, "boom"), 2);
    assert_int_equal(plant(fixture, "boom", STR("e.md"), STR("f.md")), -1);
    assert_non_null(strstr(fixture->err.message, "in the way: '"));
    assert_int_equal(count(fixture, "boom"), 2);
    /* Beside what may be there, and through a link that the user names. */
    assert_int_equal(mkdirat(fixture->parent, "repo", 0755), 0);
    assert_int_equal(mkdirat(fixture->parent, "repo/.git", 0755), 0);
    assert_int_equal(symlinkat("repo", fixture->parent, "link"), 0);
    assert_int_equal(plant(fixture, "link", STR("a.md"), STR("b.md")), 0);
    assert_int_equal(count(fixture, "repo"), 3);
}

static void test_plants_all_or_none(void **state)
{
    struct fixture *fixture = *state;
    static const struct str names[] = {{"../a", 4}, {"x/../a", 6}, {"/a", 2},    {"", 0},
                                       {"x//y", 4}, {"x/y/", 4},   {"x/y/z", 5}, {"x/y/z/a", 7},
                                       {"a\0b", 3}, {"n/./a", 5}};
    assert_int_equal(mkdirat(fixture->parent, "leeg", 0755), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(plant(fixture, "nieuw", STR("x/y/z"), names[i]), -1);
        assert_int_equal(plant(fixture, "leeg", STR("x/y/z"), names[i]), -1);
        assert_int_equal(count(fixture, "leeg"), 0);
        /* What was made for it is gone as well, what was there is not. */
        assert_int_equal(count(fixture, "."), 1);
    }
    assert_int_equal(plant(fixture, "geen/map", STR("a"), STR("b")), -1);
    assert_int_equal(count(fixture, "."), 1);
}

/* Where the disk takes no more, what was written before is gone again. */
static void test_all_or_none(void **state)
{
    struct fixture *fixture = *state;
    struct deposit deposit;
    struct rlimit usual, small;
    size_t size = 100000;
    struct str large = {arena_alloc(&fixture->arena, size), size};
    struct deposit_file files[] = {{STR("a.txt"), STR("een")}, {STR("b.txt"), large}};
    assert_int_equal(deposit_open(&deposit, fixture->parent, "sources", &fixture->err), 0);
    getrlimit(RLIMIT_FSIZE, &usual);
    small = (struct rlimit){1000, usual.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    int result = deposit_write(&deposit, files, 2, &fixture->err);
    setrlimit(RLIMIT_FSIZE, &usual);
    deposit_release(&deposit);
    assert_int_equal(result, -1);
    assert_non_null(strstr(fixture->err.message, "cannot write 'sources/b.txt'"));
    /* The folder, which was made for them, too. */
    assert_int_equal(count(fixture, "."), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replaces_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_way_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plants_a_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plants_all_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_all_or_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keeps_the_folder, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
