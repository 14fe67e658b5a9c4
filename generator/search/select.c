#include "search/select.h"

#include "base/arena.h"

/* Groups that a node may have something in: a list, or all there are. */
struct groups {
    VEC(uint32_t) items; /* rising */
    bool all;
};

enum { CHUNKED_SOURCES_MAX = 4 /* of a word of which not all need be known */ };

struct selector {
    const struct plan *plan;
    const struct finder *finder;
    struct arena *arena;
    struct selection *selection;
    bool relaxed;          /* soft words may be lacking */
    struct groups *groups; /* by node */
    bool *excluded;        /* by node: is, or stands in, what a document must not have */
    uint8_t ***taken;      /* by node, source and chunk: whether it is read */
    size_t size;           /* bytes of the chunks that are read */
    uint32_t budget;
};

static void push(struct selector *selector, struct groups *groups, uint32_t group)
{
    if (!groups->items.count || groups->items.items[groups->items.count - 1] != group)
        *vec_push(&groups->items, selector->arena) = group;
}

static struct groups join(struct selector *selector, const struct groups *a, const struct groups *b)
{
    struct groups out = {.all = a->all || b->all};
    size_t i = 0, j = 0;
    while (i < a->items.count || j < b->items.count) {
        bool from_a =
            j == b->items.count || (i < a->items.count && a->items.items[i] <= b->items.items[j]);
        push(selector, &out, from_a ? a->items.items[i++] : b->items.items[j++]);
    }
    return out;
}

static struct groups meet(struct selector *selector, const struct groups *a, const struct groups *b)
{
    struct groups out = {0};
    if (a->all || b->all)
        return a->all ? *b : *a;
    for (size_t i = 0, j = 0; i < a->items.count && j < b->items.count;) {
        uint32_t left = a->items.items[i], right = b->items.items[j];
        if (left == right)
            push(selector, &out, left);
        i += left <= right;
        j += right <= left;
    }
    return out;
}

static struct groups of_source(struct selector *selector, const struct source *source)
{
    struct groups out = {.all = source->entry.chunked};
    struct headword_pieces pieces;
    headword_begin(&pieces, &source->entry);
    while (!out.all && headword_next(&pieces))
        push(selector, &out, pieces.group);
    return out;
}

static struct groups of_sources(struct selector *selector, const struct sources *sources)
{
    struct groups out = {0};
    for (size_t i = 0; i < sources->items.count; i++) {
        struct groups more = of_source(selector, &sources->items.items[i]);
        out = join(selector, &out, &more);
    }
    return out;
}

/* Whether a document may lack the node's child. */
static bool may_lack(const struct selector *selector, const struct plan_node *child)
{
    return child->optional || child->kind == PLAN_NOT || (selector->relaxed && child->soft);
}

/* Of an AND of which soft words may be lacking: where any of them is, of those that say where. */
static struct groups of_soft(struct selector *selector, const struct plan_node *node)
{
    struct groups out = {0};
    bool any = false;
    for (uint32_t i = 0; i < node->child_count; i++) {
        const struct plan_node *child = &selector->plan->nodes[node->children[i]];
        const struct groups *groups = &selector->groups[node->children[i]];
        if (!child->soft || child->optional || groups->all)
            continue;
        out = join(selector, &out, groups);
        any = true;
    }
    out.all = !any;
    return out;
}

static struct groups of_children(struct selector *selector, const struct plan_node *node)
{
    bool either = node->kind == PLAN_OR || node->kind == PLAN_ANY;
    struct groups out = {.all = !either};
    for (uint32_t i = 0; i < node->child_count; i++) {
        const struct groups *groups = &selector->groups[node->children[i]];
        if (either)
            out = join(selector, &out, groups);
        else if (!may_lack(selector, &selector->plan->nodes[node->children[i]]))
            out = meet(selector, &out, groups);
    }
    if (node->kind == PLAN_AND && selector->relaxed) {
        struct groups soft = of_soft(selector, node);
        out = meet(selector, &out, &soft);
    }
    return out;
}

