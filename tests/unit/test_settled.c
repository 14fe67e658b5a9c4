/* Where links lead is known in the next build, as long as nothing has another name. */
#include "git_fixture.h"

#include "link/settled.h"

enum { COUNT = 3, LINKS = 5 };
enum { WHOLE, PLACE, AMBIGUOUS, NOWHERE, FILE_LINK }; /* what the links of each document are */

struct site {
    struct crew crew;
    struct outline documents[COUNT];
    struct link links[LINKS];
    bool known[COUNT][LINKS]; /* in the last round */
};

static void reopen(struct fixture *fixture, struct site *site)
{
    struct str folder = str_format(&fixture->arena, "%s/cache", fixture->root);
    cache_close(site->crew.cache);
    site->crew.cache = cache_open(str_cstring(&fixture->arena, folder), 1, (uint64_t)1 << 30);
    assert_non_null(site->crew.cache);
}

static void make(struct fixture *fixture, struct site *site)
{
    static const char *const titles[COUNT] = {"Een", "Twee", "Drie"};
    fixture_import(fixture, "bron",
                   "commit refs/heads/main\ncommitter A <a@b> 0 +0000\ndata 1\na\n"
                   "M 644 inline een.md\ndata 1\na\n");
    assert_int_equal(fixture_open(fixture, (struct snapshot_options){.directory = "bron"}), 0);
    *site = (struct site){.crew = {.snapshot = &fixture->snapshot, .identity = {1, 2}}};
    for (uint32_t i = 0; i < LINKS; i++)
        site->links[i] = (struct link){.target = i == PLACE ? STR("a#b") : STR("a")};
    for (uint32_t i = 0; i < COUNT; i++) {
        struct outline *document = &site->documents[i];
        document->path = document->meta.title = str_from(titles[i]);
        document->meta.more = &meta_nothing;
        document->identity = (struct digest){7, i};
    }
    reopen(fixture, site);
}

/* All links of document i lead to the one behind it, as far as they lead somewhere. */
static uint32_t target_of(uint32_t document)
{
    return (document + 1) % COUNT;
}

static struct resolution find(uint32_t document, uint32_t link)
{
    struct resolution found = {.to = {target_of(document), NO_ENTRY, {"", 0}},
                               .other = link == AMBIGUOUS ? 0 : NO_DOCUMENT};
    if (link == NOWHERE || link == FILE_LINK)
        found.to.document = NO_DOCUMENT;
    if (link == FILE_LINK)
        found.to.entry = 0;
    return found;
}

/* Goes through the links of all documents. Returns how many were known. */
static unsigned go_through(struct fixture *fixture, struct site *site)
{
    struct settled settled;
    unsigned count = 0;
    settled_open(&settled, &site->crew, 0, site->documents, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        struct settled_links links = settled_begin(&settled, 0, i);
        for (uint32_t j = 0; j < LINKS; j++) {
            struct destination to = {0};
            struct resolution found = find(i, j);
            site->known[i][j] = settled_next(&settled, &links, &to);
            count += site->known[i][j];
            if (!site->known[i][j]) {
                settled_note(&links, &site->links[j], &found);
                continue;
            }
            assert_int_equal(to.document, found.to.document);
            assert_int_equal(to.entry, NO_ENTRY);
            assert_int_equal(to.anchor.len, 0);
        }
        settled_end(&settled, i, &links);
    }
    settled_close(&settled, 0);
    if (site->crew.cache)
        reopen(fixture, site);
    return count;
}

static void what_leads_to_a_whole_document_or_nowhere_is_known(void **state)
{
    struct fixture *fixture = *state;
    struct site site;
    make(fixture, &site);
    assert_int_equal(go_through(fixture, &site), 0);
    for (unsigned round = 0; round < 2; round++) {
        assert_int_equal(go_through(fixture, &site), COUNT * 2);
        for (unsigned i = 0; i < COUNT; i++)
            assert_true(site.known[i][WHOLE] && site.known[i][NOWHERE]);
    }
    cache_close(site.crew.cache);
}

static void another_text_is_asked_again(void **state)
{
    struct fixture *fixture = *state;
    struct site site;
    make(fixture, &site);
    go_through(fixture, &site);
    site.documents[1].identity.low = 99;
    assert_int_equal(go_through(fixture, &site), (COUNT - 1) * 2);
    assert_false(site.known[1][WHOLE]);
    assert_int_equal(go_through(fixture, &site), COUNT * 2);
    site.documents[1].identity = DIGEST_NONE;
    assert_int_equal(go_through(fixture, &site), (COUNT - 1) * 2);
    assert_int_equal(go_through(fixture, &site), (COUNT - 1) * 2);
    cache_close(site.crew.cache);
}

/* Anything that a name can mean: then nothing is known any more, and all is the next time. */
static void where_a_name_changes_all_are_asked_again(void **state)
{
    static struct meta_text texts[] = {{{"Vier", 4}, 1, 1}};
    struct meta_more label = meta_nothing, old = meta_nothing;
    struct fixture *fixture = *state;
    struct site site;
    make(fixture, &site);
    struct outline *document = &site.documents[2];
    label.label = STR("Kort");
    old.former.texts.items = texts;
    old.former.texts.count = 1;
    for (unsigned step = 0; step < 7; step++) {
        go_through(fixture, &site);
        assert_int_equal(go_through(fixture, &site), COUNT * 2);
        switch (step) {
        case 0:
            document->meta.title = STR("Anders");
            break;
        case 1:
            document->meta.aliases.texts.items = texts;
            document->meta.aliases.texts.count = 1;
            break;
        case 2:
            document->meta.more = &label;
            break;
        case 3:
            document->meta.more = &old;
            break;
        case 4:
            document->kind = DOCUMENT_SOURCE;
            break;
        case 5:
            document->meta.lang = STR("en");
            break;
        default:
            fixture->snapshot.entries[0].path = STR("ander.md");
        }
        assert_int_equal(go_through(fixture, &site), 0);
    }
    cache_close(site.crew.cache);
}

static void without_a_cache_nothing_is_known(void **state)
{
    struct fixture *fixture = *state;
    struct site site;
    make(fixture, &site);
    cache_close(site.crew.cache);
    site.crew.cache = NULL;
    assert_int_equal(go_through(fixture, &site), 0);
    assert_int_equal(go_through(fixture, &site), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_leads_to_a_whole_document_or_nowhere_is_known),
        TEST(another_text_is_asked_again),
        TEST(where_a_name_changes_all_are_asked_again),
        TEST(without_a_cache_nothing_is_known),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
