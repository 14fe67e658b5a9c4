/* Twins: which documents say the same in other languages, and what is said of those that do not. */
#include "link/twins.h"

#include "base/arena.h"
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

enum { DOCUMENTS_MAX = 64 };

struct fixture {
    struct arena arena;
    struct diags diags;
    struct snapshot snapshot;
    struct outline documents[DOCUMENTS_MAX];
    uint32_t count;
    struct twins twins;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    arena_init(&fixture->arena);
    diags_init(&fixture->diags, &fixture->arena);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static void add(struct fixture *fixture, enum document_kind kind, const char *path,
                const char *lang, const char *of)
{
    struct outline *document = &fixture->documents[fixture->count++];
    struct meta_more *more = arena_new(&fixture->arena, struct meta_more);
    *document = (struct outline){.kind = kind, .path = str_from(path), .text = NO_ENTRY};
    document->meta.title = str_from(path);
    document->meta.lang = str_from(lang);
    more->translation_of = (struct meta_text){str_from(of), 3, 17};
    document->meta.more = more;
}

static void find(struct fixture *fixture)
{
    struct resolver all;
    resolver_init(&all, &fixture->arena, &fixture->snapshot, fixture->documents, fixture->count);
    twins_init(&fixture->twins, &fixture->arena, &fixture->snapshot, fixture->documents,
               fixture->count, STR("nl"));
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        twins_find(&fixture->twins, (enum document_kind)kind, &all, &fixture->diags);
    diags_sort(&fixture->diags);
}

static void assert_said(const struct fixture *fixture, const char *const *codes, size_t count)
{
    assert_int_equal(fixture->diags.count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fixture->diags.items[i].code, codes[i]);
}

static void test_a_pair(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, DOCUMENT_TOPIC, "topics/dijk.en.md", "en", "dijk");
    add(fixture, DOCUMENT_TOPIC, "topics/dijk.md", "", "");
    add(fixture, DOCUMENT_NOTE, "notes/dijk.md", "", "");
    find(fixture);
    assert_true(twins_are(&fixture->twins, 0, 1));
    assert_false(twins_are(&fixture->twins, 0, 2));
    assert_int_equal(twins_main(&fixture->twins, 0), 1);
    assert_int_equal(twins_in(&fixture->twins, 1, STR("en")), 0);
    assert_int_equal(twins_in(&fixture->twins, 2, STR("en")), NO_DOCUMENT);
    assert_said(fixture, NULL, 0);
}

/* Each may name the other, or one the next. */
static void test_circles(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, DOCUMENT_NOTE, "a.md", "", "b");
    add(fixture, DOCUMENT_NOTE, "b.md", "en", "a");
    add(fixture, DOCUMENT_NOTE, "c.md", "de", "b");
    add(fixture, DOCUMENT_NOTE, "d.md", "fr", "c");
    find(fixture);
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(twins_are(&fixture->twins, i, 0));
        assert_int_equal(twins_main(&fixture->twins, i), 0);
    }
    assert_said(fixture, NULL, 0);
}

static void test_what_is_no_twin(void **state)
{
    static const char *const codes[] = {"translation-missing", "translation-kind",
                                        "translation-language", "translation-twice",
                                        "translation-language"};
    struct fixture *fixture = *state;
    add(fixture, DOCUMENT_NOTE, "a.md", "en", "nergens");
    add(fixture, DOCUMENT_NOTE, "b.md", "en", "t");
    add(fixture, DOCUMENT_NOTE, "c.md", "en", "a");
    add(fixture, DOCUMENT_NOTE, "d.md", "", "");
    add(fixture, DOCUMENT_NOTE, "e.md", "en", "d");
    add(fixture, DOCUMENT_NOTE, "f.md", "EN", "d");
    add(fixture, DOCUMENT_NOTE, "g.md", "en", "g");
    add(fixture, DOCUMENT_TOPIC, "t.md", "", "");
    find(fixture);
    assert_said(fixture, codes, sizeof codes / sizeof *codes);
    assert_true(twins_are(&fixture->twins, 3, 4));
    assert_int_equal(fixture->twins.next[5], 5);
}

static void test_too_many(void **state)
{
    static const char *const codes[] = {"too-many-translations"};
    struct fixture *fixture = *state;
    add(fixture, DOCUMENT_NOTE, "a.md", "", "");
    for (int i = 0; i < TWINS_MAX; i++) {
        struct str path = str_format(&fixture->arena, "n%02d.md", i);
        struct str lang = str_format(&fixture->arena, "x-%d", i);
        add(fixture, DOCUMENT_NOTE, str_cstring(&fixture->arena, path),
            str_cstring(&fixture->arena, lang), "a");
    }
    find(fixture);
    assert_said(fixture, codes, 1);
    assert_int_equal(fixture->twins.next[TWINS_MAX], TWINS_MAX);
}

static void test_fits(void **state)
{
    (void)state;
    assert_true(twins_fits(STR("EN"), STR("en")));
    assert_true(twins_fits(STR("en-GB"), STR("en")));
    assert_false(twins_fits(STR("eng"), STR("en")));
    assert_false(twins_fits(STR("e"), STR("en")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_pair, setup, teardown),
        cmocka_unit_test_setup_teardown(test_circles, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_twin, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_many, setup, teardown),
        cmocka_unit_test(test_fits),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("twins", tests, NULL, NULL);
}
