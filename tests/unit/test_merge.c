/* Putting the groups of an index together: what a slice gave is remembered, and is what it would
 * give. */
#include "base/arena.h"
#include "base/cache.h"
#include "base/spill.h"
#include "search/merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { GROUPS = 2, CACHE_SIZE = 64 * 1024 * 1024, WORKERS = 3 };

struct fixture {
    struct arena arena;
    struct spill spill;
    struct aliases aliases;
    char folder[64];
    bool files_are_there;            /* of the last build */
    atomic_size_t put;               /* files of this one */
    atomic_size_t asked;             /* slices that were got from elsewhere */
    const struct harvest *elsewhere; /* by id, from 1 */
    unsigned workers;
    uint64_t taken; /* where not 0: a name that another part has already */
    uint64_t first; /* the name of the part that was published first */
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    spill_init(&fixture->spill);
    fixture->workers = 1;
    strcpy(fixture->folder, "/tmp/naslag-merge.XXXXXX");
    *state = fixture;
    return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    spill_release(&fixture->spill);
    arena_release(&fixture->arena);
    int status = system(command);
    free(fixture);
    return status;
}

static void put(void *context, const char *path, struct str content, struct digest made_of)
{
    struct fixture *fixture = context;
    (void)path;
    (void)content;
    (void)made_of;
    fixture->put++;
}

static bool holds(void *context, const char *path, struct digest made_of)
{
    const struct fixture *fixture = context;
    (void)path;
    (void)made_of;
    return fixture->files_are_there;
}

static void take(void *context, const char *path)
{
    (void)context;
    (void)path;
}

/* The harvest of a document: the text, which names a topic, and so many more passages of one word
 * that its postings stand in chunks. */
static struct harvest_bytes harvest_of(struct arena *arena, const char *text, struct str topic)
{
    struct concordance concordance;
    concordance_begin(&concordance, arena, STEM_NONE);
    concordance_add_passage(&concordance, 0, 1, str_from(text), false);
    concordance_add_key(&concordance, KEY_TOPIC, topic);
    for (uint32_t i = 2; i < 1000; i++)
        concordance_add_passage(&concordance, 0, i, STR("often"), false);
    return harvest_make(&concordance, arena);
}

static struct harvest_bytes harvest(struct arena *arena, const char *text)
{
    return harvest_of(arena, text, STR("sluis"));
}

static struct str get(void *context, unsigned worker, const struct harvest *harvest,
                      const struct harvest_slice *slice, struct arena *arena)
{
    struct fixture *fixture = context;
    const struct harvest *other = &fixture->elsewhere[harvest->group - 1];
    (void)worker;
    fixture->asked++;
    return harvest_get(other, &other->slices[slice - harvest->slices], arena);
}

/* The tree of the groups' harvests. */
static struct str merge_harvests(struct fixture *fixture, const struct harvest *harvests,
                                 bool remembers)
{
    struct parts_sink sink = {
        .put = put, .holds = holds, .keep = holds, .take = take, .context = fixture};
    struct yield_memory memory = {
        .cache = remembers ? cache_open(fixture->folder, WORKERS, CACHE_SIZE) : NULL,
        .maker = digest_of(STR("this test"))};
    struct harvest_source source = {get, fixture};
    struct parts parts;
    struct nodes nodes;
    struct str top;
    uint64_t other = 1;
    parts_init(&parts, &sink, fixture->workers);
    if (fixture->taken)
        *map_at(&parts.seen, (struct str){(const char *)&fixture->taken, sizeof fixture->taken}) =
            &other;
    nodes_init(&nodes, &parts);
    fixture->put = 0;
    fixture->asked = 0;
    merge_run(harvests, GROUPS, &source, &fixture->aliases, &memory, &nodes, &parts);
    nodes_end(&nodes, &top);
    top = str_copy(&fixture->arena, top);
    parts_flush(&parts);
    fixture->first = parts.published.items[0].hash;
    cache_close(memory.cache);
    nodes_release(&nodes);
    parts_release(&parts);
    return top;
}

static void keep_all(struct fixture *fixture, const struct harvest_bytes *harvests,
                     struct harvest *kept)
{
    for (uint32_t i = 0; i < GROUPS; i++)
        harvest_keep(&kept[i], i + 1, harvests[i], &fixture->spill, &fixture->arena);
}

static struct str merge(struct fixture *fixture, const struct harvest_bytes *harvests,
                        bool remembers)
{
    struct harvest kept[GROUPS];
    keep_all(fixture, harvests, kept);
    return merge_harvests(fixture, kept, remembers);
}

/* The same where the terms are elsewhere. */
static struct str merge_expected(struct fixture *fixture, const struct harvest_bytes *harvests,
                                 bool remembers)
{
    struct harvest kept[GROUPS], expected[GROUPS];
    keep_all(fixture, harvests, kept);
    fixture->elsewhere = kept;
    for (uint32_t i = 0; i < GROUPS; i++)
        assert_true(harvest_expect(&expected[i], i + 1, harvests[i].slices, &fixture->arena));
    return merge_harvests(fixture, expected, remembers);
}

