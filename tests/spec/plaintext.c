/* Reads a plain text from standard input and prints the document that the reader makes of it, as
 * Markdown-like lines. `--meta` prints what was inferred before it, `--dropped` what is in no node
 * behind it. */
#include "base/arena.h"
#include "base/buf.h"
#include "read/text.h"

#include <stdio.h>
#include <string.h>

static void print(struct str text)
{
    fwrite(text.data, 1, text.len, stdout);
}

static void print_inline(const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
        print(node->text);
        break;
    case NODE_BREAK:
        printf("\\\n");
        break;
    case NODE_PAGE:
        printf("{page %u}", node->number);
        break;
    case NODE_FOOTNOTE_REFERENCE:
        printf("[^%u]", node->number);
        break;
    case NODE_LINK:
        printf("<%.*s>", STR_ARGS(node->target));
        break;
    default:
        printf("?%d?", node->kind);
    }
}

/* What a link shows, where that is not its target. */
static void print_link(const struct node *link)
{
    if (link->first && !str_equal(link->first->text, link->target))
        printf("%.*s ", STR_ARGS(link->first->text));
    print_inline(link);
}

static void print_leaf(const struct node *leaf)
{
    for (const struct node *node = leaf->first; node; node = node->next)
        if (node->kind == NODE_LINK)
            print_link(node);
        else
            print_inline(node);
    printf("\n");
}

static unsigned depth_of(const struct node *node)
{
    unsigned depth = 0;
    for (node = node->parent; node; node = node->parent)
        depth += node->kind == NODE_ITEM;
    return depth;
}

static void print_marker(const struct node *item)
{
    unsigned number = item->parent->number;
    for (const struct node *node = item->parent->first; node != item; node = node->next)
        number++;
    printf("%*s", 2 * (int)depth_of(item), "");
    if (item->parent->ordered)
        printf("%u. ", number);
    else
        printf("- ");
}

static void print_rule_row(const struct node *row)
{
    for (const struct node *cell = row->first; cell; cell = cell->next)
        printf(cell->align == ALIGN_RIGHT ? "| --: " : "| --- ");
    printf("|\n");
}

static void print_row(const struct node *row)
{
    for (const struct node *cell = row->first; cell; cell = cell->next) {
        printf("| ");
        for (const struct node *node = cell->first; node; node = node->next)
            print_inline(node);
        printf(cell->first ? " " : "");
    }
    printf("|\n");
    if (row->header)
        print_rule_row(row);
}

static void print_node(const struct node *node)
{
    switch (node->kind) {
    case NODE_HEADING:
        printf("%.*s ", (int)node->number, "######");
        print_leaf(node);
        break;
    case NODE_PARAGRAPH:
        if (node->parent->kind == NODE_QUOTE)
            printf("> ");
        print_leaf(node);
        break;
    case NODE_ITEM:
        print_marker(node);
        break;
    case NODE_ROW:
        print_row(node);
        break;
    case NODE_CODE_BLOCK:
        printf("```\n");
        print(node->text);
        printf("```\n");
        break;
    case NODE_FOOTNOTE:
        printf("[^%u]: ", node->number);
        break;
    case NODE_PAGE:
        printf(node->parent->kind == NODE_DOCUMENT ? "{page %u}\n" : "{page %u} ", node->number);
        break;
    default:
        break;
    }
}

static void print_tree(const struct node *root)
{
    for (const struct node *node = node_walk(root, root); node;) {
        print_node(node);
        bool leaf =
            node->kind == NODE_PARAGRAPH || node->kind == NODE_HEADING || node->kind == NODE_ROW;
        node = leaf ? node_walk_over(root, node) : node_walk(root, node);
    }
}

static void print_field(const char *name, struct str value)
{
    if (value.len)
        printf("%s: %.*s\n", name, STR_ARGS(value));
}

static void print_meta(struct arena *arena, const struct meta *meta)
{
    print_field("title", meta->title);
    print_field("date", date_format(arena, meta->date));
    print_field("issuer", meta->more->issuer);
    print_field("author", meta->more->author);
    print_field("addressee", meta->more->addressee);
    print_field("reference", meta->more->reference);
    print_field("kind", meta->kind);
}

static void print_dropped(const struct document *document)
{
    for (size_t i = 0; i < document->dropped.count; i++) {
        const struct dropped *dropped = &document->dropped.items[i];
        printf("%u: %s: %.*s\n", dropped->line, dropped->reason, STR_ARGS(dropped->text));
    }
}

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct diags diags;
    struct document document = {.root = NULL};
    arena_init(&arena);
    diags_init(&diags, &arena);
    struct text_input input = {STR("text"), read_input(&arena), NULL};
    text_read(&arena, &input, &document, NULL, &diags);
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--meta"))
            print_meta(&arena, &document.meta);
    print_tree(document.root);
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--dropped"))
            print_dropped(&document);
    diags_print(&diags, stderr);
    arena_release(&arena);
    return 0;
}
