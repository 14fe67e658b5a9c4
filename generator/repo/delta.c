#include "repo/delta.h"

#include "base/arena.h"
#include "base/bytes.h"

bool delta_is_document(struct str path)
{
    return str_ends(path, STR(".md")) || str_ends(path, STR(".txt"));
}

static bool has_blobs(const struct delta_item *item)
{
    return !item->from && delta_is_document(item->path);
}

static void put_id(struct buf *out, const unsigned char id[OID_SIZE])
{
    buf_put(out, (struct str){(const char *)id, OID_SIZE});
}

void delta_put(struct buf *out, const struct delta *delta)
{
    bytes_put_number(out, delta->work);
    bytes_put_number(out, (uint32_t)delta->items.count);
    for (size_t i = 0; i < delta->items.count; i++) {
        const struct delta_item *item = &delta->items.items[i];
        bytes_put_text(out, item->path);
        bytes_put_number(out, item->from);
        if (!has_blobs(item))
            continue;
        put_id(out, item->before);
        put_id(out, item->after);
    }
}

static void take_id(struct bytes *bytes, unsigned char id[OID_SIZE])
{
    struct str taken = bytes_take(bytes, OID_SIZE);
    if (!bytes->failed)
        memcpy(id, taken.data, OID_SIZE);
}

static bool take_item(struct bytes *bytes, uint32_t parent_count, struct delta_item *item)
{
    item->path = bytes_text(bytes);
    item->from = bytes_number(bytes);
    if (!item->path.len || item->path.len > SNAPSHOT_PATH_MAX ||
        (item->from && item->from >= parent_count))
        return false;
    if (has_blobs(item)) {
        take_id(bytes, item->before);
        take_id(bytes, item->after);
    }
    return !bytes->failed;
}

bool delta_take(struct str bytes, uint32_t parent_count, struct arena *arena, struct delta *out)
{
    struct bytes rest;
    bytes_begin(&rest, bytes);
    *out = (struct delta){.work = bytes_number(&rest)};
    uint32_t count = bytes_count(&rest, 3);
    out->items.items = arena_new_array(arena, count, struct delta_item);
    out->items.count = out->items.capacity = count;
    for (uint32_t i = 0; i < count; i++)
        if (!take_item(&rest, parent_count, &out->items.items[i]))
            return false;
    return !rest.failed && bytes_at_end(&rest);
}
