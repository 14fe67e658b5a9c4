#include "read/places.h"

#include "base/arena.h"
#include "base/vec.h"

struct lines {
    VEC(struct str) items;
};

static void split(struct arena *scratch, struct str body, struct lines *lines)
{
    for (struct str line = str_line(&body); line.data; line = str_line(&body))
        *vec_push(&lines->items, scratch) = line;
}

/* The column of `@key` behind column `behind` of a line; 0 where it does not stand there. */
static uint32_t find(struct arena *scratch, struct str line, struct str key, uint32_t behind)
{
    struct str mark = str_format(scratch, "@%.*s", STR_ARGS(key));
    ptrdiff_t at = str_find(str_from_offset(line, behind), mark);
    return at == STR_NONE ? 0 : behind + (uint32_t)at + 1;
}

static struct node *next_citation(struct node *root, struct node *node)
{
    while (node && node->kind != NODE_CITATION)
        node = node_walk(root, node);
    return node;
}

void places_of_citations(struct arena *scratch, struct str body, uint32_t first_line,
                         struct node *root)
{
    struct lines lines = {0};
    uint32_t line = 0, behind = 0;
    struct node *node = next_citation(root, root);
    if (node)
        split(scratch, body, &lines);
    for (; node; node = next_citation(root, node_walk(root, node))) {
        if (node->line < first_line || node->line - first_line >= lines.items.count)
            continue;
        if (node->line != line)
            behind = 0;
        line = node->line;
        node->column = find(scratch, lines.items.items[line - first_line], node->target, behind);
        behind = node->column;
    }
}
