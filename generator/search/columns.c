#include "search/columns.h"

#include "base/arena.h"
#include "search/keys.h"
#include "search/layout.h"

#include <stdlib.h>

void string_table_init(struct string_table *table, struct arena *arena)
{
    *table = (struct string_table){0};
    map_init(&table->numbers, arena);
    buf_init(&table->items, arena);
}

/* Whether `text` is new; its number in either case. */
static bool enter(struct string_table *table, struct str text, uint32_t *number)
{
    struct arena *arena = table->items.arena;
    const uint32_t *known = map_get(&table->numbers, text);
    if (known) {
        *number = *known;
        return false;
    }
    uint32_t *new = arena_new(arena, uint32_t);
    *new = *number = table->count++;
    *map_at(&table->numbers, str_copy(arena, text)) = new;
    return true;
}

uint32_t string_table_number(struct string_table *table, struct str text)
{
    uint32_t number;
    if (enter(table, text, &number))
        bytes_put_text(&table->items, text);
    return number;
}

uint32_t string_table_topic(struct string_table *table, struct str id, struct str title)
{
    struct arena *arena = table->items.arena;
    uint32_t number;
    if (enter(table, id, &number)) {
        bytes_put_text(&table->items, keys_short_id(arena, id, title));
        bytes_put_text(&table->items, title);
    }
    return number;
}

void string_table_put(const struct string_table *table, struct buf *out)
{
    bytes_put_number(out, table->count);
    buf_put(out, buf_str(&table->items));
}

void columns_init(struct columns *columns, struct arena *arena)
{
    *columns = (struct columns){.arena = arena};
    string_table_init(&columns->kinds, arena);
    string_table_init(&columns->issuers, arena);
    for (int i = 0; i < COLUMNS; i++)
        buf_init(&columns->of[i], arena);
}

void columns_add(struct columns *columns, const struct column_row *row)
{
    const uint32_t values[] = {
        [COLUMN_NUMBER] = row->number - columns->next,
        [COLUMN_TYPE] = string_table_number(&columns->kinds, row->type),
        [COLUMN_KIND] = string_table_number(&columns->kinds, row->kind),
        [COLUMN_ISSUER] = string_table_number(&columns->issuers, row->issuer),
        [COLUMN_DATE] = row->date,
        [COLUMN_TOPICS] = (uint32_t)row->topic_count,
        [COLUMN_STRIDE] = row->place.stride,
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        bytes_put_number(&columns->of[i], values[i]);
    bytes_put_short(&columns->of[COLUMN_HASH], row->place.hash);
    for (size_t i = 0; i < row->topic_count; i++)
        *vec_push(&columns->topics, columns->arena) = row->topics[i];
    *vec_push(&columns->counts, columns->arena) = (uint32_t)row->topic_count;
    columns->next = row->number + 1;
}

static int by_number(const void *left, const void *right)
{
    const struct column_topic *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

void columns_end(struct columns *columns)
{
    size_t all = columns->topics.count, kept = 0, at = 0;
    struct column_topic *topics = arena_new_array(columns->arena, all, struct column_topic);
    for (size_t i = 0; i < all; i++)
        topics[i] = columns->topics.items[i];
    if (all)
        qsort(topics, all, sizeof *topics, by_number);
    for (size_t i = 0; i < all; i++)
        if (!i || topics[i].number != topics[kept - 1].number)
            topics[kept++] = topics[i];
    for (size_t i = 0; i < columns->counts.count; i++) {
        uint32_t before = 0;
        for (uint32_t j = 0; j < columns->counts.items[i]; j++, at++) {
            const struct column_topic *place =
                bsearch(&columns->topics.items[at], topics, kept, sizeof *topics, by_number);
            uint32_t index = (uint32_t)(place - topics);
            bytes_put_number(&columns->of[COLUMN_TOPIC], index - before);
            before = index;
        }
    }
    columns->topics.items = topics;
    columns->topics.count = kept;
}

static void put_some(const struct columns *columns, enum column first, enum column last,
                     struct buf *out)
{
    for (enum column i = first; i <= last; i++)
        buf_put(out, buf_str(&columns->of[i]));
}

void columns_put(const struct columns *columns, uint32_t group, uint64_t names, struct buf *out)
{
    uint32_t before = 0;
    buf_put_char(out, LAYOUT_COLUMNS);
    bytes_put_number(out, group);
    bytes_put_hash(out, names);
    bytes_put_number(out, (uint32_t)columns->topics.count);
    for (size_t i = 0; i < columns->topics.count; i++) {
        bytes_put_number(out, columns->topics.items[i].number - before);
        before = columns->topics.items[i].number;
    }
    string_table_put(&columns->kinds, out);
    string_table_put(&columns->issuers, out);
    bytes_put_number(out, (uint32_t)columns->counts.count);
    put_some(columns, COLUMN_NUMBER, COLUMN_TOPICS, out);
    put_some(columns, COLUMN_TOPIC, COLUMN_TOPIC, out);
}

void columns_put_names(const struct columns *columns, uint32_t group, struct buf *out)
{
    buf_put_char(out, LAYOUT_NAMES);
    bytes_put_number(out, group);
    bytes_put_number(out, (uint32_t)columns->topics.count);
    for (size_t i = 0; i < columns->topics.count; i++) {
        const struct column_topic *topic = &columns->topics.items[i];
        bytes_put_text(out, keys_short_id(columns->arena, topic->id, topic->title));
        bytes_put_text(out, topic->title);
    }
}

void columns_put_places(const struct columns *columns, uint32_t group, struct buf *out)
{
    buf_put_char(out, LAYOUT_PLACES);
    bytes_put_number(out, group);
    bytes_put_number(out, (uint32_t)columns->counts.count);
    put_some(columns, COLUMN_NUMBER, COLUMN_NUMBER, out);
    put_some(columns, COLUMN_STRIDE, COLUMN_HASH, out);
}
