#include "search/plan.h"

#include "base/arena.h"
#include "search/stopwords.h"

enum { ALIAS_WORDS_MAX = 12 };

struct planner {
    struct plan *plan;
    const struct query *query;
    const struct finder *finder;
    uint32_t stack[PLAN_NODES_MAX]; /* nodes that are no one's children yet */
    uint32_t stacked;
};

/* A new node whose children are the last `count` that are no one's yet. */
static struct plan_node *add_node(struct planner *planner, enum plan_kind kind,
                                  const struct query_node *node, uint32_t count)
{
    struct plan *plan = planner->plan;
    struct plan_node *new = &plan->nodes[plan->count];
    *new = (struct plan_node){.kind = kind, .node = node, .child_count = count};
    new->children = arena_new_array(planner->finder->arena, count, uint32_t);
    planner->stacked -= count;
    for (uint32_t i = 0; i < count; i++)
        new->children[i] = planner->stack[planner->stacked + i];
    planner->stack[planner->stacked++] = plan->count++;
    return new;
}

static void add_word(struct planner *planner, const struct query_node *word, bool exact)
{
    struct plan_node *new = add_node(planner, PLAN_WORD, word, 0);
    new->exact = exact;
    if (word->kind == QUERY_FIELD)
        sources_find_field(planner->finder, word, &new->sources);
    else
        sources_find_word(planner->finder, word, exact, &new->sources);
}

/* A word with hyphens stands as it is, joined, or as its parts in a row. Its parts were added. */
static void add_hyphenated(struct planner *planner, const struct query_node *word)
{
    add_node(planner, PLAN_PHRASE, word, word->children);
    add_word(planner, word, false);
    add_node(planner, PLAN_ANY, word, 2);
}

static bool is_near_operand(const struct query_node *node)
{
    return node->parent && node->parent->kind == QUERY_NEAR;
}

static void add(struct planner *planner, const struct query_node *node)
{
    static const enum plan_kind kinds[] = {
        [QUERY_PHRASE] = PLAN_PHRASE, [QUERY_NEAR] = PLAN_NEAR, [QUERY_AND] = PLAN_AND,
        [QUERY_OR] = PLAN_OR,         [QUERY_NOT] = PLAN_NOT,
    };
    if (node->kind == QUERY_WORD && node->children)
        add_hyphenated(planner, node);
    else if (node->kind == QUERY_WORD || node->kind == QUERY_FIELD)
        add_word(planner, node, node->parent && node->parent->kind == QUERY_PHRASE);
    else if (node->kind == QUERY_OR && is_near_operand(node))
        add_node(planner, PLAN_ANY, node, node->children);
    else
        add_node(planner, kinds[node->kind], node, node->children);
}

static const struct query_node *deepest_first(const struct query_node *node)
{
    while (node->first)
        node = node->first;
    return node;
}

/* Children before their parents. A query has fewer than PLAN_NODES_MAX / 2 nodes, by its bounds,
 * and a word gives three at most where it has parts that are nodes as well. */
static void add_all(struct planner *planner, const struct query_node *root)
{
    const struct query_node *node = deepest_first(root);
    while (planner->plan->count + 3 < PLAN_NODES_MAX) {
        add(planner, node);
        if (node == root)
            return;
        node = node->next ? deepest_first(node->next) : node->parent;
    }
    planner->plan->count = 0;
}

/* What documents are ranked by: words, phrases and the like that are wanted. */
static void mark_scored(struct plan *plan)
{
    bool *open = (bool[PLAN_NODES_MAX]){0};
    open[plan->count - 1] = true;
    for (uint32_t i = plan->count; i-- > 0;) {
        struct plan_node *node = &plan->nodes[i];
        if (!open[i])
            continue;
        if (node->kind != PLAN_AND && node->kind != PLAN_OR && node->kind != PLAN_NOT)
            node->scored = true;
        for (uint32_t j = 0; node->kind != PLAN_NOT && !node->scored && j < node->child_count; j++)
            open[node->children[j]] = true;
    }
}

