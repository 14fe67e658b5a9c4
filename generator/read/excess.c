#include "read/excess.h"

#include "base/utf8.h"

struct excess excess_cut(struct str *body, uint32_t line)
{
    struct str rest = *body;
    if (body->len < EXCESS_LEAST)
        return (struct excess){STR(""), line};
    for (size_t lines = 0; rest.len && lines < EXCESS_LINES; line++)
        lines += str_trim(str_line(&rest)).len > 0;
    body->len -= rest.len;
    return (struct excess){rest, line};
}

void excess_add(struct arena *arena, const struct excess *excess, struct str path,
                struct node *root, struct diags *diags)
{
    if (!str_trim(excess->text).len)
        return;
    struct node *node = node_add(arena, root, NODE_CODE_BLOCK);
    node->text = str_copy(arena, utf8_repair(arena, excess->text));
    node->line = excess->line;
    diag_add(diags, DIAG_ERROR, "too-many-lines", (struct place){path, excess->line, 1},
             "more than %d lines; from here on the text is shown as it was written", EXCESS_LINES);
}
