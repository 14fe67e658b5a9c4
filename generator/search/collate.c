#include "search/collate.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum {
    PREFIX_SIZE = 8,
    FEW = 12 /* texts: sorted by hand sooner than by the library */
};

uint64_t collate_prefix(struct str text)
{
    uint64_t prefix = 0;
    size_t len = text.len < PREFIX_SIZE ? text.len : PREFIX_SIZE;
    for (size_t i = 0; i < len; i++)
        prefix = prefix << 8 | (unsigned char)text.data[i];
    return len ? prefix << 8 * (PREFIX_SIZE - len) : 0;
}

/* What comes first in memory goes first where texts are equal. */
static int compare(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    const struct str *text = a->item, *other = b->item;
    int order = str_compare(*text, *other);
    return order ? order : (text > other) - (text < other);
}

static void sort_few(struct keyed *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct keyed item = items[i];
        size_t at = i;
        for (; at && compare(&item, &items[at - 1]) < 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Texts that share their first bytes. */
static void sort_run(struct keyed *items, size_t count)
{
    if (count <= FEW)
        sort_few(items, count);
    else
        qsort(items, count, sizeof *items, compare);
}

const struct keyed *collate(const struct str *texts, size_t count, struct arena *arena)
{
    struct keyed *items = arena_new_array(arena, count, struct keyed);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct keyed){collate_prefix(texts[i]), &texts[i]};
    items = keyed_sort(items, arena_new_array(arena, count, struct keyed), count);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && items[end].key == items[i].key;)
            end++;
        sort_run(items + i, end - i);
    }
    return items;
}
