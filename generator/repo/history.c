#include "repo/history.h"

#include "base/arena.h"
#include "base/vec.h"
#include "repo/compare.h"
#include "repo/graph.h"
#include "repo/handle.h"

#include <string.h>

/* How the walk follows each path as git log does: with every commit goes the set of paths that are
 * still followed through it. At a merge a path is followed to the first parent that has it alike,
 * and to all parents where none has; what happened to it on other branches did not lead to the file
 * that there is. Most commits pass on the set that they got, so there are few sets at a time. */
struct walk {
    struct graph graph;
    struct compare compare;
    struct history *out;
    struct arena *arena;
    size_t words;
    uint64_t **followed; /* by commit; NULL: none */
    uint64_t *all;       /* shared, never changed */
    uint64_t *dated;     /* have their last date */
    uint64_t *left;      /* of the commit in hand: differ from all parents seen so far */
    uint64_t *alike, *differing;
    struct {
        uint64_t **items;
        size_t count, capacity;
    } spare;
    size_t sets; /* made */
    struct err *err;
};

/* Beyond this, branches that should get a set of their own follow all paths. Only thousands of
 * branches at once with a great many files lead there. */
enum { SETS_SIZE_MAX = 256 * 1024 * 1024 };

/* Names looked at (see compare.h): some tens of seconds. Linux, with a million commits, is well
 * below it. A history made to take for ever is cut off there. */
static const uint64_t WORK_MAX = 10000000000;

/* -- Sets of paths
 * --------------------------------------------------------------------------------- */

/* A set with anything in it, or NULL where there are too many. */
static uint64_t *take_set(struct walk *walk)
{
    size_t size = walk->words * sizeof(uint64_t);
    if (walk->spare.count)
        return walk->spare.items[--walk->spare.count];
    if (walk->sets >= SETS_SIZE_MAX / size)
        return NULL;
    walk->sets++;
    return arena_alloc(walk->arena, size);
}

static void give_back(struct walk *walk, uint64_t *set)
{
    if (set && set != walk->all)
        *vec_push(&walk->spare, walk->arena) = set;
}

static bool is_empty(const struct walk *walk, const uint64_t *set)
{
    for (size_t i = 0; i < walk->words; i++)
        if (set[i])
            return false;
    return true;
}

/* Adds a copy of `set` to what is followed through a commit. */
static void follow(struct walk *walk, uint32_t commit, const uint64_t *set)
{
    uint64_t **followed = &walk->followed[commit];
    if (*followed == walk->all || is_empty(walk, set))
        return;
    if (!*followed) {
        *followed = set == walk->all ? walk->all : take_set(walk);
        if (*followed && set != walk->all)
            memset(*followed, 0, walk->words * sizeof **followed);
    }
    if (!*followed)
        *followed = walk->all;
    for (size_t i = 0; *followed != walk->all && i < walk->words; i++)
        (*followed)[i] |= set[i];
}

/* -- A commit
 * -------------------------------------------------------------------------------------- */

static void record(struct walk *walk, struct moment moment)
{
    for (size_t i = 0; i < walk->words; i++) {
        uint64_t fresh = walk->left[i] & ~walk->dated[i];
        for (uint64_t word = walk->left[i]; word; word &= word - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(word);
            struct history *history = &walk->out[i * COMPARE_WORD_BITS + bit];
            history->first = moment;
            if (fresh >> bit & 1)
                history->last = moment;
        }
        walk->dated[i] |= fresh;
    }
}

/* Compares with one parent: those of `left` that it has alike go to `alike`, the others stay. */
static int sift(struct walk *walk, const struct commit *commit, const unsigned char *parent)
{
    memset(walk->differing, 0, walk->words * sizeof *walk->differing);
    walk->compare.work += walk->words;
    if (compare_trees(&walk->compare, commit->tree, parent, walk->left, walk->differing, walk->err))
        return -1;
    for (size_t i = 0; i < walk->words; i++) {
        walk->alike[i] = walk->left[i] & ~walk->differing[i];
        walk->left[i] = walk->differing[i];
    }
    return 0;
}

