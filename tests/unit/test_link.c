/* How text is folded, what pages are called, and that neither names nor links take more than linear
 * time and memory. What is matched and resolved is in tests/spec/matching.md and links.md. */
#include "base/arena.h"
#include "base/buf.h"
#include "link/catalog.h"
#include "link/fold.h"
#include "link/matcher.h"
#include "link/naming.h"
#include "link/resolve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

/* Each folded byte knows where it came from, and the end too. */
static void folded_text_leads_back(void **state)
{
    struct str text = STR("É\xC2\xAD\xC2\xA0\t ﬁE\xCC\x81‑’\xFF");
    struct folded folded = fold_text(*state, text);
    assert_true(str_starts(folded.text, STR("e fie-'")));
    for (size_t i = 1; i <= folded.text.len; i++)
        assert_true(folded.offsets[i] >= folded.offsets[i - 1]);
    assert_int_equal(folded.offsets[1], 4); /* the space: behind the soft hyphen */
    assert_int_equal(folded.offsets[folded.text.len], text.len);
    assert_int_equal(fold_text(*state, STR("")).text.len, 0);
}

/* Names inside one another: as many matches as names at every word, of which one is kept. */
static void nested_names_take_little_memory(void **state)
{
    enum { NAMES = 60, WORDS = 100000 };
    struct arena *arena = *state, scratch;
    struct name names[NAMES];
    struct buf name, text;
    struct matches found = {0};
    buf_init(&name, arena);
    buf_init(&text, arena);
    arena_init(&scratch);
    for (uint32_t i = 0; i < NAMES; i++) {
        buf_put(&name, i ? STR(" aa") : STR("aa"));
        names[i] = (struct name){str_copy(arena, buf_str(&name)), i, NAME_ANY_CASE, false, false};
    }
    for (int i = 0; i < WORDS; i++)
        buf_put(&text, STR("aa "));
    matcher_find(matcher_build(arena, names, NAMES), &scratch, buf_str(&text), &scratch, &found);
    assert_int_equal(found.items.count, (WORDS + NAMES - 1) / NAMES);
    for (size_t i = 0; i + 1 < found.items.count; i++)
        assert_int_equal(found.items.items[i].topic, NAMES - 1);
    assert_true(arena_size(&scratch) < 20 * text.len);
    arena_release(&scratch);
}

/* Plain text is folded several bytes at once, a wide letter and what stands beside it alone: it is
 * the same wherever such a letter stands. */
static void ascii_folds_like_other_text(void **state)
{
    uint32_t random = 1;
    for (unsigned round = 0; round < 5000; round++) {
        char bytes[40];
        size_t len = round % 37;
        for (size_t i = 0; i < len; i++) {
            random = random * 1664525 + 1013904223;
            bytes[i] = "aBcZ'9e.  --\t\nkL"[random >> 28];
        }
        struct str text = {bytes, len}, wide = str_format(*state, "\xC3\xA9.%.*s", STR_ARGS(text));
        struct folded plain = fold_text(*state, text), behind = fold_text(*state, wide);
        assert_true(str_equal(plain.text, str_from_offset(behind.text, 2)));
        for (size_t i = 0; i <= plain.text.len; i++)
            assert_int_equal(fold_offset(&plain, i) + 3, fold_offset(&behind, i + 2));
        arena_clear(*state);
    }
}

/* Names that begin like others, of each length: none is passed over by its first bytes. */
static void names_of_any_length_are_found(void **state)
{
    enum { LONGEST = 40, HEADS = 26, NAMES = LONGEST * HEADS };
    struct arena *arena = *state;
    struct name *names = arena_new_array(arena, NAMES, struct name);
    for (uint32_t i = 0; i < NAMES; i++) {
        struct buf name;
        buf_init(&name, arena);
        buf_put_char(&name, (char)('a' + i % HEADS));
        for (uint32_t k = 0; k < i / HEADS; k++)
            buf_put_char(&name, (char)("kalende ren"[k % 11]));
        names[i] = (struct name){buf_str(&name), i, NAME_ANY_CASE, false, false};
    }
    const struct matcher *matcher = matcher_build(arena, names, NAMES);
    for (uint32_t i = 0; i < NAMES; i++) {
        struct matches found = {0};
        struct str text = str_format(arena, "Zo- %.*s", STR_ARGS(names[i].text));
        if (str_ends(text, STR(" ")))
            continue;
        matcher_find(matcher, arena, text, arena, &found);
        assert_int_equal(found.items.count, 1);
        assert_int_equal(found.items.items[0].topic, i);
    }
}

static struct outline note(struct arena *arena, const char *path)
{
    return (struct outline){
        .path = str_copy(arena, str_from(path)), .kind = DOCUMENT_NOTE, .meta.more = &meta_nothing};
}

static const struct naming dutch = {
    .folders = {{"onderwerpen", 11}, {"bronnen", 7}, {"notities", 8}},
    .fallback_slug = {"x", 1},
    .reserved = (const struct str[]){{"zoeken", 6}},
    .reserved_count = 1,
};

