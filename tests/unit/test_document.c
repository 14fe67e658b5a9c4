#include "read/document.h"

#include "base/arena.h"
#include "read/markdown.h"
#include "read/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

struct fixture {
    struct arena arena;
    struct diags diags;
    struct document document;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    memset(&fixture, 0, sizeof fixture);
    arena_init(&fixture.arena);
    diags_init(&fixture.diags, &fixture.arena);
    markdown_init();
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(&((struct fixture *)*state)->arena);
    return 0;
}

static void read_both(struct fixture *fixture, const char *markdown, const char *text)
{
    struct reader_input input = {
        .path = {"sources/brief.md", 16},
        .markdown = str_from(markdown),
        .text_path = {"sources/brief.txt", 17},
        .text = text ? str_from(text) : (struct str){NULL, 0},
        .fallback_slug = {"deel", 4},
    };
    reader_read(&fixture->arena, &input, &fixture->document, &fixture->diags);
}

static const struct passage *passage(const struct fixture *fixture, size_t number)
{
    assert_true(number <= fixture->document.passages.count);
    return &fixture->document.passages.items[number - 1];
}

static void assert_text(struct str text, const char *expected)
{
    if (!str_equal(text, str_from(expected)))
        fail_msg("'%.*s' is not '%s'", STR_ARGS(text), expected);
}

static void texts_are_one_line(void **state)
{
    struct fixture *fixture = *state;
    read_both(fixture, "een\ntwee  \ndrie [@a].\n\n- x\n\n  y\n\n| p | q |\n|---|---|\n| r | s |\n",
              NULL);
    assert_text(passage(fixture, 1)->text, "een twee drie.");
    assert_text(passage(fixture, 2)->text, "x y");
    assert_text(passage(fixture, 3)->text, "p | q");
    assert_text(passage(fixture, 4)->text, "r | s");
    assert_int_equal(fixture->document.passages.count, 4);
}

static void citations_leave_one_space(void **state)
{
    struct fixture *fixture = *state;
    read_both(fixture, "Een [@a] twee [@b], drie [@c; @d].\n\n[@a] vier\n", NULL);
    assert_text(passage(fixture, 1)->text, "Een twee, drie.");
    assert_text(passage(fixture, 2)->text, " vier");
}

/* The offset of a text is where it stands in its passage. */
static void offsets_lead_back(void **state)
{
    struct fixture *fixture = *state;
    uint32_t number = 0, seen = 0;
    read_both(
        fixture,
        "> - a *b* [c](d.md) ![alt](e.png) `f`\n>\n> g **h** [[i|j]]\n\n- ```\n  k\n  ```\n  l\n",
        NULL);
    for (const struct node *node = fixture->document.root; node;
         node = node->kind == NODE_IMAGE ? node_walk_over(fixture->document.root, node)
                                         : node_walk(fixture->document.root, node)) {
        number = node->passage ? node->passage : number;
        if (node->kind != NODE_TEXT && node->kind != NODE_CODE)
            continue;
        struct str text = str_slice(passage(fixture, number)->text, node->offset, node->text.len);
        assert_true(str_equal(str_trim_end(text), str_trim_end(node->text)));
        seen++;
    }
    assert_true(seen > 8);
}

static void passages_are_numbered_as_one_reads(void **state)
{
    struct fixture *fixture = *state;
    uint32_t last = 0;
    read_both(
        fixture,
        "- - a\n\n  b\n\n  c\n  > d\n\n  e\n\n1. # f\n   g\n\n> | h |\n> |--|\n>\n> i\n\nx[^1]\n\n"
        "[^1]: - j\n\n    k\n",
        NULL);
    for (const struct node *node = fixture->document.root; node;
         node = node_walk(fixture->document.root, node)) {
        if (!node->passage)
            continue;
        assert_int_equal(node->passage, last + 1);
        last = node->passage;
    }
    assert_int_equal(last, fixture->document.passages.count);
    assert_int_equal(last, 12);
}

