/* Outlines as bytes: what was written comes back, and what strangers wrote does no harm. */
#include "base/arena.h"
#include "link/frozen.h"
#include "link/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TOPICS = 3, TEXTS = 40, ROUNDS = 20000 };

static const struct renumbering same = {.topics = NULL, .count = TOPICS, .any = false};

static struct str frozen(struct arena *arena)
{
    struct outline outline = {.kind = DOCUMENT_SOURCE, .passage_count = 4, .text_links = 1};
    struct meta_more more = {.issuer = STR("issuer"), .compounds = true};
    static struct fact fact = {.kind = FACT_COUNT, .passage = 2, .start = 3, .len = 9, .unit = 2};
    static struct definition definition = {
        .passage = 2, .start = 1, .end = 4, .from = 6, .until = 9, .topic = 1, .holds_from = 2};
    struct diag diag = {.code = "some-code", .severity = DIAG_ERROR, .message = STR("wrong")};
    struct buf out;
    buf_init(&out, arena);
    outline.meta.title = STR("Title");
    vec_push(&more.same_as.texts, arena)->text = STR("https://a.example/");
    *vec_push(&more.relations, arena) =
        (struct relation){STR("part_of"), {STR("whole"), .line = 4}};
    outline.meta.more = &more;
    outline.meta.date = (struct date){2025, 1, 17};
    vec_push(&outline.meta.aliases.texts, arena)->text = STR("alias");
    *vec_push(&outline.headings, arena) =
        (struct heading){.text = STR("Head"), .slug = STR("head"), .passage = 1};
    *vec_push(&outline.passages, arena) =
        (struct kept_passage){.number = 2, .section = 1, .len = 20};
    *vec_push(&outline.passages, arena) = (struct kept_passage){.number = 4, .len = 20};
    *vec_push(&outline.mentions, arena) = (struct mention){2, 2, 0, 5};
    *vec_push(&outline.mentions, arena) = (struct mention){0, 4, 6, 20};
    *vec_push(&outline.links, arena) =
        (struct link){.kind = LINK_EMBED, .passage = 4, .target = STR("x"), .start = 1, .end = 2};
    *vec_push(&outline.tags, arena) = (struct tag_use){STR("tag"), 2};
    outline.facts = &fact;
    outline.fact_count = 1;
    outline.units = STR("sluizen");
    outline.definitions = &definition;
    outline.definition_count = 1;
    frozen_put(&out, &outline, &diag, 1);
    return buf_str(&out);
}

static bool thaw(struct arena *arena, struct str bytes, const struct renumbering *renumbering,
                 struct outline *outline)
{
    struct diags diags;
    diags_init(&diags, arena);
    *outline = (struct outline){0};
    return frozen_get(bytes, TEXTS, renumbering, arena, outline, &diags);
}

static void what_was_written_comes_back(void **state)
{
    struct arena arena;
    struct outline outline;
    (void)state;
    arena_init(&arena);
    assert_true(thaw(&arena, frozen(&arena), &same, &outline));
    struct str units = outline.units;
    assert_true(str_equal(outline_next_unit(&units, &outline.facts[0]), STR("sluizen")));
    assert_int_equal(outline.mentions.items[0].topic, 2);
    assert_int_equal(outline.definitions[0].topic, 1);
    assert_int_equal(outline.passages.items[1].start, 20);
    assert_true(str_equal(outline.meta.title, STR("Title")));
    assert_true(str_equal(outline.meta.more->issuer, STR("issuer")));
    assert_true(
        str_equal(outline.meta.more->same_as.texts.items[0].text, STR("https://a.example/")));
    assert_true(str_equal(outline.meta.more->relations.items[0].type, STR("part_of")));
    assert_int_equal(outline.meta.more->relations.items[0].target.line, 4);
    assert_true(outline.meta.more->compounds);
    arena_release(&arena);
}

static void nothing_more_takes_no_memory(void **state)
{
    struct arena arena;
    struct buf out;
    struct diags diags;
    struct outline outline = {.kind = DOCUMENT_NOTE, .meta.more = &meta_nothing};
    struct outline thawed = {.kind = DOCUMENT_NOTE};
    (void)state;
    arena_init(&arena);
    buf_init(&out, &arena);
    diags_init(&diags, &arena);
    outline.meta.title = STR("Title");
    frozen_put(&out, &outline, NULL, 0);
    assert_true(frozen_get(buf_str(&out), 0, &same, &arena, &thawed, &diags));
    assert_ptr_equal(thawed.meta.more, &meta_nothing);
    arena_release(&arena);
}

static void topics_are_renumbered(void **state)
{
    static const uint32_t topics[TOPICS] = {7, 8, NO_TOPIC};
    const struct renumbering fewer = {.count = TOPICS - 1}, gone = {topics, TOPICS, false},
                             any = {.any = true};
    struct arena arena;
    struct outline outline;
    (void)state;
    arena_init(&arena);
    struct str bytes = frozen(&arena);
    assert_false(thaw(&arena, bytes, &fewer, &outline));
    assert_false(thaw(&arena, bytes, &gone, &outline));
    assert_true(thaw(&arena, bytes, &any, &outline));
    assert_int_equal(outline.mentions.items[0].topic, NO_TOPIC);
    arena_release(&arena);
}

/* What pages take for granted. */
static void check(const struct outline *outline)
{
    assert_true((int)outline->kind < (int)DOCUMENT_KINDS && outline->meta.title.len);
    for (size_t i = 0; i < outline->mentions.count; i++) {
        const struct mention *mention = &outline->mentions.items[i];
        const struct kept_passage *kept = outline_passage(outline, mention->passage);
        assert_true(mention->topic < TOPICS && mention->start <= mention->end);
        assert_true(!kept || mention->end <= kept->len);
    }
    for (size_t i = 0; i < outline->passages.count; i++) {
        const struct kept_passage *kept = &outline->passages.items[i];
        assert_true((uint64_t)kept->start + kept->len <= TEXTS);
        assert_true(kept->section <= outline->headings.count);
    }
    for (uint32_t i = 0; i < outline->fact_count; i++)
        assert_true(outline->facts[i].unit <= outline->facts[i].len);
    assert_true(outline->text_links <= outline->links.count);
}

static void what_is_damaged_is_refused_or_harmless(void **state)
{
    struct arena arena, scratch;
    uint32_t seed = 20251128, read = 0;
    (void)state;
    arena_init(&arena);
    arena_init(&scratch);
    struct str bytes = frozen(&arena);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct outline outline;
        size_t len = round % 4 ? bytes.len : seed % bytes.len;
        char *copy = malloc(len + 1); /* of its own, so that a sanitizer sees what is beyond */
        memcpy(copy, bytes.data, len);
        for (unsigned i = 0; i <= round % 3; i++) {
            seed = seed * 1664525u + 1013904223u;
            if (len)
                copy[(seed >> 8) % len] ^= (char)(1 << (seed >> 28) % 8);
        }
        if (thaw(&scratch, (struct str){copy, len}, &same, &outline)) {
            check(&outline);
            read++;
        }
        free(copy);
        arena_clear(&scratch);
    }
    assert_true(read > 0 && read < ROUNDS);
    arena_release(&scratch);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_comes_back),
        cmocka_unit_test(nothing_more_takes_no_memory),
        cmocka_unit_test(topics_are_renumbered),
        cmocka_unit_test(what_is_damaged_is_refused_or_harmless),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("frozen", tests, NULL, NULL);
}
