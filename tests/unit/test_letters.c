/* Letters as the index has them, beside what utf8proc says of them. */
#include "base/utf8.h"
#include "search/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Latin, Greek and Cyrillic, general punctuation and signs. */
static const uint32_t blocks[][2] = {
    {0, 0x530}, {0x1E00, 0x1F00}, {0x2000, 0x2070}, {0x2190, 0x2C00}};

static bool is_unassigned(uint32_t c)
{
    return c == 0x378 || c == 0x379 || (c >= 0x380 && c < 0x384) || c == 0x38B || c == 0x38D ||
           c == 0x3A2;
}

static void fold(char *out, const char *text)
{
    struct str all = str_from(text);
    size_t len = 0;
    for (size_t at = 0; at < all.len;)
        len += letters_fold(letters_next(all, &at), out + len);
    out[len] = '\0';
}

static void letters_lose_case_and_accents(void **state)
{
    static const char *const pairs[][2] = {{"Één", "een"},
                                           {"CAFÉ", "cafe"},
                                           {"Straße", "strasse"},
                                           {"ŒUVRE", "oeuvre"},
                                           {"Ĳsland", "ijsland"},
                                           {"ĳs", "ijs"},
                                           {"Ærø", "aero"},
                                           {"Łódź", "lodz"},
                                           {"Þór", "thor"},
                                           {"ﬁnancieel", "financieel"},
                                           {"eﬃciënt", "efficient"},
                                           {"ẞ", "ss"},
                                           {"Việt", "viet"},
                                           {"ΆΛΦΑς", "αλφασ"},
                                           {"Ёлка", "елка"},
                                           {"Й", "и"},
                                           {"ЀҐ", "еґ"},
                                           {"Ａ１", "a1"},
                                           {"K", "k"},
                                           {"ŉ", "n"},
                                           {"e\xCC\x81", "e"},
                                           {"zo\xC2\xADja", "zoja"},
                                           {"’s", "'s"},
                                           {"a‐b", "a-b"}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char folded[64];
        fold(folded, pairs[i][0]);
        assert_string_equal(folded, pairs[i][1]);
    }
}

static void classes_are_those_of_unicode(void **state)
{
    (void)state;
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
        for (uint32_t c = blocks[b][0]; c < blocks[b][1]; c++) {
            bool mark = (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48A);
            bool letter = !mark && (utf8_is_letter(c) || utf8_is_digit(c));
            bool modifier = c >= 0x2B0 && c < 0x300; /* no letters of a word in a European text */
            if (!modifier && !is_unassigned(c) && letter != (letters_class(c) == LETTER_WORD))
                fail_msg("U+%04X has class %d", (unsigned)c, (int)letters_class(c));
            if (utf8_is_format(c) && letters_class(c) != LETTER_MARK)
                fail_msg("U+%04X is not invisible", (unsigned)c);
            assert_true(letters_is_space(c) == utf8_is_space(c));
        }
}

/* A letter with an accent and the same as two code points are one. */
static void compositions_fold_as_their_parts(void **state)
{
    (void)state;
    for (size_t b = 0; b < 2; b++)
        for (uint32_t c = blocks[b][0]; c < blocks[b][1]; c++) {
            uint32_t parts[UTF8_DECOMPOSED_MAX];
            char whole[LETTERS_MAX], first[LETTERS_MAX];
            size_t count = utf8_decompose(c, parts), len = letters_fold(c, whole);
            bool rare = (c >= 0x3D0 && c < 0x400) ||
                        (c > 0x460 && c < 0x530); /* letters of no state's language */
            if (letters_class(c) != LETTER_WORD || count < 2 ||
                letters_class(parts[1]) != LETTER_MARK || rare)
                continue;
            if (len != letters_fold(parts[0], first) || memcmp(whole, first, len))
                fail_msg("U+%04X is not its first part", (unsigned)c);
        }
}

static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x11000; c++) {
        char once[LETTERS_MAX], again[LETTERS_MAX];
        size_t len = letters_fold(c, once), at = 0;
        assert_true(len <= LETTERS_MAX);
        if (c >= 0xD800 && c < 0xE000)
            continue;
        while (at < len) {
            size_t start = at;
            size_t length = letters_fold(letters_next((struct str){once, len}, &at), again);
            if (length != at - start || memcmp(again, once + start, length))
                fail_msg("U+%04X", (unsigned)c);
        }
    }
}

static void broken_bytes_are_replaced_one_by_one(void **state)
{
    static const char bytes[] =
        "\xFF\xC3\xE2\x82\xC0\xAF\xED\xA0\x80\xF4\x90\x80\x80\xF5z\xE2\x82\xAC\xF0\x9F";
    (void)state;
    struct str text = {bytes, sizeof bytes - 1};
    for (size_t at = 0, other = 0; at < text.len;) {
        uint32_t c = letters_next(text, &at);
        assert_int_equal(c, utf8_next(text, &other));
        assert_int_equal(at, other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(letters_lose_case_and_accents),
                                       cmocka_unit_test(classes_are_those_of_unicode),
                                       cmocka_unit_test(compositions_fold_as_their_parts),
                                       cmocka_unit_test(folding_twice_changes_nothing),
                                       cmocka_unit_test(broken_bytes_are_replaced_one_by_one)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
