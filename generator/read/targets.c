#include "read/targets.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/citation.h"
#include "read/markdown.h"

#include <string.h>

enum {
    INNER_MAX = 4000, /* bytes of a wikilink or an address: a longer one names no file */
    WRAPPED_MAX = 3   /* line ends in a wikilink or before an address */
};

/* No other letters: whatever stands around it reads as it did. */
#define WORD "naslagtarget"

/* -- What looks like a target --------------------------------------------------------------------
 */

struct scan {
    struct arena *arena;
    struct str body;
    size_t at;
    struct targets *out;
};

static void trim(struct str body, struct target *target)
{
    while (target->start < target->end && str_is_space(body.data[target->start]))
        target->start++;
    while (target->start < target->end && str_is_space(body.data[target->end - 1]))
        target->end--;
}

/* Without what follows the first `mark`. */
static void cut(struct str body, struct target *target, char mark)
{
    ptrdiff_t at = str_find_char(str_slice(body, target->start, target->end - target->start), mark);
    if (at != STR_NONE)
        target->end = target->start + (size_t)at;
}

/* Returns where the search goes on. */
static size_t take(struct scan *scan, struct target target)
{
    trim(scan->body, &target);
    struct str text = str_slice(scan->body, target.start, target.end - target.start);
    if (target.start >= target.end || str_find_char(text, '[') != STR_NONE)
        return scan->at + 1;
    *vec_push(&scan->out->items, scan->arena) = target;
    return target.end;
}

/* Whether nothing else stands on the line of [start, end) but marks of quotations and items. */
static bool has_line(struct str body, size_t start, size_t end)
{
    size_t stop = str_line_end(body, start);
    while (start && body.data[start - 1] != '\n' && body.data[start - 1] != '\r')
        if (!strchr(" \t>-*+", body.data[--start]))
            return false;
    while (end < stop && str_is_space(body.data[end]))
        end++;
    return end >= stop;
}

static size_t take_wikilink(struct scan *scan)
{
    struct str body = scan->body;
    size_t start = scan->at + 2;
    struct str inner = str_slice(body, start, INNER_MAX);
    ptrdiff_t close = str_find(inner, STR("]]")), nested = str_find(inner, STR("[["));
    if (close <= 0 || (nested != STR_NONE && nested < close))
        return scan->at + 1;
    struct target target = {.start = start, .end = start + (size_t)close};
    target.inner_end = target.end;
    bool embed = scan->at && body.data[scan->at - 1] == '!';
    target.alone = embed && has_line(body, scan->at - 1, target.end + 2);
    cut(body, &target, '|');
    target.bare = target.end == target.inner_end;
    if (!target.bare && body.data[target.end - 1] == '\\')
        target.end--;
    cut(body, &target, '#');
    return take(scan, target);
}

/* `[^1]: text`, whose `]` stands at `close`. */
static bool is_footnote(struct str body, size_t close)
{
    size_t at = close;
    while (at && body.data[at - 1] != '[' && body.data[at - 1] != '\n')
        at--;
    return body.data[at] == '^';
}

/* `](address)`, `](<address> "title")`, `]: address`. */
static size_t take_address(struct scan *scan)
{
    struct str body = scan->body;
    struct target target = {.start = scan->at + 2};
    unsigned lines = 0, open = 0;
    if (body.data[scan->at + 1] == ':' && is_footnote(body, scan->at))
        return scan->at + 1;
    while (target.start < body.len && str_is_space(body.data[target.start]) && lines < WRAPPED_MAX)
        lines += body.data[target.start++] == '\n';
    target.bracketed = target.start < body.len && body.data[target.start] == '<';
    target.start += target.bracketed;
    size_t end = target.start;
    for (; end < body.len && end - target.start < INNER_MAX; end++) {
        char c = body.data[end];
        if (c == '\n' || c == '\r' || (target.bracketed && c == '>'))
            break;
        if (target.bracketed)
            continue;
        if (str_is_space(c) || (c == ')' && !open))
            break;
        open += c == '(';
        open -= c == ')';
    }
    target.end = end;
    cut(body, &target, '#');
    cut(body, &target, '?');
    return take(scan, target);
}

static size_t take_citation(struct scan *scan)
{
    struct target target = {.start = scan->at + 1, .end = scan->at + 1};
    while (target.end < scan->body.len && citation_is_key(scan->body.data[target.end]))
        target.end++;
    return take(scan, target);
}

