#include "search/collate.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum {
    PREFIX_SIZE = 8,
    DIGITS = 256,
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
    const struct collated *a = left, *b = right;
    int order = str_compare(*a->text, *b->text);
    return order ? order : (a->text > b->text) - (a->text < b->text);
}

static void sort_few(struct collated *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct collated item = items[i];
        size_t at = i;
        for (; at && compare(&item, &items[at - 1]) < 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Texts that share their prefix. */
static void sort_run(struct collated *items, size_t count)
{
    if (count <= FEW)
        sort_few(items, count);
    else
        qsort(items, count, sizeof *items, compare);
}

static unsigned digit_of(const struct collated *item, unsigned digit)
{
    return item->prefix >> 8 * digit & (DIGITS - 1);
}

/* Deals the items by one byte of their prefixes. */
static void deal(const struct collated *from, struct collated *to, size_t count, unsigned digit,
                 size_t starts[DIGITS])
{
    size_t next = 0;
    for (size_t i = 0; i < DIGITS; i++) {
        size_t more = starts[i];
        starts[i] = next;
        next += more;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[digit_of(&from[i], digit)]++] = from[i];
}

/* By prefix, from its last byte to the first. Returns where they are. */
static struct collated *sort_by_prefix(struct collated *from, struct collated *to, size_t count)
{
    size_t counts[PREFIX_SIZE][DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        for (unsigned digit = 0; digit < PREFIX_SIZE; digit++)
            counts[digit][digit_of(&from[i], digit)]++;
    for (unsigned digit = 0; digit < PREFIX_SIZE; digit++) {
        if (counts[digit][digit_of(&from[0], digit)] == count)
            continue;
        deal(from, to, count, digit, counts[digit]);
        struct collated *dealt = to;
        to = from;
        from = dealt;
    }
    return from;
}

struct collated *collate(const struct str *texts, size_t count, struct arena *arena)
{
    struct collated *items = arena_new_array(arena, count, struct collated);
    if (!count)
        return items;
    for (size_t i = 0; i < count; i++)
        items[i] = (struct collated){collate_prefix(texts[i]), &texts[i]};
    items = sort_by_prefix(items, arena_new_array(arena, count, struct collated), count);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && items[end].prefix == items[i].prefix;)
            end++;
        sort_run(items + i, end - i);
    }
    return items;
}
