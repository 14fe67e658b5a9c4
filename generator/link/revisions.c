#include "link/revisions.h"

#include "base/arena.h"
#include "base/map.h"

#include <string.h>

/* Which document a path is one of, as files were called at the commit in hand. */
struct names {
    const struct snapshot *snapshot;
    uint32_t *document_of; /* by entry: of files as they are called now */
    size_t next;           /* entry: most changes are in the order of paths */
    struct map renamed;    /* paths of those that had other names then, to documents + 1 */
};

static void *as_value(uint32_t document)
{
    return (void *)((uintptr_t)document + 1);
}

static void name_files(struct names *names, const struct outline *documents, uint32_t count)
{
    memset(names->document_of, 0xFF, names->snapshot->count * sizeof *names->document_of);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t entries[] = {documents[i].markdown, documents[i].text};
        for (size_t j = 0; j < sizeof entries / sizeof *entries; j++)
            if (entries[j] != NO_ENTRY)
                names->document_of[entries[j]] = i;
    }
}

static uint32_t find_document(struct names *names, struct str path)
{
    void *renamed = map_get(&names->renamed, path);
    size_t entry = names->next;
    if (renamed)
        return (uint32_t)((uintptr_t)renamed - 1);
    if (!snapshot_find(names->snapshot, path, &entry))
        return NO_DOCUMENT;
    names->next = entry + 1;
    return names->document_of[entry];
}

/* From its renaming back the file went by its old name, and the new name is another file's. */
static void follow(struct names *names, const struct change *change, uint32_t document)
{
    if (change->kind != CHANGE_RENAMED)
        return;
    *map_at(&names->renamed, change->path) = as_value(NO_DOCUMENT);
    *map_at(&names->renamed, change->old_path) = as_value(document);
}

/* Of each change the document that it is one of. */
static void find_documents(struct revisions *out, struct names *names)
{
    const struct changes *changes = &out->changes;
    for (uint32_t i = 0; i < changes->commits.count; i++) {
        const struct change_commit *commit = &changes->commits.items[i];
        for (uint32_t j = commit->first; j < commit->first + commit->count; j++) {
            uint32_t document = find_document(names, changes->items.items[j].path);
            out->document_of[j] = document;
            if (document != NO_DOCUMENT)
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
    struct arena scratch;
    arena_init(&scratch);
    struct names names = {.snapshot = snapshot,
                          .document_of = arena_new_array(&scratch, snapshot->count, uint32_t)};
    map_init(&names.renamed, &scratch);
    name_files(&names, documents, count);
    out->of = arena_new_array(arena, count, struct document_revisions);
    out->document_of = arena_new_array(arena, out->changes.items.count, uint32_t);
    find_documents(out, &names);
    arena_release(&scratch);
    make_room(out, count, arena);
    list_revisions(out, arena);
}
