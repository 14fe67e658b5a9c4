/* Words that were cut at a line's end, markers of lists, addresses that were wrapped. */
#include "text_fixture.h"

#include "read/join.h"
#include "read/marker.h"
#include "read/runs.h"

static void assert_hyphen(const char *word, const char *next, enum hyphen expected)
{
    struct arena arena;
    struct lexicon lexicon, collection;
    struct lines lines;
    arena_init(&arena);
    lines_split(&arena,
                STR("De waterstand en de oud-voorzitter zijn genoemd, ook de kinderen en hun\n"
                    "ouders, in het water-\nschap\n"),
                &lines);
    join_words(&arena, &lines, &lexicon);
    lexicon_init(&collection, &arena);
    lexicon_add(&collection, STR("Het basis-onderwijs en de watersta-nd en de zij-instroom. "));
    enum hyphen found =
        join_hyphen((struct vocabulary){&lexicon, &collection}, str_from(word), str_from(next));
    if (found != expected)
        fail_msg("%s %s: %d, not %d", word, next, (int)found, (int)expected);
    arena_release(&arena);
}

static void test_hyphens(void **state)
{
    (void)state;
    assert_hyphen("land-", "schap is", HYPHEN_CUT);
    assert_hyphen("(land-", "schap)", HYPHEN_CUT);
    assert_hyphen("Noord-", "Nederland", HYPHEN_KEEP);
    assert_hyphen("LVB-", "jongeren", HYPHEN_KEEP);
    assert_hyphen("18-", "jarigen", HYPHEN_KEEP);
    assert_hyphen("e-", "mail", HYPHEN_KEEP);
    assert_hyphen("zee-", "egels", HYPHEN_KEEP);
    assert_hyphen("brug-", "en sluiswachters", HYPHEN_SPACE);
    assert_hyphen("brug-", "of", HYPHEN_SPACE);
}

/* The document's own words decide first. */
static void test_lexicon(void **state)
{
    (void)state;
    assert_hyphen("oud-", "voorzitter", HYPHEN_KEEP);
    assert_hyphen("Water-", "stand", HYPHEN_CUT);
    assert_hyphen("kinder-", "en", HYPHEN_SPACE);
    assert_hyphen("niet-", "essentiële", HYPHEN_KEEP);
}

/* Then those of the collection. */
static void test_collection(void **state)
{
    (void)state;
    assert_hyphen("basis-", "onderwijs", HYPHEN_KEEP);
    assert_hyphen("watersta-", "nd", HYPHEN_CUT); /* the document knows better */
    assert_hyphen("school-", "onderwijs", HYPHEN_CUT);
}

static void assert_marker(const char *text, enum marker_kind kind, size_t len, uint32_t number)
{
    struct marker marker = marker_parse(str_from(text));
    if (marker.kind != kind || marker.len != len || marker.number != number)
        fail_msg("%s: kind %d, %zu bytes, number %u", text, (int)marker.kind, marker.len,
                 marker.number);
}

static void test_markers(void **state)
{
    (void)state;
    assert_marker("• een", MARKER_BULLET, 4, 0);
    assert_marker("\xEF\x80\xBE een", MARKER_BULLET, 4, 0);
    assert_marker("•", MARKER_BULLET, 3, 0);
    assert_marker("- een", MARKER_BULLET, 2, 0);
    assert_marker("-een", MARKER_NONE, 0, 0);
    assert_marker("o een", MARKER_BULLET, 2, 0);
    assert_marker("1. een", MARKER_NUMBER, 3, 1);
    assert_marker("(12) een", MARKER_NUMBER, 5, 12);
    assert_marker("- 3) een", MARKER_NUMBER, 5, 3);
    assert_marker("2.4 Een", MARKER_NUMBER, 4, 4);
    assert_marker("2.4 miljoen", MARKER_NONE, 0, 0);
    assert_marker("1.700 mensen", MARKER_NONE, 0, 0);
    assert_marker("2019. Een", MARKER_NONE, 0, 0);
    assert_marker("12 Een", MARKER_NONE, 0, 0);
    assert_marker("a) een", MARKER_LETTER, 3, 0);
    assert_marker("IV. Een", MARKER_LETTER, 4, 0);
    assert_marker("(iii) een", MARKER_LETTER, 6, 0);
    assert_marker("ii. een", MARKER_LETTER, 4, 0);
    assert_marker("in. een", MARKER_NONE, 0, 0);
    assert_marker("1° een", MARKER_LETTER, 4, 0);
    assert_marker("2°. een", MARKER_LETTER, 5, 0);
    assert_marker("18°C vorst", MARKER_NONE, 0, 0);
    assert_marker("een", MARKER_NONE, 0, 0);
}

static void assert_address(const char *address, const char *expected)
{
    struct arena arena;
    arena_init(&arena);
    struct str found = runs_unwrap(&arena, str_from(address));
    assert_string_equal(str_cstring(&arena, found), expected);
    arena_release(&arena);
}

static void test_addresses(void **state)
{
    (void)state;
    assert_address("https://a.example/?b=c#d", "https://a.example/?b=c#d");
    assert_address("https://a.example/?utm_source=x&b=c&fbclid=1#d", "https://a.example/?b=c#d");
    assert_address("https://a.example/?to=jan%40b.example", "https://a.example/");
    assert_address("https://nl.safelinks.protection.outlook.com/"
                   "?url=https%3A%2F%2Fa.example%2Fb%3Fc%3Dd&data=x%7Cjan%40b.example",
                   "https://a.example/b?c=d");
    /* What is wrapped must be an address of the web. */
    assert_address("https://nl.safelinks.protection.outlook.com/?url=javascript%3Ax&data=1",
                   "https://nl.safelinks.protection.outlook.com/?url=javascript%3Ax&data=1");
    assert_address("https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa",
                   "https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hyphens),    cmocka_unit_test(test_lexicon),
        cmocka_unit_test(test_collection), cmocka_unit_test(test_markers),
        cmocka_unit_test(test_addresses),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