static void test_what_is_remembered_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    struct harvest_bytes both[] = {harvest(&fixture->arena, "boot zeil"),
                                   harvest(&fixture->arena, "anker zeil")};
    struct str plain = merge(fixture, both, false);
    assert_true(fixture->put > 0);
    assert_true(str_equal(merge_expected(fixture, both, false), plain));
    assert_int_equal(fixture->asked, 8);
    assert_true(str_equal(merge(fixture, both, true), plain));
    fixture->files_are_there = true;
    assert_true(str_equal(merge_expected(fixture, both, true), plain));
    assert_int_equal(fixture->put, 0);
    assert_int_equal(fixture->asked, 0);
    both[1] = harvest(&fixture->arena, "zeil anker anker");
    struct str whole = merge(fixture, both, false);
    assert_false(str_equal(whole, plain));
    assert_true(str_equal(merge_expected(fixture, both, true), whole));
    assert_int_equal(fixture->asked, 3);
}

static void test_files_that_are_gone_are_made(void **state)
{
    struct fixture *fixture = *state;
    const struct harvest_bytes both[] = {harvest(&fixture->arena, "boot zeil"),
                                         harvest(&fixture->arena, "anker zeil")};
    struct str plain = merge(fixture, both, true);
    size_t put = fixture->put;
    assert_true(str_equal(merge(fixture, both, true), plain));
    assert_int_equal(fixture->put, put);
}

/* A word comes, goes, is of other letters, or stands in a slice of the others. */
static void test_a_change_gives_what_a_whole_merge_does(void **state)
{
    static const char *const texts[] = {"anker zeil mast", "anker", "anker \xC3\xA9\xC3\xA9n 12",
                                        "sluis zeil often"};
    struct fixture *fixture = *state;
    struct harvest_bytes both[] = {harvest(&fixture->arena, "boot zeil"),
                                   harvest(&fixture->arena, "anker zeil")};
    merge(fixture, both, true);
    fixture->files_are_there = true;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        both[1] = harvest(&fixture->arena, texts[i]);
        struct str whole = merge(fixture, both, false);
        assert_true(str_equal(merge(fixture, both, true), whole));
        assert_true(str_equal(merge(fixture, both, true), whole));
    }
}

/* What stands at a topic's key stands at its names as well. */
static void test_names_follow_their_topics(void **state)
{
    struct alias aliases[] = {{STR("wboot"), STR("boot"), STR("t/sluis"), STR("Sluis")},
                              {STR("wzout"), STR("zout"), STR("t/sluis"), STR("Sluis")}};
    struct fixture *fixture = *state;
    struct harvest_bytes both[] = {harvest(&fixture->arena, "boot zeil"),
                                   harvest(&fixture->arena, "anker zeil")};
    fixture->files_are_there = true;
    struct str without = merge(fixture, both, true);
    fixture->aliases.items.items = aliases;
    fixture->aliases.items.count = 2;
    struct str whole = merge(fixture, both, false);
    assert_false(str_equal(without, whole));
    assert_true(str_equal(merge(fixture, both, true), whole));
    both[0] = harvest_of(&fixture->arena, "boot zeil", STR("dijk"));
    assert_true(str_equal(merge(fixture, both, true), merge(fixture, both, false)));
    aliases[1].title = STR("De Sluis");
    assert_false(str_equal(merge(fixture, both, false), whole));
    assert_true(str_equal(merge(fixture, both, true), merge(fixture, both, false)));
}

/* A thousand words, and one that takes so many bytes that its slice is not held in memory. */
static struct harvest_bytes large_harvest(struct arena *arena)
{
    struct concordance concordance;
    concordance_begin(&concordance, arena, STEM_NONE);
    for (uint32_t i = 1; i < 1000; i++)
        concordance_add_passage(&concordance, 0, i,
                                str_format(arena, "%c%cwoord%u", 'a' + (int)(i % 26),
                                           'a' + (int)(i / 26 % 26), (unsigned)i),
                                false);
    for (uint32_t i = 1; i < 2000000; i++)
        concordance_add_passage(&concordance, 1, i, STR("groot"), false);
    return harvest_make(&concordance, arena);
}

static void test_threads_change_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct harvest_bytes both[] = {large_harvest(&fixture->arena),
                                   harvest(&fixture->arena, "anker groot abwoord1")};
    struct str plain = merge(fixture, both, false);
    size_t put = fixture->put;
    fixture->workers = WORKERS;
    assert_true(str_equal(merge_expected(fixture, both, false), plain));
    assert_int_equal(fixture->put, put);
    assert_true(str_equal(merge(fixture, both, true), plain));
    fixture->files_are_there = true;
    assert_true(str_equal(merge_expected(fixture, both, true), plain));
    assert_int_equal(fixture->asked, 0);
}

/* A chunk whose name another part has gets the next one, also in a slice that is found by itself or
 * was remembered. */
static void test_a_name_is_taken_already(void **state)
{
    struct fixture *fixture = *state;
    struct harvest_bytes both[] = {harvest(&fixture->arena, "boot zeil"),
                                   harvest(&fixture->arena, "anker zeil")};
    struct str plain = merge(fixture, both, false);
    uint64_t first = fixture->first;
    fixture->files_are_there = true;
    for (int remembers = 0; remembers < 2; remembers++) {
        fixture->taken = first;
        struct str other = merge(fixture, both, remembers);
        assert_false(str_equal(other, plain));
        assert_true(fixture->first == first + 1);
        assert_true(str_equal(merge(fixture, both, remembers), other));
        fixture->taken = 0;
        assert_true(str_equal(merge(fixture, both, remembers), plain));
        assert_true(fixture->first == first);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_is_remembered_is_not_read),
        TEST(test_files_that_are_gone_are_made),
        TEST(test_a_change_gives_what_a_whole_merge_does),
        TEST(test_names_follow_their_topics),
        TEST(test_threads_change_nothing),
        TEST(test_a_name_is_taken_already),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
