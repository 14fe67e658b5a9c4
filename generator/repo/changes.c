#include "repo/changes.h"

#include "repo/handle.h"
#include "repo/past_parts.h"
#include "repo/renames.h"

#include <string.h>

/* Names looked at: a few seconds. A history made to take for ever is cut off there. */
static const uint64_t WORK_MAX = 200000000;

/* Bytes read to find what was renamed, in the youngest commits that ask for it: a second. */
static const uint64_t READ_MAX = 64 * 1024 * 1024;

struct reading {
    struct past *past;
    struct arena *arena;
    struct changes *out;
    uint64_t work; /* see delta.h */
    uint64_t read; /* see renames.h */
    bool cut;
    struct err *err;
};

/* -- A change
 * -------------------------------------------------------------------------------------- */

static bool is_there(const unsigned char id[OID_SIZE])
{
    static const unsigned char nothing[OID_SIZE];
    return memcmp(id, nothing, OID_SIZE) != 0;
}

/* Documents alone; what was no file before and is none after, as a link, is no change of one. */
static void add_change(struct reading *reading, const struct delta_item *item)
{
    bool before = is_there(item->before), after = is_there(item->after);
    if (!before && !after)
        return;
    struct change *change = vec_push(&reading->out->items, reading->arena);
    *change = (struct change){0}; /* renames give back slots that were used */
    change->kind = !before ? CHANGE_ADDED : after ? CHANGE_EDITED : CHANGE_GONE;
    change->path = change->old_path = str_copy(reading->arena, item->path);
    memcpy(change->before, item->before, OID_SIZE);
    memcpy(change->after, item->after, OID_SIZE);
}

/* -- A commit
 * -------------------------------------------------------------------------------------- */

/* Where something is left out, numbers of changes are not those of the commit. */
static bool is_full(const struct reading *reading)
{
    return reading->out->items.count >= CHANGES_MAX;
}

static void join_alike(struct reading *reading, const struct commit *commit, struct change *changes,
                       size_t count)
{
    struct record *record = commit->record;
    bool whole = record->delta.len && graph_is_whole(commit);
    struct likeness likeness;
    struct arena scratch;
    struct buf bytes;
    arena_init(&scratch);
    if (whole && record->likeness.len && likeness_take(record->likeness, &scratch, &likeness)) {
        renames_join(&likeness, changes, count);
    } else {
        renames_find(reading->past->snapshot->handle->odb, &scratch, changes, count, &likeness);
        buf_init(&bytes, &scratch);
        likeness_put(&bytes, &likeness);
        if (whole && !likeness.lacking)
            past_note(reading->past, record, &record->likeness, buf_str(&bytes));
    }
    reading->read += likeness.read;
    arena_release(&scratch);
}

static void join(struct reading *reading, const struct commit *commit, size_t first)
{
    struct changes *out = reading->out;
    struct change *changes = out->items.items + first;
    size_t count = out->items.count - first;
    renames_join_same(changes, count);
    if (!is_full(reading) && reading->read <= READ_MAX && renames_may_find(changes, count))
        join_alike(reading, commit, changes, count);
    out->items.count = first + renames_drop(changes, count);
}

static int visit(struct reading *reading, const struct commit *commit)
{
    struct changes *out = reading->out;
    size_t first = out->items.count;
    struct delta delta;
    if (past_delta(reading->past, commit, &delta, reading->err))
        return -1;
    reading->work += delta.work;
    reading->cut |= delta.lacking;
    for (size_t i = 0; i < delta.items.count && !is_full(reading); i++)
        add_change(reading, &delta.items.items[i]);
    if (out->items.count == first)
        return 0;
    join(reading, commit, first);
    struct change_commit *added = vec_push(&out->commits, reading->arena);
    *added = (struct change_commit){.committed = commit->record->committed,
                                    .subject = commit->record->subject,
                                    .first = (uint32_t)first,
                                    .count = (uint32_t)(out->items.count - first)};
    memcpy(added->oid, commit->record->oid, OID_SIZE);
    return 0;
}

int changes_read(struct past *past, struct arena *arena, struct changes *out, struct err *err)
{
    struct reading reading = {.past = past, .arena = arena, .out = out, .err = err};
    const struct graph *graph = &past->graph;
    size_t i = 0;
    int status = 0;
    *out = (struct changes){.cut = false};
    for (; !status && i < graph->order.count && reading.work < WORK_MAX && !is_full(&reading); i++)
        status = visit(&reading, &graph->commits.items[graph->order.items[i]]);
    out->cut = past->shallow || reading.cut || i < graph->order.count;
    return status;
}
