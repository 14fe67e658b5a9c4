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

void revisions_find(struct revisions *out, const struct snapshot *snapshot,
                    const struct outline *documents, uint32_t count, struct arena *arena)
{
    const struct changes *changes = &out->changes;
    struct map names;
    map_init(&names, arena);
    name_files(&names, snapshot, documents, count);
    out->of = arena_new_array(arena, count, struct document_revisions);
    out->document_of = arena_new_array(arena, changes->items.count, uint32_t);
    for (uint32_t i = 0; i < changes->commits.count; i++) {
        const struct change_commit *commit = &changes->commits.items[i];
        for (uint32_t j = commit->first; j < commit->first + commit->count; j++) {
            void *document = map_get(&names, changes->items.items[j].path);
            uint32_t number = document ? (uint32_t)((uintptr_t)document - 1) : NO_DOCUMENT;
            out->document_of[j] = number;
            if (!document)
                continue;
            *vec_push(&out->of[number].items, arena) = (struct revision){j, i};
            follow(&names, &changes->items.items[j], document);
        }
    }
}
