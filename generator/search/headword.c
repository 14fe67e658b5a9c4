#include "search/headword.h"

#include "search/layout.h"

enum { ALIAS_LEAST = 4, BEST_LEAST = 3, CHUNK_LEAST = 9 /* bytes that one takes */ };

static void read_aliases(struct headword *entry, struct bytes *bytes, struct arena *arena)
{
    entry->alias_count = bytes_count(bytes, ALIAS_LEAST);
    struct headword_alias *aliases =
        arena_new_array(arena, entry->alias_count, struct headword_alias);
    for (uint32_t i = 0; i < entry->alias_count; i++) {
        aliases[i].text = bytes_text(bytes);
        aliases[i].id = bytes_text(bytes);
        aliases[i].title = bytes_text(bytes);
        aliases[i].entry = bytes_text(bytes);
    }
    entry->aliases = aliases;
}

static void read_best(struct headword *entry, struct bytes *bytes, struct arena *arena)
{
    entry->best_count = bytes_count(bytes, BEST_LEAST);
    struct headword_best *best = arena_new_array(arena, entry->best_count, struct headword_best);
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

static void read_chunks(struct headword *entry, struct bytes *bytes, struct arena *arena)
{
    entry->chunk_count = bytes_count(bytes, CHUNK_LEAST);
    struct headword_chunk *chunks =
        arena_new_array(arena, entry->chunk_count, struct headword_chunk);
    uint32_t first = 0;
    for (uint32_t i = 0; i < entry->chunk_count; i++) {
        first += bytes_number(bytes);
        chunks[i].first = first;
        chunks[i].hash = bytes_hash(bytes);
        chunks[i].size = bytes_number(bytes);
        chunks[i].impact = bytes_number(bytes);
    }
    entry->chunks = chunks;
}

bool headword_read(struct headword *entry, struct str value, struct arena *arena)
{
    struct bytes bytes;
    *entry = (struct headword){0};
    bytes_begin(&bytes, value);
    entry->common = posting_form_read(&bytes);
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

void headword_begin(struct headword_pieces *pieces, const struct headword *entry)
{
    *pieces = (struct headword_pieces){.group = 0};
    bytes_begin(&pieces->bytes, entry->pieces);
}

bool headword_begin_chunk(struct headword_pieces *pieces, const struct headword *entry,
                          uint32_t index, struct store *store)
{
    struct str chunk;
    if (!store_get(store, paths_part(entry->chunks[index].hash), &chunk))
        return false;
    *pieces = (struct headword_pieces){.group = 0};
    bytes_begin(&pieces->bytes, chunk);
    struct str kind = bytes_take(&pieces->bytes, 1);
    if (!kind.len || kind.data[0] != LAYOUT_CHUNK)
        store_damaged(store, "a chunk of postings can't be read");
    return !store->damage;
}

bool headword_next(struct headword_pieces *pieces)
{
    struct bytes *bytes = &pieces->bytes;
    if (bytes_at_end(bytes))
        return false;
    uint32_t step = bytes_number(bytes);
    if (step > UINT32_MAX - pieces->group)
        bytes->failed = true;
    pieces->group += step;
    pieces->block = bytes_text(bytes);
    return !bytes->failed;
}
