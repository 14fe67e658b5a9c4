/* Escaping for HTML, URLs, CSV and JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "write/escape.h"

typedef void escape(struct buf *out, struct str text);

static void assert_bytes(escape *function, struct str text, struct str expected)
{
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out, &arena);
    function(&out, text);
    if (!str_equal(buf_str(&out), expected))
        print_message("# '%.*s' instead of '%.*s'\n", STR_ARGS(buf_str(&out)), STR_ARGS(expected));
    assert_true(str_equal(buf_str(&out), expected));
    arena_release(&arena);
}

#define CHECK(function, text, expected) assert_bytes(function, STR(text), STR(expected))

#define REPLACED "\xEF\xBF\xBD"

static void test_html(void **state)
{
    (void)state;
    CHECK(escape_html, "", "");
    CHECK(escape_html, "plain, caf\xC3\xA9 \xE2\x82\xAC 5", "plain, caf\xC3\xA9 \xE2\x82\xAC 5");
    CHECK(escape_html, "<a href=\"x\" b='y'>&amp;",
          "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
    CHECK(escape_html, "\t\r\n", "\t\r\n");
    CHECK(escape_html, "a\0b\x0C\x1B\x7F", "a" REPLACED "b" REPLACED REPLACED REPLACED);
    CHECK(escape_html, "\xC2\x85\xC2\xA0", REPLACED "\xC2\xA0");
    CHECK(escape_html, "\xEF\xBF\xBE\xEF\xB7\x90\xEF\xBF\xBD", REPLACED REPLACED REPLACED);
    CHECK(escape_html, "\xC3<", REPLACED "&lt;");
    CHECK(escape_html, "\xE2\x82", REPLACED REPLACED);
    assert_bytes(escape_html, (struct str){NULL, 0}, STR(""));
}

static void test_path(void **state)
{
    (void)state;
    CHECK(escape_path, "onderwerpen/elker.html", "onderwerpen/elker.html");
    CHECK(escape_path, "javascript:x", "javascript%3Ax");
    CHECK(escape_path, "a b?c#d%20&'\"", "a%20b%3Fc%23d%2520%26%27%22");
    CHECK(escape_path, "\xC3\xA9\xff\n", "%C3%A9%FF%0A");
    CHECK(escape_path, "//host/x", "/%2Fhost/x");
    CHECK(escape_path, "\\\\host", "%5C%5Chost");
    CHECK(escape_path, "/a//b", "/a//b");
}

static void test_url(void **state)
{
    (void)state;
    CHECK(escape_url, "https://a.nl:8/b?c=d&e=%20#f'[1]", "https://a.nl:8/b?c=d&e=%20#f'[1]");
    CHECK(escape_url, "https://a.nl/100% x%2", "https://a.nl/100%25%20x%252");
    CHECK(escape_url, "java\nscript:\"<x>\\", "java%0Ascript:%22%3Cx%3E%5C");
    CHECK(escape_url, "https://caf\xC3\xA9.nl/\x7F\0%", "https://caf%C3%A9.nl/%7F%00%25");
}

static void test_csv(void **state)
{
    (void)state;
    CHECK(escape_csv, "", "");
    CHECK(escape_csv, "plain; 'text'", "plain; 'text'");
    CHECK(escape_csv, "a,b", "\"a,b\"");
    CHECK(escape_csv, "the \"word\"", "\"the \"\"word\"\"\"");
    CHECK(escape_csv, "a\r\nb", "\"a\r\nb\"");
    CHECK(escape_csv, "=1+1", "=1+1");
    CHECK(escape_csv, "\xFF,", "\"" REPLACED ",\"");
}

static void test_json(void **state)
{
    (void)state;
    CHECK(escape_json, "", "\"\"");
    CHECK(escape_json, "a/\"b\"\\", "\"a/\\\"b\\\"\\\\\"");
    CHECK(escape_json, "\n\r\t\b\x1f\0", "\"\\n\\r\\t\\u0008\\u001f\\u0000\"");
    CHECK(escape_json, "caf\xC3\xA9 \xF0\x9F\x99\x82", "\"caf\xC3\xA9 \xF0\x9F\x99\x82\"");
    CHECK(escape_yaml, "a: \"b\" \\c # d", "\"a: \\\"b\\\" \\\\c # d\"");
    CHECK(escape_json, "\xC3\xED\xA0\x80", "\"" REPLACED REPLACED REPLACED REPLACED "\"");
}

/* Whatever comes in: every byte, and every pair of bytes. */
static void test_what_comes_out_is_utf8(void **state)
{
    (void)state;
    escape *const functions[] = {escape_html, escape_path, escape_url, escape_csv, escape_json};
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out, &arena);
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char bytes[] = {(char)(pair >> 8), (char)(pair & 255)};
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
            buf_clear(&out);
            functions[i](&out, (struct str){bytes, 2});
            if (utf8_valid_length(buf_str(&out)) != out.len)
                fail_msg("function %zu, bytes %04x", i, pair);
        }
    }
    arena_release(&arena);
}

/* What becomes of a byte does not depend on how far into a text it stands. */
static void test_place_does_not_matter(void **state)
{
    (void)state;
    escape *const functions[] = {escape_html, escape_path, escape_url, escape_json};
    enum { LEN = 27 };
    struct arena arena;
    struct buf alone, out;
    arena_init(&arena);
    buf_init(&alone, &arena);
    buf_init(&out, &arena);
    for (size_t i = 0; i < sizeof functions / sizeof *functions * 256 * LEN; i++) {
        escape *function = functions[i / LEN / 256];
        size_t place = i % LEN, quote = function == escape_json;
        char byte = (char)(i / LEN % 256), text[LEN];
        memset(text, 'x', LEN);
        text[place] = byte;
        buf_clear(&alone);
        buf_clear(&out);
        function(&alone, (struct str){&byte, 1});
        function(&out, (struct str){text, LEN});
        memset(text, 'x', LEN);
        assert_int_equal(out.len, alone.len + LEN - 1);
        assert_memory_equal(out.data + quote, text, place);
        assert_memory_equal(out.data + quote + place, alone.data + quote, alone.len - 2 * quote);
        assert_memory_equal(out.data + out.len - quote - (LEN - 1 - place), text, LEN - 1 - place);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_path),
        cmocka_unit_test(test_url),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_what_comes_out_is_utf8),
        cmocka_unit_test(test_place_does_not_matter),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
