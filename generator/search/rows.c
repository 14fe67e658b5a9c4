#include "search/rows.h"

#include "base/arena.h"
#include "search/keys.h"
#include "search/layout.h"

enum { ROW_LEAST = 6, PLACES_LEAST = 5 /* bytes that one takes */ };

static const struct str *read_texts(struct bytes *bytes, uint32_t *count, struct arena *arena)
{
    *count = bytes_count(bytes, 1);
    struct str *texts = arena_new_array(arena, *count, struct str);
    for (uint32_t i = 0; i < *count; i++)
        texts[i] = bytes_text(bytes);
    return texts;
}

static void read_topics(struct rows *rows, struct bytes *bytes, struct arena *arena)
{
    uint32_t number = 0;
    rows->topic_count = bytes_count(bytes, 1);
    rows->topics = arena_new_array(arena, rows->topic_count, struct row_topic);
    for (uint32_t i = 0; i < rows->topic_count; i++)
        rows->topics[i].number = number += bytes_number(bytes);
}

/* A number that must be less than `count`. */
static uint32_t read_index(struct bytes *bytes, uint32_t count)
{
    uint32_t index = bytes_number(bytes);
    if (index < count)
        return index;
    bytes->failed = true;
    return 0;
}

/* The number of the next document, `*next` behind the one before. Bounded, so that a reader may
 * take it for an index. */
static uint32_t read_document_number(struct bytes *bytes, uint32_t *next)
{
    uint32_t skipped = bytes_number(bytes);
    if (skipped > LAYOUT_NUMBER_MAX - *next)
        bytes->failed = true;
    uint32_t number = bytes->failed ? 0 : *next + skipped;
    *next = number + 1;
    return number;
}

/* The columns behind that of numbers, as they follow each other. */
enum row_column { ROW_TYPE, ROW_KIND, ROW_ISSUER, ROW_DATE, ROW_TOPICS, ROW_TOPIC };

static void read_topics_of(const struct rows *rows, struct row *row, struct bytes *bytes,
                           struct arena *arena)
{
    uint32_t last = 0;
    row->topic_count = bytes_count_of(bytes, row->topic_count, 1);
    uint32_t *topics = arena_new_array(arena, row->topic_count, uint32_t);
    for (uint32_t i = 0; i < row->topic_count; i++) {
        uint32_t step = read_index(bytes, rows->topic_count);
        if (step >= rows->topic_count - last)
            bytes->failed = true;
        topics[i] = last = bytes->failed ? 0 : last + step;
    }
    row->topics = topics;
}

/* What one document has in a column. */
static void read_value(const struct rows *rows, struct row *row, enum row_column column,
                       struct bytes *bytes, struct arena *arena)
{
    switch (column) {
    case ROW_TYPE:
        row->type = read_index(bytes, rows->kind_count);
        break;
    case ROW_KIND:
        row->kind = read_index(bytes, rows->kind_count);
        break;
    case ROW_ISSUER:
        row->issuer = read_index(bytes, rows->issuer_count);
        break;
    case ROW_DATE:
        row->date = bytes_number(bytes);
        break;
    case ROW_TOPICS:
        row->topic_count = bytes_number(bytes);
        break;
    case ROW_TOPIC:
        read_topics_of(rows, row, bytes, arena);
        break;
    }
}

static bool read_all(struct rows *rows, struct bytes *bytes, struct arena *arena)
{
    uint32_t next = 0;
    struct str kind = bytes_take(bytes, 1);
    rows->group = bytes_number(bytes);
    rows->names = bytes_hash(bytes);
    read_topics(rows, bytes, arena);
    rows->kinds = read_texts(bytes, &rows->kind_count, arena);
    rows->issuers = read_texts(bytes, &rows->issuer_count, arena);
    rows->count = bytes_count(bytes, ROW_LEAST);
    struct row *items = arena_new_array(arena, rows->count, struct row);
    for (uint32_t i = 0; i < rows->count; i++)
        items[i].number = read_document_number(bytes, &next);
    for (enum row_column column = ROW_TYPE; column <= ROW_TOPIC; column++)
        for (uint32_t i = 0; i < rows->count; i++)
            read_value(rows, &items[i], column, bytes, arena);
    rows->items = items;
    return !bytes->failed && kind.len && kind.data[0] == LAYOUT_COLUMNS;
}

bool rows_read(struct rows *rows, const struct root *root, uint32_t group, struct arena *arena)
{
    struct str file;
    struct bytes bytes;
    struct root_group parts;
    *rows = (struct rows){0};
    if (!root_find_group(root, group, &parts) ||
        !store_get(root->tree.store, paths_part(parts.columns), &file))
        return false;
    bytes_begin(&bytes, file);
    if (read_all(rows, &bytes, arena) && rows->group == group)
        return true;
    store_damaged(root->tree.store, "the columns of a group can't be read");
    return false;
}

bool rows_name_topics(struct rows *rows, struct store *store, struct arena *arena)
{
    struct str file;
    struct bytes bytes;
    if (!store_get(store, paths_part(rows->names), &file))
        return false;
    bytes_begin(&bytes, file);
    struct str kind = bytes_take(&bytes, 1);
    bool fits = bytes_number(&bytes) == rows->group;
    fits &= bytes_number(&bytes) == rows->topic_count;
    for (uint32_t i = 0; i < rows->topic_count && fits; i++) {
        struct str id = bytes_text(&bytes), title = bytes_text(&bytes);
        rows->topics[i].id = keys_long_id(arena, id, title);
        rows->topics[i].title = title;
    }
    if (fits && !bytes.failed && kind.len && kind.data[0] == LAYOUT_NAMES)
        return true;
    store_damaged(store, "what topics are called can't be read");
    return false;
}

static void read_places(struct group_places *places, struct bytes *bytes, struct arena *arena)
{
    uint32_t next = 0;
    places->count = bytes_count(bytes, PLACES_LEAST);
    struct places *items = arena_new_array(arena, places->count, struct places);
    for (uint32_t i = 0; i < places->count; i++)
        items[i].number = read_document_number(bytes, &next);
    for (uint32_t i = 0; i < places->count; i++) {
        items[i].stride = bytes_number(bytes);
        bytes->failed |= !items[i].stride;
    }
    for (uint32_t i = 0; i < places->count; i++)
        items[i].hash = bytes_short(bytes);
    places->items = items;
}

bool rows_read_places(struct group_places *places, const struct root *root, uint32_t group,
                      struct arena *arena)
{
    struct str file;
    struct bytes bytes;
    struct root_group parts;
    *places = (struct group_places){0};
    if (!root_find_group(root, group, &parts) ||
        !store_get(root->tree.store, paths_part(parts.places), &file))
        return false;
    bytes_begin(&bytes, file);
    struct str kind = bytes_take(&bytes, 1);
    uint32_t id = bytes_number(&bytes);
    read_places(places, &bytes, arena);
    if (!bytes.failed && kind.len && kind.data[0] == LAYOUT_PLACES && id == group)
        return true;
    store_damaged(root->tree.store, "where the texts of a group are can't be read");
    return false;
}

const struct row *rows_find(const struct rows *rows, uint32_t document)
{
    uint32_t low = 0, high = rows->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows->items[middle].number < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows->count && rows->items[low].number == document ? &rows->items[low] : NULL;
}

const struct places *rows_find_places(const struct group_places *places, uint32_t document)
{
    uint32_t low = 0, high = places->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (places->items[middle].number < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->count && places->items[low].number == document ? &places->items[low]
                                                                        : NULL;
}
