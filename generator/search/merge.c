#include "search/merge.h"

#include "base/arena.h"
#include "search/collate.h"

/* A window: slices that are found at once. What they give is in memory until it is taken, but for
 * the chunks of the first: the others have so many bytes in all groups. */
enum { WINDOW_SLICES = 64, WINDOW_SIZE = 8 * 1024 * 1024 };

struct merge {
    struct yield_ground ground;
    struct nodes *nodes;
    struct parts *parts;
    size_t next_alias;
    struct arena lists;            /* of the forms and topics */
    VEC(struct str) forms, others; /* of all slices */
    struct yield window[WINDOW_SLICES];
    size_t count, size; /* of the window; bytes, but for the first */
};

static void put_list(struct merge *merge, const struct str *items, size_t count, enum key_kind kind)
{
    struct arena arena;
    arena_init(&arena);
    const struct keyed *sorted = collate(items, count, &arena);
    for (size_t i = 0; i < count; i++) {
        struct key key;
        struct str stem = *(const struct str *)sorted[i].item, form = str_cut(&stem, '\0');
        nodes_add(merge->nodes, keys_make(&key, kind, form), stem);
    }
    arena_release(&arena);
}

/* What a slice gives goes on its way. */

static void keep_topic(struct merge *merge, struct str key, struct str entry)
{
    struct str *kept = arena_new(&merge->lists, struct str);
    *kept = str_copy(&merge->lists, entry);
    *map_at(&merge->ground.topics, str_copy(&merge->lists, key)) = kept;
}

static void take(struct merge *merge, const struct yield *yield)
{
    struct bytes bytes;
    for (bytes_begin(&bytes, yield->entries); !bytes_at_end(&bytes);) {
        struct str key = bytes_text(&bytes), entry = bytes_text(&bytes);
        nodes_add(merge->nodes, key, entry);
        if (key.data[0] == KEY_TOPIC)
            keep_topic(merge, key, entry);
    }
    for (bytes_begin(&bytes, yield->forms); !bytes_at_end(&bytes);)
        *vec_push(&merge->forms, &merge->lists) = str_copy(&merge->lists, bytes_text(&bytes));
    for (bytes_begin(&bytes, yield->others); !bytes_at_end(&bytes);)
        *vec_push(&merge->others, &merge->lists) = str_copy(&merge->lists, bytes_text(&bytes));
}

static void find(void *context, unsigned worker, size_t index)
{
    struct merge *merge = context;
    yield_find(&merge->window[index], &merge->ground, worker, index ? NULL : merge->parts);
}

static void take_window(struct merge *merge)
{
    pool_run(merge->parts->workers, merge->count, find, merge);
    for (size_t i = 0; i < merge->count; i++) {
        yield_settle(&merge->window[i], &merge->ground, merge->parts);
        take(merge, &merge->window[i]);
        yield_release(&merge->window[i]);
    }
    merge->count = merge->size = 0;
}

static void add_to_window(struct merge *merge, const struct yield *yield)
{
    size_t size = yield_size(yield, &merge->ground);
    if (merge->count == WINDOW_SLICES || merge->size + size > WINDOW_SIZE)
        take_window(merge);
    if (merge->count)
        merge->size += size;
    merge->window[merge->count++] = *yield;
}

/* The slices from one on, before another. */
static void take_slices(struct merge *merge, unsigned slice, unsigned end)
{
    struct yield yield;
    for (; slice < end; slice++) {
        if (!yield_init(&yield, &merge->ground, slice, merge->next_alias))
            continue;
        merge->next_alias += yield.alias_count;
        add_to_window(merge, &yield);
    }
    take_window(merge);
}

void merge_run(const struct harvest *harvests, size_t count, const struct harvest_source *source,
               const struct aliases *aliases, const struct yield_memory *memory,
               struct nodes *nodes, struct parts *parts)
{
    struct arena lists;
    arena_init(&lists);
    struct merge *merge = arena_new(&lists, struct merge);
    *merge = (struct merge){.nodes = nodes, .parts = parts, .lists = lists};
    merge->ground = (struct yield_ground){
        .source = source, .aliases = aliases, .memory = memory, .sink = parts->sink};
    map_init(&merge->ground.topics, &merge->lists);
    harvest_parts_make(&merge->ground.harvested, harvests, count, &merge->lists);
    take_slices(merge, 0, SLICES_WORDS);
    take_slices(merge, SLICES_WORDS, SLICES_BEHIND_WORDS);
    put_list(merge, merge->others.items, merge->others.count, KEY_FORM);
    take_slices(merge, SLICES_BEHIND_WORDS, SLICES);
    put_list(merge, merge->forms.items, merge->forms.count, KEY_REVERSED);
    lists = merge->lists;
    arena_release(&lists);
}
