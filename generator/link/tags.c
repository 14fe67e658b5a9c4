#include "link/tags.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>

struct collection {
    struct tags *tags;
    struct arena *arena;
    struct arena scratch;
    struct diags *diags;
    bool full;
};

/* The id of the first `levels` parts of a tag; `*name` becomes those parts as written. */
static struct str id_of(const struct naming *naming, struct arena *arena, struct str tag,
                        unsigned levels, struct str *name)
{
    struct buf id;
    struct str rest = tag;
    buf_init(&id, arena);
    buf_put(&id, naming->tag_folder);
    while (rest.data && levels--) {
        struct str part = str_cut(&rest, '/');
        if (!part.len)
            continue;
        buf_put_char(&id, '/');
        buf_put(&id, naming_part(arena, naming, part));
        *name = str_slice(tag, 0, (size_t)(part.data + part.len - tag.data));
    }
    return buf_str(&id);
}

static unsigned levels_of(struct str name)
{
    unsigned levels = 0;
    for (struct str rest = name; rest.data && levels < TAG_LEVELS_MAX;)
        levels += str_cut(&rest, '/').len > 0;
    return levels;
}

/* The index of the tag, made where it is new; NO_TAG where there are too many. */
static uint32_t enter(struct collection *collection, struct str id, struct str name,
                      uint32_t parent, const struct outline *document)
{
    struct tags *tags = collection->tags;
    uintptr_t number = (uintptr_t)map_get(&tags->by_id, id);
    if (number)
        return (uint32_t)number - 1;
    if (tags->items.count == TAGS_MAX) {
        if (!collection->full)
            diag_add(collection->diags, DIAG_ERROR, "too-many-tags",
                     (struct place){document->path, 0, 0},
                     "more than %u different tags; from '#%.*s' on they have no page", TAGS_MAX,
                     STR_ARGS(name));
        collection->full = true;
        return NO_TAG;
    }
    id = str_copy(collection->arena, id);
    *vec_push(&tags->items, collection->arena) =
        (struct tag){.id = id, .name = name, .parent = parent};
    *map_at(&tags->by_id, id) = (void *)(uintptr_t)tags->items.count;
    return (uint32_t)tags->items.count - 1;
}

static void use(struct collection *collection, uint32_t tag, uint32_t document, uint32_t passage)
{
    struct tag *used = &collection->tags->items.items[tag];
    size_t count = used->uses.count;
    if (!count || used->uses.items[count - 1].document != document)
        *vec_push(&used->uses, collection->arena) = (struct tagged){document, passage};
}

static void add(struct collection *collection, const struct outline *document, uint32_t number,
                const struct tag_use *written)
{
    uint32_t parent = NO_TAG;
    unsigned levels = levels_of(written->name);
    for (unsigned level = 1; level <= levels; level++) {
        struct str name = written->name;
        arena_clear(&collection->scratch);
        struct str id =
            id_of(&collection->tags->naming, &collection->scratch, written->name, level, &name);
        uint32_t tag = enter(collection, id, name, parent, document);
        if (tag == NO_TAG)
            return;
        use(collection, tag, number, written->passage);
        parent = tag;
    }
}

static int by_id(const void *left, const void *right)
{
    const struct tag *a = left, *b = right;
    return str_compare(a->id, b->id);
}

/* Parents are told by id while the order changes. */
static void sort(struct collection *collection)
{
    struct tags *tags = collection->tags;
    size_t count = tags->items.count;
    struct str *parents = arena_new_array(collection->arena, count, struct str);
    for (size_t i = 0; i < count; i++)
        if (tags->items.items[i].parent != NO_TAG)
            parents[i] = tags->items.items[tags->items.items[i].parent].id;
    for (size_t i = 0; i < count; i++)
        tags->items.items[i].parent = (uint32_t)i;
    if (count > 1)
        qsort(tags->items.items, count, sizeof *tags->items.items, by_id);
    for (size_t i = 0; i < count; i++)
        *map_at(&tags->by_id, tags->items.items[i].id) = (void *)(uintptr_t)(i + 1);
    for (size_t i = 0; i < count; i++) {
        struct str parent = parents[tags->items.items[i].parent];
        tags->items.items[i].parent =
            parent.data ? (uint32_t)(uintptr_t)map_get(&tags->by_id, parent) - 1 : NO_TAG;
    }
}

void tags_collect(struct tags *tags, struct arena *arena, const struct naming *naming,
                  const struct outline *documents, uint32_t count, struct diags *diags)
{
    struct collection collection = {.tags = tags, .arena = arena, .diags = diags};
    tags->naming = *naming;
    map_init(&tags->by_id, arena);
    arena_init(&collection.scratch);
    for (uint32_t i = 0; i < count; i++)
        for (size_t j = 0; j < documents[i].tags.count; j++)
            add(&collection, &documents[i], i, &documents[i].tags.items[j]);
    sort(&collection);
    arena_release(&collection.scratch);
}

const struct tag *tags_find(const struct tags *tags, struct arena *scratch, struct str name)
{
    struct str shown;
    struct str id = id_of(&tags->naming, scratch, name, levels_of(name), &shown);
    uintptr_t number = (uintptr_t)map_get(&tags->by_id, id);
    return number ? &tags->items.items[number - 1] : NULL;
}

struct str tags_id_below(const struct tags *tags, struct arena *arena, const struct tag *tag,
                         struct str folder)
{
    struct str main = tags->naming.tag_folder;
    if (str_equal(folder, main))
        return tag->id;
    return str_format(arena, "%.*s%.*s", STR_ARGS(folder),
                      STR_ARGS(str_from_offset(tag->id, main.len)));
}

struct naming tags_reserve(const struct tags *tags, struct arena *arena)
{
    struct naming naming = tags->naming;
    size_t pages = tags->items.count * (naming.edition_count + 1);
    struct str *reserved = arena_new_array(arena, naming.reserved_count + pages, struct str);
    for (size_t i = 0; i < naming.reserved_count; i++)
        reserved[i] = naming.reserved[i];
    for (size_t i = 0; i < tags->items.count; i++) {
        const struct tag *tag = &tags->items.items[i];
        reserved[naming.reserved_count++] = tag->id;
        for (size_t j = 0; j < naming.edition_count; j++)
            reserved[naming.reserved_count++] =
                tags_id_below(tags, arena, tag, naming.editions[j].tag_folder);
    }
    naming.reserved = reserved;
    return naming;
}