static void find_groups(struct selector *selector)
{
    for (uint32_t i = 0; i < selector->plan->count; i++) {
        const struct plan_node *node = &selector->plan->nodes[i];
        selector->groups[i] = node->kind == PLAN_WORD  ? of_sources(selector, &node->sources)
                              : node->kind == PLAN_NOT ? (struct groups){.all = true}
                                                       : of_children(selector, node);
    }
}

/* A range of groups: from `first` on, before `end`. */
struct range {
    uint32_t first, end;
    uint32_t impact;
};

static uint32_t chunk_end(const struct headword *entry, uint32_t chunk)
{
    return chunk + 1 < entry->chunk_count ? entry->chunks[chunk + 1].first : UINT32_MAX;
}

/* Words that a document may lack are not worth a chunk where others are wanted. */
static bool is_worth(const struct plan_node *node)
{
    return !node->optional;
}

/* A word with a star may have many sources in chunks; with a budget some must do. */
static size_t count_worth(const struct selector *selector, uint32_t node)
{
    const struct sources *sources = &selector->plan->nodes[node].sources;
    size_t chunked = 0, count = 0;
    if (!is_worth(&selector->plan->nodes[node]))
        return 0;
    for (; count < sources->items.count; count++) {
        chunked += sources->items.items[count].entry.chunked;
        if (selector->budget && !selector->excluded[node] && chunked > CHUNKED_SOURCES_MAX)
            break;
    }
    return count;
}

/* Takes the chunks of all words that hold groups of the range. With `count_only` says what that
 * would add in bytes. */
static size_t take_range(struct selector *selector, const struct range *range, bool count_only)
{
    size_t size = 0;
    for (uint32_t i = 0; i < selector->plan->count; i++) {
        const struct plan_node *node = &selector->plan->nodes[i];
        size_t worth = count_worth(selector, i);
        for (size_t j = 0; j < worth; j++) {
            const struct headword *entry = &node->sources.items.items[j].entry;
            for (uint32_t k = 0; k < entry->chunk_count; k++) {
                if (selector->taken[i][j][k] || entry->chunks[k].first >= range->end ||
                    chunk_end(entry, k) <= range->first)
                    continue;
                size += entry->chunks[k].size;
                if (!count_only)
                    selector->taken[i][j][k] = 1;
            }
        }
    }
    return size;
}

static int highest_first(const void *left, const void *right)
{
    const struct range *a = left, *b = right;
    if (a->impact != b->impact)
        return a->impact > b->impact ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* An insertion sort, since the reader has no library: there are at most some hundred. */
static void sort_ranges(struct range *ranges, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && highest_first(&ranges[j - 1], &ranges[j]) > 0; j--) {
            struct range moved = ranges[j];
            ranges[j] = ranges[j - 1];
            ranges[j - 1] = moved;
        }
}

static size_t chunks_size(const struct headword *entry)
{
    size_t size = 0;
    for (uint32_t i = 0; i < entry->chunk_count; i++)
        size += entry->chunks[i].size;
    return size;
}

/* Of the words in chunks the one that has the fewest bytes: its chunks are the ranges to choose
 * from where no word says in which groups to look. */
static const struct headword *find_driver(const struct selector *selector)
{
    const struct headword *driver = NULL;
    for (uint32_t i = 0; i < selector->plan->count; i++) {
        const struct plan_node *node = &selector->plan->nodes[i];
        size_t worth = count_worth(selector, i);
        for (size_t j = 0; j < worth; j++) {
            const struct headword *entry = &node->sources.items.items[j].entry;
            if (entry->chunked && (!driver || chunks_size(entry) < chunks_size(driver)))
                driver = entry;
        }
    }
    return driver;
}

