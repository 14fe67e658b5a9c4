#include "search/key_table.h"

#include "base/arena.h"
#include "base/err.h"

#include <string.h>

enum { FIRST_SLOTS = 1024, NUMBER_SIZE = 4, HEAD_SIZE = NUMBER_SIZE + 1 };

void key_table_init(struct key_table *table, struct arena *arena)
{
    *table = (struct key_table){.slot_count = FIRST_SLOTS};
    buf_init(&table->entries, arena);
    buf_put_char(&table->entries, 0); /* no entry is at offset 0 */
    table->slots = arena_new_array(arena, FIRST_SLOTS, struct key_slot);
}

/* The last eight bytes, or all where there are fewer. */
static uint64_t last_bytes(struct str text)
{
    uint64_t word = 0;
    uint32_t low, high;
    if (text.len >= sizeof word) {
        memcpy(&word, text.data + text.len - sizeof word, sizeof word);
    } else if (text.len >= sizeof low) {
        memcpy(&low, text.data, sizeof low);
        memcpy(&high, text.data + text.len - sizeof high, sizeof high);
        word = (uint64_t)high << 32 | low;
    } else {
        for (size_t i = 0; i < text.len; i++)
            word = word << 8 | (unsigned char)text.data[i];
    }
    return word;
}

/* Eight bytes at a time, multiplied and mixed as in MurmurHash2. What order bytes have in a word
 * does not matter: numbers rest on nothing but the order of arrival. */
static uint32_t hash_of(char kind, struct str text)
{
    const uint64_t factor = 0xc6a4a7935bd1e995u;
    uint64_t hash = (unsigned char)kind ^ text.len << 8, word;
    for (size_t at = 0; at + sizeof word < text.len; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    hash = (hash ^ last_bytes(text)) * factor;
    return (uint32_t)(hash >> 32 ^ hash >> 17);
}

static void grow(struct key_table *table)
{
    const struct key_slot *old = table->slots;
    size_t old_count = table->slot_count, mask = 2 * old_count - 1;
    struct key_slot *slots = arena_new_array(table->entries.arena, 2 * old_count, struct key_slot);
    for (size_t i = 0; i < old_count; i++) {
        size_t at = old[i].hash & mask;
        if (!old[i].entry)
            continue;
        while (slots[at].entry)
            at = (at + 1) & mask;
        slots[at] = old[i];
    }
    table->slots = slots;
    table->slot_count = 2 * old_count;
}

static struct str key_at(const struct key_table *table, uint32_t offset)
{
    const char *entry = table->entries.data + offset;
    return (struct str){entry + HEAD_SIZE, (unsigned char)entry[NUMBER_SIZE]};
}

static bool is_key(struct str key, char kind, struct str text)
{
    return key.len == text.len + 1 && key.data[0] == kind &&
           !memcmp(key.data + 1, text.data, text.len);
}

static uint32_t add(struct key_table *table, char kind, struct str text)
{
    struct buf *out = &table->entries;
    uint32_t number = (uint32_t)table->offsets.count;
    if (out->len > UINT32_MAX - HEAD_SIZE - sizeof(struct key))
        err_out_of_memory();
    *vec_push(&table->offsets, out->arena) = (uint32_t)out->len;
    buf_put(out, (struct str){(const char *)&number, NUMBER_SIZE});
    buf_put_char(out, (char)(text.len + 1));
    buf_put_char(out, kind);
    buf_put(out, text);
    return number;
}

static uint32_t enter(struct key_table *table, char kind, struct str text, uint32_t hash)
{
    uint32_t number;
    if (table->offsets.count * 4 >= table->slot_count * 3)
        grow(table);
    size_t mask = table->slot_count - 1, at = hash & mask;
    for (; table->slots[at].entry; at = (at + 1) & mask) {
        const struct key_slot *slot = &table->slots[at];
        if (slot->hash != hash || !is_key(key_at(table, slot->entry), kind, text))
            continue;
        memcpy(&number, table->entries.data + slot->entry, NUMBER_SIZE);
        return number;
    }
    table->slots[at] = (struct key_slot){hash, (uint32_t)table->entries.len};
    return add(table, kind, text);
}

uint32_t key_table_enter(struct key_table *table, enum key_kind kind, struct str text)
{
    text = str_slice(text, 0, KEY_TEXT_MAX);
    return enter(table, (char)kind, text, hash_of((char)kind, text));
}

void key_batch_begin(struct key_batch *batch, enum key_kind kind)
{
    batch->kind = kind;
    batch->count = 0;
}

void key_batch_add(struct key_batch *batch, const struct key_table *table, struct str text)
{
    text = str_slice(text, 0, KEY_TEXT_MAX);
    uint32_t hash = hash_of((char)batch->kind, text);
    __builtin_prefetch(&table->slots[hash & (table->slot_count - 1)]);
    memcpy(batch->items[batch->count].text, text.data, text.len);
    batch->items[batch->count].len = (uint32_t)text.len;
    batch->items[batch->count++].hash = hash;
}

void key_table_enter_batch(struct key_table *table, struct key_batch *batch,
                           uint32_t numbers[KEY_BATCH_MAX])
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct key_slot *slot = &table->slots[batch->items[i].hash & (table->slot_count - 1)];
        __builtin_prefetch(table->entries.data + slot->entry);
    }
    for (size_t i = 0; i < batch->count; i++) {
        struct str text = {batch->items[i].text, batch->items[i].len};
        numbers[i] = enter(table, (char)batch->kind, text, batch->items[i].hash);
    }
    batch->count = 0;
}

struct str key_table_key(const struct key_table *table, uint32_t number)
{
    return key_at(table, table->offsets.items[number]);
}
