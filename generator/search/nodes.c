#include "search/nodes.h"

#include "base/err.h"

/* Bytes: a node is what a query loads of the tree, and what a change writes anew. */
enum { NODE_LEAST = 3 * 1024, NODE_MOST = 16 * 1024, ENDS_ONE_IN_BYTES = 3 * 1024 };

static void begin_level(struct nodes *nodes, struct level *level)
{
    if (level->items.data)
        return;
    buf_init(&level->items, &nodes->arena);
    buf_init(&level->first_key, &nodes->arena);
    buf_init(&level->last_key, &nodes->arena);
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

/* A node as a part: its kind, how many items it has, and they. */
static struct str finish(struct nodes *nodes, uint32_t height, struct arena *arena)
{
    const struct level *level = &nodes->levels[height];
    struct buf out;
    buf_init(&out, arena);
    buf_put_char(&out, height ? TREE_INNER : TREE_LEAF);
    bytes_put_number(&out, level->count);
    buf_put(&out, buf_str(&level->items));
    return buf_str(&out);
}

static void reset(struct level *level)
{
    buf_clear(&level->items);
    buf_clear(&level->first_key);
    buf_clear(&level->last_key);
    level->count = 0;
}

static void add_item(struct nodes *nodes, uint32_t height, struct str key, struct str value);

/* The node in hand becomes a part, and an item of the level above. */
static void close_node(struct nodes *nodes, uint32_t height)
{
    struct level *level = &nodes->levels[height];
    char reference[8];
    uint64_t hash = parts_put(nodes->parts, finish(nodes, height, &nodes->scratch));
    arena_clear(&nodes->scratch);
    for (int i = 0; i < 8; i++)
        reference[i] = (char)(hash >> (8 * i) & 0xff);
    add_item(nodes, height + 1, buf_str(&level->first_key), (struct str){reference, 8});
    reset(level);
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
static void add_item(struct nodes *nodes, uint32_t height, struct str key, struct str value)
{
    if (height >= TREE_HEIGHT_MAX)
        err_out_of_memory();
    struct level *level = &nodes->levels[height];
    begin_level(nodes, level);
    if (height >= nodes->height)
        nodes->height = height + 1;
    size_t shared = 0, before = level->items.len;
    while (shared < key.len && shared < level->last_key.len &&
           key.data[shared] == level->last_key.data[shared])
        shared++;
    bytes_put_number(&level->items, (uint32_t)shared);
    bytes_put_text(&level->items, str_from_offset(key, shared));
    if (height)
        buf_put(&level->items, value);
    else
        bytes_put_text(&level->items, value);
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

/* From the bottom on each level's last node is closed, until one level holds a single node. */
uint32_t nodes_end(struct nodes *nodes, struct str *top)
{
    uint32_t height = 0;
    begin_level(nodes, &nodes->levels[0]);
    while (height + 1 < nodes->height) {
        if (nodes->levels[height].count)
            close_node(nodes, height);
        height++;
    }
    *top = finish(nodes, height, &nodes->arena);
    return height + 1;
}
