/* Private to this folder: the commits that a commit descends from, each before its parents.
 *
 * Among commits of which neither descends from the other the younger one comes first, as in
 * `git log --date-order`. Memory is the arena's: some 150 bytes a commit. */
#ifndef NASLAG_REPO_GRAPH_H
#define NASLAG_REPO_GRAPH_H

#include "base/map.h"
#include "repo/snapshot.h"

#include <git2.h>

struct commit {
    unsigned char oid[OID_SIZE], tree[OID_SIZE];
    struct moment committed;
    uint32_t parents; /* index into graph->parents of the first */
    uint32_t parent_count;
    uint32_t children; /* that did not come up yet */
    uint32_t arrival;  /* when it became ready to come up */
};

struct graph {
    struct {
        struct commit *items;
        size_t count, capacity;
    } commits;
    struct {
        uint32_t *items; /* numbers of commits */
        size_t count, capacity;
    } parents, ready;   /* ready: a heap of those whose children have all come up */
    struct map numbers; /* by oid: number + 1 */
    uint32_t arrivals;
    bool cut; /* a parent is missing */
    struct arena *arena;
};

/* Loads all commits from `start` on; a missing parent is left out and makes `cut` true. */
int graph_load(struct graph *graph, struct arena *arena, git_repository *repo, const git_oid *start,
               struct err *err);

/* The next commit, which is graph->commits.items[*number]. Returns false at the end. */
bool graph_next(struct graph *graph, uint32_t *number);

#endif
