/* The language packs, as the program carries them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "write/language.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct assets assets;
    struct language nl, en;
    char *printed;
    size_t printed_size;
};

static const char *diagnostics(struct fixture *fixture)
{
    free(fixture->printed);
    FILE *out = open_memstream(&fixture->printed, &fixture->printed_size);
    diags_print(&fixture->diags, out);
    fclose(out);
    return fixture->printed;
}

static void open_pack(struct fixture *fixture, struct language *language, struct str code)
{
    struct err err = {""};
    int status =
        language_open(language, &fixture->arena, &fixture->assets, code, &fixture->diags, &err);
    assert_string_equal(diagnostics(fixture), "");
    assert_string_equal(err.message, "");
    assert_int_equal(status, 0);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct err err;
    *state = fixture;
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    if (assets_open(&fixture->assets, &fixture->arena, NULL, NULL, &err))
        return -1;
    open_pack(fixture, &fixture->nl, STR("nl"));
    open_pack(fixture, &fixture->en, STR("en"));
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    free(fixture->printed);
    free(fixture);
    return 0;
}

static void assert_text(struct fixture *fixture, struct str text, const char *expected)
{
    assert_string_equal(str_cstring(&fixture->arena, text), expected);
}

/* Fails where `b` lacks what `a` has, or has it in another shape or empty. */
static void compare(const struct value *a, const struct value *b, const char *name)
{
    if (!b || a->kind != b->kind || (a->kind == VALUE_TEXT && !b->text.len) ||
        (a->kind == VALUE_LIST && a->list.count != b->list.count))
        fail_msg("'%s' is not in both languages", name);
    for (size_t i = 0; a->kind == VALUE_LIST && i < a->list.count; i++)
        compare(a->list.items[i], b->list.items[i], name);
    for (size_t i = 0; a->kind == VALUE_OBJECT && i < a->fields.count; i++) {
        char path[200];
        const struct field *field = &a->fields.items[i];
        snprintf(path, sizeof path, "%s%s%.*s", name, *name ? "." : "", STR_ARGS(field->name));
        compare(field->value, value_get(b, field->name), path);
    }
}

static void test_packs_have_the_same_keys(void **state)
{
    struct fixture *fixture = *state;
    assert_true(language_texts(&fixture->nl)->fields.count > 150);
    compare(language_texts(&fixture->nl), language_texts(&fixture->en), "");
    compare(language_texts(&fixture->en), language_texts(&fixture->nl), "");
}

static const struct value *group(const struct language *language, struct str name)
{
    return value_get(language_texts(language), name);
}

static void test_kinds_have_a_plural(void **state)
{
    struct fixture *fixture = *state;
    const struct value *kinds = group(&fixture->nl, STR("kinds"));
    compare(kinds, group(&fixture->nl, STR("kinds_plural")), "kinds");
    compare(group(&fixture->nl, STR("kinds_plural")), kinds, "kinds_plural");
}

/* The inverse of a relation that has a name of its own is called what that relation is called. */
static void test_relations_are_pairs(void **state)
{
    struct fixture *fixture = *state;
    const struct value *relations = group(&fixture->nl, STR("relations"));
    assert_true(relations->fields.count > 10);
    for (size_t i = 0; i < relations->fields.count; i++)
        assert_int_equal(relations->fields.items[i].value->list.count, 2);
    struct arena *arena = &fixture->arena;
    const struct language *nl = &fixture->nl;
    assert_text(fixture, language_relation(nl, arena, STR("part_of")), "onderdeel van");
    assert_text(fixture, language_inverse(nl, arena, STR("part_of")), "omvat");
    assert_true(str_equal(language_inverse(nl, arena, STR("supervised_by")),
                          language_relation(nl, arena, STR("supervises"))));
    assert_text(fixture, language_relation(nl, arena, STR("sells_to")), "sells to");
    assert_text(fixture, language_inverse(nl, arena, STR("sells_to")),
                "als ‘sells to’ genoemd bij");
    assert_text(fixture, language_inverse(&fixture->en, arena, STR("funded_by")), "funds");
}

static void test_addresses(void **state)
{
    struct fixture *fixture = *state;
    assert_text(fixture, language_text(&fixture->nl, "folders.topics"), "onderwerpen");
    assert_text(fixture, language_text(&fixture->en, "folders.topics"), "topics");
    assert_text(fixture, language_text(&fixture->nl, "pages.connections"), "verbanden");
    assert_text(fixture, language_list_id(&fixture->nl, &fixture->arena, DOCUMENT_SOURCE),
                "bronnen/index");
    assert_text(fixture, language_text(&fixture->nl, "folders"), "");
    assert_text(fixture, language_text(&fixture->nl, "no.such.key"), "");
}

