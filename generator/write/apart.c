#include "write/apart.h"

#include <stdlib.h>

enum {
    ROUNDS_MAX = 2000, /* forty boxes take some fifty */
    ROOM = 2,          /* what a picture has of the room of its boxes before they are moved */
    SCALE_ONE = 64     /* of a scale in whole numbers */
};

struct extent {
    int32_t left, top, right, bottom;
};

static struct extent extent(const struct layout_node *nodes, uint32_t count)
{
    struct extent extent = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (uint32_t i = 0; i < count; i++) {
        extent.left = nodes[i].x < extent.left ? nodes[i].x : extent.left;
        extent.right = nodes[i].x > extent.right ? nodes[i].x : extent.right;
        extent.top = nodes[i].y < extent.top ? nodes[i].y : extent.top;
        extent.bottom = nodes[i].y > extent.bottom ? nodes[i].y : extent.bottom;
    }
    return extent;
}

/* Makes room where the middles of the boxes lie closer than ROOM times what the boxes take. */
static void widen(struct layout_node *nodes, uint32_t count)
{
    struct extent all = extent(nodes, count);
    int64_t wanted = 0, scale = SCALE_ONE;
    int64_t room = (int64_t)(all.right - all.left + 1) * (all.bottom - all.top + 1);
    for (uint32_t i = 0; i < count; i++)
        wanted += (int64_t)nodes[i].width * nodes[i].height * ROOM;
    while (room * scale * scale < wanted * SCALE_ONE * SCALE_ONE && scale < 64 * SCALE_ONE)
        scale++;
    for (uint32_t i = 0; i < count; i++) {
        nodes[i].x = (int32_t)(nodes[i].x * scale / SCALE_ONE);
        nodes[i].y = (int32_t)(nodes[i].y * scale / SCALE_ONE);
    }
}

/* How far two lengths about two middles lie over each other; the second is behind the first. */
static int32_t overlap(int32_t from, uint32_t size, int32_t to, uint32_t other)
{
    return (int32_t)((size + other + 1) / 2) - abs(to - from);
}

static void push(int32_t *a, int32_t *b, int32_t by)
{
    int32_t half = (by + 1) / 2;
    bool behind = *b >= *a;
    *a -= behind ? half : -half;
    *b += behind ? half : -half;
}

/* In the direction in which they lie over each other least. */
static bool move_pair(struct layout_node *a, struct layout_node *b)
{
    int32_t across = overlap(a->x, a->width, b->x, b->width);
    int32_t down = overlap(a->y, a->height, b->y, b->height);
    if (across <= 0 || down <= 0)
        return false;
    if (across < down)
        push(&a->x, &b->x, across);
    else
        push(&a->y, &b->y, down);
    return true;
}

bool apart_move(struct layout_node *nodes, uint32_t count)
{
    widen(nodes, count);
    for (uint32_t round = 0; round < ROUNDS_MAX; round++) {
        bool moved = false;
        for (uint32_t a = 0; a < count; a++)
            for (uint32_t b = a + 1; b < count; b++)
                moved |= move_pair(&nodes[a], &nodes[b]);
        if (!moved)
            return true;
    }
    return false;
}
