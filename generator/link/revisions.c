#include "link/revisions.h"

#include "base/arena.h"
#include "base/map.h"

/* Paths to documents + 1, as they were called at the commit in hand. */
static void *as_value(uint32_t document)
{
    return (void *)((uintptr_t)document + 1);
}

static void name_files(struct map *names, const struct snapshot *snapshot,
                       const struct outline *documents, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t entries[] = {documents[i].markdown, documents[i].text};
        for (size_t j = 0; j < sizeof entries / sizeof *entries; j++)
            if (entries[j] != NO_ENTRY)
                *map_at(names, snapshot->entries[entries[j]].path) = as_value(i);
    }
}

/* From its renaming back the file went by its old name, and the new name is another file's. */
static void follow(struct map *names, const struct change *change, void *document)
{
    if (change->kind != CHANGE_RENAMED)
        return;
    *map_at(names, change->path) = NULL;
    *map_at(names, change->old_path) = document;
}

/* Of each change the document that it is one of. */
static void find_documents(struct revisions *out, struct map *names)
{
    const struct changes *changes = &out->changes;
    for (uint32_t i = 0; i < changes->commits.count; i++) {
        const struct change_commit *commit = &changes->commits.items[i];
        for (uint32_t j = commit->first; j < commit->first + commit->count; j++) {
            void *document = map_get(names, changes->items.items[j].path);
            out->document_of[j] = document ? (uint32_t)((uintptr_t)document - 1) : NO_DOCUMENT;
            if (document)
                follow(names, &changes->items.items[j], document);
        }
    }
}

/* Most documents have one or two: room is made for just as many, side by side. */
static void make_room(struct revisions *out, uint32_t count, struct arena *arena)
{
    struct revision *next = arena_new_array(arena, out->changes.items.count, struct revision);
    for (size_t i = 0; i < out->changes.items.count; i++)
        if (out->document_of[i] != NO_DOCUMENT)
            out->of[out->document_of[i]].items.capacity++;
    for (uint32_t i = 0; i < count; i++) {
        out->of[i].items.items = next;
        next += out->of[i].items.capacity;
    }
}

static void list_revisions(struct revisions *out, struct arena *arena)
{
    const struct changes *changes = &out->changes;
    for (uint32_t i = 0; i < changes->commits.count; i++) {
        const struct change_commit *commit = &changes->commits.items[i];
        for (uint32_t j = commit->first; j < commit->first + commit->count; j++)
            if (out->document_of[j] != NO_DOCUMENT)
                *vec_push(&out->of[out->document_of[j]].items, arena) = (struct revision){j, i};
    }
}

void revisions_find(struct revisions *out, const struct snapshot *snapshot,
                    const struct outline *documents, uint32_t count, struct arena *arena)
{
    struct map names;
    struct arena scratch;
    arena_init(&scratch);
    map_init(&names, &scratch);
    name_files(&names, snapshot, documents, count);
    out->of = arena_new_array(arena, count, struct document_revisions);
    out->document_of = arena_new_array(arena, out->changes.items.count, uint32_t);
    find_documents(out, &names);
    arena_release(&scratch);
    make_room(out, count, arena);
    list_revisions(out, arena);
}
