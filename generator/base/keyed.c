#include "base/keyed.h"

enum { KEY_SIZE = sizeof(uint64_t), DIGITS = 256 };

static unsigned digit_of(const struct keyed *item, unsigned digit)
{
    return item->key >> 8 * digit & (DIGITS - 1);
}

/* Deals the items by one byte of their keys. */
static void deal(const struct keyed *from, struct keyed *to, size_t count, unsigned digit,
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

/* From the last byte of the keys to the first. */
struct keyed *keyed_sort(struct keyed *items, struct keyed *spare, size_t count)
{
    size_t counts[KEY_SIZE][DIGITS] = {0};
    for (size_t i = 0; i < count; i++)
        for (unsigned digit = 0; digit < KEY_SIZE; digit++)
            counts[digit][digit_of(&items[i], digit)]++;
    for (unsigned digit = 0; count && digit < KEY_SIZE; digit++) {
        if (counts[digit][digit_of(&items[0], digit)] == count)
            continue;
        deal(items, spare, count, digit, counts[digit]);
        struct keyed *dealt = spare;
        spare = items;
        items = dealt;
    }
    return items;
}
