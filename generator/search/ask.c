#include "search/ask.h"

enum {
    EARLY_GROUPS_MAX = 4,    /* in all: where their texts are will be wanted whatever is asked */
    EARLY_PAGES_MAX = 4,     /* of the list of groups, likewise */
    SUGGESTED_WORDS_MAX = 5, /* for which others are suggested: each takes two files */
    SUGGESTION_SIZE = 12 * 1024, /* bytes of these two, about */
    STAR_FILES = 12,             /* nodes that are read for words with a star, all together */
    NODES_SIZE = 64 * 1024,      /* bytes of nodes that leave room for the whole budget */
    BUDGET_PART = 4              /* this part of the budget there is always */
};

/* A step in hand. */
struct step {
    struct ask *ask;
    struct arena *arena;
    struct root root;
    struct finder finder;
    struct query *query;
    struct plan *plan;
    struct findings matches;
    const struct finding **ordered;
    struct rows **rows;   /* by place in the order; NULL: not read */
    struct map rows_of;   /* struct rows by group, as its four bytes */
    struct map places_of; /* struct group_places, likewise */
    size_t nodes_size;    /* bytes of the index that making the plan read */
    bool whole;
};

void ask_init(struct ask *ask)
{
    *ask = (struct ask){0};
    store_init(&ask->store);
    arena_init(&ask->arena);
}

void ask_release(struct ask *ask)
{
    store_release(&ask->store);
    arena_release(&ask->arena);
}

void ask_begin(struct ask *ask, struct str text, const struct ask_options *options)
{
    store_begin_search(&ask->store);
    ask->text = text;
    ask->options = *options;
    if (!ask->options.passages || ask->options.passages > FINDINGS_PASSAGES_MAX)
        ask->options.passages = FINDINGS_PASSAGES_MAX;
}

static bool waits(const struct step *step)
{
    return step->ask->store.wanted.count || step->ask->store.damage;
}

/* The columns of a group, read once a step. */
static struct rows *rows_of(struct step *step, uint32_t group)
{
    struct str key = str_copy(step->arena, (struct str){(const char *)&group, sizeof group});
    void **known = map_at(&step->rows_of, key);
    if (*known)
        return *known;
    struct rows *rows = arena_new(step->arena, struct rows);
    if (!rows_read(rows, &step->root, group, step->arena))
        return NULL;
    *map_at(&step->rows_of, key) = rows;
    return rows;
}

static const struct group_places *places_of(struct step *step, uint32_t group)
{
    struct str key = str_copy(step->arena, (struct str){(const char *)&group, sizeof group});
    void **known = map_at(&step->places_of, key);
    if (*known)
        return *known;
    struct group_places *places = arena_new(step->arena, struct group_places);
    if (!rows_read_places(places, &step->root, group, step->arena))
        return NULL;
    *map_at(&step->places_of, key) = places;
    return places;
}

/* Words that nothing is found by, with what may have been meant. */
static void find_lacking(struct step *step)
{
    struct answer *answer = &step->ask->answer;
    answer->lacking = arena_new_array(step->arena, step->plan->count, struct lacking_word);
    for (uint32_t i = 0; i < step->plan->count; i++) {
        const struct plan_node *node = &step->plan->nodes[i];
        if (node->node->kind != QUERY_WORD || node->kind != PLAN_WORD || !plan_lacks(node))
            continue;
        struct lacking_word *word = &answer->lacking[answer->lacking_count++];
        word->node = node->node;
        if (answer->lacking_count <= SUGGESTED_WORDS_MAX)
            suggest_find(&word->suggestions, &step->root, node->node->text, step->arena);
    }
}

/* Whether a document may lack a word where too few have all. */
static bool may_relax(const struct plan *plan)
{
    const struct plan_node *root = &plan->nodes[plan->count - 1];
    for (uint32_t i = 0; root->kind == PLAN_AND && i < root->child_count; i++)
        if (plan->nodes[root->children[i]].soft)
            return true;
    return false;
}

/* Whether few documents are likely to have all words: if each stood wherever it does by chance. */
static bool expects_few(const struct step *step)
{
    const struct plan *plan = step->plan;
    const struct plan_node *root = &plan->nodes[plan->count - 1];
    uint64_t all = step->root.documents, expected = all;
    for (uint32_t i = 0; i < root->child_count; i++) {
        const struct plan_node *child = &plan->nodes[root->children[i]];
        if (!child->optional && child->kind != PLAN_NOT && child->documents < all)
            expected = expected * child->documents / all;
    }
    return expected < ASK_ENOUGH;
}

