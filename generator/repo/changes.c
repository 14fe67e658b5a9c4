#include "repo/changes.h"

#include "base/arena.h"
#include "repo/forest.h"
#include "repo/graph.h"
#include "repo/handle.h"
#include "repo/renames.h"

#include <string.h>

/* Names looked at: a few seconds. A history made to take for ever is cut off there. */
static const uint64_t WORK_MAX = 200000000;

struct reading {
    struct graph graph;
    struct forest forest;
    struct renames renames;
    struct arena *arena;
    git_repository *repo;
    struct changes *out;
    struct err *err;
};

static int read_subject(struct reading *reading, const struct commit *commit, struct str *out)
{
    git_oid oid;
    git_commit *object = NULL;
    char name[GIT_OID_HEXSZ + 1];
    memcpy(oid.id, commit->oid, OID_SIZE);
    if (git_commit_lookup(&object, reading->repo, &oid) < 0)
        return handle_fail(reading->err, "cannot read commit",
                           git_oid_tostr(name, sizeof name, &oid));
    struct str message = str_trim(str_from(git_commit_message(object)));
    struct str line = str_trim(str_line(&message));
    *out = str_copy(reading->arena, str_slice(line, 0, CHANGES_SUBJECT_MAX));
    git_commit_free(object);
    return 0;
}

/* What a merge of absurdly many branches changed itself is not told. */
static int compare(struct reading *reading, const struct commit *commit)
{
    const struct graph *graph = &reading->graph;
    const unsigned char *parents[FOREST_PARENTS_MAX];
    if (commit->parent_count > FOREST_PARENTS_MAX)
        return 0;
    for (uint32_t i = 0; i < commit->parent_count; i++)
        parents[i] = graph->commits.items[graph->parents.items[commit->parents + i]].tree;
    return forest_compare(&reading->forest, commit->tree, parents, commit->parent_count);
}

static int visit(struct reading *reading, const struct commit *commit)
{
    struct changes *out = reading->out;
    size_t first = out->items.count;
    struct str subject;
    if (compare(reading, commit))
        return -1;
    size_t count = out->items.count - first;
    if (!count)
        return 0;
    out->items.count = first + renames_find(&reading->renames, out->items.items + first, count);
    if (read_subject(reading, commit, &subject))
        return -1;
    struct change_commit *added = vec_push(&out->commits, reading->arena);
    *added = (struct change_commit){.committed = commit->committed,
                                    .subject = subject,
                                    .first = (uint32_t)first,
                                    .count = (uint32_t)(out->items.count - first)};
    memcpy(added->oid, commit->oid, OID_SIZE);
    return 0;
}

static int run(struct reading *reading, const struct snapshot *snapshot)
{
    git_oid start;
    uint32_t number;
    int status = 0;
    const struct forest *forest = &reading->forest;
    if (git_oid_fromstr(&start, snapshot->commit.data) < 0)
        return handle_fail(reading->err, "cannot read commit", snapshot->commit.data);
    if (graph_load(&reading->graph, reading->arena, reading->repo, &start, reading->err))
        return -1;
    bool more = true;
    while (!status && forest->work < WORK_MAX && reading->out->items.count < CHANGES_MAX &&
           (more = graph_next(&reading->graph, &number)))
        status = visit(reading, &reading->graph.commits.items[number]);
    reading->out->cut =
        more || forest->cut || reading->graph.cut || git_repository_is_shallow(reading->repo) == 1;
    return status;
}

int changes_read(const struct snapshot *snapshot, struct arena *arena, struct changes *out,
                 struct err *err)
{
    struct reading reading = {.arena = arena, .out = out, .err = err};
    *out = (struct changes){.cut = false};
    if (!snapshot->commit.len)
        return 0;
    reading.repo = snapshot->handle->repo;
    reading.renames.odb = snapshot->handle->odb;
    forest_init(&reading.forest, arena, snapshot, reading.repo, out, err);
    int status = run(&reading, snapshot);
    forest_release(&reading.forest);
    return status;
}
