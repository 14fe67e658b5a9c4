#include "read/blockid.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"

struct pass {
    struct arena *arena;
    struct str path;
    struct diags *diags;
    struct map seen; /* id → its node */
};

/* The `^id` that ends `text`, behind a space or at its start; `*before` becomes what is before it.
 */
static struct str closing_id(struct str text, struct str *before)
{
    size_t start = (text = str_trim_end(text)).len;
    while (start && (str_is_alnum(text.data[start - 1]) || text.data[start - 1] == '-'))
        start--;
    struct str id = str_from_offset(text, start);
    if (!id.len || !start || text.data[start - 1] != '^' ||
        (start > 1 && text.data[start - 2] != ' '))
        return STR("");
    *before = str_trim_end(str_slice(text, 0, start - 1));
    return id;
}

static void give(struct pass *pass, struct node *block, const struct node *at, struct str id)
{
    id = utf8_fold(pass->arena, id);
    void **slot = map_at(&pass->seen, id);
    const struct node *first = *slot;
    if (first || block->title.len) {
        struct place place = {pass->path, at->line, 0};
        diag_add(pass->diags, DIAG_WARNING, "block-id-twice", place,
                 "the block id '^%.*s' is not the only one of its name or block; the first, on "
                 "line %u, holds",
                 STR_ARGS(id), (unsigned)(first ? first->line : block->line));
        return;
    }
    *slot = block;
    block->title = id;
}

/* The block that the closing `^id` of a paragraph means: an item is more than its first line. */
static struct node *owner(struct node *leaf)
{
    struct node *parent = leaf->parent;
    return parent && parent->kind == NODE_ITEM && parent->first == leaf ? parent : leaf;
}

/* Returns whether the whole of `leaf` was the id of the block before it. */
static bool read_leaf(struct pass *pass, struct node *leaf, struct node *before)
{
    struct node *text = leaf->last;
    struct str rest;
    if (!text || text->kind != NODE_TEXT)
        return false;
    struct str id = closing_id(text->text, &rest);
    if (!id.len)
        return false;
    if (leaf->first == text && !rest.len) {
        if (leaf->kind == NODE_PARAGRAPH && before)
            give(pass, before, leaf, id);
        return leaf->kind == NODE_PARAGRAPH && before;
    }
    text->text = rest;
    give(pass, owner(leaf), leaf, id);
    return false;
}

static void read_children(struct pass *pass, struct node *parent)
{
    struct node *before = NULL;
    for (struct node *node = parent->first; node; node = node->next) {
        bool leaf = node->kind == NODE_PARAGRAPH || node->kind == NODE_HEADING;
        if (leaf && read_leaf(pass, node, before)) {
            before->next = node->next;
            if (parent->last == node)
                parent->last = before;
        } else {
            before = node;
        }
    }
}

void blockid_read(struct arena *arena, struct str path, struct node *root, struct diags *diags)
{
    struct pass pass = {.arena = arena, .path = path, .diags = diags};
    map_init(&pass.seen, arena);
    for (struct node *node = root; node; node = node_walk(root, node))
        if (node->first && node_is_block(node->first->kind))
            read_children(&pass, node);
}
