#include "link/crew.h"

#include "read/reader.h"

int crew_open(struct crew *crew, const struct snapshot *snapshot, unsigned count, struct err *err)
{
    crew->snapshot = snapshot;
    crew->count = 0;
    for (unsigned i = 0; i < count; i++) {
        struct worker *worker = &crew->workers[i];
        arena_init(&worker->page);
        arena_init(&worker->keep);
        arena_init(&worker->documents);
        diags_init(&worker->diags, &worker->keep);
        worker->reader = snapshot_reader_open(snapshot, err);
        crew->count++;
        if (!worker->reader)
            return -1;
    }
    return 0;
}

void crew_free(struct crew *crew)
{
    for (unsigned i = 0; i < crew->count; i++) {
        struct worker *worker = &crew->workers[i];
        if (worker->reader)
            snapshot_reader_free(worker->reader);
        arena_release(&worker->page);
        arena_release(&worker->keep);
        arena_release(&worker->documents);
    }
    crew->count = 0;
}

/* The messages stay in the workers' arenas: a crew outlives what is reported of it. */
void crew_take_diags(struct crew *crew, struct diags *diags)
{
    for (unsigned i = 0; i < crew->count; i++) {
        diags_take(diags, &crew->workers[i].diags);
        crew->workers[i].diags.count = 0;
    }
}

static struct str read_entry(const struct crew *crew, struct worker *worker, uint32_t entry,
                             struct arena *arena, struct diags *diags)
{
    struct str bytes = {"", 0};
    struct err err;
    struct place place = {.path = crew->snapshot->entries[entry].path};
    int status = snapshot_read(worker->reader, entry, crew->limits->file_size, arena, &bytes, &err);
    if (status > 0)
        diag_add(diags, DIAG_ERROR, "file-too-large", place,
                 "the file is larger than %llu bytes; it is left out",
                 (unsigned long long)crew->limits->file_size);
    if (status < 0)
        diag_add(diags, DIAG_ERROR, "unreadable", place, "%s; it is left out", err.message);
    return status ? STR("") : bytes;
}

const struct document *crew_load(const struct crew *crew, struct worker *worker,
                                 const struct outline *outline, struct arena *arena,
                                 struct diags *diags)
{
    struct document *document = arena_new(arena, struct document);
    struct reader_input input = {.path = outline->path, .fallback_slug = crew->fallback_slug};
    if (outline->markdown != NO_ENTRY)
        input.markdown = read_entry(crew, worker, outline->markdown, &worker->page, diags);
    if (outline->text != NO_ENTRY) {
        input.text_path = crew->snapshot->entries[outline->text].path;
        input.text = read_entry(crew, worker, outline->text, arena, diags);
    }
    reader_read(arena, &input, document, diags);
    return document;
}

struct arena *crew_arena(const struct crew *crew, struct worker *worker)
{
    bool room = arena_size(&worker->documents) < DOCUMENTS_KEPT_MAX / crew->count;
    return room ? &worker->documents : &worker->page;
}
