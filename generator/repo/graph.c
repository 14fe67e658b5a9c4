#include "repo/graph.h"

#include "base/arena.h"
#include "base/vec.h"
#include "repo/handle.h"

#include <string.h>

/* -- Loading
 * --------------------------------------------------------------------------------------- */

/* The number of a commit, which is made room for when it is new. */
static uint32_t number_of(struct graph *graph, const git_oid *oid)
{
    struct str key = {(const char *)oid->id, OID_SIZE};
    void *known = map_get(&graph->numbers, key);
    if (known)
        return (uint32_t)((uintptr_t)known - 1);
    struct commit *commit = vec_push(&graph->commits, graph->arena);
    memcpy(commit->oid, oid->id, OID_SIZE);
    *map_at(&graph->numbers, str_copy(graph->arena, key)) = (void *)(uintptr_t)graph->commits.count;
    return (uint32_t)(graph->commits.count - 1);
}

/* A parent that a shallow clone lacks. A commit that is known is there or about to be read. */
static bool is_missing(struct graph *graph, git_odb *odb, const git_oid *oid)
{
    struct str key = {(const char *)oid->id, OID_SIZE};
    if (map_get(&graph->numbers, key) || git_odb_exists(odb, oid))
        return false;
    graph->cut = true;
    return true;
}

static void take_parents(struct graph *graph, git_odb *odb, uint32_t number,
                         const git_commit *commit)
{
    size_t first = graph->parents.count;
    for (unsigned i = 0; i < git_commit_parentcount(commit); i++) {
        const git_oid *oid = git_commit_parent_id(commit, i);
        if (is_missing(graph, odb, oid))
            continue;
        uint32_t parent = number_of(graph, oid);
        graph->commits.items[parent].children++;
        *vec_push(&graph->parents, graph->arena) = parent;
    }
    graph->commits.items[number].parents = (uint32_t)first;
    graph->commits.items[number].parent_count = (uint32_t)(graph->parents.count - first);
}

static int load(struct graph *graph, git_repository *repo, git_odb *odb, uint32_t number,
                struct err *err)
{
    git_oid oid;
    git_commit *commit = NULL;
    char name[GIT_OID_HEXSZ + 1];
    memcpy(oid.id, graph->commits.items[number].oid, OID_SIZE);
    if (git_commit_lookup(&commit, repo, &oid) < 0)
        return handle_fail(err, "cannot read commit", git_oid_tostr(name, sizeof name, &oid));
    struct commit *item = &graph->commits.items[number];
    memcpy(item->tree, git_commit_tree_id(commit)->id, OID_SIZE);
    item->committed.time = git_commit_time(commit);
    item->committed.offset = git_commit_time_offset(commit);
    take_parents(graph, odb, number, commit);
    git_commit_free(commit);
    return 0;
}

/* -- A heap of commits, the one that comes up next at the top
 * ---------------------------------------- */

static bool precedes(const struct graph *graph, uint32_t a, uint32_t b)
{
    const struct commit *left = &graph->commits.items[a], *right = &graph->commits.items[b];
    if (left->committed.time != right->committed.time)
        return left->committed.time > right->committed.time;
    return left->arrival < right->arrival;
}

static void make_ready(struct graph *graph, uint32_t number)
{
    graph->commits.items[number].arrival = graph->arrivals++;
    (void)vec_push(&graph->ready, graph->arena);
    uint32_t *heap = graph->ready.items;
    size_t at = graph->ready.count - 1;
    for (; at > 0 && precedes(graph, number, heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = number;
}

static uint32_t take_ready(struct graph *graph)
{
    uint32_t *heap = graph->ready.items, top = heap[0];
    size_t count = --graph->ready.count, at = 0;
    uint32_t last = heap[count];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && precedes(graph, heap[child + 1], heap[child]))
            child++;
        if (!precedes(graph, heap[child], last))
            break;
        heap[at] = heap[child];
    }
    heap[at] = last;
    return top;
}

/* -- Both
 * ------------------------------------------------------------------------------------------ */

int graph_load(struct graph *graph, struct arena *arena, git_repository *repo, const git_oid *start,
               struct err *err)
{
    git_odb *odb = NULL;
    *graph = (struct graph){.arena = arena};
    map_init(&graph->numbers, arena);
    if (git_repository_odb(&odb, repo) < 0)
        return handle_fail(err, "cannot read the repository", git_repository_path(repo));
    int result = 0;
    number_of(graph, start);
    for (uint32_t i = 0; !result && i < graph->commits.count; i++)
        result = load(graph, repo, odb, i, err);
    git_odb_free(odb);
    make_ready(graph, 0);
    return result;
}

bool graph_next(struct graph *graph, uint32_t *number)
{
    if (!graph->ready.count)
        return false;
    *number = take_ready(graph);
    const struct commit *commit = &graph->commits.items[*number];
    for (uint32_t i = 0; i < commit->parent_count; i++) {
        uint32_t parent = graph->parents.items[commit->parents + i];
        if (--graph->commits.items[parent].children == 0)
            make_ready(graph, parent);
    }
    return true;
}
