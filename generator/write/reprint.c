#include "write/reprint.h"

#include <stdio.h>
#include <string.h>

enum { FENCE_MIN = 3 };

/* What stands before each line of a block: the quotations and lists that it is in. */
struct printer {
    struct buf *out;
    struct buf prefix;
    bool started; /* something stands above, which an empty line sets apart */
    bool marker;  /* the line in hand began with a list's marker */
};

static void put_page(struct buf *out, uint32_t page)
{
    buf_printf(out, "%%%%p. %u%%%%", page);
}

/* Whether the character at `i` would be read as markup there. */
static bool is_markup(struct str text, size_t i, bool start)
{
    char c = text.data[i];
    char next = i + 1 < text.len ? text.data[i + 1] : ' ';
    if (str_find_char(STR("\\`*_[]<~|"), c) >= 0)
        return true;
    if (c == '&')
        return next == '#' || str_is_alnum(next);
    if (c == '%' || c == '=')
        return next == c;
    if (c == '!')
        return next == '[';
    if ((c == '#' || c == '^') && (!i || text.data[i - 1] == ' '))
        return next != ' ';
    return start && i == 0 && str_find_char(STR("#+->="), c) >= 0;
}

/* `12.` or `3)` at the start of a line would make it a list's item. */
static size_t item_number(struct str text)
{
    size_t len = 0;
    while (len < text.len && str_is_digit(text.data[len]))
        len++;
    return len && len < text.len && (text.data[len] == '.' || text.data[len] == ')') ? len : 0;
}

static void put_text(struct buf *out, struct str text, bool start)
{
    size_t number = start ? item_number(text) : 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n') {
            buf_put_char(out, ' ');
            continue;
        }
        if (is_markup(text, i, start) || (number && i == number))
            buf_put_char(out, '\\');
        buf_put_char(out, text.data[i]);
    }
}

/* Code between as many backticks as it does not hold. */
static void put_code(struct buf *out, struct str text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_put_char(out, '`');
    const char *space = longest || !text.len ? " " : "";
    buf_put_cstring(out, space);
    buf_put(out, text);
    buf_put_cstring(out, space);
    for (size_t i = 0; i <= longest; i++)
        buf_put_char(out, '`');
}

static void put_inlines(struct printer *printer, const struct node *parent);

static void put_around(struct printer *printer, const struct node *node, const char *mark)
{
    buf_put_cstring(printer->out, mark);
    put_inlines(printer, node);
    buf_put_cstring(printer->out, mark);
}

static void put_target(struct buf *out, struct str target)
{
    buf_put_char(out, '<');
    for (size_t i = 0; i < target.len; i++) {
        if (str_find_char(STR("<>\\"), target.data[i]) >= 0)
            buf_put_char(out, '\\');
        buf_put_char(out, target.data[i]);
    }
    buf_put_char(out, '>');
}

static void put_link(struct printer *printer, const struct node *link)
{
    struct buf *out = printer->out;
    const struct node *shown = link->first;
    bool bare = shown && !shown->next && shown->kind == NODE_TEXT &&
                str_equal(shown->text, link->target) && link->kind == NODE_LINK;
    if (bare && str_find(link->target, STR("://")) >= 0) {
        put_target(out, link->target);
        return;
    }
    buf_put_cstring(out, link->kind == NODE_IMAGE ? "![" : "[");
    put_inlines(printer, link);
    buf_put_cstring(out, "](");
    put_target(out, link->target);
    buf_put_char(out, ')');
}

static void put_wikilink(struct printer *printer, const struct node *link)
{
    struct buf *out = printer->out;
    buf_put_cstring(out, link->embed ? "![[" : "[[");
    buf_put(out, link->target);
    if (link->first && !str_equal(link->first->text, link->target)) {
        buf_put_char(out, '|');
        buf_put(out, link->first->text);
    }
    buf_put_cstring(out, "]]");
}

static void put_citation(struct buf *out, const struct node *node)
{
    buf_printf(out, "[@%.*s", STR_ARGS(node->target));
    if (node->text.len)
        buf_printf(out, ", %.*s", STR_ARGS(node->text));
    buf_put_char(out, ']');
}

