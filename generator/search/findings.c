#include "search/findings.h"

#include "base/arena.h"
#include "search/posting.h"

enum {
    NODES_SCORED_MAX = QUERY_WORDS_MAX, /* each holds a word at least, and none another */
    ENOUGH = 34,       /* percent of what soft words weigh that a document must have */
    TITLE_ENOUGH = 90, /* percent of a title that the question must be, to be it */
    /* In eighths of a passage's own score: what a word in the title adds, a question that is the
     * title, what the best passage of each word in the document adds, and words next to each other.
     * Chosen on questions to a manual of 173 pages; what is near gives nearly the same. */
    SCALE = 8,
    TITLE = 8,
    EXACT = 4,
    ELSEWHERE = 3,
    NEARNESS = 4
};

/* A group in hand. */
struct matcher {
    const struct plan *plan;
    struct hits *hits; /* by node */
    bool *present;     /* by node: whether the document in hand has it */
    const struct plan_node *root;
    uint32_t scored[NODES_SCORED_MAX]; /* nodes */
    uint32_t scored_count;
    bool relaxed;
    uint32_t passages; /* of a document that are kept */
    struct arena *arena;
    struct findings *matches;
    uint32_t group;
    /* Of the document in hand, by scored node. */
    uint32_t best[NODES_SCORED_MAX], title[NODES_SCORED_MAX];
};

static bool has_document(struct hits *hits, uint32_t document)
{
    while (hits->at < hits->items.count && hits->items.items[hits->at].document < document)
        hits->at++;
    return hits->at < hits->items.count && hits->items.items[hits->at].document == document;
}

/* The next document at or behind `document` that anything scored has; UINT32_MAX where none has. */
static uint32_t next_document(struct matcher *matcher, uint32_t document)
{
    uint32_t next = UINT32_MAX;
    for (uint32_t i = 0; i < matcher->scored_count; i++) {
        struct hits *hits = &matcher->hits[matcher->scored[i]];
        has_document(hits, document);
        if (hits->at < hits->items.count && hits->items.items[hits->at].document < next)
            next = hits->items.items[hits->at].document;
    }
    return next;
}

/* Whether an AND holds, in which soft words may be lacking: which ones is in `lacking`. */
static bool holds_softly(struct matcher *matcher, const struct plan_node *node, uint32_t *lacking)
{
    uint64_t all = 0, there = 0;
    *lacking = 0;
    for (uint32_t i = 0; i < node->child_count; i++) {
        const struct plan_node *child = &matcher->plan->nodes[node->children[i]];
        bool present = matcher->present[node->children[i]];
        if (child->optional)
            continue;
        if (!child->soft && !present)
            return false;
        all += child->soft && child->documents ? child->weight : 0;
        there += child->soft && present ? child->weight : 0;
        if (!present && i < FINDINGS_SOFT_MAX)
            *lacking |= 1u << i;
        if (!present && (i >= FINDINGS_SOFT_MAX || !matcher->relaxed))
            return false;
    }
    return there * 100 >= all * ENOUGH;
}

static bool holds(struct matcher *matcher, uint32_t index, uint32_t *lacking)
{
    const struct plan_node *node = &matcher->plan->nodes[index];
    bool all = true, any = false;
    if (node->kind == PLAN_AND && node == matcher->root)
        return holds_softly(matcher, node, lacking);
    for (uint32_t i = 0; i < node->child_count; i++) {
        bool present = matcher->present[node->children[i]];
        all &= present || matcher->plan->nodes[node->children[i]].optional;
        any |= present;
    }
    return node->kind == PLAN_AND ? all : node->kind == PLAN_OR ? any : !any;
}

/* Whether the document is what is asked for. */
static bool is_match(struct matcher *matcher, uint32_t document, uint32_t *lacking)
{
    *lacking = 0;
    for (uint32_t i = 0; i < matcher->plan->count; i++) {
        enum plan_kind kind = matcher->plan->nodes[i].kind;
        if (kind == PLAN_AND || kind == PLAN_OR || kind == PLAN_NOT)
            matcher->present[i] = holds(matcher, i, lacking);
        else
            matcher->present[i] = has_document(&matcher->hits[i], document);
    }
    return matcher->present[matcher->plan->count - 1];
}