static size_t list_ranges(struct selector *selector, const struct groups *groups,
                          struct range **ranges)
{
    const struct headword *driver = groups->all ? find_driver(selector) : NULL;
    size_t count = driver ? driver->chunk_count : groups->items.count;
    *ranges = arena_new_array(selector->arena, count, struct range);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t group = driver ? driver->chunks[i].first : groups->items.items[i];
        (*ranges)[i] = driver
                           ? (struct range){group, chunk_end(driver, i), driver->chunks[i].impact}
                           : (struct range){group, group + 1, 0};
    }
    if (driver)
        sort_ranges(*ranges, count);
    return count;
}

/* Takes the range, or the first part of it for which there is room: the driver's chunks may be long
 * where those of other words are short. The first groups of all are taken even if they are too
 * large. False where something had to be left. */
static bool take_part(struct selector *selector, struct range range)
{
    for (;;) {
        struct range half = range;
        size_t more = take_range(selector, &range, true);
        bool fits = !selector->budget || selector->size + more <= selector->budget;
        half.end = range.first + (range.end - range.first) / 2;
        if (fits || (half.end == range.first && !selector->size)) {
            selector->size += take_range(selector, &range, false);
            return fits;
        }
        if (half.end == range.first)
            return false;
        if (take_part(selector, half))
            range.first = half.end;
        else
            return false;
    }
}

/* Chooses chunks as the budget allows. */
static void take_chunks(struct selector *selector)
{
    struct range *ranges;
    const struct groups *groups = &selector->groups[selector->plan->count - 1];
    size_t count = list_ranges(selector, groups, &ranges);
    for (size_t i = 0; i < count; i++)
        if (!take_part(selector, ranges[i])) {
            selector->selection->whole = false;
            return;
        }
}

static void read_pieces(struct selector *selector, struct headword_pieces *pieces,
                        struct source_pieces *out)
{
    while (headword_next(pieces))
        *vec_push(&out->items, selector->arena) = (struct piece_read){pieces->group, pieces->block};
    if (pieces->bytes.failed)
        store_damaged(selector->finder->root->tree.store, "postings can't be read");
}

static void read_source(struct selector *selector, const struct source *source,
                        const uint8_t *taken, struct source_pieces *out)
{
    struct headword_pieces pieces;
    out->source = source;
    headword_begin(&pieces, &source->entry);
    read_pieces(selector, &pieces, out);
    for (uint32_t k = 0; k < source->entry.chunk_count; k++) {
        if (!taken[k])
            continue;
        if (headword_begin_chunk(&pieces, &source->entry, k, selector->finder->root->tree.store))
            read_pieces(selector, &pieces, out);
        else
            selector->selection->waits = true;
    }
}

static void read_sources(struct selector *selector)
{
    for (uint32_t i = 0; i < selector->plan->count; i++) {
        const struct sources *sources = &selector->plan->nodes[i].sources;
        struct node_pieces *pieces = &selector->selection->nodes[i];
        pieces->count = sources->items.count;
        pieces->sources = arena_new_array(selector->arena, pieces->count, struct source_pieces);
        for (size_t j = 0; j < pieces->count; j++)
            read_source(selector, &sources->items.items[j], selector->taken[i][j],
                        &pieces->sources[j]);
        selector->selection->whole &=
            !sources->cut && (!is_worth(&selector->plan->nodes[i]) ||
                              count_worth(selector, i) == sources->items.count);
    }
}

/* A node stands behind its children. */
static void find_excluded(struct selector *selector)
{
    const struct plan *plan = selector->plan;
    selector->excluded = arena_new_array(selector->arena, plan->count, bool);
    for (uint32_t i = plan->count; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        for (uint32_t j = 0; j < node->child_count; j++)
            selector->excluded[node->children[j]] = selector->excluded[i] || node->kind == PLAN_NOT;
    }
}

