/* The cache: what is kept comes back, and what is damaged does not. */
#include "base/arena.h"
#include "base/cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { VALUES = 300, USERS = 3, SIZE_MAX_OF_FILES = 8 * 1024 * 1024 };

struct fixture {
    struct arena arena;
    char folder[64];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    strcpy(fixture->folder, "/tmp/naslag-cache.XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    arena_release(&fixture->arena);
    int status = system(command);
    free(fixture);
    return status;
}

static struct cache *open_cache(const struct fixture *fixture)
{
    char path[96];
    snprintf(path, sizeof path, "%s/a/b", fixture->folder);
    return cache_open(path, USERS, SIZE_MAX_OF_FILES);
}

static struct digest key(uint64_t number)
{
    return digest_of((struct str){(const char *)&number, sizeof number});
}

static struct str value(struct arena *arena, unsigned number)
{
    return str_format(arena, "value %u %0*u", number, (int)(number * 37 % 5000), number);
}

static void fill(const struct fixture *fixture)
{
    struct arena arena;
    arena_init(&arena);
    struct cache *cache = open_cache(fixture);
    assert_non_null(cache);
    for (unsigned i = 0; i < VALUES; i++)
        cache_put(cache, i % USERS, key(i), value(&arena, i));
    cache_close(cache);
    arena_release(&arena);
}

/* How many values are there; each that is must be right. */
static unsigned count(struct fixture *fixture)
{
    unsigned found = 0;
    struct cache *cache = open_cache(fixture);
    for (unsigned i = 0; i < VALUES; i++) {
        struct str out;
        arena_clear(&fixture->arena);
        if (!cache_get(cache, (i + 1) % USERS, key(i), &fixture->arena, &out))
            continue;
        assert_true(str_equal(out, value(&fixture->arena, i)));
        found++;
    }
    cache_close(cache);
    return found;
}

static void what_was_put_is_there(void **state)
{
    fill(*state);
    assert_int_equal(count(*state), VALUES);
}

static void the_last_value_counts(void **state)
{
    struct fixture *fixture = *state;
    struct str out;
    for (int i = 0; i < 2; i++) {
        struct cache *cache = open_cache(fixture);
        cache_put(cache, 0, key(1), i ? STR("second") : STR("first"));
        cache_close(cache);
    }
    struct cache *cache = open_cache(fixture);
    assert_true(cache_get(cache, 1, key(1), &fixture->arena, &out));
    assert_true(str_equal(out, STR("second")));
    assert_false(cache_get(cache, 1, key(2), &fixture->arena, &out));
    cache_close(cache);
}

static void none_has_nothing_and_keeps_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct str out;
    assert_null(cache_open("/dev/null/naslag", 1, SIZE_MAX_OF_FILES));
    cache_put(NULL, 0, key(1), STR("x"));
    assert_false(cache_get(NULL, 0, key(1), &fixture->arena, &out));
    cache_close(NULL);
}

static long size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) ? -1 : (long)status.st_size;
}

/* Writes `len` bytes of noise at a place of the file. */
static void damage(const char *path, long at, long len, unsigned *seed)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    for (long i = 0; i < len; i++) {
        *seed = *seed * 1103515245u + 12345u;
        fputc((int)(*seed >> 16 & 0xFF), file);
    }
    fclose(file);
}

static void what_is_damaged_is_not_there(void **state)
{
    struct fixture *fixture = *state;
    char path[96];
    unsigned seed = 20251128;
    snprintf(path, sizeof path, "%s/a/b/recent", fixture->folder);
    for (int round = 0; round < 60; round++) {
        fill(fixture);
        long size = size_of(path);
        assert_true(size > 0);
        seed = seed * 1103515245u + 12345u;
        if (round % 5 == 0)
            assert_int_equal(truncate(path, (long)(seed >> 8) % size), 0);
        else
            damage(path, round % 5 == 1 ? 0 : (long)(seed >> 8) % size, 1 + round * 7, &seed);
        assert_true(count(fixture) <= VALUES);
        fill(fixture);
        fill(fixture); /* what was damaged is made anew by the second at the latest */
        assert_int_equal(count(fixture), VALUES);
    }
}

