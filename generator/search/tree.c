#include "search/tree.h"

#include <string.h>

/* An item of a node as it is read: the key is put together from that before it. */
struct item {
    char text[sizeof(struct key)];
    struct str key, value; /* value of an inner node: its child's hash */
};

struct node_reader {
    struct bytes bytes;
    uint32_t left;
    bool inner;
    struct item item;
};

static void begin(struct node_reader *reader, struct str node)
{
    bytes_begin(&reader->bytes, node);
    struct str kind = bytes_take(&reader->bytes, 1);
    reader->inner = kind.len && kind.data[0] == TREE_INNER;
    if (kind.len && !reader->inner && kind.data[0] != TREE_LEAF)
        reader->bytes.failed = true;
    reader->left = bytes_number(&reader->bytes);
    reader->item.key = (struct str){reader->item.text, 0};
}

/* Keys rise: what a key does not share with that before it is more than what stood there. */
static bool rises(const struct item *item, uint32_t shared, struct str rest)
{
    if (shared > item->key.len || !rest.len || rest.len > sizeof item->text - shared)
        return false;
    return shared == item->key.len || (uint8_t)rest.data[0] > (uint8_t)item->text[shared];
}

static bool next(struct node_reader *reader)
{
    struct bytes *bytes = &reader->bytes;
    struct item *item = &reader->item;
    if (!reader->left || bytes->failed)
        return false;
    reader->left--;
    uint32_t shared = bytes_number(bytes);
    struct str rest = bytes_text(bytes);
    if (bytes->failed || !rises(item, shared, rest)) {
        bytes->failed = true;
        return false;
    }
    memcpy(item->text + shared, rest.data, rest.len);
    item->key.len = shared + rest.len;
    item->value = reader->inner ? bytes_take(bytes, BYTES_HASH_SIZE) : bytes_text(bytes);
    return !bytes->failed;
}

static bool load(const struct tree *tree, struct str reference, struct str *node)
{
    struct bytes bytes;
    bytes_begin(&bytes, reference);
    return store_get(tree->store, paths_part(bytes_hash(&bytes)), node);
}

static enum tree_status damaged(const struct tree *tree)
{
    store_damaged(tree->store, "a node of the tree can't be read");
    return TREE_ABSENT;
}

/* The child in which `key` stands or would stand: the last one that begins at or before it, or else
 * the first. */
static struct str child_of(struct node_reader *reader, struct str key)
{
    struct str child = {NULL, 0};
    while (next(reader)) {
        if (child.len && str_compare(reader->item.key, key) > 0)
            break;
        child = reader->item.value;
    }
    return child;
}

/* The leaf for a key. */
static enum tree_status descend(const struct tree *tree, struct str key, struct str *leaf)
{
    struct node_reader reader;
    *leaf = tree->top;
    for (uint32_t height = tree->height; height > 1; height--) {
        begin(&reader, *leaf);
        struct str child = child_of(&reader, key);
        if (reader.bytes.failed || !reader.inner || !child.len)
            return damaged(tree);
        if (!load(tree, child, leaf))
            return TREE_WAITS;
    }
    return TREE_FOUND;
}

enum tree_status tree_find(const struct tree *tree, struct str key, struct str *value)
{
    struct node_reader reader;
    struct str leaf;
    enum tree_status status = descend(tree, key, &leaf);
    if (status != TREE_FOUND)
        return status;
    begin(&reader, leaf);
    while (next(&reader)) {
        int order = str_compare(reader.item.key, key);
        *value = reader.item.value;
        if (order >= 0)
            return order ? TREE_ABSENT : TREE_FOUND;
    }
    return reader.bytes.failed || reader.inner ? damaged(tree) : TREE_ABSENT;
}