/* Whether all children of an AND were written next to each other, without a word between them. */
static bool is_implied(const struct planner *planner, const struct query_node *node)
{
    for (const struct query_node *child = node->first; child && child->next; child = child->next) {
        struct str between = {planner->query->text.data + child->end,
                              child->next->start - child->end};
        if (str_find(between, STR("AND")) != STR_NONE || str_find(between, STR("EN")) != STR_NONE)
            return false;
    }
    return true;
}

static bool is_stopword(const struct planner *planner, const struct plan_node *node)
{
    return node->kind == PLAN_WORD && node->node->kind == QUERY_WORD && !node->node->prefix &&
           !node->node->suffix && stopwords_have(planner->finder->root->language, node->node->text);
}

/* Words without an operator: of several, one may be lacking, and `de` always. */
static void mark_soft(struct planner *planner)
{
    struct plan *plan = planner->plan;
    struct plan_node *root = &plan->nodes[plan->count - 1];
    uint32_t words = 0, stopwords = 0;
    if (root->kind != PLAN_AND || !is_implied(planner, root->node))
        return;
    for (uint32_t i = 0; i < root->child_count; i++) {
        struct plan_node *child = &plan->nodes[root->children[i]];
        child->soft = child->node->kind == QUERY_WORD;
        words += child->soft;
        stopwords += is_stopword(planner, child);
    }
    for (uint32_t i = 0; i < root->child_count && stopwords < words; i++) {
        struct plan_node *child = &plan->nodes[root->children[i]];
        child->optional = is_stopword(planner, child);
    }
}

/* Topics that words in a row name. */

struct named_word {
    struct str form;
    uint32_t node; /* a PLAN_WORD */
};

struct row {
    struct named_word words[PLAN_NODES_MAX];
    uint32_t count;
};

static void list_word(const struct plan *plan, uint32_t index, struct row *row)
{
    const struct plan_node *node = &plan->nodes[index];
    if (node->kind == PLAN_WORD && node->node->kind == QUERY_WORD && !node->node->prefix &&
        !node->node->suffix)
        row->words[row->count++] = (struct named_word){node->node->text, index};
    if (node->kind != PLAN_ANY || node->node->kind != QUERY_WORD)
        return;
    const struct plan_node *parts = &plan->nodes[node->children[0]];
    for (uint32_t i = 0; i < parts->child_count; i++)
        row->words[row->count++] =
            (struct named_word){plan->nodes[parts->children[i]].node->text, node->children[1]};
}

/* The words that stand next to each other: those of an AND, or one alone. */
static void list_row(const struct plan *plan, uint32_t index, struct row *row)
{
    const struct plan_node *node = &plan->nodes[index];
    row->count = 0;
    if (node->kind != PLAN_AND)
        list_word(plan, index, row);
    for (uint32_t i = 0; node->kind == PLAN_AND && i < node->child_count; i++)
        list_word(plan, node->children[i], row);
}

/* How many words from `start` on are just those of the name; 0 where they are not. */
static uint32_t match_name(const struct row *row, uint32_t start, struct str name)
{
    uint32_t at = start;
    for (; name.len && at < row->count; at++)
        if (!str_equal(str_cut(&name, ' '), row->words[at].form))
            return 0;
    return name.len ? 0 : at - start;
}

static void add_topic(struct planner *planner, const struct row *row, uint32_t start,
                      uint32_t length, const struct headword_alias *alias)
{
    struct plan *plan = planner->plan;
    uint32_t known = 0;
    while (known < plan->topic_count && !str_equal(plan->topics[known].id, alias->id))
        known++;
    if (known == PLAN_TOPICS_MAX)
        return;
    if (known == plan->topic_count)
        plan->topics[plan->topic_count++] = (struct plan_topic){alias->id, alias->title};
    for (uint32_t i = start; i < start + length; i++)
        sources_add_topic(planner->finder, alias, &plan->nodes[row->words[i].node].sources);
}