/* Bytes of chunks that may be loaded: the less, the more was loaded to know of them. It must be the
 * same in each step, so of suggestions, which come meanwhile, it is the number that counts. */
static uint32_t budget_left(const struct step *step)
{
    uint32_t budget = step->ask->options.budget, words = step->ask->answer.lacking_count;
    size_t size = step->nodes_size;
    size += (words < SUGGESTED_WORDS_MAX ? words : SUGGESTED_WORDS_MAX) * SUGGESTION_SIZE;
    size_t less = size > NODES_SIZE ? size - NODES_SIZE : 0;
    return budget -
           (less < budget - budget / BUDGET_PART ? (uint32_t)less : budget - budget / BUDGET_PART);
}

static void collect(struct step *step, const struct selection *selection, bool relaxed)
{
    findings_collect(&step->matches, step->plan, selection, relaxed, step->ask->options.passages,
                     step->arena, &step->ask->store);
    step->whole = selection->whole;
}

/* Postings, and what they match. With a budget what a second pass takes comes along with the first,
 * if it is likely to be made; else it makes do with what is there, and there is no further round.
 */
static void match(struct step *step)
{
    struct selection all, some;
    uint32_t budget = budget_left(step);
    bool relaxes = may_relax(step->plan), early = relaxes && budget && expects_few(step);
    if (early)
        select_pieces(&some, step->plan, &step->finder, budget, SELECT_SOME);
    select_pieces(&all, step->plan, &step->finder, budget, SELECT_ALL);
    if (waits(step))
        return;
    collect(step, &all, false);
    if (step->matches.documents >= ASK_ENOUGH || !relaxes)
        return;
    if (!early)
        select_pieces(&some, step->plan, &step->finder, budget,
                      budget ? SELECT_AT_HAND : SELECT_SOME);
    if (!waits(step))
        collect(step, &some, true);
}

/* How many of the first matches are counted: those that have all, where there are any. */
static size_t count_whole(const struct step *step)
{
    size_t count = step->matches.items.count;
    if (step->matches.documents)
        while (count && step->ordered[count - 1]->lacking)
            count--;
    return count;
}

/* The columns of these matches' groups, or of the first of them in order. False where some are not
 * there yet. */
static bool read_rows(struct step *step, size_t count, size_t groups_max)
{
    bool there = true;
    step->rows = arena_new_array(step->arena, count, struct rows *);
    for (size_t i = 0; i < count; i++) {
        uint32_t group = step->ordered[i]->group;
        struct str key = {(const char *)&group, sizeof group};
        if (step->rows_of.count < groups_max || map_get(&step->rows_of, key))
            there &= (step->rows[i] = rows_of(step, group)) != NULL;
    }
    return there;
}

static void set_dates(struct step *step)
{
    for (size_t i = 0; i < step->matches.items.count; i++) {
        struct finding *match = &step->matches.items.items[i];
        const struct rows *rows = rows_of(step, match->group);
        const struct row *row = rows ? rows_find(rows, match->document) : NULL;
        if (row)
            match->date = row->date;
    }
}

static void count_facets(struct step *step)
{
    struct answer *answer = &step->ask->answer;
    const struct ask_options *options = &step->ask->options;
    size_t count = count_whole(step);
    if (read_rows(step, count, options->groups ? options->groups : SIZE_MAX))
        facets_count(&answer->facets, step->ordered, step->rows, count, &step->ask->store,
                     step->arena);
    answer->facets.whole &= step->whole;
    answer->partly = 0;
    for (size_t i = 0; i < step->matches.items.count; i++)
        answer->partly += step->ordered[i]->lacking != 0;
}

/* The numbers of the best passages, in the order of the document; the first passage where only the
 * title has what was asked for. */
