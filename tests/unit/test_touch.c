/* Which documents other names touch: never fewer than those in which they find something else. */
#include "base/arena.h"
#include "link/glossary.h"
#include "link/names.h"
#include "link/touch.h"
#include "link/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TOPICS = 6, PASSAGES = 4, WORDS = 14, ROUNDS = 2000, NAME_WORDS = 3 };

static uint32_t below(uint32_t *state, uint32_t bound)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % bound;
}

static const char *pick(uint32_t *state, const char *const *items, uint32_t count)
{
    return items[below(state, count)];
}

/* Words that share beginnings, and what stands around them. */
static const char *const words[] = {"dijk",      "Dijkwacht",    "dijkwachten",
                                    "wacht",     "jeugd",        "jeugdhulp",
                                    "jeugdzorg", "zorg",         "zorgtraject",
                                    "traject",   "Noord",        "Holland",
                                    "Zuid",      "DSB",          "Dienst",
                                    "Sluizen",   "Bruggen",      "é",
                                    "café",      "cafe\xCC\x81", "cafés",
                                    "a",         "b2",           "12",
                                    "RET",       "ret",          "slui\xC2\xADzen",
                                    "hersteld",  "herstel",      "erkennings",
                                    "foto's",    "foto’s",       "ὀδός",
                                    "οδος",      "ij",           "IJ",
                                    "straße",    "in",           "3D",
                                    "x",         "ﬁets",         "fiets",
                                    "Ж",         "Жук",          "werk\xE2\x80\x8Bplaats",
                                    "werk",      "plaats"};
static const char *const glue[] = {
    " ",  " ",     " ",        " ",        " ",          " ",   "-",
    "–",  "- en ", " en -",    "-, ",      "/",          ", ",  ". ",
    "’",  "' ",    "\xC2\xA0", " „",       "” ",         "«",   "» ",
    " “", "€",     "_",        "…",        " (",         ") ",  "12 ",
    "1",  "s ",    "huis ",    "\xCC\x81", "·",          "&",   "\xE2\x80\x8B",
    "@",  "—",     "",         "- of ",    " (hierna: ", " – ", "\xC2\xAD",
    "'s "};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static struct str phrase(struct arena *arena, uint32_t *state, uint32_t count)
{
    struct buf out;
    buf_init(&out, arena);
    for (uint32_t i = 0; i < count; i++) {
        if (i || !below(state, 20))
            buf_put_cstring(&out, pick(state, glue, COUNT(glue)));
        buf_put_cstring(&out, pick(state, words, COUNT(words)));
    }
    return buf_str(&out);
}

/* Topics with names, as a survey lists them. */
struct naming_of {
    struct survey survey;
    struct outline documents[TOPICS];
    uint32_t topics[TOPICS];
    struct name *names;
    size_t count;
    struct conditions conditions;
    struct roll roll;
};

static void add_text(struct arena *arena, struct meta_list *list, struct str text)
{
    vec_push(&list->texts, arena)->text = text;
}

static void make_topic(struct arena *arena, uint32_t *state, struct outline *topic, uint32_t number)
{
    static const char *const kinds[] = {"concept", "organisation", ""};
    struct meta_more *more = arena_new(arena, struct meta_more);
    *topic = (struct outline){.path = str_format(arena, "topics/%u.md", (unsigned)number),
                              .meta.more = more};
    topic->meta.title = phrase(arena, state, 1 + below(state, NAME_WORDS));
    topic->meta.kind = str_from(pick(state, kinds, COUNT(kinds)));
    more->compounds = !below(state, 3);
    if (!below(state, 3))
        more->abbreviation = STR("DSB");
    for (uint32_t i = below(state, 3); i; i--)
        add_text(arena, &topic->meta.aliases, phrase(arena, state, 1 + below(state, NAME_WORDS)));
    if (!below(state, 4))
        add_text(arena, &more->never, phrase(arena, state, 1 + below(state, NAME_WORDS)));
    if (!below(state, 6))
        add_text(arena, &more->only_with, phrase(arena, state, 1));
}

static void finish(struct arena *arena, struct naming_of *naming)
{
    naming->survey.documents = naming->documents;
    naming->survey.topics = naming->topics;
    for (uint32_t i = 0; i < naming->survey.topic_count; i++)
        naming->topics[i] = i;
    naming->count = names_collect(arena, naming->documents, NULL, naming->topics,
                                  naming->survey.topic_count, NULL, &naming->names, NULL);
    conditions_collect(&naming->conditions, arena, naming->documents, naming->topics,
                       naming->survey.topic_count, naming->names, naming->count, NULL);
    naming->roll =
        roll_make(arena, &naming->survey, naming->names, naming->count, &naming->conditions);
}

/* Some of the topics are the same in both, by the path; some are other or are gone. */
static void make_both(struct arena *arena, uint32_t *state, struct naming_of *older,
                      struct naming_of *newer)
{
    *older = *newer = (struct naming_of){0};
    for (uint32_t i = 0; i < TOPICS; i++) {
        struct outline topic;
        uint32_t change = below(state, 3 * TOPICS);
        make_topic(arena, state, &topic, i);
        if (change != 0)
            older->documents[older->survey.topic_count++] = topic;
        if (change == 2)
            make_topic(arena, state, &topic, i);
        if (change != 1)
            newer->documents[newer->survey.topic_count++] = topic;
    }
    finish(arena, older);
    finish(arena, newer);
}