static void put_inline(struct printer *printer, const struct node *node)
{
    struct buf *out = printer->out;
    switch (node->kind) {
    case NODE_TEXT:
        put_text(out, node->text, node == node->parent->first);
        break;
    case NODE_BREAK:
        buf_put_cstring(out, "\\\n");
        buf_put(out, buf_str(&printer->prefix));
        break;
    case NODE_CODE:
        put_code(out, node->text);
        break;
    case NODE_HTML:
        put_text(out, node->text, false);
        break;
    case NODE_EMPHASIS:
        put_around(printer, node, "*");
        break;
    case NODE_STRONG:
        put_around(printer, node, "**");
        break;
    case NODE_STRIKE:
        put_around(printer, node, "~~");
        break;
    case NODE_MARK:
        put_around(printer, node, "==");
        break;
    case NODE_TAG:
        buf_printf(out, "#%.*s", STR_ARGS(node->target));
        break;
    case NODE_LINK:
    case NODE_IMAGE:
        put_link(printer, node);
        break;
    case NODE_WIKILINK:
        put_wikilink(printer, node);
        break;
    case NODE_CITATION:
        put_citation(out, node);
        break;
    case NODE_FOOTNOTE_REFERENCE:
        buf_printf(out, "[^%u]", node->number);
        break;
    case NODE_PAGE:
        put_page(out, node->number);
        break;
    default:
        break;
    }
}

static void put_inlines(struct printer *printer, const struct node *parent)
{
    for (const struct node *node = parent->first; node; node = node->next)
        put_inline(printer, node);
}

/* Begins the first line of a block: behind a marker on the same line, else set apart. */
static void begin(struct printer *printer, bool apart)
{
    if (!printer->marker) {
        if (printer->started && apart) {
            buf_put(printer->out, str_trim_end(buf_str(&printer->prefix)));
            buf_put_char(printer->out, '\n');
        }
        buf_put(printer->out, buf_str(&printer->prefix));
    }
    printer->started = true;
    printer->marker = false;
}

static void put_literal(struct printer *printer, const struct node *node)
{
    size_t fence = FENCE_MIN, run = 0;
    for (size_t i = 0; i < node->text.len; i++) {
        run = node->text.data[i] == '`' ? run + 1 : 0;
        fence = run >= fence ? run + 1 : fence;
    }
    begin(printer, true);
    for (size_t i = 0; i < fence; i++)
        buf_put_char(printer->out, '`');
    buf_put(printer->out, node->target);
    buf_put_char(printer->out, '\n');
    for (struct str rest = node->text, line; (line = str_line(&rest)).data;) {
        buf_put(printer->out, buf_str(&printer->prefix));
        buf_put(printer->out, line);
        buf_put_char(printer->out, '\n');
    }
    buf_put(printer->out, buf_str(&printer->prefix));
    for (size_t i = 0; i < fence; i++)
        buf_put_char(printer->out, '`');
    buf_put_char(printer->out, '\n');
}

static size_t count_children(const struct node *node)
{
    size_t count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        count++;
    return count;
}

static void put_rule_row(struct printer *printer, const struct node *row)
{
    static const char *const rules[] = {" --- |", " :-- |", " :-: |", " --: |"};
    buf_put(printer->out, buf_str(&printer->prefix));
    buf_put_char(printer->out, '|');
    for (const struct node *cell = row->first; cell; cell = cell->next)
        buf_put_cstring(printer->out, rules[cell->align]);
    buf_put_char(printer->out, '\n');
}

static void put_row(struct printer *printer, const struct node *row)
{
    buf_put_char(printer->out, '|');
    for (const struct node *cell = row->first; cell; cell = cell->next) {
        buf_put_char(printer->out, ' ');
        put_inlines(printer, cell);
        buf_put_cstring(printer->out, " |");
    }
    buf_put_char(printer->out, '\n');
}

static void put_table(struct printer *printer, const struct node *table)
{
    const struct node *row = table->first;
    begin(printer, true);
    if (row && !row->header) {
        buf_put_char(printer->out, '|');
        for (size_t i = count_children(row); i > 0; i--)
            buf_put_cstring(printer->out, "  |");
        buf_put_char(printer->out, '\n');
        put_rule_row(printer, row);
    }
    for (; row; row = row->next) {
        if (row != table->first || !row->header)
            buf_put(printer->out, buf_str(&printer->prefix));
        put_row(printer, row);
        if (row->header)
            put_rule_row(printer, row);
    }
}

static void put_blocks(struct printer *printer, const struct node *parent);

/* The blocks of a quotation, an item or a footnote: `first` stands before the first line, `rest`
 * before the others. */
static void put_within(struct printer *printer, const struct node *node, const char *first,
                       const char *rest)
{
    size_t len = printer->prefix.len;
    buf_put_cstring(printer->out, first);
    buf_put_cstring(&printer->prefix, rest);
    printer->marker = true;
    put_blocks(printer, node);
    if (printer->marker)
        buf_put_char(printer->out, '\n');
    printer->marker = false;
    printer->prefix.len = len;
}