static uint32_t *choose_passages(const struct step *step, const struct finding *match,
                                 uint32_t *count)
{
    uint32_t *numbers = arena_new_array(step->arena, match->best.count + 1, uint32_t);
    for (*count = 0; *count < match->best.count; ++*count) {
        uint32_t at = *count;
        for (; at > 0 && numbers[at - 1] > match->best.items[*count].number; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = match->best.items[*count].number;
    }
    if (!*count)
        numbers[(*count)++] = 1;
    return numbers;
}

static void fill_result(struct step *step, struct result *result, const struct finding *match,
                        const struct places *places)
{
    uint32_t count, *numbers = choose_passages(step, match, &count);
    struct marker marker = {step->plan, step->root.language, step->ask->options.whole_texts,
                            step->arena};
    struct fragment *fragment = NULL;
    uint32_t piece = UINT32_MAX;
    *result = (struct result){
        .match = match, .passages = arena_new_array(step->arena, count, struct result_passage)};
    for (uint32_t i = 0; i < count; i++) {
        if (fragment_piece_of(places, numbers[i]) != piece) {
            piece = fragment_piece_of(places, numbers[i]);
            fragment = arena_new(step->arena, struct fragment);
            fragment_read(fragment, &step->root, match->group, places, piece, step->arena);
            result->about = fragment;
        }
        struct result_passage *to = &result->passages[result->passage_count];
        to->fragment = fragment;
        to->passage = fragment_find(fragment, numbers[i]);
        if (!to->passage)
            continue;
        result->passage_count++;
        marks_find(&marker, fragment, to->passage, &to->marks);
    }
}

static void fill_results(struct step *step)
{
    struct answer *answer = &step->ask->answer;
    const struct ask_options *options = &step->ask->options;
    size_t count = step->matches.items.count;
    count = count > options->first ? count - options->first : 0;
    if (count > options->count)
        count = options->count;
    answer->results = arena_new_array(step->arena, count, struct result);
    for (size_t i = 0; i < count; i++) {
        const struct finding *match = step->ordered[options->first + i];
        const struct group_places *places = places_of(step, match->group);
        if (!places)
            continue;
        const struct places *of = rows_find_places(places, match->document);
        if (of)
            fill_result(step, &answer->results[answer->result_count++], match, of);
        else
            store_damaged(&step->ask->store, "a document is not in its group");
    }
}

/* Where there are few groups, where their texts are comes with the first files, which saves a
 * round; and so do the few pages of a longer list. */
static void want_early(struct step *step)
{
    uint32_t groups[EARLY_GROUPS_MAX];
    uint32_t count = root_list_groups(&step->root, groups, EARLY_GROUPS_MAX);
    for (uint32_t i = 0; i < count; i++)
        places_of(step, groups[i]);
    root_want_groups(&step->root, EARLY_PAGES_MAX);
}

static void answer(struct step *step)
{
    const struct ask_options *options = &step->ask->options;
    if (!step->plan->count || (step->query->root && step->query->root->negative))
        return;
    find_lacking(step);
    want_early(step);
    if (!step->plan->waits)
        match(step);
    if (waits(step))
        return;
    if (options->order != ORDER_RELEVANCE)
        set_dates(step);
    if (waits(step))
        return;
    step->ordered = order_matches(&step->matches, options->order, step->arena);
    fill_results(step);
    count_facets(step);
}

/* Of each word with a star; fields may be such. */
static uint32_t star_files(const struct step *step)
{
    uint32_t count = 0;
    const struct query_node *node = step->query->root;
    for (; node; node = query_walk(step->query->root, node))
        count += node->prefix || node->suffix || node->kind == QUERY_FIELD;
    return count < STAR_FILES / 2 ? STAR_FILES / (count ? count : 1) : 2;
}

enum ask_status ask_step(struct ask *ask)
{
    struct step step = {.ask = ask, .arena = &ask->arena, .whole = true};
    arena_clear(&ask->arena);
    store_begin_step(&ask->store);
    map_init(&step.rows_of, &ask->arena);
    map_init(&step.places_of, &ask->arena);
    step.query = arena_new(&ask->arena, struct query);
    step.plan = arena_new(&ask->arena, struct plan);
    ask->answer = (struct answer){.query = step.query, .plan = step.plan, .whole = true};
    query_read(step.query, &ask->arena, ask->text);
    if (root_read(&step.root, &ask->store, &ask->arena)) {
        step.finder =
            (struct finder){&step.root, &ask->arena, ask->options.budget ? star_files(&step) : 0};
        plan_make(step.plan, step.query, &step.finder);
        step.nodes_size = ask->store.read;
        answer(&step);
    }
    ask->answer.documents = step.matches.documents;
    ask->answer.passages = step.matches.passages;
    ask->answer.whole = step.whole;
    if (ask->store.damage)
        return ASK_DAMAGED;
    return ask->store.wanted.count ? ASK_WANTS : ASK_DONE;
}
