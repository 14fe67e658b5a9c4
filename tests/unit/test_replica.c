#include "read/replica.h"

#include "base/arena.h"
#include "read/markdown.h"
#include "read/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char markdown[] =
    "---\ntitle: Verslag\n---\n\n# Verslag\n\nEen alinea met [[ZIKOS|een afdeling]], `code` en "
    "[een adres](https://example.org \"titel\").\n\n^begin\n\n"
    "- [x] gedaan [@brief, p. 3]\n- [ ] te doen\n\n| a | b |\n| --- | --: |\n| 1 | twee |\n\n"
    "> [!note] Let op\n> Zo is het.[^1]  \n> Einde \n\n![plaatje](x.png)\n\n[^1]: Een noot.\n";
static const char text[] = "Brief\n\nGeachte lezer,\n\nDit is een brief van een bladzijde.\n\n"
                           "\f\n\nEn dit is de tweede.\n";

static struct document *read(struct arena *arena, struct diags *diags, bool with_text)
{
    struct document *document = arena_new(arena, struct document);
    struct reader_input input = {
        .path = {"sources/brief.md", 16},
        .markdown = str_from(markdown),
        .text_path = {"sources/brief.txt", 17},
        .text = with_text ? str_from(text) : (struct str){NULL, 0},
        .fallback_slug = {"deel", 4},
    };
    diags_init(diags, arena);
    markdown_init();
    reader_read(arena, &input, document, diags);
    return document;
}

static void assert_str(struct str a, struct str b)
{
    if (!str_equal(a, b))
        fail_msg("'%.*s' is not '%.*s'", STR_ARGS(a), STR_ARGS(b));
}

static void assert_node(const struct node *a, const struct node *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->column, b->column);
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->nth, b->nth);
    assert_int_equal(a->passage, b->passage);
    assert_int_equal(a->offset, b->offset);
    assert_int_equal(a->task, b->task);
    assert_int_equal(a->align, b->align);
    assert_int_equal(a->ordered, b->ordered);
    assert_int_equal(a->tight, b->tight);
    assert_int_equal(a->header, b->header);
    assert_int_equal(a->embed, b->embed);
    assert_str(a->text, b->text);
    assert_str(a->target, b->target);
    assert_str(a->title, b->title);
}

/* The same nodes in the same places; the replica's where the document refers to one. */
static void assert_tree(const struct document *a, const struct document *b)
{
    const struct node *x = a->root, *y = b->root;
    size_t nodes = 0;
    for (; x && y; x = node_walk(a->root, x), y = node_walk(b->root, y), nodes++) {
        assert_node(x, y);
        assert_ptr_not_equal(x, y);
        assert_int_equal(x->parent == NULL, y->parent == NULL);
        assert_int_equal(x->next == NULL, y->next == NULL);
        assert_int_equal(x->last == NULL, y->last == NULL);
        assert_int_equal(x == a->text, y == b->text);
        assert_int_equal(x == a->body, y == b->body);
        for (size_t i = 0; i < a->passages.count; i++)
            assert_int_equal(x == a->passages.items[i].node, y == b->passages.items[i].node);
        for (size_t i = 0; i < a->block_ids.count; i++)
            assert_int_equal(x == a->block_ids.items[i].node, y == b->block_ids.items[i].node);
    }
    assert_true(!x && !y);
    assert_in_range(nodes, 20, 200);
}

static void assert_passages(const struct document *document, const struct document *replica)
{
    assert_int_equal(replica->passages.count, document->passages.count);
    for (size_t i = 0; i < document->passages.count; i++) {
        const struct passage *a = &document->passages.items[i], *b = &replica->passages.items[i];
        assert_str(a->text, b->text);
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->page, b->page);
        assert_int_equal(a->section, b->section);
        assert_int_equal(a->line, b->line);
    }
}

static void compare(bool with_text)
{
    struct arena from, to, copy;
    struct diags diags;
    arena_init(&from);
    arena_init(&to);
    arena_init(&copy);
    struct document *replica = replica_make(&to, read(&from, &diags, with_text));
    arena_release(&from); /* the replica needs nothing of it */
    const struct document *document = read(&copy, &diags, with_text);
    assert_tree(document, replica);
    assert_int_equal(replica->text != NULL, with_text);
    assert_int_equal(replica->footnotes, document->footnotes);
    assert_passages(document, replica);
    assert_int_equal(replica->block_ids.count, 1);
    assert_str(replica->block_ids.items[0].id, document->block_ids.items[0].id);
    assert_int_equal(replica->block_ids.items[0].passage, document->block_ids.items[0].passage);
    assert_true(arena_size(&to) <= arena_size(&copy));
    arena_release(&to);
    arena_release(&copy);
}

static void test_markdown(void **state)
{
    (void)state;
    compare(false);
}

static void test_both_parts(void **state)
{
    (void)state;
    compare(true);
}

static void test_passages_alone(void **state)
{
    struct arena from, to;
    struct diags diags;
    (void)state;
    arena_init(&from);
    arena_init(&to);
    struct document *replica = replica_make_passages(&to, read(&from, &diags, true));
    arena_release(&from);
    assert_passages(read(&from, &diags, true), replica);
    assert_null(replica->root);
    for (size_t i = 0; i < replica->passages.count; i++)
        assert_null(replica->passages.items[i].node);
    arena_release(&from);
    arena_release(&to);
}

static void test_empty(void **state)
{
    struct arena arena;
    struct document document = {.meta.more = &meta_nothing};
    (void)state;
    arena_init(&arena);
    document_finish(&arena, &document, STR("deel"));
    const struct document *replica = replica_make(&arena, &document);
    assert_int_equal(replica->root->kind, NODE_DOCUMENT);
    assert_null(replica->root->first);
    assert_int_equal(replica->passages.count, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_both_parts),
        cmocka_unit_test(test_passages_alone),
        cmocka_unit_test(test_empty),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
