#include "repo/graph.h"

#include "base/arena.h"
#include "repo/changes.h"
#include "repo/handle.h"

#include <string.h>

/* -- Loading
 * --------------------------------------------------------------------------------------- */

/* What is loaded: from the ledger, and where that has nothing from the repository. */
struct loading {
    struct graph *graph;
    git_repository *repo;
    git_odb *odb;
    const struct ledger *ledger;
    struct err *err;
};

static struct str key_of(const unsigned char oid[OID_SIZE])
{
    return (struct str){(const char *)oid, OID_SIZE};
}

static struct str subject_of(struct arena *arena, const git_commit *commit)
{
    struct str message = str_trim(str_from(git_commit_message(commit)));
    struct str line = str_trim(str_line(&message));
    return str_copy(arena, str_slice(line, 0, CHANGES_SUBJECT_MAX));
}

static void fill(struct record *record, struct arena *arena, const git_commit *commit)
{
    unsigned count = git_commit_parentcount(commit);
    char *parents = arena_text(arena, (size_t)count * OID_SIZE);
    memcpy(record->oid, git_commit_id(commit)->id, OID_SIZE);
    memcpy(record->tree, git_commit_tree_id(commit)->id, OID_SIZE);
    record->committed.time = git_commit_time(commit);
    record->committed.offset = git_commit_time_offset(commit);
    record->subject = subject_of(arena, commit);
    record->fresh = true;
    for (unsigned i = 0; i < count; i++)
        memcpy(parents + (size_t)i * OID_SIZE, git_commit_parent_id(commit, i)->id, OID_SIZE);
    record->parents = (struct str){parents, (size_t)count * OID_SIZE};
}

static struct record *read_record(const struct loading *loading, const unsigned char *id)
{
    git_oid oid;
    git_commit *commit = NULL;
    char name[GIT_OID_HEXSZ + 1];
    memcpy(oid.id, id, OID_SIZE);
    if (git_commit_lookup(&commit, loading->repo, &oid) < 0) {
        handle_fail(loading->err, "cannot read commit", git_oid_tostr(name, sizeof name, &oid));
        return NULL;
    }
    struct record *record = arena_new(loading->graph->arena, struct record);
    fill(record, loading->graph->arena, commit);
    git_commit_free(commit);
    return record;
}

/* Gives a commit its number, and finds its record. Returns 1 where it is missing. */
static int add_commit(const struct loading *loading, const unsigned char *oid, uint32_t *number)
{
    git_oid id;
    struct graph *graph = loading->graph;
    void *known = map_get(&graph->numbers, key_of(oid));
    if (known) {
        *number = (uint32_t)((uintptr_t)known - 1);
        return 0;
    }
    struct record *record = ledger_find(loading->ledger, oid);
    memcpy(id.id, oid, OID_SIZE);
    if (!record && graph->commits.count && !git_odb_exists(loading->odb, &id))
        return 1;
    if (!record && !(record = read_record(loading, oid)))
        return -1;
    *number = (uint32_t)graph->commits.count;
    vec_push(&graph->commits, graph->arena)->record = record;
    *map_at(&graph->numbers, key_of(record->oid)) = (void *)(uintptr_t)graph->commits.count;
    return 0;
}

/* A parent that a shallow clone lacks is left out. */
static int take_parents(const struct loading *loading, uint32_t child)
{
    struct graph *graph = loading->graph;
    struct str parents = graph->commits.items[child].record->parents;
    size_t first = graph->parents.count;
    for (size_t i = 0; i < parents.len; i += OID_SIZE) {
        uint32_t number;
        int status = add_commit(loading, (const unsigned char *)parents.data + i, &number);
        if (status < 0)
            return -1;
        graph->cut |= status > 0;
        if (status)
            continue;
        graph->commits.items[number].children++;
        *vec_push(&graph->parents, graph->arena) = number;
    }
    graph->commits.items[child].parents = (uint32_t)first;
    graph->commits.items[child].parent_count = (uint32_t)(graph->parents.count - first);
    return 0;
}

/* -- A heap of commits, the one that comes up next at the top
 * ---------------------------------------- */

static bool precedes(const struct graph *graph, uint32_t a, uint32_t b)
{
    const struct commit *left = &graph->commits.items[a], *right = &graph->commits.items[b];
    if (left->record->committed.time != right->record->committed.time)
        return left->record->committed.time > right->record->committed.time;
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

static void put_in_order(struct graph *graph)
{
    make_ready(graph, 0);
    while (graph->ready.count) {
        uint32_t number = take_ready(graph);
        const struct commit *commit = &graph->commits.items[number];
        *vec_push(&graph->order, graph->arena) = number;
        for (uint32_t i = 0; i < commit->parent_count; i++) {
            uint32_t parent = graph->parents.items[commit->parents + i];
            if (--graph->commits.items[parent].children == 0)
                make_ready(graph, parent);
        }
    }
}

/* -- Both
 * ------------------------------------------------------------------------------------------ */

int graph_load(struct graph *graph, struct arena *arena, git_repository *repo, git_odb *odb,
               const struct ledger *ledger, const git_oid *start, struct err *err)
{
    struct loading loading = {graph, repo, odb, ledger, err};
    uint32_t number;
    *graph = (struct graph){.arena = arena};
    map_init(&graph->numbers, arena);
    int result = add_commit(&loading, start->id, &number);
    for (uint32_t i = 0; !result && i < graph->commits.count; i++)
        result = take_parents(&loading, i);
    if (!result)
        put_in_order(graph);
    return result;
}

const struct commit *graph_parent(const struct graph *graph, const struct commit *commit,
                                  uint32_t parent)
{
    return &graph->commits.items[graph->parents.items[commit->parents + parent]];
}

bool graph_is_whole(const struct commit *commit)
{
    return (size_t)commit->parent_count * OID_SIZE == commit->record->parents.len;
}
