#include "search/columns.h"

#include "base/arena.h"
#include "search/layout.h"

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
    uint32_t number;
    if (enter(table, id, &number)) {
        bytes_put_text(&table->items, id);
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
    *columns = (struct columns){0};
    string_table_init(&columns->topics, arena);
    string_table_init(&columns->kinds, arena);
    string_table_init(&columns->issuers, arena);
    buf_init(&columns->documents, arena);
    buf_init(&columns->places, arena);
}

void columns_add(struct columns *columns, const struct column_row *row)
{
    struct buf *out = &columns->documents;
    uint32_t skipped = row->number - columns->next;
    columns->count++;
    columns->next = row->number + 1;
    bytes_put_number(out, skipped);
    bytes_put_number(out, string_table_number(&columns->kinds, row->type));
    bytes_put_number(out, string_table_number(&columns->kinds, row->kind));
    bytes_put_number(out, string_table_number(&columns->issuers, row->issuer));
    bytes_put_number(out, row->date);
    bytes_put_number(out, (uint32_t)row->topic_count);
    for (size_t i = 0; i < row->topic_count; i++)
        bytes_put_number(out, row->topics[i]);
    bytes_put_number(&columns->places, skipped);
    bytes_put_number(&columns->places, row->part_count);
    buf_put(&columns->places, row->parts);
}

void columns_put(const struct columns *columns, uint32_t group, struct buf *out)
{
    buf_put_char(out, LAYOUT_COLUMNS);
    bytes_put_number(out, group);
    string_table_put(&columns->topics, out);
    string_table_put(&columns->kinds, out);
    string_table_put(&columns->issuers, out);
    bytes_put_number(out, columns->count);
    buf_put(out, buf_str(&columns->documents));
}

void columns_put_places(const struct columns *columns, uint32_t group, struct buf *out)
{
    buf_put_char(out, LAYOUT_PLACES);
    bytes_put_number(out, group);
    bytes_put_number(out, columns->count);
    buf_put(out, buf_str(&columns->places));
}
