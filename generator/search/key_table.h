/* Keys by number: each that is entered has one, counted from 0 in the order in which they came.
 *
 * Made to be asked for every word of a text: a slot holds part of the hash and where the key is,
 * which is where its number is, so that a lookup touches two places of memory. A key is a kind and
 * a text, as keys.h tells them. */
#ifndef NASLAG_SEARCH_KEY_TABLE_H
#define NASLAG_SEARCH_KEY_TABLE_H

#include "base/vec.h"
#include "search/keys.h"

#include <stdint.h>

struct key_slot {
    uint32_t hash;  /* its low half */
    uint32_t entry; /* offset into `entries`; 0: empty */
};

struct key_table {
    struct buf entries; /* of each key: its number in four bytes, its length in one, and the key */
    VEC(uint32_t) offsets; /* into `entries`, by number */
    struct key_slot *slots;
    size_t slot_count;
};

void key_table_init(struct key_table *table, struct arena *arena);

/* The number of a key, which is entered where it is new. The text is cut to KEY_TEXT_MAX. */
uint32_t key_table_enter(struct key_table *table, enum key_kind kind, struct str text);

/* Several at once, which do not wait for each other: memory that one needs is on its way while
 * others are looked at. */
enum { KEY_BATCH_MAX = 16 };

struct key_batch {
    struct {
        char text[KEY_TEXT_MAX];
        uint32_t len, hash;
    } items[KEY_BATCH_MAX];
    enum key_kind kind; /* of all */
    size_t count;
};

void key_batch_begin(struct key_batch *batch, enum key_kind kind);

/* There must be room. */
void key_batch_add(struct key_batch *batch, const struct key_table *table, struct str text);

/* Their numbers, as key_table_enter() gives them one after the other; empties the batch. */
void key_table_enter_batch(struct key_table *table, struct key_batch *batch,
                           uint32_t numbers[KEY_BATCH_MAX]);

/* The key with that number, kind first; good until the next is entered. */
struct str key_table_key(const struct key_table *table, uint32_t number);

#endif
