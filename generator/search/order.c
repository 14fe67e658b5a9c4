#include "search/order.h"

#include "base/arena.h"

static int compare_dates(const struct finding *a, const struct finding *b, enum order order)
{
    if (a->date == b->date || order == ORDER_RELEVANCE)
        return 0;
    if (!a->date || !b->date)
        return a->date ? -1 : 1;
    return (a->date > b->date) == (order == ORDER_NEWEST) ? -1 : 1;
}

static int compare(const struct finding *a, const struct finding *b, enum order order)
{
    int dates = compare_dates(a, b, order);
    if (!a->lacking != !b->lacking)
        return a->lacking ? 1 : -1;
    if (dates)
        return dates;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

/* Merges two runs that are in order and next to each other. */
static void merge(const struct finding **from, const struct finding **to, size_t start,
                  size_t middle, size_t end, enum order order)
{
    size_t left = start, right = middle;
    for (size_t i = start; i < end; i++) {
        bool take_left =
            right == end || (left < middle && compare(from[left], from[right], order) <= 0);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

const struct finding **order_matches(struct findings *matches, enum order order,
                                     struct arena *arena)
{
    size_t count = matches->items.count;
    const struct finding **from = arena_new_array(arena, count, const struct finding *);
    const struct finding **to = arena_new_array(arena, count, const struct finding *);
    for (size_t i = 0; i < count; i++)
        from[i] = &matches->items.items[i];
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = middle + width < count ? middle + width : count;
            merge(from, to, start, middle, end, order);
        }
        const struct finding **moved = from;
        from = to;
        to = moved;
    }
    return from;
}