/* The words in a passage, where several of them stand. */
struct gathering {
    const struct hits *hits[NODES_SCORED_MAX];
    const struct hit *in[NODES_SCORED_MAX];
    uint32_t count;
};

/* The length of the shortest stretch that holds a place of each, as in hits.c; 0 where there is
 * none. */
static uint32_t shortest_stretch(const struct gathering *gathering)
{
    uint32_t at[NODES_SCORED_MAX] = {0}, shortest = 0;
    for (;;) {
        uint32_t least = 0, lowest = UINT32_MAX, highest = 0;
        for (uint32_t i = 0; i < gathering->count; i++) {
            if (at[i] == gathering->in[i]->count)
                return shortest;
            const struct words_at *place =
                &gathering->hits[i]->places.items[gathering->in[i]->first + at[i]];
            if (place->first < lowest) {
                lowest = place->first;
                least = i;
            }
            highest = place->last > highest ? place->last : highest;
        }
        if (!shortest || highest - lowest + 1 < shortest)
            shortest = highest - lowest + 1;
        at[least]++;
    }
}

static uint32_t nearness(const struct gathering *gathering, uint32_t score)
{
    if (gathering->count < 2)
        return 0;
    uint32_t stretch = shortest_stretch(gathering);
    if (stretch < gathering->count)
        stretch = gathering->count;
    return stretch ? score * NEARNESS / SCALE * gathering->count / stretch : 0;
}

static void keep_passage(const struct matcher *matcher, struct finding *match, uint32_t number,
                         uint32_t score)
{
    size_t at = match->best.count;
    if (at == matcher->passages && match->best.items[at - 1].score >= score)
        return;
    if (at < matcher->passages)
        vec_push(&match->best, matcher->arena);
    else
        at--;
    struct finding_passage *best = match->best.items;
    for (; at > 0 && best[at - 1].score < score; at--)
        best[at] = best[at - 1];
    best[at] = (struct finding_passage){number, score};
}

/* What stands in a passage of the document: its score, and whether it has all that the document
 * has. */
static void add_passage(struct matcher *matcher, struct finding *match, uint32_t passage)
{
    struct gathering gathering = {.count = 0};
    uint32_t score = 0, wanted = 0, there = 0;
    for (uint32_t i = 0; i < matcher->scored_count; i++) {
        struct hits *hits = &matcher->hits[matcher->scored[i]];
        const struct plan_node *node = &matcher->plan->nodes[matcher->scored[i]];
        if (!node->weight)
            continue;
        wanted += matcher->present[matcher->scored[i]] && !node->optional;
        if (hits->at == hits->items.count ||
            hits->items.items[hits->at].document != match->document ||
            hits->items.items[hits->at].passage != passage)
            continue;
        const struct hit *hit = &hits->items.items[hits->at++];
        there += !node->optional;
        score += node->weight * hit->impact;
        if (hit->impact > matcher->best[i])
            matcher->best[i] = hit->impact;
        if (!passage)
            matcher->title[i] = hit->impact;
        if (!hit->count || node->optional)
            continue;
        gathering.hits[gathering.count] = hits;
        gathering.in[gathering.count++] = hit;
    }
    if (!passage)
        return;
    score += nearness(&gathering, score);
    if (!there)
        return;
    match->count++;
    match->together += there == wanted;
    keep_passage(matcher, match, passage, score);
}

static uint32_t next_passage(const struct matcher *matcher, uint32_t document)
{
    uint32_t next = UINT32_MAX;
    for (uint32_t i = 0; i < matcher->scored_count; i++) {
        const struct hits *hits = &matcher->hits[matcher->scored[i]];
        if (!matcher->plan->nodes[matcher->scored[i]].weight)
            continue;
        if (hits->at < hits->items.count && hits->items.items[hits->at].document == document &&
            hits->items.items[hits->at].passage < next)
            next = hits->items.items[hits->at].passage;
    }
    return next;
}

