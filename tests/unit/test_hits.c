/* Passages in which words stand, in a row or near each other. */
#include "search/hits.h"
#include "search/terms.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { GROUP = 5, NODES_MAX = 8 };

/* A group of one document, and a plan over its words that is put together by hand. */
struct fixture {
    struct arena arena;
    struct store store;
    struct concordance concordance;
    struct plan_node nodes[NODES_MAX];
    struct plan plan;
    struct node_pieces pieces[NODES_MAX];
    struct selection selection;
    struct hits hits[NODES_MAX];
    uint32_t children[NODES_MAX];
};

static const char *const passages[] = {
    "een oude dijk bij de sluis en nog een dijk",
    "dijken bij oude sluizen",
    "de sluis ligt ver van alle andere bekende werken zoals een oude dijk",
};

static int make(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){.plan = {.nodes = fixture.nodes}};
    arena_init(&fixture.arena);
    store_init(&fixture.store);
    concordance_begin(&fixture.concordance, &fixture.arena, STEM_DUTCH);
    for (uint32_t i = 0; i < sizeof passages / sizeof *passages; i++)
        concordance_add_passage(&fixture.concordance, 3, i + 1, str_from(passages[i]), false);
    fixture.selection.nodes = fixture.pieces;
    for (uint32_t i = 0; i < NODES_MAX; i++)
        fixture.children[i] = i;
    *state = &fixture;
    return 0;
}

static int drop(void **state)
{
    struct fixture *fixture = *state;
    store_release(&fixture->store);
    arena_release(&fixture->arena);
    return 0;
}

static void add_source(struct fixture *fixture, struct source_pieces *out, const char *stem,
                       struct source source)
{
    struct terms terms;
    struct source *kept = arena_new(&fixture->arena, struct source);
    struct buf block;
    buf_init(&block, &fixture->arena);
    terms_make(&terms, &fixture->concordance, &fixture->arena);
    for (size_t i = 0; i < terms.count; i++)
        if (str_equal(str_from_offset(terms.items[i].key, 1), str_from(stem))) {
            terms_put(&terms, &terms.items[i], &block);
            source.key = terms.items[i].key;
        }
    *kept = source;
    out->source = kept;
    *vec_push(&out->items, &fixture->arena) = (struct piece_read){GROUP, buf_str(&block)};
}

/* A word that is all forms of up to two stems, or the form `pattern` alone. */
static void add_word(struct fixture *fixture, const char *stem, const char *other,
                     const char *pattern)
{
    struct node_pieces *pieces = &fixture->pieces[fixture->plan.count];
    struct source source = {.forms = pattern ? FORMS_EQUAL : FORMS_ALL,
                            .pattern = str_from(pattern)};
    pieces->count = other ? 2 : 1;
    pieces->sources = arena_new_array(&fixture->arena, pieces->count, struct source_pieces);
    add_source(fixture, &pieces->sources[0], stem, source);
    if (other)
        add_source(fixture, &pieces->sources[1], other, source);
    fixture->nodes[fixture->plan.count++] = (struct plan_node){.kind = PLAN_WORD};
}

/* A node over all that come before it, but for the first `skip`. */
static const struct hits *find(struct fixture *fixture, enum plan_kind kind, uint32_t skip,
                               uint32_t distance)
{
    struct query_node *node = arena_new(&fixture->arena, struct query_node);
    uint32_t at = fixture->plan.count;
    node->distance = distance;
    fixture->nodes[fixture->plan.count++] = (struct plan_node){
        .kind = kind, .node = node, .children = fixture->children + skip, .child_count = at - skip};
    for (uint32_t i = 0; i < fixture->plan.count; i++)
        for (size_t j = 0; j < fixture->pieces[i].count; j++)
            fixture->pieces[i].sources[j].at = 0;
    hits_find(fixture->hits, &fixture->plan, &fixture->selection, GROUP, &fixture->arena,
              &fixture->store);
    assert_null(fixture->store.damage);
    return &fixture->hits[at];
}

