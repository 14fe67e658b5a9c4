#include "search/entry.h"

#include "search/layout.h"

enum { ALIAS_LEAST = 3, BEST_LEAST = 3, CHUNK_LEAST = 11 /* bytes that one takes */ };

static void read_aliases(struct entry *entry, struct bytes *bytes, struct arena *arena)
{
    entry->alias_count = bytes_count(bytes, ALIAS_LEAST);
    struct entry_alias *aliases = arena_new_array(arena, entry->alias_count, struct entry_alias);
    for (uint32_t i = 0; i < entry->alias_count; i++) {
        aliases[i].text = bytes_text(bytes);
        aliases[i].id = bytes_text(bytes);
        aliases[i].title = bytes_text(bytes);
    }
    entry->aliases = aliases;
}

static void read_best(struct entry *entry, struct bytes *bytes, struct arena *arena)
{
    entry->best_count = bytes_count(bytes, BEST_LEAST);
    struct entry_best *best = arena_new_array(arena, entry->best_count, struct entry_best);
    uint32_t group = 0;
    for (uint32_t i = 0; i < entry->best_count; i++) {
        group += bytes_number(bytes);
        best[i].group = group;
        best[i].document = bytes_number(bytes);
        uint32_t head = bytes_number(bytes);
        best[i].passage = head >> 4;
        best[i].impact = head & 15;
    }
    entry->best = best;
}

static void read_chunks(struct entry *entry, struct bytes *bytes, struct arena *arena)
{
    entry->chunk_count = bytes_count(bytes, CHUNK_LEAST);
    struct entry_chunk *chunks = arena_new_array(arena, entry->chunk_count, struct entry_chunk);
    uint32_t first = 0;
    for (uint32_t i = 0; i < entry->chunk_count; i++) {
        first += bytes_number(bytes);
        chunks[i].first = first;
        chunks[i].hash = bytes_long(bytes);
        chunks[i].size = bytes_number(bytes);
        chunks[i].impact = bytes_number(bytes);
    }
    entry->chunks = chunks;
}

bool entry_read(struct entry *entry, struct str value, struct arena *arena)
{
    struct bytes bytes;
    *entry = (struct entry){0};
    bytes_begin(&bytes, value);
    entry->word = bytes_text(&bytes);
    entry->documents = bytes_number(&bytes);
    entry->passages = bytes_number(&bytes);
    read_aliases(entry, &bytes, arena);
    uint32_t mode = bytes_number(&bytes);
    entry->chunked = mode == LAYOUT_CHUNKED;
    if (entry->chunked) {
        read_best(entry, &bytes, arena);
        read_chunks(entry, &bytes, arena);
    } else {
        entry->piece_count = bytes_number(&bytes);
        entry->pieces = bytes_take(&bytes, (size_t)(bytes.end - bytes.next));
    }
    return !bytes.failed && mode <= LAYOUT_CHUNKED;
}

void entry_begin(struct entry_pieces *pieces, const struct entry *entry)
{
    *pieces = (struct entry_pieces){.group = 0};
    bytes_begin(&pieces->bytes, entry->pieces);
}

bool entry_begin_chunk(struct entry_pieces *pieces, const struct entry *entry, uint32_t index,
                       struct store *store)
{
    struct str chunk;
    if (!store_get(store, paths_part(entry->chunks[index].hash), &chunk))
        return false;
    *pieces = (struct entry_pieces){.group = 0};
    bytes_begin(&pieces->bytes, chunk);
    struct str kind = bytes_take(&pieces->bytes, 1);
    if (!kind.len || kind.data[0] != LAYOUT_CHUNK)
        store_damaged(store, "a chunk of postings can't be read");
    return !store->damage;
}

bool entry_next(struct entry_pieces *pieces)
{
    struct bytes *bytes = &pieces->bytes;
    if (bytes_at_end(bytes))
        return false;
    pieces->group += bytes_number(bytes);
    pieces->block = bytes_text(bytes);
    return !bytes->failed;
}