/* Whether what was asked for is the document's title, or nearly all of it. */
static bool is_title(const struct matcher *matcher)
{
    uint32_t share = 0;
    for (uint32_t i = 0; i < matcher->scored_count; i++) {
        const struct plan_node *node = &matcher->plan->nodes[matcher->scored[i]];
        if (node->weight && !node->optional && !matcher->title[i])
            return false;
        share += posting_title_share(matcher->title[i]);
    }
    return share >= TITLE_ENOUGH;
}

static uint32_t score_document(const struct matcher *matcher, const struct finding *match)
{
    uint64_t score = match->best.count ? match->best.items[0].score : 0;
    for (uint32_t i = 0; i < matcher->scored_count; i++) {
        uint64_t weight = matcher->plan->nodes[matcher->scored[i]].weight;
        score += weight * matcher->best[i] * ELSEWHERE / SCALE;
        score += weight * matcher->title[i] * TITLE / SCALE;
    }
    if (is_title(matcher))
        score += score * EXACT / SCALE;
    return score > UINT32_MAX ? UINT32_MAX : (uint32_t)score;
}

static void add_match(struct matcher *matcher, uint32_t document, uint32_t lacking)
{
    struct finding match = {.group = matcher->group, .document = document, .lacking = lacking};
    for (uint32_t i = 0; i < matcher->scored_count; i++)
        matcher->best[i] = matcher->title[i] = 0;
    for (uint32_t passage; (passage = next_passage(matcher, document)) != UINT32_MAX;)
        add_passage(matcher, &match, passage);
    match.score = score_document(matcher, &match);
    *vec_push(&matcher->matches->items, matcher->arena) = match;
    if (lacking)
        return;
    matcher->matches->documents++;
    matcher->matches->passages += match.count;
}

static void collect_group(struct matcher *matcher)
{
    uint32_t lacking;
    for (uint32_t document = next_document(matcher, 0); document != UINT32_MAX;
         document = next_document(matcher, document + 1))
        if (is_match(matcher, document, &lacking))
            add_match(matcher, document, lacking);
}

/* Nodes under a NOT take no part. */
static void list_scored(struct matcher *matcher)
{
    for (uint32_t i = 0; i < matcher->plan->count; i++)
        if (matcher->plan->nodes[i].scored && matcher->scored_count < NODES_SCORED_MAX)
            matcher->scored[matcher->scored_count++] = i;
}

/* Matches that a frequent word's best passages are of. */
static void collect_best(struct matcher *matcher, const struct headword *entry)
{
    struct finding *match = NULL;
    matcher->scored_count = 1;
    for (uint32_t i = 0; i < entry->best_count; i++) {
        const struct headword_best *best = &entry->best[i];
        if (!match || match->group != best->group || match->document != best->document) {
            match = vec_push(&matcher->matches->items, matcher->arena);
            *match = (struct finding){.group = best->group, .document = best->document};
        }
        uint32_t score = matcher->root->weight * best->impact;
        if (best->passage) {
            keep_passage(matcher, match, best->passage, score);
            match->count++;
        }
        match->score += best->passage ? score * ELSEWHERE / SCALE / match->count + score / SCALE
                                      : score * TITLE / SCALE;
    }
    matcher->matches->documents = entry->documents;
    matcher->matches->passages = entry->passages;
}

void findings_collect(struct findings *matches, const struct plan *plan,
                      const struct selection *selection, bool relaxed, uint32_t passages,
                      struct arena *arena, struct store *store)
{
    struct matcher *matcher = arena_new(arena, struct matcher);
    struct arena scratch;
    *matches = (struct findings){0};
    *matcher = (struct matcher){.plan = plan,
                                .root = &plan->nodes[plan->count - 1],
                                .relaxed = relaxed,
                                .passages = passages,
                                .arena = arena,
                                .matches = matches};
    matcher->hits = arena_new_array(arena, plan->count, struct hits);
    matcher->present = arena_new_array(arena, plan->count, bool);
    list_scored(matcher);
    if (selection->best) {
        collect_best(matcher, selection->best);
        return;
    }
    arena_init(&scratch);
    for (size_t i = 0; i < selection->groups.count; i++) {
        matcher->group = selection->groups.items[i];
        arena_clear(&scratch);
        hits_find(matcher->hits, plan, selection, matcher->group, &scratch, store);
        collect_group(matcher);
    }
    arena_release(&scratch);
}
