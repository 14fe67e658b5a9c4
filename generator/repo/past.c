#include "repo/past.h"

#include "repo/handle.h"
#include "repo/past_parts.h"

#include <string.h>
#include <unistd.h>

/* -- What may be kept
 * ------------------------------------------------------------------------------ */

static bool has_file(git_repository *repo, git_repository_item_t item, const char *name)
{
    git_buf folder = {0};
    char path[4096];
    bool found = true;
    if (!git_repository_item_path(&folder, repo, item)) {
        int len = snprintf(path, sizeof path, "%s/%s", folder.ptr, name);
        found = len < 0 || (size_t)len >= sizeof path || !access(path, F_OK);
    }
    git_buf_dispose(&folder);
    return found;
}

static int find_promise(const git_config_entry *entry, void *context)
{
    struct str name = str_from(entry->name);
    (void)context;
    return str_equal(name, STR("extensions.partialclone")) ||
           (str_starts(name, STR("remote.")) && str_ends(name, STR(".promisor")));
}

/* A partial clone lacks objects, by its settings. (libgit2 1.5 loses memory where it is given a
 * pattern of their names.) */
static bool is_partial(git_repository *repo)
{
    git_config *config = NULL;
    bool found = git_repository_config_snapshot(&config, repo) ||
                 git_config_foreach(config, find_promise, NULL);
    git_config_free(config);
    return found;
}

bool past_is_ordinary(const struct snapshot *snapshot)
{
    git_repository *repo = snapshot->handle->repo;
    return git_repository_is_shallow(repo) == 0 &&
           !has_file(repo, GIT_REPOSITORY_ITEM_INFO, "grafts") && !is_partial(repo);
}

/* -- Opening
 * --------------------------------------------------------------------------------------- */

static void open_ledger(struct past *past, struct cache *cache, unsigned user)
{
    const struct snapshot_handle *handle = past->snapshot->handle;
    struct str place =
        str_format(past->arena, "%s\n%.*s", handle->objects, STR_ARGS(past->snapshot->content));
    ledger_open(&past->ledger, past_is_ordinary(past->snapshot) ? cache : NULL, user, past->arena,
                place);
}

static int load(struct past *past, struct cache *cache, unsigned user, struct err *err)
{
    git_oid start;
    const struct snapshot *snapshot = past->snapshot;
    const struct snapshot_handle *handle = snapshot->handle;
    if (git_oid_fromstr(&start, snapshot->commit.data) < 0)
        return handle_fail(err, "cannot read commit", snapshot->commit.data);
    open_ledger(past, cache, user);
    if (graph_load(&past->graph, past->arena, handle->repo, handle->odb, &past->ledger, &start,
                   err))
        return -1;
    past->shallow = past->graph.cut || git_repository_is_shallow(handle->repo) == 1;
    forest_init(&past->forest, past->arena, handle->odb, snapshot->content);
    return 0;
}

struct past *past_open(const struct snapshot *snapshot, struct cache *cache, unsigned user,
                       struct arena *arena, struct err *err)
{
    struct past *past = arena_new(arena, struct past);
    past->snapshot = snapshot;
    past->arena = arena;
    arena_init(&past->scratch);
    arena_init(&past->notes);
    if (snapshot->commit.len && load(past, cache, user, err))
        return NULL;
    return past;
}

static void keep(struct past *past)
{
    size_t count = past->graph.order.count;
    struct record **records = arena_new_array(past->arena, count, struct record *);
    for (size_t i = 0; i < count; i++)
        records[i] = past->graph.commits.items[past->graph.order.items[i]].record;
    ledger_keep(&past->ledger, records, count);
}

void past_close(struct past *past)
{
    if (!past)
        return;
    keep(past);
    forest_release(&past->forest);
    arena_release(&past->scratch);
    arena_release(&past->notes);
}

/* -- Deltas
 * ---------------------------------------------------------------------------------------- */

void past_note(struct past *past, struct record *record, struct str *field, struct str bytes)
{
    if (past->kept + bytes.len > LEDGER_SIZE_MAX)
        return;
    past->kept += bytes.len;
    *field = str_copy(&past->notes, bytes);
    record->fresh = true;
}

static int compare(struct past *past, const struct commit *commit, struct delta *out,
                   struct err *err)
{
    const unsigned char *parents[FOREST_PARENTS_MAX];
    uint32_t count = commit->parent_count;
    for (uint32_t i = 0; i < count && i < FOREST_PARENTS_MAX; i++)
        parents[i] = graph_parent(&past->graph, commit, i)->record->tree;
    return forest_compare(&past->forest, &past->scratch, commit->record->tree, parents, count, out,
                          err);
}

int past_delta(struct past *past, const struct commit *commit, struct delta *out, struct err *err)
{
    struct buf bytes;
    struct record *record = commit->record;
    bool whole = graph_is_whole(commit);
    arena_clear(&past->scratch);
    if (whole && record->delta.len &&
        delta_take(record->delta, commit->parent_count, &past->scratch, out))
        return 0;
    if (compare(past, commit, out, err))
        return -1;
    if (!whole || out->lacking)
        return 0;
    buf_init(&bytes, &past->scratch);
    delta_put(&bytes, out);
    past_note(past, record, &record->delta, buf_str(&bytes));
    return 0;
}