/* Two programs at once: each sees what it put, or what the other did, and nothing else. */
static void several_may_use_it(void **state)
{
    struct fixture *fixture = *state;
    struct cache *one = open_cache(fixture), *two = open_cache(fixture);
    struct str out;
    cache_put(one, 0, key(1), STR("one"));
    cache_put(two, 0, key(2), STR("two"));
    cache_close(one);
    assert_true(cache_get(two, 1, key(1), &fixture->arena, &out));
    cache_close(two);
    one = open_cache(fixture);
    assert_true(cache_get(one, 0, key(2), &fixture->arena, &out));
    cache_close(one);
}

static void what_others_may_not_read(void **state)
{
    struct fixture *fixture = *state;
    struct stat status;
    char path[96];
    fill(fixture);
    snprintf(path, sizeof path, "%s/a/b", fixture->folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

/* A run uses some of what the last ones put, and adds as much: what was used stays. */
static void what_is_not_used_goes(void **state)
{
    enum { RUNS = 40, EACH = 60, SIZE = 40 * 1024 };
    struct fixture *fixture = *state;
    char recent[96], earlier[96], *bytes = calloc(1, SIZE);
    struct str out;
    snprintf(recent, sizeof recent, "%s/a/b/recent", fixture->folder);
    snprintf(earlier, sizeof earlier, "%s/a/b/earlier", fixture->folder);
    for (unsigned run = 0; run < RUNS; run++) {
        struct cache *cache = open_cache(fixture);
        assert_true(!run || cache_get(cache, 1, key(0), &fixture->arena, &out));
        cache_put(cache, 0, key(0), STR("always"));
        for (unsigned i = 1; i <= EACH; i++)
            cache_put(cache, i % USERS, key(run * EACH + i), (struct str){bytes, SIZE});
        cache_close(cache);
        assert_true(size_of(recent) + size_of(earlier) < SIZE_MAX_OF_FILES + 2 * EACH * SIZE);
    }
    struct cache *cache = open_cache(fixture);
    assert_true(cache_get(cache, 0, key(RUNS * EACH), &fixture->arena, &out));
    assert_false(cache_get(cache, 0, key(1), &fixture->arena, &out));
    cache_close(cache);
    free(bytes);
}

/* A folder in place of the older file, which nothing can take the place of: it grows no further. */
static void it_does_not_grow_where_nothing_can_go(void **state)
{
    struct fixture *fixture = *state;
    enum { SIZE = 5 * 1024 * 1024 };
    char recent[96], earlier[96], *bytes = calloc(1, SIZE);
    fill(fixture);
    snprintf(recent, sizeof recent, "%s/a/b/recent", fixture->folder);
    snprintf(earlier, sizeof earlier, "%s/a/b/earlier", fixture->folder);
    assert_int_equal(mkdir(earlier, 0700), 0);
    for (unsigned i = 0; i < 4; i++) {
        struct cache *cache = open_cache(fixture);
        cache_put(cache, 0, key(i), (struct str){bytes, SIZE});
        cache_close(cache);
        assert_true(size_of(recent) < 2 * SIZE);
    }
    free(bytes);
}

/* A pipe would keep who opens it waiting. */
static void what_is_no_file_is_not_opened(void **state)
{
    struct fixture *fixture = *state;
    static const char *const names[] = {"recent", "earlier"};
    char path[96];
    fill(fixture);
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/a/b/%s", fixture->folder, names[i]);
        unlink(path);
        assert_int_equal(mkfifo(path, 0600), 0);
        fill(fixture);
        assert_int_equal(count(fixture), VALUES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_put_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_last_value_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(none_has_nothing_and_keeps_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_damaged_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_may_use_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_others_may_not_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_used_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_does_not_grow_where_nothing_can_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_not_opened, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