static void test_kinds(void **state)
{
    struct fixture *fixture = *state;
    assert_text(fixture, language_kind(&fixture->nl, STR("organisation")), "organisatie");
    assert_text(fixture, language_kind(&fixture->nl, STR("Kamerbrief")), "Kamerbrief");
    assert_text(fixture, language_kind(&fixture->en, STR("KAMERBRIEF")), "letter to parliament");
    assert_text(fixture, language_kind_plural(&fixture->nl, STR("law")), "Wetten");
    assert_text(fixture, language_kind(&fixture->nl, STR("Persbericht <x>")), "Persbericht <x>");
    struct str long_kind = {arena_alloc(&fixture->arena, 10000), 10000};
    assert_true(str_equal(language_kind(&fixture->nl, long_kind), long_kind));
}

static void test_counts(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = &fixture->arena;
    assert_text(fixture, language_count(&fixture->nl, arena, "passage", 1), "1 passage");
    assert_text(fixture, language_count(&fixture->nl, arena, "passage", 0), "0 passages");
    assert_text(fixture, language_count(&fixture->nl, arena, "source", 12345), "12.345 bronnen");
    assert_text(fixture, language_count(&fixture->en, arena, "source", 1000), "1,000 sources");
    assert_text(fixture, language_number(&fixture->nl, arena, UINT64_MAX),
                "18.446.744.073.709.551.615");
    assert_text(fixture, language_number(&fixture->nl, arena, 999), "999");
}

static void test_dates(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = &fixture->arena;
    const struct language *nl = &fixture->nl;
    assert_text(fixture, language_date(nl, arena, (struct date){2025, 1, 17}), "17 januari 2025");
    assert_text(fixture, language_date(nl, arena, (struct date){2024, 10, 0}), "oktober 2024");
    assert_text(fixture, language_date(nl, arena, (struct date){2022, 0, 0}), "2022");
    assert_text(fixture, language_date(nl, arena, (struct date){0}), "");
    assert_text(fixture, language_date(nl, arena, (struct date){2022, 13, 1}), "2022");
    assert_text(fixture, language_date(&fixture->en, arena, (struct date){2025, 12, 1}),
                "1 December 2025");
    assert_text(fixture, language_moment(nl, arena, (struct moment){1735689599, 60}),
                "1 januari 2025");
}

/* The Dutch pack with one text put for another. */
static struct str pack_with(struct fixture *fixture, const char *from, const char *to)
{
    struct str source = assets_find(&fixture->assets, STR("theme/languages/nl.yaml"))->content;
    ptrdiff_t at = str_find(source, str_from(from));
    assert_true(at != STR_NONE);
    struct buf out;
    buf_init(&out, &fixture->arena);
    buf_put(&out, str_slice(source, 0, (size_t)at));
    buf_put_cstring(&out, to);
    buf_put(&out, str_from_offset(source, (size_t)at + strlen(from)));
    return buf_str(&out);
}

static void assert_refused(struct fixture *fixture, struct str source, const char *message)
{
    struct language language;
    diags_init(&fixture->diags, &fixture->arena);
    assert_false(language_read(&language, &fixture->arena,
                               (struct place){.path = STR("xx.yaml"), .line = 1}, source,
                               &fixture->diags));
    assert_non_null(strstr(diagnostics(fixture), message));
}

static void test_packs_that_cannot_be_used(void **state)
{
    struct fixture *fixture = *state;
    assert_refused(fixture, STR(""), "xx.yaml:1: error: 'language pack' must be a map");
    assert_refused(fixture, STR("- a\n"), "xx.yaml:1:1: error: 'language pack' must be a map");
    assert_refused(fixture, pack_with(fixture, "  topics: onderwerpen", "  topics: ../../etc"),
                   "error: 'topics' may be named with lower-case letters");
    assert_refused(fixture, pack_with(fixture, "  topics: onderwerpen", "  topics: [a]"),
                   "error: 'topics' must have a name");
    assert_refused(fixture, pack_with(fixture, "  topics: onderwerpen\n", ""),
                   "error: 'topics' must have a name");
    assert_refused(fixture, pack_with(fixture, "  sources: bronnen", "  sources: onderwerpen"),
                   "error: 'sources' has the name of another");
    assert_refused(fixture, pack_with(fixture, "december]", "december, smarch]"),
                   "error: 'months' must be a list of twelve names");
    assert_refused(fixture, pack_with(fixture, ", december]", "]"),
                   "error: 'months' must be a list of twelve names");
    assert_refused(fixture, pack_with(fixture, "code: nl", "code:"), "error: 'code' is not named");
}

static void test_codes_that_are_no_pack(void **state)
{
    struct fixture *fixture = *state;
    struct language language;
    struct err err;
    static const char *const codes[] = {"", "xx", "../languages/nl", "NL", "nl.yaml"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(language_open(&language, &fixture->arena, &fixture->assets,
                                       str_from(codes[i]), &fixture->diags, &err),
                         -1);
        assert_non_null(strstr(err.message, "there is no language pack"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_packs_have_the_same_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kinds_have_a_plural, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_relations_are_pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_addresses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kinds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_packs_that_cannot_be_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_codes_that_are_no_pack, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
