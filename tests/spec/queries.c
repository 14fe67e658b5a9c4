/* Reads queries, one a line, and prints the tree of each on a line; on standard error its problems,
 * as the number of the line, their place in bytes, their name and what stands there. */
#include "base/arena.h"
#include "base/buf.h"
#include "search/query.h"

#include <stdio.h>

static void put_field(struct buf *out, const struct query_node *node)
{
    buf_printf(out, "%s:", query_field_name(node->field));
    if (node->field != QUERY_YEAR) {
        bool quoted = str_find_char(node->text, ' ') != STR_NONE;
        buf_printf(out, quoted ? "\"%.*s\"" : "%.*s", STR_ARGS(node->text));
        return;
    }
    if (node->from)
        buf_put_number(out, node->from);
    if (node->range)
        buf_put_cstring(out, "..");
    if (node->range && node->to)
        buf_put_number(out, node->to);
}

static void put_name(struct buf *out, const struct query_node *node)
{
    static const char *const names[] = {
        [QUERY_PHRASE] = "phrase", [QUERY_NEAR] = "near", [QUERY_AND] = "and",
        [QUERY_OR] = "or",         [QUERY_NOT] = "not",
    };
    if (node->kind == QUERY_FIELD)
        put_field(out, node);
    else if (node->kind == QUERY_WORD)
        buf_printf(out, "%s%.*s%s", node->suffix ? "*" : "", STR_ARGS(node->text),
                   node->prefix ? "*" : "");
    else
        buf_put_cstring(out, names[node->kind]);
    if (node->kind == QUERY_NEAR && node->distance)
        buf_printf(out, "/%u", (unsigned)node->distance);
}

static void put_tree(struct buf *out, const struct query_node *root)
{
    for (const struct query_node *node = root, *next; node; node = next) {
        put_name(out, node);
        next = query_walk(root, node);
        if (node->first) {
            buf_put_char(out, '(');
            continue;
        }
        for (; node != root && !node->next; node = node->parent)
            buf_put_char(out, ')');
        if (next)
            buf_put_char(out, ' ');
    }
}

static void try_query(struct arena *arena, struct str text, unsigned line)
{
    struct query query;
    struct buf out;
    buf_init(&out, arena);
    query_read(&query, arena, text);
    if (query.root)
        put_tree(&out, query.root);
    else
        buf_put_cstring(&out, "nothing");
    printf("%.*s\n", STR_ARGS(buf_str(&out)));
    for (size_t i = 0; i < query.problems.count; i++) {
        const struct query_problem *problem = &query.problems.items[i];
        struct str part = str_slice(text, problem->start, problem->end - problem->start);
        fprintf(stderr, "%u:%u-%u %s: %.*s\n", line, (unsigned)problem->start,
                (unsigned)problem->end, query_problem_name(problem->kind),
                STR_ARGS(str_slice(part, 0, 40)));
    }
}

int main(void)
{
    struct arena arena;
    struct buf input;
    size_t len;
    arena_init(&arena);
    buf_init(&input, &arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    struct str rest = buf_str(&input);
    unsigned number = 0;
    for (struct str line = str_line(&rest); line.data; line = str_line(&rest))
        try_query(&arena, line, ++number);
    arena_release(&arena);
    return 0;
}