enum tree_status tree_near(const struct tree *tree, struct str key, tree_visitor *visit,
                           void *context)
{
    struct node_reader reader;
    struct str leaf;
    enum tree_status status = descend(tree, key, &leaf);
    if (status != TREE_FOUND)
        return status;
    begin(&reader, leaf);
    while (next(&reader) && visit(context, reader.item.key, reader.item.value))
        ;
    return reader.bytes.failed || reader.inner ? damaged(tree) : TREE_FOUND;
}

enum { RANGE_FILES_MAX = 6 /* wanted at once: most ranges end before */ };

/* A walk over a range: a reader for each level, the top first. */
struct walk {
    const struct tree *tree;
    struct str prefix;
    struct node_reader levels[TREE_HEIGHT_MAX];
    uint32_t depth;
    uint32_t waits;   /* files that are wanted */
    struct item last; /* of the leaf before */
};

/* Whether a key comes before all that begin with the prefix (-1), is one of them, or comes behind.
 */
static int compare_prefix(struct str key, struct str prefix)
{
    return str_compare(str_slice(key, 0, prefix.len), prefix);
}

/* The children of an inner node that may hold keys of the range: each as wanted or as a level. A
 * child reaches to the first key of the next. */
static bool enter_children(struct walk *walk, tree_visitor *visit, void *context);

/* Whether a leaf's first key is behind the last one before it: a node that is a child of several,
 * or has nothing, could make a walk without end. */
static bool is_behind(const struct walk *walk, const struct node_reader *reader)
{
    struct str last = {walk->last.text, walk->last.key.len};
    return str_compare(reader->item.key, last) > 0;
}

static bool visit_leaf(struct walk *walk, struct str leaf, tree_visitor *visit, void *context)
{
    struct node_reader reader;
    bool first = true;
    begin(&reader, leaf);
    for (; next(&reader); first = false) {
        if (first && !is_behind(walk, &reader))
            reader.bytes.failed = true;
        if (reader.bytes.failed)
            break;
        int order = compare_prefix(reader.item.key, walk->prefix);
        if (order > 0 ||
            (!order && !walk->waits && !visit(context, reader.item.key, reader.item.value)))
            return false;
    }
    walk->last = reader.item;
    if (!reader.bytes.failed && !reader.inner && (!first || walk->tree->height == 1))
        return true;
    damaged(walk->tree);
    return false;
}

static bool visit_child(struct walk *walk, struct str child, tree_visitor *visit, void *context)
{
    struct str node;
    if (!load(walk->tree, child, &node))
        return ++walk->waits < RANGE_FILES_MAX;
    if (walk->depth + 1 == walk->tree->height)
        return visit_leaf(walk, node, visit, context);
    begin(&walk->levels[walk->depth++], node);
    bool more = enter_children(walk, visit, context);
    walk->depth--;
    return more;
}

static bool enter_children(struct walk *walk, tree_visitor *visit, void *context)
{
    struct node_reader *reader = &walk->levels[walk->depth - 1];
    struct str child = {NULL, 0};
    while (next(reader)) {
        int order = str_compare(reader->item.key, walk->prefix);
        bool before = order <= 0;
        struct str value = reader->item.value;
        bool beyond = compare_prefix(reader->item.key, walk->prefix) > 0;
        if (child.len && !before && !visit_child(walk, child, visit, context))
            return false;
        if (beyond)
            return false;
        child = value;
    }
    if (!reader->bytes.failed && reader->inner && child.len)
        return visit_child(walk, child, visit, context);
    damaged(walk->tree);
    return false;
}

enum tree_status tree_range(const struct tree *tree, struct str prefix, tree_visitor *visit,
                            void *context)
{
    struct walk walk = {.tree = tree, .prefix = prefix};
    if (tree->height == 1) {
        visit_leaf(&walk, tree->top, visit, context);
        return TREE_FOUND;
    }
    begin(&walk.levels[walk.depth++], tree->top);
    enter_children(&walk, visit, context);
    return walk.waits ? TREE_WAITS : TREE_FOUND;
}
