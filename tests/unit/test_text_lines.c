/* Lines, pages and what stands on every page. */
#include "text_fixture.h"

#include "read/furniture.h"
#include "read/lines.h"

struct page_fixture {
    struct arena arena;
    struct lines lines;
    struct furniture furniture;
};

static void split(struct page_fixture *fixture, const char *text)
{
    arena_init(&fixture->arena);
    lines_split(&fixture->arena, str_from(text), &fixture->lines);
    furniture_remove(&fixture->arena, &fixture->lines, &fixture->furniture);
}

/* The pages of lines of text as digits, `.` for lines that were dropped. */
static void assert_pages(const char *text, const char *expected)
{
    struct page_fixture fixture;
    char found[64] = "";
    split(&fixture, text);
    for (size_t i = 0; i < fixture.lines.count && i < sizeof found - 1; i++) {
        const struct line *line = &fixture.lines.items[i];
        found[i] = line->fate == LINE_TEXT ? (char)('0' + line->page) : '.';
    }
    assert_string_equal(found, expected);
    arena_release(&fixture.arena);
}

static void test_line(void **state)
{
    struct page_fixture fixture;
    (void)state;
    split(&fixture, "\n\n  een   twee\t drie  \nvier\n\fvijf");
    assert_int_equal(fixture.lines.count, 3);
    const struct line *line = &fixture.lines.items[0];
    assert_true(str_equal(line->text, STR("een twee drie")));
    assert_int_equal(line->number, 3);
    assert_int_equal(line->gap, 2);
    assert_int_equal(line->indent, 2);
    assert_int_equal(fixture.lines.items[2].number, 5);
    assert_true(fixture.lines.items[2].opens_page);
    arena_release(&fixture.arena);
}

/* What line_plain_length() says, byte by byte. */
static size_t plain_length(struct str text, size_t start)
{
    size_t end = start;
    while (end < text.len && (unsigned char)text.data[end] >= ' ' &&
           (unsigned char)text.data[end] < 0x80 &&
           !(text.data[end] == ' ' && end + 1 < text.len && text.data[end + 1] == ' '))
        end++;
    while (end > start && text.data[end - 1] == ' ')
        end--;
    return end - start;
}

static void test_plain(void **state)
{
    static const struct str stops[] = {{"  ", 2}, {" \t", 2}, {"\t", 1}, {"\xC3\xAB", 2}, {" ", 1}};
    (void)state;
    for (size_t at = 0; at < 30; at++)
        for (size_t i = 0; i < 5; i++) {
            char bytes[] = "een twee drie vier vijf zes zeven acht";
            struct str text = {bytes, at + 8};
            memcpy(bytes + at, stops[i].data, stops[i].len);
            for (size_t start = 0; start < text.len; start++)
                assert_int_equal(line_plain_length(text, start), plain_length(text, start));
        }
}

/* Wide or not, a line is as wide as it has code points. */
static void test_width(void **state)
{
    (void)state;
    assert_int_equal(line_width(STR("een twee drie vier")), 18);
    assert_int_equal(line_width(STR("\xC3\xA9\xC3\xA9n tw\xC3\xA9\xC3\xA9 \xE2\x82\xAC 3")), 12);
    assert_true(line_has_digit(STR("een twee drie vie4")));
    assert_true(line_has_digit(STR("4en twee drie vier")));
    assert_false(line_has_digit(STR("een \xC2\xB2\xC2\xB9 drie vier")));
}

static void test_form_feeds(void **state)
{
    (void)state;
    assert_pages("een\n\ftwee\n\fdrie", "123");
    assert_pages("een", "0");
}

/* A form feed that became a space marks a page only where no other line is indented. */
static void test_spaces(void **state)
{
    (void)state;
    assert_pages("a b\na b\na b\na b\na b\na b\na b\n c d\na b\na b\na b\na b\na b\na b\na b\na b",
                 "1111111222222222");
    assert_pages(" a b\n c\na b\na b", "0000");
}

/* Shown numbers say with which number pages begin, and are breaks where there is nothing else. */
static void test_numbers(void **state)
{
    (void)state;
    assert_pages("een\n6\n\ftwee\n7\n\fdrie\n8\n", "6.7.8.");
    assert_pages("een\nPagina 1 van 3\ntwee\nPagina 2 van 3\ndrie\nPagina 3 van 3\n", "1.2.3.");
    assert_pages("een\n2 Verslag van de raad\ntwee\n3 Verslag van de raad\ndrie\n", "1.2.3");
    assert_pages("In 2019\n12 mensen\n13 mensen\n", "000");
}

static void test_heads(void **state)
{
    struct page_fixture fixture;
    (void)state;
    split(&fixture, "Verslag – Raad\neen\n\fVerslag – Raad\ntwee\n\fVerslag – Raad\ndrie\n");
    assert_true(str_equal(fixture.furniture.head, STR("Verslag – Raad")));
    assert_string_equal(fixture.lines.items[2].reason, "running head");
    arena_release(&fixture.arena);
    assert_pages("Kop\nx\ny\nz\nq\nKop\nr\ns\nt\nu\nKop\n\fmidden\n", "111111111112");
}

/* Groups of short lines that come back are letterhead; bullets and single headings are not. */
static void test_clutter(void **state)
{
    (void)state;
    assert_pages("Ons teken\n17-3\n\na\n\nOns teken\n17-4\n\nb\n\nOns teken\n17-5\n", "..0..0..");
    assert_pages("- a\n- b\n\nx\n\n- a\n- b\n\ny\n\n- a\n- b\n", "00000000");
    assert_pages("Kosten\n\na\n\nKosten\n\nb\n\nKosten\n\nc", "000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),   cmocka_unit_test(test_form_feeds),
        cmocka_unit_test(test_plain),  cmocka_unit_test(test_width),
        cmocka_unit_test(test_spaces), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_heads),  cmocka_unit_test(test_clutter),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
