/* References: what each format makes of ordinary and of hostile metadata. */
#include "base/arena.h"
#include "write/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* behind those that it needs */
#include <cmocka.h>

static struct arena arena;

static void assert_text(const struct buf *out, const char *expected)
{
    assert_string_equal(str_cstring(&arena, buf_str(out)), expected);
}

static struct meta hostile(void)
{
    static const struct meta_more more = {.issuer = {"TY  - RPRT\r\nER  - ", 17},
                                          .url = {"https://a.example/{b}\\c?d=1", 27}};
    return (struct meta){.title = STR("50% {of} #1\n\r\tA & B \\input{x}_y \"q\" \xF0\x9F\x8C\x8A"),
                         .kind = STR("Regiorapport"),
                         .more = &more,
                         .date = {2024, 5, 0}};
}

static void bibtex_escapes(void **state)
{
    (void)state;
    struct meta meta = hostile();
    struct reference reference = {STR("a-b"), &meta};
    struct buf out;
    buf_init(&out, &arena);
    reference_put_bibtex(&out, &reference);
    assert_text(&out, "@report{a-b,\n"
                      "  author = {{TY - RPRT ER -}},\n"
                      "  title = {{50\\% \\textbraceleft{}of\\textbraceright{} \\#1 A \\& B "
                      "\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}\\_y \"q\" "
                      "\xF0\x9F\x8C\x8A}},\n"
                      "  date = {2024-05},\n"
                      "  institution = {{TY - RPRT ER -}},\n"
                      "  type = {Regiorapport},\n"
                      "  url = {https://a.example/%7Bb%7D%5Cc?d=1}\n"
                      "}\n");
}

static void authors_are_told_apart(void **state)
{
    (void)state;
    struct meta_more more = {.author = STR("A & B, C")};
    struct meta meta = {.title = STR("T"), .more = &more};
    struct reference reference = {STR("a"), &meta};
    struct buf out;
    *vec_push(&more.authors.texts, &arena) = (struct meta_text){STR("A & B"), 1, 1};
    *vec_push(&more.authors.texts, &arena) = (struct meta_text){STR("C"), 1, 1};
    buf_init(&out, &arena);
    reference_put_bibtex(&out, &reference);
    reference_put_ris(&out, &reference);
    reference_put_csl(&out, &reference);
    assert_text(&out, "@misc{a,\n  author = {{A \\& B} and {C}},\n  title = {{T}}\n}\n"
                      "TY  - GEN\r\nID  - a\r\nTI  - T\r\nAU  - A & B\r\nAU  - C\r\nER  - \r\n"
                      "{\"id\":\"a\",\"type\":\"document\",\"title\":\"T\","
                      "\"author\":[{\"literal\":\"A & B\"},{\"literal\":\"C\"}]}");
}

static void ris_has_one_record(void **state)
{
    (void)state;
    struct meta meta = hostile();
    struct reference reference = {STR("a-b"), &meta};
    struct buf out;
    buf_init(&out, &arena);
    reference_put_ris(&out, &reference);
    assert_text(&out, "TY  - RPRT\r\nID  - a-b\r\n"
                      "TI  - 50% {of} #1 A & B \\input{x}_y \"q\" \xF0\x9F\x8C\x8A\r\n"
                      "AU  - TY - RPRT ER -\r\nPB  - TY - RPRT ER -\r\n"
                      "PY  - 2024\r\nDA  - 2024/05//\r\nM3  - Regiorapport\r\n"
                      "UR  - https://a.example/{b}\\c?d=1\r\nER  - \r\n");
}

static void csl_is_exact(void **state)
{
    (void)state;
    struct meta_more more = {.author = STR("A")};
    struct meta meta = {.title = STR("T \"x\""),
                        .more = &more,
                        .kind = STR("brief"),
                        .language = STR("nl"),
                        .date = {2025, 1, 17}};
    struct reference reference = {STR("k"), &meta};
    struct buf out;
    buf_init(&out, &arena);
    reference_put_csl(&out, &reference);
    assert_text(&out, "{\"id\":\"k\",\"type\":\"personal_communication\",\"title\":\"T \\\"x\\\"\","
                      "\"author\":[{\"literal\":\"A\"}],\"issued\":{\"date-parts\":[[2025,1,17]]},"
                      "\"genre\":\"brief\",\"language\":\"nl\"}");
}

static void nothing_known_is_left_out(void **state)
{
    (void)state;
    struct meta meta = {.title = STR("T"), .more = &meta_nothing};
    struct reference reference = {STR("k"), &meta};
    struct buf out;
    buf_init(&out, &arena);
    reference_put_bibtex(&out, &reference);
    assert_text(&out, "@misc{k,\n  title = {{T}}\n}\n");
    buf_clear(&out);
    reference_put_csl(&out, &reference);
    assert_text(&out, "{\"id\":\"k\",\"type\":\"document\",\"title\":\"T\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bibtex_escapes),
        cmocka_unit_test(authors_are_told_apart),
        cmocka_unit_test(ris_has_one_record),
        cmocka_unit_test(csl_is_exact),
        cmocka_unit_test(nothing_known_is_left_out),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    arena_init(&arena);
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