static void find_all(struct scan *scan)
{
    struct str body = scan->body;
    while (scan->at < body.len) {
        struct str rest = str_from_offset(body, scan->at);
        if (str_starts(rest, STR("[[")))
            scan->at = take_wikilink(scan);
        else if (str_starts(rest, STR("](")) || str_starts(rest, STR("]:")))
            scan->at = take_address(scan);
        else if (rest.data[0] == '@')
            scan->at = take_citation(scan);
        else
            scan->at++;
    }
}

/* -- Which of it is one --------------------------------------------------------------------------
 */

static struct node *read_body(struct arena *arena, struct str body)
{
    struct document document = {.meta = {.more = &meta_nothing, .body_line = 1}};
    document.root = node_add(arena, NULL, NODE_DOCUMENT);
    document.body = node_add(arena, document.root, NODE_DOCUMENT);
    markdown_read(arena, (struct place){.line = 1}, body, document.body, 1, NULL);
    document_finish(arena, &document, STR("x"));
    return document.body;
}

static struct str with_words(struct arena *arena, struct str body, const struct targets *targets)
{
    struct buf out;
    size_t done = 0;
    buf_init(&out, arena);
    for (size_t i = 0; i < targets->items.count; i++) {
        const struct target *target = &targets->items.items[i];
        buf_put(&out, str_slice(body, done, target->start - done));
        buf_printf(&out, WORD "%zux", i);
        done = target->end;
    }
    buf_put(&out, str_from_offset(body, done));
    return buf_str(&out);
}

/* The next link at or behind `node`; what stands in an image's text is none. */
static const struct node *next_link(const struct node *root, const struct node *node)
{
    while (node && !(node->kind >= NODE_LINK && node->kind <= NODE_CITATION))
        node = node_walk(root, node);
    return node;
}

static const struct node *behind(const struct node *root, const struct node *link)
{
    const struct node *next =
        link->kind == NODE_IMAGE ? node_walk_over(root, link) : node_walk(root, link);
    return next_link(root, next);
}

/* The target whose word is that of a link; NULL where it is none. */
static struct target *worded(struct targets *targets, const struct node *node)
{
    struct str rest = node->target;
    struct str name = str_trim(str_cut(&rest, '#'));
    name = str_trim(str_cut(&name, '?'));
    long index;
    if (!str_starts(name, STR(WORD)) || !str_ends(name, STR("x")))
        return NULL;
    name = str_slice(name, STR(WORD).len, name.len - STR(WORD "x").len);
    return str_to_long(name, &index) && (size_t)index < targets->items.count
               ? &targets->items.items[index]
               : NULL;
}

static bool is_in_cell(const struct node *node)
{
    while (node && node->kind != NODE_CELL)
        node = node->parent;
    return node;
}

/* Both trees have the same links in the same order, if the words changed nothing else. */
static bool pair(struct targets *targets, const struct node *probe)
{
    const struct node *a = next_link(targets->root, targets->root), *b = next_link(probe, probe);
    for (; a && b; a = behind(targets->root, a), b = behind(probe, b)) {
        struct target *target = worded(targets, b);
        if (a->kind != b->kind || a->embed != b->embed)
            return false;
        if (!target || !a->number || target->node)
            continue;
        target->node = a;
        target->in_cell = is_in_cell(a);
    }
    return !a && !b;
}

bool targets_find(struct arena *arena, struct str body, struct targets *out)
{
    struct scan scan = {.arena = arena, .body = body, .out = out};
    size_t kept = 0;
    *out = (struct targets){0};
    find_all(&scan);
    out->root = read_body(arena, body);
    if (str_find(body, STR(WORD)) != STR_NONE ||
        !pair(out, read_body(arena, with_words(arena, body, out))))
        return false;
    for (size_t i = 0; i < out->items.count; i++)
        if (out->items.items[i].node)
            out->items.items[kept++] = out->items.items[i];
    out->items.count = kept;
    return true;
}

/* -- What a change left as it was ----------------------------------------------------------------
 */

static bool is_target(const struct node *node)
{
    return node->kind >= NODE_LINK && node->kind <= NODE_CITATION;
}

bool targets_same_text(struct arena *arena, struct str a, struct str b)
{
    const struct node *left = read_body(arena, a), *right = read_body(arena, b);
    const struct node *x = left, *y = right;
    while (x && y) {
        if (x->kind != y->kind || !str_equal(x->text, y->text) || !str_equal(x->title, y->title) ||
            (!is_target(x) && !str_equal(x->target, y->target)))
            return false;
        bool embed = x->kind == NODE_WIKILINK && x->embed; /* alone it shows no text of its own */
        x = embed ? node_walk_over(left, x) : node_walk(left, x);
        y = embed ? node_walk_over(right, y) : node_walk(right, y);
    }
    return !x && !y;
}