static int visit_merge(struct walk *walk, const struct commit *commit)
{
    const struct graph *graph = &walk->graph;
    const uint32_t *parents = graph->parents.items + commit->parents;
    for (uint32_t i = 0; i < commit->parent_count && !is_empty(walk, walk->left); i++) {
        if (sift(walk, commit, graph->commits.items[parents[i]].tree))
            return -1;
        follow(walk, parents[i], walk->alike);
    }
    for (uint32_t i = 0; i < commit->parent_count && !is_empty(walk, walk->left); i++)
        follow(walk, parents[i], walk->left);
    return 0;
}

/* A commit with one parent, or with none, which is compared with an empty tree. */
static int visit_plain(struct walk *walk, const struct commit *commit, const uint64_t *followed)
{
    const struct graph *graph = &walk->graph;
    if (!commit->parent_count)
        return sift(walk, commit, NULL);
    uint32_t parent = graph->parents.items[commit->parents];
    follow(walk, parent, followed);
    return sift(walk, commit, graph->commits.items[parent].tree);
}

/* A commit without its tree, as a partial clone has them, is where the history that can be told
 * begins: its children were compared with nothing, and nothing is followed through it. */
static int visit(struct walk *walk, uint32_t number)
{
    const struct commit *commit = &walk->graph.commits.items[number];
    uint64_t *followed = walk->followed[number];
    if (!followed)
        return 0;
    int status = compare_check(&walk->compare, commit->tree, walk->err);
    if (status)
        return status < 0 ? -1 : 0;
    memcpy(walk->left, followed, walk->words * sizeof *followed);
    status =
        commit->parent_count > 1 ? visit_merge(walk, commit) : visit_plain(walk, commit, followed);
    record(walk, commit->committed);
    give_back(walk, followed);
    return status;
}

/* -- The walk
 * -------------------------------------------------------------------------------------- */

static uint64_t *new_set(struct walk *walk)
{
    return arena_new_array(walk->arena, walk->words, uint64_t);
}

static void prepare(struct walk *walk, size_t count)
{
    walk->words = (count + COMPARE_WORD_BITS - 1) / COMPARE_WORD_BITS;
    walk->followed = arena_new_array(walk->arena, walk->graph.commits.count, uint64_t *);
    walk->all = new_set(walk);
    walk->left = new_set(walk);
    walk->alike = new_set(walk);
    walk->differing = new_set(walk);
    walk->dated = new_set(walk);
    for (size_t i = 0; i < count; i++)
        walk->all[i / COMPARE_WORD_BITS] |= (uint64_t)1 << (i % COMPARE_WORD_BITS);
    walk->followed[0] = walk->all;
}

static int run(struct walk *walk, const struct snapshot *snapshot, bool *shallow)
{
    git_oid start;
    uint32_t number;
    git_repository *repo = snapshot->handle->repo;
    if (git_oid_fromstr(&start, snapshot->commit.data) < 0)
        return handle_fail(walk->err, "cannot read commit", snapshot->commit.data);
    if (graph_load(&walk->graph, walk->arena, repo, &start, walk->err))
        return -1;
    prepare(walk, snapshot->count);
    compare_init(&walk->compare, walk->arena, snapshot, repo);
    int result = 0;
    while (!result && walk->compare.work < WORK_MAX && graph_next(&walk->graph, &number))
        result = visit(walk, number);
    *shallow = git_repository_is_shallow(repo) == 1 || walk->graph.cut || walk->compare.cut ||
               walk->compare.work >= WORK_MAX;
    compare_release(&walk->compare);
    return result;
}

int history_read(const struct snapshot *snapshot, struct arena *arena, struct history *out,
                 bool *shallow, struct err *err)
{
    struct walk walk = {.out = out, .arena = arena, .err = err};
    *shallow = false;
    if (!snapshot->count)
        return 0;
    memset(out, 0, snapshot->count * sizeof *out);
    return snapshot->commit.len ? run(&walk, snapshot, shallow) : 0;
}
