#include "cli/standing.h"

#include "base/bytes.h"
#include "base/vec.h"
#include "repo/past.h"
#include "write/made_of.h"

#include <string.h>

struct standing standing_of(struct project *project)
{
    const struct snapshot *snapshot = &project->snapshot;
    struct standing standing = {.inputs = DIGEST_NONE, .first = project->diags.count};
    struct buf bytes;
    if (snapshot->worktree || snapshot->staged || !past_is_ordinary(snapshot))
        return standing;
    project_open_cache(project);
    buf_init(&bytes, &project->arena);
    buf_put(&bytes, STR("standing"));
    digest_put(&bytes, made_of_program(&project->arena, &project->assets));
    bytes_put_text(&bytes, snapshot->commit);
    bytes_put_text(&bytes, snapshot->content);
    standing.inputs = digest_of(buf_str(&bytes));
    return standing;
}

/* DIGEST_NONE where there is no record, or one that does not tell all files. */
static struct digest key_of(const struct standing *standing, const struct publish *publish)
{
    return digest_join(standing->inputs, publish_record(publish));
}

/* Diagnostics as bytes; a code ends in NUL, as it does in the program. */

static void put_diag(struct buf *out, const struct diag *diag)
{
    struct str code = str_from(diag->code);
    code.len++;
    bytes_put_text(out, diag->place.path);
    bytes_put_number(out, diag->place.line);
    bytes_put_number(out, diag->place.column);
    bytes_put_number(out, diag->severity);
    bytes_put_text(out, code);
    bytes_put_text(out, diag->message);
}

static struct diag take_diag(struct bytes *bytes)
{
    struct diag diag = {.place.path = bytes_text(bytes)};
    diag.place.line = bytes_number(bytes);
    diag.place.column = bytes_number(bytes);
    uint32_t severity = bytes_number(bytes);
    struct str code = bytes_text(bytes);
    diag.message = bytes_text(bytes);
    bytes->failed |= severity > DIAG_ERROR || !code.len || code.data[code.len - 1];
    diag.severity = bytes->failed ? DIAG_NOTE : severity;
    diag.code = code.data;
    return diag;
}

/* Those of the world, which may be another one the next time. */
static bool is_lasting(const struct diag *diag)
{
    static const char *const codes[] = {"unreadable", "history-shallow", "history-unreadable"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strcmp(diag->code, codes[i]))
            return false;
    return true;
}

static void put_size(struct buf *out, const struct standing_size *size)
{
    bytes_put_number(out, size->documents);
    bytes_put_number(out, size->topics);
    bytes_put_long(out, size->mentions);
}

/* What was said: borrowed from `value`. */
static bool take_all(struct str value, struct arena *arena, struct diags *diags,
                     struct standing_size *size)
{
    struct bytes bytes;
    bytes_begin(&bytes, value);
    size->documents = bytes_number(&bytes);
    size->topics = bytes_number(&bytes);
    size->mentions = bytes_long(&bytes);
    diags_init(diags, arena);
    while (!bytes_at_end(&bytes))
        *vec_push(diags, arena) = take_diag(&bytes);
    return !bytes.failed;
}

bool standing_holds(const struct standing *standing, struct project *project,
                    struct publish *publish, struct standing_size *size)
{
    struct digest key = key_of(standing, publish);
    struct str value;
    struct diags said;
    if (digest_equal(key, DIGEST_NONE) ||
        !cache_get(project->crew.cache, 0, key, &project->arena, &value) ||
        !take_all(value, &project->arena, &said, size) ||
        !publish_keep_all(publish, project->crew.count))
        return false;
    diags_take(&project->diags, &said);
    return true;
}

void standing_keep(const struct standing *standing, struct project *project,
                   struct publish *publish, const struct standing_size *size)
{
    struct digest key = key_of(standing, publish);
    struct buf bytes;
    if (digest_equal(key, DIGEST_NONE))
        return;
    buf_init(&bytes, &project->arena);
    put_size(&bytes, size);
    for (size_t i = standing->first; i < project->diags.count; i++) {
        if (!is_lasting(&project->diags.items[i]))
            return;
        put_diag(&bytes, &project->diags.items[i]);
    }
    cache_put(project->crew.cache, 0, key, buf_str(&bytes));
}
