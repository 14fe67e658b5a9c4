#include "read/highlight.h"

#include "base/arena.h"

enum { MARK_LENGTH = 2 };

/* The children of a node while they are put together again. */
struct pass {
    struct arena *arena;
    struct node *parent;
    struct node *open; /* the text `==` that may begin a mark, or NULL */
};

static void append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static void append_text(struct pass *pass, const struct node *like, struct str text)
{
    if (!text.len)
        return;
    struct node *node = arena_new(pass->arena, struct node);
    *node = *like;
    node->text = text;
    append(pass->parent, node);
}

/* All behind the opening `==` becomes its child. */
static void close_mark(struct pass *pass)
{
    struct node *mark = pass->open, *child = mark->next;
    mark->kind = NODE_MARK;
    mark->text = STR("");
    mark->first = mark->last = NULL;
    mark->next = NULL;
    pass->parent->last = mark;
    while (child) {
        struct node *next = child->next;
        append(mark, child);
        child = next;
    }
    pass->open = NULL;
}

static bool is_space_at(struct str text, size_t at)
{
    return at < text.len && (text.data[at] == ' ' || text.data[at] == '\t');
}

/* The next `==` of just two at or behind `from`. */
static ptrdiff_t next_run(struct str text, size_t from)
{
    while (from < text.len) {
        ptrdiff_t found = str_find_char(str_from_offset(text, from), '=');
        if (found < 0)
            return STR_NONE;
        size_t start = from + (size_t)found, end = start;
        while (end < text.len && text.data[end] == '=')
            end++;
        if (end - start == MARK_LENGTH)
            return (ptrdiff_t)start;
        from = end;
    }
    return STR_NONE;
}

/* Whether something stands between the opening mark and `at`, or is still to be put. */
static bool may_close(const struct pass *pass, struct str text, size_t done, size_t at)
{
    return pass->open && (at > done || pass->open->next) && !(at && is_space_at(text, at - 1));
}

static bool may_open(struct str text, size_t at, const struct node *next)
{
    size_t behind = at + MARK_LENGTH;
    return behind < text.len ? !is_space_at(text, behind) : next != NULL;
}

static void split(struct pass *pass, struct node *node, const struct node *next)
{
    struct str text = node->text;
    struct node like = *node;
    size_t done = 0, from = 0;
    for (ptrdiff_t at; (at = next_run(text, from)) >= 0;) {
        size_t start = (size_t)at;
        from = start + MARK_LENGTH;
        if (may_close(pass, text, done, start)) {
            append_text(pass, &like, str_slice(text, done, start - done));
            close_mark(pass);
        } else if (!pass->open && may_open(text, start, next)) {
            append_text(pass, &like, str_slice(text, done, start - done));
            append_text(pass, &like, str_slice(text, start, MARK_LENGTH));
            pass->open = pass->parent->last;
        } else {
            continue;
        }
        done = from;
    }
    append_text(pass, &like, str_from_offset(text, done));
}

static bool has_mark(const struct node *parent)
{
    for (const struct node *node = parent->first; node; node = node->next)
        if (node->kind == NODE_TEXT && str_find(node->text, STR("==")) != STR_NONE)
            return true;
    return false;
}

static void read_children(struct arena *arena, struct node *parent)
{
    struct pass pass = {arena, parent, NULL};
    struct node *child = parent->first;
    parent->first = parent->last = NULL;
    while (child) {
        struct node *next = child->next;
        if (child->kind == NODE_TEXT)
            split(&pass, child, next);
        else
            append(parent, child);
        child = next;
    }
}

void highlight_read(struct arena *arena, struct node *root)
{
    for (struct node *node = root; node; node = node_walk(root, node))
        if (node->first && node->kind != NODE_WIKILINK && node->kind != NODE_MARK && has_mark(node))
            read_children(arena, node);
}