static void find_names_at(struct planner *planner, const struct row *row, uint32_t at)
{
    const struct sources *sources = &planner->plan->nodes[row->words[at].node].sources;
    if (!sources->items.count || sources->items.items[0].topic)
        return;
    const struct headword entry = sources->items.items[0].entry;
    for (uint32_t i = 0; i < entry.alias_count; i++)
        for (uint32_t start = at > ALIAS_WORDS_MAX ? at - ALIAS_WORDS_MAX : 0; start <= at;
             start++) {
            uint32_t length = match_name(row, start, entry.aliases[i].text);
            if (length && start + length > at)
                add_topic(planner, row, start, length, &entry.aliases[i]);
        }
}

static void find_names(struct planner *planner, uint32_t index, struct row *row)
{
    list_row(planner->plan, index, row);
    for (uint32_t i = 0; i < row->count; i++)
        find_names_at(planner, row, i);
}

/* In what is wanted and what is not: whoever does not want the IGJ does not want it by its name
 * either. Words near each other have places, which a topic has not. */
static void find_topics(struct planner *planner)
{
    const struct plan *plan = planner->plan;
    struct row *row = arena_new(planner->finder->arena, struct row);
    find_names(planner, plan->count - 1, row);
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->kind == PLAN_AND && i + 1 < plan->count)
            find_names(planner, i, row);
        for (uint32_t j = 0; j < node->child_count; j++)
            if (node->kind == PLAN_OR || node->kind == PLAN_NOT)
                if (plan->nodes[node->children[j]].kind != PLAN_AND)
                    find_names(planner, node->children[j], row);
    }
}

/* 16 · log2(x / 256), by squaring. */
static uint32_t logarithm(uint64_t x)
{
    uint32_t whole = 0;
    for (; x >= 512; whole++)
        x = (x + 1) / 2;
    uint32_t fraction = 0;
    for (int i = 0; i < 4; i++) {
        x = x * x / 256;
        fraction *= 2;
        if (x >= 512) {
            fraction++;
            x /= 2;
        }
    }
    return whole * 16 + fraction;
}

/* By how few documents have it, as in BM25. A field only says whether, but for a topic. */
static void weigh(const struct planner *planner, struct plan_node *node)
{
    uint64_t all = planner->finder->root->documents, some = node->documents;
    node->weight = 8 + logarithm(256 + 256 * (all + 1) * 2 / (2 * some + 1));
    if (node->node->kind == QUERY_FIELD && node->node->field != QUERY_TOPIC)
        node->weight = 0;
}

static void count_documents(struct plan *plan, struct plan_node *node)
{
    node->documents = node->sources.documents;
    for (uint32_t i = 0; i < node->child_count; i++) {
        uint32_t documents = plan->nodes[node->children[i]].documents;
        if (node->kind == PLAN_ANY || node->kind == PLAN_OR)
            node->documents += documents;
        else if (!i || documents < node->documents)
            node->documents = documents;
    }
}

void plan_make(struct plan *plan, const struct query *query, const struct finder *finder)
{
    struct planner *planner = arena_new(finder->arena, struct planner);
    planner->plan = plan;
    planner->query = query;
    planner->finder = finder;
    *plan =
        (struct plan){.nodes = arena_new_array(finder->arena, PLAN_NODES_MAX, struct plan_node)};
    if (query->root)
        add_all(planner, query->root);
    if (!plan->count)
        return;
    mark_scored(plan);
    mark_soft(planner);
    find_topics(planner);
    for (uint32_t i = 0; i < plan->count; i++) {
        count_documents(plan, &plan->nodes[i]);
        weigh(planner, &plan->nodes[i]);
        plan->waits |= plan->nodes[i].sources.waits;
    }
}

bool plan_lacks(const struct plan_node *node)
{
    return node->kind == PLAN_WORD && !node->sources.documents && !node->sources.waits;
}
