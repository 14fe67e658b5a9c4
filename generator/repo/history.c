#include "repo/history.h"

#include "repo/past_parts.h"

#include <string.h>

enum { WORD_BITS = 64 };

/* How the walk follows each path as git log does: with every commit goes the set of paths that are
 * still followed through it. At a merge a path is followed to the first parent that has it alike,
 * and to all parents where none has; what happened to it on other branches did not lead to the file
 * that there is. Most commits pass on the set that they got, so there are few sets at a time.
 *
 * Sets are of entries of the snapshot: bit `i` is entry `i`. */
struct walk {
    struct past *past;
    struct history *out;
    struct arena *arena;
    size_t words;
    uint64_t **followed; /* by commit; NULL: none */
    uint64_t *all;       /* shared, never changed */
    uint64_t *dated;     /* have their last date */
    VEC(uint64_t *) spare;
    size_t sets;   /* made */
    uint64_t work; /* see delta.h */
    bool cut;      /* a tree was missing */
    struct err *err;
};

/* Beyond this, branches that should get a set of their own follow all paths. Only thousands of
 * branches at once with a great many files lead there. */
enum { SETS_SIZE_MAX = 256 * 1024 * 1024 };

/* Names looked at (see delta.h): a million commits of a large project, and under a minute. A
 * history made to take for ever is cut off there. */
static const uint64_t WORK_MAX = 1000000000;

/* -- Sets of paths
 * --------------------------------------------------------------------------------- */

static bool has(const uint64_t *set, size_t entry)
{
    return set[entry / WORD_BITS] >> (entry % WORD_BITS) & 1;
}

static void add(uint64_t *set, size_t entry)
{
    set[entry / WORD_BITS] |= (uint64_t)1 << (entry % WORD_BITS);
}

static bool is_empty(const struct walk *walk, const uint64_t *set)
{
    for (size_t i = 0; i < walk->words; i++)
        if (set[i])
            return false;
    return true;
}

/* An empty set, or all where there are too many. */
static uint64_t *take_set(struct walk *walk)
{
    size_t size = walk->words * sizeof(uint64_t);
    if (walk->spare.count)
        return memset(walk->spare.items[--walk->spare.count], 0, size);
    if (walk->sets >= SETS_SIZE_MAX / size)
        return walk->all;
    walk->sets++;
    return arena_new_array(walk->arena, walk->words, uint64_t);
}

static void give_back(struct walk *walk, uint64_t *set)
{
    if (set && set != walk->all)
        *vec_push(&walk->spare, walk->arena) = set;
}

/* Gives a set to a commit, which may have one already. */
static void hand_on(struct walk *walk, uint32_t commit, uint64_t *set)
{
    uint64_t *there = walk->followed[commit];
    if (!there || set == walk->all) {
        walk->followed[commit] = set;
        set = there;
    } else if (there != walk->all) {
        for (size_t i = 0; i < walk->words; i++)
            there[i] |= set[i];
    }
    give_back(walk, set);
}

static void follow(struct walk *walk, uint32_t commit, size_t entry)
{
    uint64_t **followed = &walk->followed[commit];
    if (!*followed)
        *followed = take_set(walk);
    if (*followed != walk->all)
        add(*followed, entry);
}

/* The set as one that may be changed; all stays all where there are too many. */
static uint64_t *own(struct walk *walk, uint64_t *set)
{
    if (set != walk->all)
        return set;
    uint64_t *copy = take_set(walk);
    return copy == walk->all ? copy : memcpy(copy, set, walk->words * sizeof *copy);
}

/* -- A commit
 * -------------------------------------------------------------------------------------- */

static void record(struct walk *walk, size_t entry, struct moment moment)
{
    struct history *history = &walk->out[entry];
    history->first = moment;
    if (!has(walk->dated, entry))
        history->last = moment;
    add(walk->dated, entry);
}

/* A path that the commit changed is followed to all its parents; one that came from another than
 * the first, to that one alone. */
static void part(struct walk *walk, const struct commit *commit, uint32_t from, size_t entry,
                 uint64_t **first)
{
    const uint32_t *parents = walk->past->graph.parents.items + commit->parents;
    if (from) {
        *first = own(walk, *first);
        if (*first != walk->all)
            (*first)[entry / WORD_BITS] &= ~((uint64_t)1 << (entry % WORD_BITS));
        follow(walk, parents[from], entry);
        return;
    }
    for (uint32_t i = 1; i < commit->parent_count; i++)
        follow(walk, parents[i], entry);
}

/* Dates what the commit changed. Returns what is followed to its first parent. */
static uint64_t *visit_items(struct walk *walk, const struct commit *commit,
                             const struct delta *delta, uint64_t *followed)
{
    uint64_t *first = followed;
    size_t next = 0; /* what changed is nearly in the order of entries */
    for (size_t i = 0; i < delta->items.count; i++) {
        const struct delta_item *item = &delta->items.items[i];
        size_t entry = next;
        if (!snapshot_find(walk->past->snapshot, item->path, &entry))
            continue;
        next = entry + 1;
        if (!has(followed, entry))
            continue;
        if (!item->from)
            record(walk, entry, commit->record->committed);
        part(walk, commit, item->from, entry, &first);
    }
    return first;
}

/* A commit without its tree, as a partial clone has them, is where the history that can be told
 * begins: its children were compared with nothing, and nothing is followed through it. */
static int visit(struct walk *walk, uint32_t number)
{
    const struct commit *commit = &walk->past->graph.commits.items[number];
    uint64_t *followed = walk->followed[number];
    struct delta delta;
    if (!followed)
        return 0;
    walk->followed[number] = NULL;
    if (past_delta(walk->past, commit, &delta, walk->err))
        return -1;
    walk->work += delta.work;
    walk->cut |= delta.lacking;
    uint64_t *first = delta.unknown ? followed : visit_items(walk, commit, &delta, followed);
    if (delta.unknown || !commit->parent_count ||
        (commit->parent_count > 1 && is_empty(walk, first)))
        give_back(walk, first);
    else
        hand_on(walk, walk->past->graph.parents.items[commit->parents], first);
    return 0;
}

/* -- The walk
 * -------------------------------------------------------------------------------------- */

static void prepare(struct walk *walk, size_t count)
{
    walk->words = (count + WORD_BITS - 1) / WORD_BITS;
    walk->followed = arena_new_array(walk->arena, walk->past->graph.commits.count, uint64_t *);
    walk->all = arena_new_array(walk->arena, walk->words, uint64_t);
    walk->dated = arena_new_array(walk->arena, walk->words, uint64_t);
    for (size_t i = 0; i < count; i++)
        add(walk->all, i);
    walk->followed[0] = walk->all;
}

int history_read(struct past *past, struct arena *arena, struct history *out, bool *shallow,
                 struct err *err)
{
    struct walk walk = {.past = past, .out = out, .arena = arena, .err = err};
    size_t count = past->snapshot->count;
    int status = 0;
    *shallow = false;
    if (!count)
        return 0;
    memset(out, 0, count * sizeof *out);
    if (!past->graph.commits.count)
        return 0;
    prepare(&walk, count);
    for (size_t i = 0; !status && i < past->graph.order.count && walk.work < WORK_MAX; i++)
        status = visit(&walk, past->graph.order.items[i]);
    *shallow = past->shallow || walk.cut || walk.work >= WORK_MAX;
    return status;
}
