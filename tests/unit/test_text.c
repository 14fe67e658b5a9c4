/* The plain-text reader as a whole: nothing is lost, hostile input is survived in linear time, and
 * the five source documents come out as a careful person would set them. */
#include "text_fixture.h"

#include "base/buf.h"
#include "base/map.h"
#include "read/charset.h"

#include <dirent.h>
#include <time.h>

enum { CODES = 0x3000 };

/* How often letters come in a text, by code point. */
static void count_codes(struct str text, long *counts, long sign)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        if (c < CODES && utf8_is_letter(c))
            counts[c] += sign;
    }
}

/* Runs of three digits or more, as the keys of a map. */
static void add_numbers(struct str text, struct map *numbers)
{
    for (size_t i = 0, start = 0; i <= text.len; i++) {
        if (i < text.len && str_is_digit(text.data[i]))
            continue;
        if (i - start >= 3)
            *map_at(numbers, str_slice(text, start, i - start)) = numbers;
        start = i + 1;
    }
}

struct tally {
    long letters[CODES];
    struct map read, kept;
};

static void keep(struct tally *tally, struct str text)
{
    count_codes(text, tally->letters, -1);
    add_numbers(text, &tally->kept);
}

static void keep_all(struct tally *tally, const struct document *document)
{
    for (size_t i = 0; i < document->passages.count; i++)
        keep(tally, document->passages.items[i].text);
    for (size_t i = 0; i < document->dropped.count; i++)
        keep(tally, document->dropped.items[i].text);
    const struct node *root = document->root;
    for (const struct node *node = root; node; node = node_walk(root, node))
        if (node->kind == NODE_LINK)
            keep(tally, node->target);
}

/* Each letter of the input is at least as often in passages and dropped lines together, and so is
 * each number of three digits or more. */
static void assert_nothing_lost(struct str bytes, const char *name)
{
    struct fixture fixture;
    struct str clean;
    fixture_read(&fixture, bytes);
    struct tally *tally = arena_new(&fixture.arena, struct tally);
    map_init(&tally->read, &fixture.arena);
    map_init(&tally->kept, &fixture.arena);
    assert_true(charset_decode(&fixture.arena, STR("x"), bytes, &clean, NULL));
    count_codes(clean, tally->letters, 1);
    add_numbers(clean, &tally->read);
    keep_all(tally, &fixture.document);
    for (uint32_t c = 0; c < CODES; c++)
        if (tally->letters[c] > 0)
            fail_msg("%s: U+%04X is lost %ld times", name, c, tally->letters[c]);
    for (size_t i = 0; i < tally->read.count; i++)
        if (!map_get(&tally->kept, tally->read.items[i].key))
            fail_msg("%s: %.*s is lost", name, STR_ARGS(tally->read.items[i].key));
    fixture_release(&fixture);
}

/* Pieces that are put together at random, so that every stage meets every other. */
static const char *const pieces[] = {"De pont vaart vanaf het voorjaar, en dat is laat.\n",
                                     "want de brug is dicht\n",
                                     "\n",
                                     "\n\n",
                                     " Tweede bladzijde\n",
                                     "\f",
                                     "3 Verslag van de wijkraad\n",
                                     "4 Verslag van de wijkraad\n",
                                     "1. Brug\n",
                                     "- pont\n",
                                     "• sluis,\n",
                                     "- 1) dam\n",
                                     "a) kade\n",
                                     "Geachte raad,\n",
                                     "Datum: 3 mei 2023\n",
                                     "Onderwerp: de brug over\n",
                                     "Hoogachtend,\n",
                                     "Jan de Sluis\n",
                                     "woord1 en meer\n",
                                     "1 Een noot die lang is\n",
                                     "² Nog een noot\n",
                                     "woord² en meer\n",
                                     "https://vaart.example/a?utm_source=b\n",
                                     "[tekst](#) en [meer](https://b.example)\n",
                                     "water-\n",
                                     "stand\n",
                                     "Noord-\n",
                                     "a    b    c\n",
                                     "Onze referentie\n12345\n\n",
                                     "12\n",
                                     "pagina 3 van 12\n",
                                     "> geciteerd\n",
                                     "Bijlage 1: Kaart\n",
                                     "Kosten:\n",
                                     "\xEF\x82\xB7 glyph\n",
                                     "Gemeente Vaartdam\n",
                                     "Aan de raad\n",
                                     "www.vaart.example\n",
                                     "2019-2020\n",
                                     "      ver in\n"};

