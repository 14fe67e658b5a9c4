#include "search/nodes.h"

#include "base/err.h"

/* Bytes: a node is what a query loads of the tree, and what a change writes anew. */
enum {
    NODE_LEAST = 3 * 1024,
    NODE_MOST = 16 * 1024,
    ENDS_ONE_IN_BYTES = 3 * 1024,
    /* Of a level that is one node and comes with the root: leaves are large, for few documents; the
     * first keys of leaves are worth more, since they save a round of requests. */
    TOP_LEAF_MOST = 16 * 1024,
    TOP_INNER_MOST = 32 * 1024
};

static void begin_level(struct nodes *nodes, struct level *level)
{
    if (level->items.data)
        return;
    buf_init(&level->items, &nodes->arena);
    buf_init(&level->first_key, &nodes->arena);
    buf_init(&level->last_key, &nodes->arena);
    buf_init(&level->before, &nodes->arena);
    buf_init(&level->all, &nodes->arena);
    buf_init(&level->all_key, &nodes->arena);
}

void nodes_init(struct nodes *nodes, struct parts *parts)
{
    *nodes = (struct nodes){.parts = parts};
    arena_init(&nodes->arena);
    arena_init(&nodes->scratch);
}

void nodes_release(struct nodes *nodes)
{
    arena_release(&nodes->arena);
    arena_release(&nodes->scratch);
}

static size_t shared_length(struct str a, struct str b)
{
    size_t shared = 0;
    while (shared < a.len && shared < b.len && a.data[shared] == b.data[shared])
        shared++;
    return shared;
}

/* What a node is known by: as much of its first key as comes behind the last key before it. */
static struct str separator(const struct level *level)
{
    struct str first = buf_str(&level->first_key);
    return str_slice(first, 0, shared_length(first, buf_str(&level->before)) + 1);
}

/* A node: its kind, how many items it has, and they. */
static struct str make_node(uint32_t height, uint32_t count, const struct buf *items,
                            struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena);
    buf_put_char(&out, height ? TREE_INNER : TREE_LEAF);
    bytes_put_number(&out, count);
    buf_put(&out, buf_str(items));
    return buf_str(&out);
}

static void add_item(struct nodes *nodes, uint32_t height, struct str key, struct str value);

/* A complete node becomes a part, and an item of the level above. */
static void put_node(struct nodes *nodes, uint32_t height, struct str key, struct str bytes)
{
    struct buf reference;
    buf_init(&reference, &nodes->scratch);
    bytes_put_hash(&reference, parts_put(nodes->parts, bytes));
    add_item(nodes, height + 1, key, buf_str(&reference));
}

/* Ends the node in hand. */
static void close_node(struct nodes *nodes, uint32_t height)
{
    struct level *level = &nodes->levels[height];
    struct arena *arena = level->is_large ? &nodes->scratch : &nodes->arena;
    struct str node = make_node(height, level->count, &level->items, arena);
    struct str key = separator(level);
    if (level->is_large)
        put_node(nodes, height, key, node);
    else
        *vec_push(&level->waiting, &nodes->arena) =
            (struct closed_node){str_copy(&nodes->arena, key), node};
    if (level->is_large && !height)
        arena_clear(&nodes->scratch);
    buf_clear(&level->items);
    buf_clear(&level->before);
    buf_put(&level->before, buf_str(&level->last_key));
    buf_clear(&level->first_key);
    buf_clear(&level->last_key);
    level->count = 0;
}

/* All of a level is more than a top may hold. */
static void enlarge(struct nodes *nodes, uint32_t height)
{
    struct level *level = &nodes->levels[height];
    level->is_large = true;
    for (size_t i = 0; i < level->waiting.count; i++)
        put_node(nodes, height, level->waiting.items[i].key, level->waiting.items[i].bytes);
}

/* A node ends behind a key that the key itself chooses. `size` is that of its item: so many bytes
 * are as likely to hold an end as any others. */
static bool ends_behind(const struct level *level, struct str key, size_t size)
{
    if (level->items.len < NODE_LEAST)
        return false;
    if (level->items.len >= NODE_MOST)
        return true;
    return map_hash(key) % ENDS_ONE_IN_BYTES < size;
}

/* Keys are written as what they do not share with the key before them. */
static void put_item(struct buf *out, size_t shared, struct str key, struct str value, bool inner)
{
    bytes_put_number(out, (uint32_t)shared);
    bytes_put_text(out, str_from_offset(key, shared));
    if (inner)
        buf_put(out, value);
    else
        bytes_put_text(out, value);
}

static void add_item(struct nodes *nodes, uint32_t height, struct str key, struct str value)
{
    if (height >= TREE_HEIGHT_MAX)
        err_out_of_memory();
    struct level *level = &nodes->levels[height];
    begin_level(nodes, level);
    size_t before = level->items.len;
    if (!level->is_large) {
        put_item(&level->all, shared_length(key, buf_str(&level->all_key)), key, value, height > 0);
        buf_clear(&level->all_key);
        buf_put(&level->all_key, key);
        level->all_count++;
        if (level->all.len > (height ? TOP_INNER_MOST : TOP_LEAF_MOST))
            enlarge(nodes, height);
    }
    put_item(&level->items, shared_length(key, buf_str(&level->last_key)), key, value, height > 0);
    if (!level->count++)
        buf_put(&level->first_key, key);
    buf_clear(&level->last_key);
    buf_put(&level->last_key, key);
    if (ends_behind(level, key, level->items.len - before))
        close_node(nodes, height);
}

void nodes_add(struct nodes *nodes, struct str key, struct str value)
{
    add_item(nodes, 0, key, value);
}

/* From the bottom on the last node of each level is closed, until all of a level is the top. */
uint32_t nodes_end(struct nodes *nodes, struct str *top)
{
    uint32_t height = 0;
    begin_level(nodes, &nodes->levels[0]);
    for (; nodes->levels[height].is_large; height++)
        if (nodes->levels[height].count)
            close_node(nodes, height);
    const struct level *level = &nodes->levels[height];
    *top = make_node(height, level->all_count, &level->all, &nodes->arena);
    return height + 1;
}