/* What names are found, with the paths of their topics. */
static struct str found(struct arena *arena, const struct naming_of *naming,
                        const struct document *document)
{
    const struct matcher *matcher = matcher_build(arena, naming->names, naming->count);
    struct mentions mentions = {0};
    struct definitions definitions = {0};
    struct outline outline = {.meta.more = &meta_nothing};
    struct buf out;
    buf_init(&out, arena);
    for (uint32_t i = 0; i < document->passages.count; i++) {
        struct matches matches = {0};
        matcher_find(matcher, arena, document->passages.items[i].text, arena, &matches);
        for (size_t j = 0; j < matches.items.count; j++) {
            const struct match *match = &matches.items.items[j];
            if (match->topic != NO_TOPIC)
                *vec_push(&mentions.items, arena) =
                    (struct mention){match->topic, i + 1, match->start, match->end};
        }
    }
    glossary_apply(document, arena, &mentions, &definitions);
    outline.mentions.items = mentions.items.items;
    outline.mentions.count = mentions.items.count;
    conditions_apply(&naming->conditions, arena, document, &outline);
    for (size_t i = 0; i < outline.mentions.count; i++) {
        const struct mention *mention = &outline.mentions.items[i];
        buf_printf(&out, "%u [%u, %u) %.*s\n", (unsigned)mention->passage, (unsigned)mention->start,
                   (unsigned)mention->end, STR_ARGS(naming->documents[mention->topic].path));
    }
    for (size_t i = 0; i < definitions.items.count; i++) {
        const struct definition *definition = &definitions.items.items[i];
        buf_printf(&out, "%.*s: %.*s\n", STR_ARGS(definition->name),
                   STR_ARGS(definition->topic == NO_TOPIC
                                ? STR("-")
                                : naming->documents[definition->topic].path));
    }
    return buf_str(&out);
}

static struct document make_document(struct arena *arena, uint32_t *state)
{
    struct document document = {.meta.more = &meta_nothing};
    for (uint32_t i = 0; i < PASSAGES; i++) {
        struct passage *passage = vec_push(&document.passages, arena);
        passage->kind = PASSAGE_PARAGRAPH;
        passage->text = phrase(arena, state, 1 + below(state, WORDS));
    }
    return document;
}

static void all_that_finds_something_else_touches(void **state)
{
    uint32_t seed = getenv("SEED") ? (uint32_t)atoi(getenv("SEED")) : 1;
    unsigned missed = 0, other = 0, touched = 0;
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct arena arena;
        struct naming_of older, newer;
        struct turnover turnover;
        arena_init(&arena);
        make_both(&arena, &seed, &older, &newer);
        struct document document = make_document(&arena, &seed);
        struct str trace = trace_make(&arena, &document);
        assert_true(turnover_find(&turnover, &arena, older.roll.bytes, &newer.roll));
        bool touches = turnover_touches(&turnover, trace);
        struct str before = found(&arena, &older, &document);
        struct str after = found(&arena, &newer, &document);
        bool same = str_equal(before, after);
        other += !same;
        touched += touches;
        if (!same && !touches) {
            missed++;
            if (missed <= 5) {
                print_message("# missed:\n");
                for (size_t i = 0; i < PASSAGES; i++)
                    print_message("#   %.*s\n", STR_ARGS(document.passages.items[i].text));
                print_message("# before:\n%.*s# after:\n%.*s", STR_ARGS(before), STR_ARGS(after));
            }
        }
        arena_release(&arena);
    }
    print_message("# %u other, %u touched of %d\n", other, touched, ROUNDS);
    assert_int_equal(missed, 0);
    assert_true(other > ROUNDS / 20);
    assert_true(touched < ROUNDS - ROUNDS / 20);
}

/* Whether a name that came or went touches a document with that text alone. */
static bool name_touches(const char *name, bool compounds, const char *text)
{
    struct arena arena;
    struct turnover turnover = {0};
    struct document document = {.meta.more = &meta_nothing};
    arena_init(&arena);
    *vec_push(&turnover.names, &arena) = (struct turned_name){str_from(name), compounds};
    struct passage *passage = vec_push(&document.passages, &arena);
    *passage = (struct passage){.kind = PASSAGE_PARAGRAPH, .text = str_from(text)};
    bool touches = turnover_touches(&turnover, trace_make(&arena, &document));
    arena_release(&arena);
    return touches;
}

static void a_name_that_only_begins_alike_does_not_touch(void **state)
{
    static const char text[] = "De aanleiding en het aanbod12 van de dienst.";
    (void)state;
    assert_true(name_touches("aanbod", false, text));
    assert_true(name_touches("dienst aanbod", false, text));
    assert_false(name_touches("aandachtspunt", false, text));
    assert_false(name_touches("aanbod gi", false, text));
    assert_false(name_touches("aanleidinge", false, text));
    assert_false(name_touches("aanl", false, text));
}

static void a_name_in_compounds_touches_what_it_begins(void **state)
{
    static const char text[] = "De aanleiding en het aanbod van de dienst.";
    (void)state;
    assert_true(name_touches("aanl", true, text));
    assert_true(name_touches("het aanleid", true, text));
    assert_false(name_touches("aandacht", true, text));
}

static void a_name_touches_what_is_cut_off(void **state)
{
    (void)state;
    assert_true(name_touches("aanbodplan", false, "Het aanbod- en werkplan."));
    assert_true(name_touches("werkplaats", false, "De werkwijze en -plaats."));
    assert_true(name_touches("aandachtspunt", false, "De aandachts- of zwaartepunten."));
    assert_false(name_touches("aandachtspunt", false, "De zorg- of zwaartepunten, het aanbod."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_finds_something_else_touches),
        cmocka_unit_test(a_name_that_only_begins_alike_does_not_touch),
        cmocka_unit_test(a_name_in_compounds_touches_what_it_begins),
        cmocka_unit_test(a_name_touches_what_is_cut_off)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("touch", tests, NULL, NULL);
}