static void pages_come_from_headings(void **state)
{
    struct fixture *fixture = *state;
    read_both(
        fixture,
        "a\n\n# b (p. 3-5)\n\nc\n\n## d\n\ne\n\n## f (blz. 7)\n\ng\n\n# h\n\ni\n\n# j (p. x)\n",
        NULL);
    const uint32_t pages[] = {0, 3, 3, 3, 3, 7, 7, 0, 0, 0};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_int_equal(passage(fixture, i + 1)->page, pages[i]);
    assert_text(fixture->document.headings.items[0].slug, "b");
}

/* What an editor writes of a source does not stand on the last page of its text. */
static void parts_do_not_share_pages(void **state)
{
    struct fixture *fixture = *state;
    read_both(fixture, "Samenvatting.\n",
              "Een regel tekst van de brief.\n\fNog een regel op blad twee.\n");
    size_t count = fixture->document.passages.count;
    assert_int_equal(passage(fixture, count - 1)->page, 2);
    assert_text(passage(fixture, count)->text, "Samenvatting.");
    assert_int_equal(passage(fixture, count)->page, 0);
    assert_int_equal(passage(fixture, count)->section, 0);
}

static void slugs_are_unique_and_no_passage(void **state)
{
    struct fixture *fixture = *state;
    static const char *const slugs[] = {"kop-1", "kop",    "kop-1-1", "kop-2", "h-p1",
                                        "deel",  "deel-1", "pp1",     "p"};
    read_both(fixture, "# Kop 1\n# Kop\n# Kop 1\n# Kop\n# P1\n# !\n# ?\n# pp1\n# p\n", NULL);
    for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++)
        assert_text(fixture->document.headings.items[i].slug, slugs[i]);
}

static void links_within_are_numbered(void **state)
{
    struct fixture *fixture = *state;
    uint32_t numbers = 0;
    read_both(
        fixture,
        "[a](b.md) [c](https://d) [e](//f) [g](<10: h.md>) [[i]] [@j] [k](mailto:l) ![m](n.png) "
        "[o](<Deel 1: p.md>) [q](#r) [s]()\n",
        NULL);
    for (const struct node *node = fixture->document.root; node;
         node = node_walk(fixture->document.root, node))
        if (node->kind >= NODE_LINK && node->kind <= NODE_CITATION && node->number)
            assert_int_equal(node->number, ++numbers);
    assert_int_equal(numbers, 7);
}

static void titles_fall_back(void **state)
{
    struct fixture *fixture = *state;
    read_both(fixture, "---\ntitle: Gegeven\n---\n# Kop\n", NULL);
    assert_text(fixture->document.meta.title, "Gegeven");
    assert_null(reader_title_node(&fixture->document));
    read_both(fixture, "# Kop\n", NULL);
    assert_text(fixture->document.meta.title, "Kop");
    assert_non_null(reader_title_node(&fixture->document));
    read_both(fixture, "## Geen titel\n", NULL);
    assert_text(fixture->document.meta.title, "brief");
    read_both(fixture, "", NULL);
    assert_text(fixture->document.meta.title, "brief");
    assert_int_equal(fixture->document.passages.count, 0);
}

/* The line of a diagnostic or link is its own, not that of its paragraph. */
static void inlines_know_their_line(void **state)
{
    struct fixture *fixture = *state;
    const uint32_t lines[] = {5, 6, 8};
    size_t found = 0;
    read_both(fixture, "---\ntitle: a\n---\neen\ntwee [[b]] drie\nvier [@c]  \nvijf\nzes [@d]\n",
              NULL);
    for (const struct node *node = fixture->document.root; node;
         node = node_walk(fixture->document.root, node))
        if (node->kind == NODE_CITATION || node->kind == NODE_WIKILINK)
            assert_int_equal(node->line, lines[found++]);
    assert_int_equal(found, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(texts_are_one_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(citations_leave_one_space, set_up, tear_down),
        cmocka_unit_test_setup_teardown(offsets_lead_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(passages_are_numbered_as_one_reads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_come_from_headings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_do_not_share_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(slugs_are_unique_and_no_passage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_within_are_numbered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(titles_fall_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inlines_know_their_line, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
