/* Texts that are the same, nearly the same, or others; and which record a text belongs to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/likeness.h"
#include "read/recognise.h"

static struct likeness of(const char *text)
{
    struct likeness likeness;
    likeness_of(str_from(text), &likeness);
    return likeness;
}

static bool same(const char *a, const char *b)
{
    struct likeness one = of(a), other = of(b);
    return likeness_same(&one, &other);
}

static void test_layout_does_not_count(void **state)
{
    (void)state;
    assert_true(same("De raad besluit: dit gaat dóór.", "de RAAD\n\n  besluit\fdit gaat door"));
    assert_true(same("co\xC2\xAD\xC3\xB6rdinatie", "coo\xCC\x88rdinatie"));
    assert_true(same("de wachttijden blijven", "de wacht-\n   tijden blijven"));
    assert_true(same("de \xEF\xAC\x81nanciën", "de financiën"));
}

static void test_words_count(void **state)
{
    (void)state;
    assert_false(same("de raad besluit", "de raad besluit niet"));
    assert_false(same("de raad besluit", "besluit de raad"));
    assert_false(same("in Noord-\nHolland", "in NoordHolland"));
    assert_false(same("woon- en werkplek", "woonen werkplek"));
    assert_false(same("een twee", "eentwee"));
    /* No words are not the same as no words. */
    assert_false(same("", ""));
    assert_false(same("... !", "?"));
}

/* Words that come from a number, so that every text of so many is another. */
static struct str make(struct arena *arena, unsigned from, unsigned words)
{
    struct buf text;
    buf_init(&text, arena);
    for (unsigned i = from; i < from + words; i++)
        buf_printf(&text, "woord%u%c", i * 7919 % 100003, i % 9 ? ' ' : '\n');
    return buf_str(&text);
}

static unsigned share(struct str a, struct str b)
{
    struct likeness one, other;
    likeness_of(a, &one);
    likeness_of(b, &other);
    unsigned result = likeness_share(&one, &other);
    assert_int_equal(result, likeness_share(&other, &one));
    return result;
}

static void test_share(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct str text = make(&arena, 0, 4000);
    assert_int_equal(share(text, text), 100);
    assert_in_range(share(text, make(&arena, 4000, 4000)), 0, 1);
    /* 3600 of 4400 words in common: 82 % */
    assert_in_range(share(text, make(&arena, 400, 4000)), 76, 88);
    assert_in_range(share(text, make(&arena, 2000, 4000)), 27, 40);
    assert_int_equal(share(STR(""), text), 0);
    assert_int_equal(share(STR("een"), STR("een")), 100);
    assert_int_equal(share(STR("een"), STR("twee")), 0);
    arena_release(&arena);
}

static struct arena records;

static struct meta meta(const char *title, const char *date, const char *reference)
{
    struct meta_more *more = arena_new(&records, struct meta_more);
    struct meta meta = {.title = str_from(title), .more = more};
    more->reference = str_from(reference);
    date_parse(str_from(date), &meta.date);
    return meta;
}

static void assert_recognised(struct meta text, struct meta record, const char *by)
{
    struct arena arena;
    arena_init(&arena);
    const char *what = recognise(&arena, &text, &record);
    if (!by != !what || (by && strcmp(by, what)))
        fail_msg("'%.*s' is recognised by %s, not %s", STR_ARGS(text.title),
                 what ? what : "nothing", by ? by : "nothing");
    arena_release(&arena);
}

static void test_recognise(void **state)
{
    (void)state;
    arena_init(&records);
    struct meta record =
        meta("Brief over wachttijden in de jeugdhulp", "2025-03-14", "Z/25.0042-J");
    assert_recognised(meta("Anders", "2025-03-14", "z 25 0042 J"), record, "reference");
    assert_recognised(meta("Anders", "", "Z/25.0042-J"), record, "reference");
    /* A file has one reference for many letters. */
    assert_recognised(meta("Uitnodiging", "2025-06-01", "Z/25.0042-J"), record, NULL);
    assert_recognised(meta("Wachttijden in de jeugdhulp", "14 maart 2025", ""), record,
                      "date and title");
    assert_recognised(meta("Wachttijden in de jeugdhulp", "maart 2025", ""), record,
                      "date and title");
    assert_recognised(meta("Heel iets anders", "2025-03-14", ""), record, NULL);
    assert_recognised(meta("BRIEF over wachttijden in de jeugdhulp", "", ""), record, "title");
    assert_recognised(meta("Brief over wachttijden in de jeugdhulp", "2025", ""), record, "title");
    assert_recognised(meta("Brief over wachttijden in de jeugdhulp", "2024-03-14", ""), record,
                      NULL);
    assert_recognised(meta("Brief", "", ""), meta("Brief", "", ""), NULL);
    assert_recognised(meta("", "2025-03-14", ""), meta("", "2025-03-14", ""), NULL);
    assert_recognised(meta("Een", "", "2025"), meta("Twee", "", "2025"), NULL);
    arena_release(&records);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout_does_not_count),
        cmocka_unit_test(test_words_count),
        cmocka_unit_test(test_share),
        cmocka_unit_test(test_recognise),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