static void test_nothing_is_lost(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (int round = 0; round < 400; round++) {
        struct arena arena;
        arena_init(&arena);
        struct buf text;
        buf_init(&text, &arena);
        for (int i = 0; i < 40; i++) {
            random = random * 1664525u + 1013904223u;
            buf_put_cstring(&text, pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        assert_nothing_lost(buf_str(&text), "pieces");
        arena_release(&arena);
    }
}

static void test_no_text(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"));
    assert_int_equal(diags_count(&fixture.diags, DIAG_ERROR), 1);
    assert_string_equal(fixture.diags.items[0].code, "not-text");
    assert_int_equal(fixture.document.passages.count, 0);
    fixture_release(&fixture);
    fixture_read(&fixture, STR(""));
    assert_int_equal(fixture.diags.count, 0);
    assert_int_equal(fixture.document.passages.count, 0);
    fixture_release(&fixture);
}

/* Body text is never made a title; a first heading is one, unless any document has it. */
static void test_title(void **state)
{
    struct fixture fixture;
    (void)state;
    fixture_read(&fixture, STR("De pont vaart vanaf het voorjaar, en dat is te laat.\n"));
    assert_int_equal(fixture.document.meta.title.len, 0);
    fixture_release(&fixture);
    fixture_read(&fixture, STR("Samenvatting\n\nDe pont vaart vanaf het voorjaar.\n"));
    assert_int_equal(fixture.document.meta.title.len, 0);
    fixture_release(&fixture);
    fixture_read(&fixture, STR("Een pont over de vaart\n\nDe pont vaart vanaf het voorjaar.\n"));
    assert_true(str_equal(fixture.document.meta.title, STR("Een pont over de vaart")));
    assert_int_equal(fixture.document.root->first->kind, NODE_HEADING);
    assert_int_equal(fixture.document.root->first->number, 1);
    fixture_release(&fixture);
}

/* What a record says already stays. */
static void test_meta_is_kept(void **state)
{
    struct fixture fixture = {.document = {.root = NULL}};
    (void)state;
    arena_init(&fixture.arena);
    fixture.document.meta.title = STR("Gegeven");
    struct text_input input = {STR("x"), STR("Onderwerp: Anders\nDatum: 3 mei 2023\n\nTekst.\n"),
                               NULL};
    text_read(&fixture.arena, &input, &fixture.document, NULL, NULL);
    assert_true(str_equal(fixture.document.meta.title, STR("Gegeven")));
    assert_int_equal(fixture.document.meta.date.year, 2023);
    fixture_release(&fixture);
}

/* Patterns that made one stage or another go over the text again and again while it was written.
 * A quadratic stage takes minutes for a megabyte. */
static void test_time(void **state)
{
    static const struct str patterns[] = {{"a\n", 2},
                                          {"A\n\n", 3},
                                          {"b-\n", 3},
                                          {"a/\n", 3},
                                          {"[", 1},
                                          {"[a](", 4},
                                          {"x", 1},
                                          {"woord\xC2\xB9 ", 8},
                                          {"woord1 ", 7},
                                          {"1. A\n\n", 6},
                                          {"1 Noot\n\n", 8},
                                          {"- a\n", 4},
                                          {"\f", 1},
                                          {"a\f", 2},
                                          {"http://a/", 9},
                                          {"www.", 4},
                                          {"a    b   c\n", 11},
                                          {"3 Rapport over iets\n", 20},
                                          {"pagina 3\n", 9},
                                          {"(", 1},
                                          {"Datum: x\n", 9},
                                          {"http://a/\nb/\n", 13},
                                          {"\0", 1},
                                          {"a  b\f", 5},
                                          {"de brug  de pont\n", 17},
                                          {"a   b   c\na   b   c\na   b   c\n\f", 31},
                                          {"Ab\xC2\xB2\n\n\xC2\xB2 C\n\n", 13}};
    enum { SIZE = 1000000 };
    char *text = malloc(SIZE);
    const char *slower = getenv("NASLAG_SLOWER");
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct fixture fixture;
        for (size_t j = 0; j < SIZE; j++)
            text[j] = patterns[i].data[j % patterns[i].len];
        clock_t start = clock();
        fixture_read(&fixture, (struct str){text, SIZE});
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        fixture_release(&fixture);
        if (seconds > 3 * (slower ? atof(slower) : 1))
            fail_msg("pattern %zu takes %.1f s", i, seconds);
    }
    free(text);
}

/* The five source documents, by facts that tell whether they were read right. */
struct source {
    const char *name; /* how the file's name begins */
    const char *title, *date, *kind;
    size_t sections, subsections, items, footnotes, pages;
};

static const struct source sources[] = {
    {"000", "Verscherpt toezicht op Elker door IGJ", "2025-01-17", "memo", 5, 0, 0, 0, 0},
    {"001", "standpunt Elker jeugdhulp en onderwijs", "2025-02-25", "standpunt", 5, 0, 8, 1, 4},
    {"002", "Rapportage reflectie IGJ toezicht op ZIKOS", "2024-10", "rapport", 14, 13, 57, 1, 12},
    {"003", NULL, "2026-04-15", "Kamerbrief", 9, 4, 4, 9, 0},
    {"004", NULL, "", "informatienota", 9, 4, 14, 0, 0},
};

static bool find_source(struct arena *arena, const char *prefix, struct str *text)
{
    const char *shared = getenv("NASLAG_SHARED");
    struct str folder = str_format(arena, "%s/sources", shared ? shared : "../shared");
    DIR *dir = opendir(str_cstring(arena, folder));
    struct err err;
    int status = -1;
    for (struct dirent *entry; dir && status && (entry = readdir(dir));)
        if (str_starts(str_from(entry->d_name), str_from(prefix)))
            status = file_read(
                arena,
                str_cstring(arena, str_format(arena, "%.*s/%s", STR_ARGS(folder), entry->d_name)),
                text, &err);
    if (dir)
        closedir(dir);
    return status == 0;
}

static void check_source(struct arena *arena, const struct source *source, struct str text)
{
    struct fixture fixture;
    fixture_read(&fixture, text);
    const struct meta *meta = &fixture.document.meta;
    if (source->title)
        assert_string_equal(str_cstring(arena, meta->title), source->title);
    assert_true(meta->title.len > 0);
    assert_string_equal(str_cstring(arena, date_format(arena, meta->date)), source->date);
    assert_string_equal(str_cstring(arena, meta->kind), source->kind);
    assert_int_equal(fixture_count(&fixture, NODE_HEADING, 1), 1);
    assert_int_equal(fixture_count(&fixture, NODE_HEADING, 2), source->sections);
    assert_int_equal(fixture_count(&fixture, NODE_HEADING, 3), source->subsections);
    assert_int_equal(fixture_count(&fixture, NODE_ITEM, 0), source->items);
    assert_int_equal(fixture_count(&fixture, NODE_FOOTNOTE, 0), source->footnotes);
    uint32_t page = 0;
    for (size_t i = 0; i < fixture.document.passages.count; i++)
        if (fixture.document.passages.items[i].page > page)
            page = fixture.document.passages.items[i].page;
    assert_int_equal(page, source->pages);
    assert_nothing_lost(text, source->name);
    fixture_release(&fixture);
}

static void test_sources(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct str text;
        if (!find_source(&arena, sources[i].name, &text)) {
            fputs("# ../shared/sources is missing: the real documents are not tested\n", stderr);
            arena_release(&arena);
            return; /* skip() of cmocka 1.1.5 is a failure to prove */
        }
        check_source(&arena, &sources[i], text);
    }
    arena_release(&arena);
}

/* Paragraphs of the real documents end in a sentence, a colon, or are letter parts or addresses. */
static bool ends_well(struct str text)
{
    static const char *const ends[] = {".", "?", "!", ":", ";", "”", "’", ")", ",", "/", "pdf"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(text, str_from(ends[i])))
            return true;
    return false;
}

static void test_sentences(void **state)
{
    struct arena arena;
    size_t paragraphs = 0, bad = 0;
    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct fixture fixture;
        struct str text;
        if (!find_source(&arena, sources[i].name, &text)) {
            arena_release(&arena);
            return; /* test_sources has said so */
        }
        fixture_read(&fixture, text);
        for (size_t j = 0; j < fixture.document.passages.count; j++) {
            const struct passage *passage = &fixture.document.passages.items[j];
            if (passage->kind != PASSAGE_PARAGRAPH)
                continue;
            paragraphs++;
            bad += !ends_well(passage->text);
        }
        fixture_release(&fixture);
    }
    /* Signatures and bare addresses. */
    assert_true(paragraphs > 100);
    if (bad > 8)
        fail_msg("%zu of %zu paragraphs end in no sentence", bad, paragraphs);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_lost),
        cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_title),
        cmocka_unit_test(test_meta_is_kept),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_sentences),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