/* The numbers of passages as digits, and the first word of each place. */
static void expect(struct fixture *fixture, const struct hits *hits, const char *text)
{
    struct buf out;
    buf_init(&out, &fixture->arena);
    for (size_t i = 0; i < hits->items.count; i++) {
        const struct hit *hit = &hits->items.items[i];
        assert_int_equal(hit->document, 3);
        buf_printf(&out, "%s%u:", i ? " " : "", (unsigned)hit->passage);
        for (uint32_t j = 0; j < hit->count; j++)
            buf_printf(&out, "%s%u", j ? "," : "",
                       (unsigned)hits->places.items[hit->first + j].first);
    }
    buf_put_char(&out, '\0');
    assert_string_equal(out.data, text);
}

static void a_word_is_all_its_forms(void **state)
{
    struct fixture *fixture = *state;
    add_word(fixture, "dijk", NULL, NULL);
    find(fixture, PLAN_ANY, 0, 0);
    expect(fixture, &fixture->hits[0], "1:2,9 2:0 3:12");
}

static void an_exact_word_is_one_of_them(void **state)
{
    struct fixture *fixture = *state;
    add_word(fixture, "dijk", NULL, "dijken");
    find(fixture, PLAN_ANY, 0, 0);
    expect(fixture, &fixture->hits[0], "2:0");
}

static void sources_become_one_list(void **state)
{
    struct fixture *fixture = *state;
    add_word(fixture, "sluis", "dijk", NULL);
    find(fixture, PLAN_ANY, 0, 0);
    expect(fixture, &fixture->hits[0], "1:2,5,9 2:0,3 3:1,12");
}

static void a_phrase_stands_in_a_row(void **state)
{
    struct fixture *fixture = *state;
    add_word(fixture, "oud", NULL, NULL);
    add_word(fixture, "dijk", NULL, NULL);
    const struct hits *hits = find(fixture, PLAN_PHRASE, 0, 0);
    expect(fixture, hits, "1:1 3:11");
    assert_int_equal(hits->places.items[0].last, 2);
}

static void words_are_near_within_a_distance(void **state)
{
    struct fixture *fixture = *state;
    add_word(fixture, "sluis", NULL, NULL);
    add_word(fixture, "dijk", NULL, NULL);
    expect(fixture, find(fixture, PLAN_NEAR, 0, 1), "");
    fixture->plan.count = 2;
    expect(fixture, find(fixture, PLAN_NEAR, 0, 2), "1:2,5 2:0,3");
    fixture->plan.count = 2;
    expect(fixture, find(fixture, PLAN_NEAR, 0, 0), "1: 2: 3:"); /* in a passage at all */
    fixture->plan.count = 2;
    expect(fixture, find(fixture, PLAN_NEAR, 0, 10), "1:2,5,5,9 2:0,3 3:1,12");
}

static void the_words_of_a_phrase_are_none_between(void **state)
{
    struct fixture *fixture = *state;
    add_word(fixture, "een", NULL, NULL);
    add_word(fixture, "oud", NULL, NULL);
    add_word(fixture, "dijk", NULL, NULL);
    find(fixture, PLAN_PHRASE, 0, 0);
    add_word(fixture, "sluis", NULL, NULL);
    expect(fixture, find(fixture, PLAN_NEAR, 3, 1), "");
    fixture->plan.count = 5;
    expect(fixture, find(fixture, PLAN_NEAR, 3, 2), "1:0,5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_word_is_all_its_forms, make, drop),
        cmocka_unit_test_setup_teardown(an_exact_word_is_one_of_them, make, drop),
        cmocka_unit_test_setup_teardown(sources_become_one_list, make, drop),
        cmocka_unit_test_setup_teardown(a_phrase_stands_in_a_row, make, drop),
        cmocka_unit_test_setup_teardown(words_are_near_within_a_distance, make, drop),
        cmocka_unit_test_setup_teardown(the_words_of_a_phrase_are_none_between, make, drop)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
