#include "search/rows.h"

#include "base/arena.h"
#include "search/layout.h"

enum { ROW_LEAST = 6, PLACES_LEAST = 7, PART_LEAST = 5 /* bytes that one takes */ };

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
    rows->topic_count = bytes_count(bytes, 2);
    struct row_topic *topics = arena_new_array(arena, rows->topic_count, struct row_topic);
    for (uint32_t i = 0; i < rows->topic_count; i++) {
        topics[i].id = bytes_text(bytes);
        topics[i].title = bytes_text(bytes);
    }
    rows->topics = topics;
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

static void read_row(const struct rows *rows, struct row *row, struct bytes *bytes,
                     struct arena *arena)
{
    row->type = read_index(bytes, rows->kind_count);
    row->kind = read_index(bytes, rows->kind_count);
    row->issuer = read_index(bytes, rows->issuer_count);
    row->date = bytes_number(bytes);
    row->topic_count = bytes_count(bytes, 1);
    uint32_t *topics = arena_new_array(arena, row->topic_count, uint32_t);
    for (uint32_t i = 0; i < row->topic_count; i++)
        topics[i] = read_index(bytes, rows->topic_count);
    row->topics = topics;
}

static bool read_all(struct rows *rows, struct bytes *bytes, struct arena *arena)
{
    struct str kind = bytes_take(bytes, 1);
    rows->group = bytes_number(bytes);
    read_topics(rows, bytes, arena);
    rows->kinds = read_texts(bytes, &rows->kind_count, arena);
    rows->issuers = read_texts(bytes, &rows->issuer_count, arena);
    rows->count = bytes_count(bytes, ROW_LEAST);
    struct row *items = arena_new_array(arena, rows->count, struct row);
    uint32_t next = 0;
    for (uint32_t i = 0; i < rows->count && !bytes->failed; i++) {
        items[i].number = read_document_number(bytes, &next);
        read_row(rows, &items[i], bytes, arena);
    }
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

static uint32_t read_hash(struct bytes *bytes)
{
    struct str digits = bytes_take(bytes, 4);
    uint32_t hash = 0;
    for (size_t i = digits.len; i > 0; i--)
        hash = hash << 8 | (uint8_t)digits.data[i - 1];
    return hash;
}

static void read_document(struct places *document, struct bytes *bytes, struct arena *arena)
{
    document->count = bytes_count(bytes, PART_LEAST);
    struct text_part *parts = arena_new_array(arena, document->count, struct text_part);
    for (uint32_t i = 0; i < document->count; i++) {
        parts[i].passages = bytes_number(bytes);
        parts[i].hash = read_hash(bytes);
    }
    document->items = parts;
    bytes->failed |= !document->count;
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
    places->count = bytes_count(&bytes, PLACES_LEAST);
    struct places *items = arena_new_array(arena, places->count, struct places);
    uint32_t next = 0;
    for (uint32_t i = 0; i < places->count && !bytes.failed; i++) {
        items[i].number = read_document_number(&bytes, &next);
        read_document(&items[i], &bytes, arena);
    }
    places->items = items;
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
