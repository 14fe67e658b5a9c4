/* Putting the groups of an index together: what a slice gave is remembered, and is what it would
 * give. */
#include "base/arena.h"
#include "base/cache.h"
#include "base/spill.h"
#include "search/merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { GROUPS = 2, CACHE_SIZE = 8 * 1024 * 1024 };

struct fixture {
    struct arena arena;
    struct spill spill;
    struct aliases aliases;
    char folder[64];
    bool files_are_there; /* of the last build */
    size_t put;           /* files of this one */
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    spill_init(&fixture->spill);
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
static struct str harvest_of(struct arena *arena, const char *text, struct str topic)
{
    struct concordance concordance;
    concordance_begin(&concordance, arena, STEM_NONE);
    concordance_add_passage(&concordance, 0, 1, str_from(text), false);
    concordance_add_key(&concordance, KEY_TOPIC, topic);
    for (uint32_t i = 2; i < 1000; i++)
        concordance_add_passage(&concordance, 0, i, STR("often"), false);
    return harvest_make(&concordance, arena);
}

static struct str harvest(struct arena *arena, const char *text)
{
    return harvest_of(arena, text, STR("sluis"));
}

/* The tree of the groups' harvests. */
static struct str merge(struct fixture *fixture, const struct str *harvests, bool remembers)
{
    struct parts_sink sink = {
        .put = put, .holds = holds, .keep = holds, .take = take, .context = fixture};
    struct merge_memory memory = {.cache =
                                      remembers ? cache_open(fixture->folder, 1, CACHE_SIZE) : NULL,
                                  .maker = digest_of(STR("this test"))};
    struct harvest kept[GROUPS];
    struct parts parts;
    struct nodes nodes;
    struct str top;
    parts_init(&parts, &sink, 1);
    nodes_init(&nodes, &parts);
    fixture->put = 0;
    for (uint32_t i = 0; i < GROUPS; i++)
        harvest_keep(&kept[i], i + 1, harvests[i], &fixture->spill, &fixture->arena);
    merge_run(kept, GROUPS, &fixture->aliases, &memory, &nodes, &parts);
    nodes_end(&nodes, &top);
    top = str_copy(&fixture->arena, top);
    parts_flush(&parts);
    cache_close(memory.cache);
    nodes_release(&nodes);
    parts_release(&parts);
    return top;
}

/* The same harvest by what it says of its slices, but its terms are gone. */
static struct str without_terms(struct arena *arena, struct str bytes)
{
    struct bytes all;
    struct str copy = str_copy(arena, bytes);
    bytes_begin(&all, copy);
    bytes_text(&all);
    memset((char *)copy.data + (copy.len - (size_t)(all.end - all.next)), 0,
           (size_t)(all.end - all.next));
    return copy;
}

static void test_what_is_remembered_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    const struct str both[] = {harvest(&fixture->arena, "boot zeil"),
                               harvest(&fixture->arena, "anker zeil")};
    const struct str empty[] = {without_terms(&fixture->arena, both[0]),
                                without_terms(&fixture->arena, both[1])};
    struct str plain = merge(fixture, both, false);
    assert_true(fixture->put > 0);
    assert_true(str_equal(merge(fixture, both, true), plain));
    fixture->files_are_there = true;
    assert_true(str_equal(merge(fixture, empty, true), plain));
    assert_int_equal(fixture->put, 0);
    assert_false(str_equal(merge(fixture, empty, false), plain));
}

static void test_files_that_are_gone_are_made(void **state)
{
    struct fixture *fixture = *state;
    const struct str both[] = {harvest(&fixture->arena, "boot zeil"),
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
    struct str both[] = {harvest(&fixture->arena, "boot zeil"),
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
    struct str both[] = {harvest(&fixture->arena, "boot zeil"),
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_is_remembered_is_not_read),
        TEST(test_files_that_are_gone_are_made),
        TEST(test_a_change_gives_what_a_whole_merge_does),
        TEST(test_names_follow_their_topics),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
