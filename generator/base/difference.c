#include "base/difference.h"

#include "base/arena.h"

#include <string.h>

/* A part of both sequences still to be compared. */
struct box {
    uint32_t a_first, a_end, b_first, b_end;
};

/* A stretch that is the same in both, in the middle of a box. */
struct snake {
    uint32_t a, b, count;
};

enum { DIAGONALS = 2 * DIFFERENCE_DEPTH_MAX + 3 };

struct search {
    const uint32_t *a, *b;
    struct arena *arena;
    struct difference *out;
    uint64_t work;
    /* By diagonal: how far a path from the box's start (end) reaches in `a`. */
    int64_t *forward, *backward;
    VEC(struct box) boxes; /* still to do, the next one last */
};

static void add(struct search *search, uint32_t a_first, uint32_t a_count, uint32_t b_first,
                uint32_t b_count, bool same)
{
    struct difference *out = search->out;
    struct difference_part *last =
        out->items.count ? &out->items.items[out->items.count - 1] : NULL;
    if (!a_count && !b_count)
        return;
    if (last && last->same == same) {
        last->a_count += a_count;
        last->b_count += b_count;
        return;
    }
    *vec_push(&out->items, search->arena) =
        (struct difference_part){a_first, a_count, b_first, b_count, same};
}

/* -- The middle of a shortest edit
 * -------------------------------------------------------------------- */

/* One step further from the start. Diagonal k is a - b. Returns whether a path from the end was
 * met, at `snake`. */
static bool step_forward(struct search *search, const struct box *box, int64_t depth,
                         struct snake *snake)
{
    int64_t n = box->a_end - box->a_first, m = box->b_end - box->b_first, delta = n - m;
    int64_t *reach = search->forward + DIFFERENCE_DEPTH_MAX + 1;
    const int64_t *other = search->backward + DIFFERENCE_DEPTH_MAX + 1;
    for (int64_t k = -depth; k <= depth; k += 2) {
        bool down = k == -depth || (k != depth && reach[k - 1] < reach[k + 1]);
        int64_t x = down ? reach[k + 1] : reach[k - 1] + 1, y = x - k, start = x;
        while (x < n && y < m && y >= 0 &&
               search->a[box->a_first + x] == search->b[box->b_first + y]) {
            x++;
            y++;
        }
        search->work += 1 + (uint64_t)(x - start);
        reach[k] = x;
        int64_t mirrored = delta - k;
        bool meets = (delta & 1) && mirrored >= 1 - depth && mirrored <= depth - 1 &&
                     x + other[mirrored] >= n;
        if (meets) {
            *snake = (struct snake){(uint32_t)start, (uint32_t)(start - k), (uint32_t)(x - start)};
            return true;
        }
    }
    return false;
}

/* The same from the end, with both sequences read backwards. */
static bool step_backward(struct search *search, const struct box *box, int64_t depth,
                          struct snake *snake)
{
    int64_t n = box->a_end - box->a_first, m = box->b_end - box->b_first, delta = n - m;
    int64_t *reach = search->backward + DIFFERENCE_DEPTH_MAX + 1;
    const int64_t *other = search->forward + DIFFERENCE_DEPTH_MAX + 1;
    for (int64_t k = -depth; k <= depth; k += 2) {
        bool down = k == -depth || (k != depth && reach[k - 1] < reach[k + 1]);
        int64_t x = down ? reach[k + 1] : reach[k - 1] + 1, y = x - k, start = x;
        while (x < n && y < m && y >= 0 &&
               search->a[box->a_end - 1 - x] == search->b[box->b_end - 1 - y]) {
            x++;
            y++;
        }
        search->work += 1 + (uint64_t)(x - start);
        reach[k] = x;
        int64_t mirrored = delta - k;
        bool meets =
            !(delta & 1) && mirrored >= -depth && mirrored <= depth && x + other[mirrored] >= n;
        if (meets) {
            *snake =
                (struct snake){(uint32_t)(n - x), (uint32_t)(m - (x - k)), (uint32_t)(x - start)};
            return true;
        }
    }
    return false;
}

static bool find_middle(struct search *search, const struct box *box, struct snake *snake)
{
    int64_t n = box->a_end - box->a_first, m = box->b_end - box->b_first;
    search->forward[DIFFERENCE_DEPTH_MAX + 2] = search->backward[DIFFERENCE_DEPTH_MAX + 2] = 0;
    for (int64_t depth = 0; depth <= (n + m + 1) / 2 && depth <= DIFFERENCE_DEPTH_MAX; depth++)
        if (search->work > DIFFERENCE_WORK_MAX)
            return false;
        else if (step_forward(search, box, depth, snake) ||
                 step_backward(search, box, depth, snake))
            return true;
    return false;
}

/* -- The whole
 * ------------------------------------------------------------------------------------- */

static uint32_t same_at_start(const struct search *search, const struct box *box)
{
    uint32_t count = 0;
    while (box->a_first + count < box->a_end && box->b_first + count < box->b_end &&
           search->a[box->a_first + count] == search->b[box->b_first + count])
        count++;
    return count;
}

static uint32_t same_at_end(const struct search *search, const struct box *box)
{
    uint32_t count = 0;
    while (box->a_end - count > box->a_first && box->b_end - count > box->b_first &&
           search->a[box->a_end - count - 1] == search->b[box->b_end - count - 1])
        count++;
    return count;
}

static void push(struct search *search, struct box box)
{
    if (box.a_first < box.a_end || box.b_first < box.b_end)
        *vec_push(&search->boxes, search->arena) = box;
}

/* What is the same at a box's ends is taken off first; so both halves of what is split are smaller
 * than it is. */
static void compare(struct search *search, struct box box)
{
    struct snake snake;
    uint32_t start = same_at_start(search, &box);
    add(search, box.a_first, start, box.b_first, start, true);
    box.a_first += start;
    box.b_first += start;
    uint32_t end = same_at_end(search, &box);
    if (end) {
        push(search, (struct box){box.a_end - end, box.a_end, box.b_end - end, box.b_end});
        push(search, (struct box){box.a_first, box.a_end - end, box.b_first, box.b_end - end});
        return;
    }
    uint32_t n = box.a_end - box.a_first, m = box.b_end - box.b_first;
    bool found = n && m && find_middle(search, &box, &snake);
    bool whole =
        !found || (!snake.count && ((!snake.a && !snake.b) || (snake.a == n && snake.b == m)));
    if (whole) {
        add(search, box.a_first, n, box.b_first, m, false);
        return;
    }
    uint32_t a = box.a_first + snake.a, b = box.b_first + snake.b;
    push(search, (struct box){a, box.a_end, b, box.b_end});
    push(search, (struct box){box.a_first, a, box.b_first, b});
}

void difference_find(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                     struct arena *arena, struct difference *out)
{
    struct search search = {.a = a, .b = b, .arena = arena, .out = out};
    search.forward = arena_new_array(arena, DIAGONALS + 1, int64_t);
    search.backward = arena_new_array(arena, DIAGONALS + 1, int64_t);
    push(&search, (struct box){0, a_count, 0, b_count});
    while (search.boxes.count) {
        struct box box = search.boxes.items[--search.boxes.count];
        compare(&search, box);
    }
}
