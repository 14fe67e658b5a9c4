/* Private to this folder: the commits that a commit descends from, each before its parents.
 *
 * Among commits of which neither descends from the other the younger one comes first, as in
 * `git log --date-order`. Memory is the arena's: some 100 bytes a commit besides its record. */
#ifndef NASLAG_REPO_GRAPH_H
#define NASLAG_REPO_GRAPH_H

#include "repo/ledger.h"

#include <git2.h>

struct commit {
    struct record *record;
    uint32_t parents; /* index into graph->parents of the first */
    uint32_t parent_count;
    uint32_t children; /* that did not come up yet */
    uint32_t arrival;  /* when it became ready to come up */
};

struct graph {
    VEC(struct commit) commits;
    VEC(uint32_t) parents; /* numbers of commits */
    VEC(uint32_t) ready;   /* a heap of those whose children have all come up */
    VEC(uint32_t) order;   /* all of them, in turn */
    struct map numbers;    /* by oid: number + 1 */
    uint32_t arrivals;
    bool cut; /* a parent is missing */
    struct arena *arena;
};

/* Loads all commits from `start` on, from the ledger as far as it has them; a missing parent is
 * left out and makes `cut` true. */
int graph_load(struct graph *graph, struct arena *arena, git_repository *repo, git_odb *odb,
               const struct ledger *ledger, const git_oid *start, struct err *err);

/* A parent of a commit. */
const struct commit *graph_parent(const struct graph *graph, const struct commit *commit,
                                  uint32_t parent);

/* Whether all parents that a commit names are there. */
bool graph_is_whole(const struct commit *commit);

#endif