static void put_item(struct printer *printer, const struct node *item, uint32_t number, bool other)
{
    static const char *const tasks[] = {"", "[ ] ", "[x] "};
    char marker[32];
    if (item->parent->ordered)
        (void)snprintf(marker, sizeof marker, other ? "%u) " : "%u. ", number);
    else
        (void)snprintf(marker, sizeof marker, other ? "* " : "- ");
    size_t width = strlen(marker);
    char rest[sizeof marker];
    memset(rest, ' ', width);
    rest[width] = '\0';
    strcat(marker, tasks[item->task]);
    put_within(printer, item, marker, rest);
}

static void put_list(struct printer *printer, const struct node *list, bool other)
{
    uint32_t number = list->number;
    for (const struct node *item = list->first; item; item = item->next) {
        begin(printer, item == list->first ? list->parent->kind != NODE_ITEM : !list->tight);
        put_item(printer, item, number++, other);
    }
}

static void put_footnote(struct printer *printer, const struct node *note)
{
    char marker[32];
    (void)snprintf(marker, sizeof marker, "[^%u]: ", note->number);
    begin(printer, true);
    put_within(printer, note, marker, "    ");
}

static void put_callout_title(struct printer *printer, const struct node *title)
{
    static const char *const folds[] = {"", "+", "-"};
    const struct node *callout = title->parent;
    begin(printer, true);
    buf_printf(printer->out, "[!%.*s]%s", STR_ARGS(callout->target), folds[callout->task]);
    if (title->first)
        buf_put_char(printer->out, ' ');
    put_inlines(printer, title);
    buf_put_char(printer->out, '\n');
}

/* The block id that stands at the end of a leaf's line: its own, or that of the item it opens. */
static struct str closing_id(const struct node *leaf)
{
    const struct node *parent = leaf->parent;
    bool opens = parent->kind == NODE_ITEM && parent->first == leaf;
    return leaf->title.len || !opens ? leaf->title : parent->title;
}

static void put_leaf(struct printer *printer, const struct node *node)
{
    begin(printer, true);
    if (node->kind == NODE_HEADING)
        buf_printf(printer->out, "%.*s ", (int)node->number, "######");
    put_inlines(printer, node);
    if (closing_id(node).len)
        buf_printf(printer->out, " ^%.*s", STR_ARGS(closing_id(node)));
    buf_put_char(printer->out, '\n');
}

/* That of another block stands behind it. */
static void put_block_id(struct printer *printer, const struct node *node)
{
    bool leaf = node->kind == NODE_PARAGRAPH || node->kind == NODE_HEADING;
    if (leaf || !node->title.len)
        return;
    begin(printer, true);
    buf_printf(printer->out, "^%.*s\n", STR_ARGS(node->title));
}

static void put_block(struct printer *printer, const struct node *node)
{
    switch (node->kind) {
    case NODE_HEADING:
    case NODE_PARAGRAPH:
        put_leaf(printer, node);
        break;
    case NODE_CALLOUT_TITLE:
        put_callout_title(printer, node);
        break;
    case NODE_QUOTE:
    case NODE_CALLOUT:
        begin(printer, true);
        put_within(printer, node, "> ", "> ");
        break;
    case NODE_CODE_BLOCK:
    case NODE_HTML_BLOCK:
        put_literal(printer, node);
        break;
    case NODE_TABLE:
        put_table(printer, node);
        break;
    case NODE_RULE:
        begin(printer, true);
        buf_put_cstring(printer->out, "***\n");
        break;
    case NODE_FOOTNOTE:
        put_footnote(printer, node);
        break;
    case NODE_PAGE:
        begin(printer, true);
        put_page(printer->out, node->number);
        buf_put_char(printer->out, '\n');
        break;
    case NODE_DOCUMENT:
        put_blocks(printer, node);
        break;
    default:
        break;
    }
}

/* A page mark before the text of an item stands on its line. */
static bool is_inner_page(const struct node *node)
{
    return node->kind == NODE_PAGE && node->parent->kind != NODE_DOCUMENT && node->next &&
           node->next->kind == NODE_PARAGRAPH;
}

/* Lists that follow each other have other signs, or they would be read as one. */
static void put_blocks(struct printer *printer, const struct node *parent)
{
    bool other = false, list = false;
    for (const struct node *node = parent->first; node; node = node->next) {
        if (node->kind == NODE_LIST) {
            other = list && !other;
            put_list(printer, node, other);
        } else if (is_inner_page(node)) {
            begin(printer, true);
            put_page(printer->out, node->number);
            buf_put_char(printer->out, ' ');
            printer->marker = true;
        } else {
            put_block(printer, node);
        }
        put_block_id(printer, node);
        list = node->kind == NODE_LIST || (list && node->kind == NODE_PAGE);
    }
}

void reprint(struct buf *out, const struct node *root)
{
    struct printer printer = {.out = out};
    buf_init(&printer.prefix, out->arena);
    put_blocks(&printer, root);
}
