#include "read/replica.h"

#include "base/arena.h"

#include <string.h>

struct copying {
    struct arena *arena;
    const struct document *from;
    struct document *to;
    uint32_t passage; /* that began last */
    size_t block_id;  /* the next that a node is looked for */
};

/* The passages with their texts one behind the other, as document_finish() makes them. */
static void copy_passages(struct copying *copying)
{
    const struct document *from = copying->from;
    struct document *to = copying->to;
    size_t count = from->passages.count, size = 0;
    to->passages.items = arena_new_array(copying->arena, count, struct passage);
    to->passages.count = to->passages.capacity = count;
    for (size_t i = 0; i < count; i++)
        size += from->passages.items[i].text.len;
    char *text = arena_text(copying->arena, size);
    for (size_t i = 0; i < count; i++) {
        struct passage *passage = &to->passages.items[i];
        *passage = from->passages.items[i];
        if (passage->text.len)
            memcpy(text, passage->text.data, passage->text.len);
        passage->text.data = text;
        text += passage->text.len;
    }
}

/* A node's text stands in its passage as well, but for white space at the end. */
static struct str text_of(const struct copying *copying, const struct node *node)
{
    if (copying->passage) {
        struct str passage = copying->to->passages.items[copying->passage - 1].text;
        struct str there = str_slice(passage, node->offset, node->text.len);
        if (str_equal(there, node->text))
            return there;
    }
    return str_copy(copying->arena, node->text);
}

static void copy_node(struct copying *copying, const struct node *from, struct node *to)
{
    const struct document *document = copying->from;
    struct document *copy = copying->to;
    *to = *from;
    to->parent = to->first = to->last = to->next = NULL;
    if (from->passage) {
        copying->passage = from->passage;
        copy->passages.items[from->passage - 1].node = to;
    }
    if (copying->block_id < document->block_ids.count &&
        document->block_ids.items[copying->block_id].node == from)
        copy->block_ids.items[copying->block_id++].node = to;
    to->text = text_of(copying, from);
    to->target = str_copy(copying->arena, from->target);
    to->title = str_copy(copying->arena, from->title);
    if (from == document->text)
        copy->text = to;
    if (from == document->body)
        copy->body = to;
}

static void append(struct node *parent, struct node *node)
{
    node->parent = parent;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
}

static void copy_tree(struct copying *copying)
{
    const struct node *root = copying->from->root;
    size_t count = 0;
    for (const struct node *node = root; node; node = node_walk(root, node))
        count++;
    struct node *to = arena_new_array(copying->arena, count, struct node), *parent = NULL;
    copying->to->root = to;
    for (const struct node *from = root; from; to++) {
        copy_node(copying, from, to);
        if (parent)
            append(parent, to);
        parent = to;
        const struct node *next = node_walk(root, from);
        for (; next && next->parent != from; from = from->parent)
            parent = parent->parent;
        from = next;
    }
}

static void copy_block_ids(struct copying *copying)
{
    const struct document *from = copying->from;
    struct document *to = copying->to;
    size_t count = from->block_ids.count;
    to->block_ids.items = arena_new_array(copying->arena, count, struct block_id);
    to->block_ids.count = to->block_ids.capacity = count;
    for (size_t i = 0; i < count; i++) {
        to->block_ids.items[i] = from->block_ids.items[i];
        to->block_ids.items[i].id = str_copy(copying->arena, from->block_ids.items[i].id);
    }
}

struct document *replica_make(struct arena *arena, const struct document *document)
{
    struct document *to = arena_new(arena, struct document);
    struct copying copying = {.arena = arena, .from = document, .to = to};
    copy_passages(&copying);
    copy_block_ids(&copying);
    copy_tree(&copying);
    to->footnotes = document->footnotes;
    return to;
}

struct document *replica_make_passages(struct arena *arena, const struct document *document)
{
    struct document *to = arena_new(arena, struct document);
    struct copying copying = {.arena = arena, .from = document, .to = to};
    copy_passages(&copying);
    for (size_t i = 0; i < to->passages.count; i++)
        to->passages.items[i].node = NULL;
    return to;
}