static bool is_left(const struct selector *selector, uint32_t node, uint32_t group)
{
    const struct sources *sources = &selector->plan->nodes[node].sources;
    for (size_t j = 0; j < sources->items.count; j++) {
        const struct headword *entry = &sources->items.items[j].entry;
        for (uint32_t k = 0; k < entry->chunk_count; k++)
            if (!selector->taken[node][j][k] && entry->chunks[k].first <= group &&
                group < chunk_end(entry, k))
                return true;
    }
    return false;
}

/* Leaves out groups of which chunks that matter were left: of words that are excluded, and in the
 * second pass of soft ones. */
static void drop_groups(struct selector *selector)
{
    struct selection *selection = selector->selection;
    size_t kept = 0;
    for (size_t i = 0; i < selection->groups.count; i++) {
        uint32_t group = selection->groups.items[i];
        bool left = false;
        for (uint32_t node = 0; node < selector->plan->count && !left; node++)
            left = (selector->excluded[node] ||
                    (selector->relaxed && selector->plan->nodes[node].soft)) &&
                   is_worth(&selector->plan->nodes[node]) && is_left(selector, node, group);
        if (!left)
            selection->groups.items[kept++] = group;
    }
    selection->groups.count = kept;
}

/* The groups to look into: those that may have something, as far as pieces of it are read. */
static void list_groups(struct selector *selector)
{
    const struct groups *wanted = &selector->groups[selector->plan->count - 1];
    struct groups read = {0};
    for (uint32_t i = 0; i < selector->plan->count; i++)
        for (size_t j = 0; j < selector->selection->nodes[i].count; j++) {
            const struct source_pieces *pieces = &selector->selection->nodes[i].sources[j];
            struct groups more = {0};
            for (size_t k = 0; k < pieces->items.count; k++)
                push(selector, &more, pieces->items.items[k].group);
            read = join(selector, &read, &more);
        }
    read = meet(selector, &read, wanted);
    selector->selection->groups.items = read.items.items;
    selector->selection->groups.count = read.items.count;
}

/* A single word too frequent to load is answered from its best passages. */
static bool choose_best(struct selector *selector)
{
    const struct plan_node *root = &selector->plan->nodes[selector->plan->count - 1];
    if (!selector->budget || root->kind != PLAN_WORD || root->sources.items.count != 1 ||
        root->sources.items.items[0].forms != FORMS_ALL)
        return false;
    const struct headword *entry = &root->sources.items.items[0].entry;
    if (!entry->chunked || chunks_size(entry) <= selector->budget)
        return false;
    selector->selection->best = entry;
    selector->selection->whole = false;
    return true;
}

static void make_room(struct selector *selector)
{
    const struct plan *plan = selector->plan;
    selector->groups = arena_new_array(selector->arena, plan->count, struct groups);
    selector->taken = arena_new_array(selector->arena, plan->count, uint8_t **);
    selector->selection->nodes = arena_new_array(selector->arena, plan->count, struct node_pieces);
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct sources *sources = &plan->nodes[i].sources;
        selector->taken[i] = arena_new_array(selector->arena, sources->items.count, uint8_t *);
        for (size_t j = 0; j < sources->items.count; j++)
            selector->taken[i][j] = arena_new_array(
                selector->arena, sources->items.items[j].entry.chunk_count, uint8_t);
    }
}

void select_pieces(struct selection *selection, const struct plan *plan,
                   const struct finder *finder, uint32_t budget, enum select_pass pass)
{
    struct selector selector = {.plan = plan,
                                .finder = finder,
                                .arena = finder->arena,
                                .selection = selection,
                                .budget = budget};
    *selection = (struct selection){.whole = true};
    make_room(&selector);
    if (choose_best(&selector))
        return;
    find_excluded(&selector);
    find_groups(&selector);
    take_chunks(&selector);
    if (pass != SELECT_ALL) {
        selector.relaxed = true;
        find_groups(&selector);
    }
    if (pass == SELECT_SOME)
        take_chunks(&selector);
    read_sources(&selector);
    list_groups(&selector);
    if (!selection->whole || pass == SELECT_AT_HAND)
        drop_groups(&selector);
}