static void pages_are_called_after_files(void **state)
{
    static const char *const names[][2] = {
        {"README.md", "index"},
        {"notes/Één Notitie.md", "notities/een-notitie"},
        {"notes/a/index.md", "notities/a/index"},
        {"Map & Meer/B.C.md", "map-meer/b-c"},
        {"zoeken.md", "zoeken-2"},
        {"Zoeken!.md", "zoeken-3"},
        {"zoeken-2.md", "zoeken-2-2"},
        {"🙂/🙃.md", "x/x"},
        {"topics/README.md", "onderwerpen/index"},
    };
    enum { COUNT = sizeof names / sizeof *names };
    struct outline documents[COUNT];
    struct diags diags;
    diags_init(&diags, *state);
    for (size_t i = 0; i < COUNT; i++)
        documents[i] = note(*state, names[i][0]);
    naming_assign(*state, &dutch, documents, COUNT, &diags);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(str_equal(documents[i].id, str_from(names[i][1])));
    assert_int_equal(diags_count(&diags, DIAG_ERROR), 3);
}

static void page_names_fit_a_file_system(void **state)
{
    struct arena *arena = *state;
    struct buf path;
    struct outline documents[2];
    buf_init(&path, arena);
    for (int i = 0; i < 150; i++)
        buf_put(&path, STR("ж"));
    documents[0] = (struct outline){.path = str_format(arena, "%.*s.md", STR_ARGS(buf_str(&path))),
                                    .meta.more = &meta_nothing};
    documents[1] = documents[0];
    documents[0].kind = documents[1].kind = DOCUMENT_NOTE;
    naming_assign(arena, &dutch, documents, 2, NULL);
    assert_int_equal(documents[0].id.len, 200);
    assert_true(str_ends(documents[0].id, STR("ж")));
    assert_true(str_ends(documents[1].id, STR("ж-2")));
}

static void clashing_names_take_little_memory(void **state)
{
    enum { COUNT = 20000 };
    struct arena *arena = *state;
    struct outline *documents = arena_new_array(arena, COUNT, struct outline);
    for (size_t i = 0; i < COUNT; i++)
        documents[i] = note(arena, "!.md");
    size_t before = arena_size(arena);
    naming_assign(arena, &dutch, documents, COUNT, NULL);
    assert_true(str_equal(documents[COUNT - 1].id, STR("x-20000")));
    assert_true(arena_size(arena) - before < COUNT * 1000);
}

static void leads_to(struct resolver *resolver, struct arena *arena, uint32_t from,
                     const char *target, const char *path)
{
    struct resolution found = resolve_wikilink(resolver, arena, from, str_from(target));
    assert_int_not_equal(found.to.document, NO_DOCUMENT);
    assert_string_equal(str_cstring(arena, resolver->documents[found.to.document].path), path);
    assert_int_not_equal(found.other, found.to.document);
}

/* Of a name that a crowd has the document in the same folder is meant, or the one below it, or in
 * the folder that is named; where there is none, the one with the shortest path. */
static void folders_tell_a_crowd_apart(void **state)
{
    enum { FOLDERS = 3000, COUNT = 2 * FOLDERS + 2 };
    struct arena *arena = *state;
    struct outline *documents = arena_new_array(arena, COUNT, struct outline);
    struct snapshot snapshot = {0};
    struct resolver resolver;
    for (uint32_t i = 0; i < COUNT; i++)
        documents[i].meta = (struct meta){.title = STR("Zo"), .more = &meta_nothing};
    documents[0].path = STR("a-b.md");
    for (uint32_t i = 0; i < FOLDERS; i++) {
        documents[2 * i + 1].path = str_format(arena, "deep/f%04u-x/note.md", i);
        documents[2 * i + 2].path = str_format(arena, "deep/f%04u/index.md", i);
    }
    documents[COUNT - 1].path = STR("z/index.md");
    resolver_init(&resolver, arena, &snapshot, documents, COUNT);
    for (uint32_t i = 0; i < FOLDERS; i += 271) {
        const char *own = str_cstring(arena, documents[2 * i + 2].path);
        leads_to(&resolver, arena, 2 * i + 2, "index", own);
        leads_to(&resolver, arena, 2 * i + 2, "Zo", own);
        leads_to(&resolver, arena, 0, str_cstring(arena, str_format(arena, "F%04u/index", i)), own);
        leads_to(&resolver, arena, 2 * i + 1, "index", "z/index.md");
    }
    assert_int_not_equal(resolve_wikilink(&resolver, arena, 1, STR("index")).other, NO_DOCUMENT);
    assert_int_equal(resolve_wikilink(&resolver, arena, 1, STR("no/index")).to.document,
                     NO_DOCUMENT);
    leads_to(&resolver, arena, 1, "Z/Index", "z/index.md");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(folded_text_leads_back),
        TEST(nested_names_take_little_memory),
        TEST(ascii_folds_like_other_text),
        TEST(names_of_any_length_are_found),
        TEST(pages_are_called_after_files),
        TEST(page_names_fit_a_file_system),
        TEST(clashing_names_take_little_memory),
        TEST(folders_tell_a_crowd_apart),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
