/* Any bytes as a query, and as a text of words. What must hold is what query.h and words.h say of
 * trees, problems and words.
 *
 * Built with -fsanitize=fuzzer it is a target of libFuzzer; without, a program that tries the files
 * it is given. */
#include "base/arena.h"
#include "search/query.h"
#include "search/words.h"
#include "tests/fuzz/replay.h"

#include <assert.h>

static void check_words(struct str text)
{
    struct words words;
    struct word word;
    uint32_t position = 0, end = 0;
    words_begin(&words, text);
    while (words_next(&words, &word)) {
        assert(word.start < word.end && word.end <= text.len);
        assert(word.form.len && word.form.len <= WORDS_FORM_MAX);
        assert(word.joined ? word.position + 1 < position && word.end == end
                           : word.position == position && word.start >= end);
        position += !word.joined;
        end = word.end;
    }
}

static void check_children(const struct query_node *node)
{
    uint32_t count = 0, at = node->start;
    const struct query_node *last = NULL;
    for (const struct query_node *child = node->first; child; child = child->next) {
        assert(child->parent == node && child->start >= at && child->end <= node->end);
        assert(child->kind != node->kind || node->kind == QUERY_WORD);
        at = child->end;
        last = child;
        count++;
    }
    assert(count == node->children && last == node->last);
}

static void check_near(const struct query_node *node)
{
    assert(node->children > 1 && node->distance <= QUERY_DISTANCE_MAX && !node->negative);
    for (const struct query_node *child = node->first; child; child = child->next)
        assert(child->kind == QUERY_WORD || child->kind == QUERY_PHRASE || child->kind == QUERY_OR);
}

static void check_years(const struct query_node *node)
{
    assert(node->from || node->to);
    assert(node->range ? !node->to || node->from <= node->to : node->from == node->to);
    assert(node->from <= 9999 && node->to <= 9999);
}

static void check_field(const struct query_node *node)
{
    assert(node->text.len && node->text.len <= node->end - node->start && !node->children);
    assert(node->field <= QUERY_TAG && query_field_name(node->field));
    if (node->field == QUERY_YEAR)
        check_years(node);
}

static void check_word(const struct query_node *node)
{
    const struct query_node *parent = node->parent;
    bool is_part = parent && (parent->kind == QUERY_WORD || parent->kind == QUERY_PHRASE);
    assert(node->text.len && node->children != 1 && !(is_part && node->first));
}

static void check_node(const struct query_node *node, size_t len)
{
    assert(node->start < node->end && node->end <= len);
    check_children(node);
    if (node->kind == QUERY_WORD)
        check_word(node);
    else if (node->kind == QUERY_PHRASE)
        assert(node->children && node->first->kind == QUERY_WORD && !node->first->first);
    else if (node->kind == QUERY_NEAR)
        check_near(node);
    else if (node->kind == QUERY_FIELD)
        check_field(node);
    else
        assert(node->kind == QUERY_NOT ? node->children == 1 && node->negative
                                       : node->children > 1);
}

static void check_tree(const struct query *query)
{
    size_t words = 0, depth;
    for (const struct query_node *node = query->root; node; node = query_walk(query->root, node)) {
        check_node(node, query->text.len);
        depth = 0;
        for (const struct query_node *above = node; above; above = above->parent)
            depth++;
        words += (node->kind == QUERY_WORD || node->kind == QUERY_FIELD) && !node->first;
        assert(depth <= QUERY_DEPTH_MAX && words <= QUERY_WORDS_MAX);
    }
}

static void check_problems(const struct query *query)
{
    assert(query->problems.count <= QUERY_PROBLEMS_MAX);
    for (size_t i = 0; i < query->problems.count; i++) {
        const struct query_problem *problem = &query->problems.items[i];
        assert(problem->start < problem->end && problem->end <= query->text.len);
        assert(!i || problem->start >= problem[-1].start);
        assert(query_problem_name(problem->kind)[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct query query;
    struct str text = {(const char *)data, size};
    arena_init(&arena);
    check_words(text);
    query_read(&query, &arena, text);
    check_tree(&query);
    check_problems(&query);
    assert(!query.root || !query.root->parent);
    arena_release(&arena);
    return 0;
}
