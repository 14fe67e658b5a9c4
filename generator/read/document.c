#include "read/document.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"

struct node *node_add(struct arena *arena, struct node *parent, enum node_kind kind)
{
    struct node *node = arena_new(arena, struct node);
    node->kind = kind;
    node->parent = parent;
    if (!parent)
        return node;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

struct node *node_walk_over(const struct node *root, const struct node *node)
{
    for (; node && node != root; node = node->parent)
        if (node->next)
            return node->next;
    return NULL;
}

struct node *node_walk(const struct node *root, const struct node *node)
{
    return node->first ? node->first : node_walk_over(root, node);
}

bool node_is_block(enum node_kind kind)
{
    return kind < NODE_PAGE;
}

/* The text that a node itself adds to what a reader sees; the alternative text of an image and what
 * only refers elsewhere is none. */
static struct str own_text(const struct node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
    case NODE_TAG:
    case NODE_CODE:
    case NODE_HTML:
    case NODE_CODE_BLOCK:
    case NODE_HTML_BLOCK:
        return node->text;
    case NODE_BREAK:
        return STR(" ");
    default:
        return STR("");
    }
}

struct str node_plain_text(struct arena *arena, const struct node *root)
{
    struct buf text;
    buf_init(&text, arena);
    for (const struct node *node = root; node;) {
        buf_put(&text, own_text(node));
        node = node->kind == NODE_IMAGE ? node_walk_over(root, node) : node_walk(root, node);
    }
    return str_trim(buf_str(&text));
}

/* State of the one walk that numbers a document. */
struct finish {
    struct arena *arena;
    struct document *document;
    struct str fallback_slug;
    struct buf text; /* of all passages, one behind the other; `starts` are their offsets */
    VEC(size_t) starts;
    struct map slugs;         /* slug → how many headings have asked for it, as a uint32_t */
    const struct node *joint; /* the container whose passage is being written, or NULL */
    const struct node *begun; /* the container in which no passage has begun yet, or NULL */
    uint32_t section, page, links;
    uint32_t page_level; /* level of the heading that gave the page; 0: it was a NODE_PAGE */
    bool cited;          /* the last thing was a citation: a space before a full stop goes */
};

static size_t read_number(struct str text, uint32_t *number)
{
    enum { DIGITS_MAX = 6 }; /* more pages than any document has */
    size_t digits = 0;
    long value;
    while (digits < text.len && digits < DIGITS_MAX && str_is_digit(text.data[digits]))
        digits++;
    if (!str_to_long(str_slice(text, 0, digits), &value))
        return 0;
    *number = (uint32_t)value;
    return digits;
}

/* The length of `p. `, `pp. ` or `blz. ` at the start of `text`; 0 where it begins otherwise. */
static size_t page_word(struct str text)
{
    static const struct str words[] = {{"pp", 2}, {"pag", 3}, {"blz", 3}, {"p", 1}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = words[i].len;
        if (!str_equal_nocase(str_slice(text, 0, len), words[i]))
            continue;
        if (len < text.len && text.data[len] == '.')
            len++;
        while (len < text.len && text.data[len] == ' ')
            len++;
        return len;
    }
    return 0;
}

/* The pages in a heading's closing `(p. 3)`, `(p. 3-5)`, `(pp. 3–5)` or `(blz. 3)`; page 0 without
 * one. `*before` becomes the heading without it. */
static struct page_start page_mark(struct str heading, struct str *before)
{
    struct page_start pages = {0};
    *before = heading;
    ptrdiff_t open = str_find_last(heading, '(');
    if (open == STR_NONE || !str_ends(heading, STR(")")))
        return pages;
    struct str inside = str_from_offset(heading, (size_t)open + 1);
    struct str rest = str_from_offset(inside, page_word(inside));
    size_t digits = rest.len < inside.len ? read_number(rest, &pages.page) : 0;
    if (!digits)
        return pages;
    *before = str_trim_end(str_slice(heading, 0, (size_t)open));
    pages.last = pages.page;
    rest = str_from_offset(rest, digits);
    if (str_starts(rest, STR("-")) || str_starts(rest, STR("–")))
        read_number(str_from_offset(rest, rest.data[0] == '-' ? 1 : STR("–").len), &pages.last);
    return pages;
}

struct str document_heading_name(struct str heading_text)
{
    struct str name;
    page_mark(heading_text, &name);
    return name;
}

struct str document_slug(struct arena *arena, struct str text, struct str fallback)
{
    struct str slug = utf8_slug(arena, document_heading_name(text));
    if (!slug.len)
        return fallback;
    for (size_t i = 1; i < slug.len; i++)
        if (!str_is_digit(slug.data[i]))
            return slug;
    /* Passages are p1, p2, …: a heading `P 2` must not take that anchor. */
    if (slug.len > 1 && slug.data[0] == 'p')
        return str_format(arena, "h-%.*s", STR_ARGS(slug));
    return slug;
}

static struct str unique_slug(struct finish *finish, struct str text)
{
    struct str base = document_slug(finish->arena, text, finish->fallback_slug);
    void **slot = map_at(&finish->slugs, base);
    if (!*slot) {
        *slot = arena_new(finish->arena, uint32_t);
        return base;
    }
    uint32_t *repeats = *slot;
    for (;;) {
        struct str slug = str_format(finish->arena, "%.*s-%u", STR_ARGS(base), ++*repeats);
        void **taken = map_at(&finish->slugs, slug);
        if (*taken)
            continue;
        *taken = arena_new(finish->arena, uint32_t);
        return slug;
    }
}

/* Of the same part: what was written about a text stands below none of its headings. */
static uint32_t parent_heading(const struct finish *finish, uint32_t level)
{
    const struct document *document = finish->document;
    uint32_t index = finish->section;
    while (index && document->headings.items[index - 1].level >= level)
        index = document->headings.items[index - 1].parent;
    return index;
}

/* A link as it is written, but for its brackets. */
static void put_link(struct arena *arena, const struct node *link, struct buf *out)
{
    struct str text = node_plain_text(arena, link), target = link->target;
    bool same = str_equal(utf8_slug(arena, text), utf8_slug(arena, target));
    bool wikilink = link->kind == NODE_WIKILINK;
    buf_put(out, wikilink && !same ? target : text);
    buf_put_char(out, ' ');
    if (!same)
        buf_put(out, wikilink ? text : target);
}

static struct str source_slug(struct arena *arena, const struct node *heading)
{
    bool found = false;
    struct buf source;
    buf_init(&source, arena);
    for (const struct node *node = heading; node;) {
        bool link = node->kind == NODE_LINK || node->kind == NODE_WIKILINK;
        found |= link;
        if (link)
            put_link(arena, node, &source);
        else
            buf_put(&source, own_text(node));
        node = link || node->kind == NODE_IMAGE ? node_walk_over(heading, node)
                                                : node_walk(heading, node);
    }
    return found ? document_slug(arena, buf_str(&source), STR("")) : STR("");
}

static void add_heading(struct finish *finish, struct node *node)
{
    struct document *document = finish->document;
    struct str text = node_plain_text(finish->arena, node);
    struct str name;
    struct page_start pages = page_mark(text, &name);
    if (pages.page) {
        pages.passage = (uint32_t)document->passages.count + 1;
        *vec_push(&document->pages, finish->arena) = pages;
        finish->page = pages.page;
        finish->page_level = node->number;
    } else if (finish->page_level && node->number <= finish->page_level) {
        finish->page = 0;
    }
    uint32_t parent = parent_heading(finish, node->number);
    *vec_push(&document->headings, finish->arena) = (struct heading){
        .text = text,
        .slug = unique_slug(finish, text),
        .source = source_slug(finish->arena, node),
        .level = node->number,
        .parent = parent,
        .passage = (uint32_t)document->passages.count + 1,
        .page = finish->page,
        .line = node->line,
    };
    finish->section = (uint32_t)document->headings.count;
}

static void start_passage(struct finish *finish, struct node *node, enum passage_kind kind)
{
    struct document *document = finish->document;
    *vec_push(&finish->starts, finish->arena) = finish->text.len;
    *vec_push(&document->passages, finish->arena) = (struct passage){
        .kind = kind,
        .page = finish->page,
        .section = finish->section,
        .line = node->line,
        .node = node,
    };
    node->passage = (uint32_t)document->passages.count;
    finish->joint = node;
    finish->begun = NULL;
    finish->cited = false;
}

/* A paragraph or cell that an item, quotation, footnote or row begins with makes that a passage;
 * those behind it belong to the same one, as long as no other passage has come in between. */
static void start_or_join(struct finish *finish, struct node *node)
{
    struct node *parent = node->parent;
    enum passage_kind kind;
    switch (parent ? parent->kind : NODE_DOCUMENT) {
    case NODE_ITEM:
        kind = PASSAGE_ITEM;
        break;
    case NODE_QUOTE:
        kind = PASSAGE_QUOTE;
        break;
    case NODE_FOOTNOTE:
        kind = PASSAGE_FOOTNOTE;
        break;
    case NODE_ROW:
        kind = PASSAGE_ROW;
        break;
    default:
        start_passage(finish, node, PASSAGE_PARAGRAPH);
        return;
    }
    if (finish->begun == parent)
        start_passage(finish, parent, kind);
    else if (parent->passage && finish->joint == parent)
        buf_put(&finish->text, kind == PASSAGE_ROW ? STR(" | ") : STR(" "));
    else
        start_passage(finish, node, kind);
}

/* Text behind a citation, which is no part of the passage: `word [@a].` reads `word.`, and `one
 * [@a] two` reads `one two`. */
static void close_up(struct finish *finish, struct str text)
{
    size_t start = finish->starts.items[finish->starts.count - 1];
    if (finish->cited && text.len && finish->text.len > start &&
        finish->text.data[finish->text.len - 1] == ' ' &&
        str_find_char(STR(".,;:!?) "), text.data[0]) >= 0)
        finish->text.len--;
    finish->cited = false;
}

static void put_text(struct finish *finish, struct node *node)
{
    struct str text = own_text(node);
    if (!text.len || !finish->starts.count)
        return;
    close_up(finish, text);
    size_t start = finish->starts.items[finish->starts.count - 1];
    node->offset = (uint32_t)(finish->text.len - start);
    buf_put(&finish->text, text);
}

/* A URL with a host or a scheme (RFC 3986, section 3.1): it leads out of the site. */
static bool is_external(struct str target)
{
    size_t at = 0;
    if (target.len && str_is_digit(target.data[0]))
        return false;
    while (at < target.len && (str_is_alnum(target.data[at]) ||
                               str_find_char(STR("+-."), target.data[at]) != STR_NONE))
        at++;
    return str_starts(target, STR("//")) || (at > 0 && at < target.len && target.data[at] == ':');
}

static void visit(struct finish *finish, struct node *node)
{
    switch (node->kind) {
    case NODE_DOCUMENT: /* another part: pages and sections of the one before end */
        finish->page = finish->page_level = finish->section = 0;
        break;
    case NODE_HEADING:
        add_heading(finish, node);
        start_passage(finish, node, PASSAGE_HEADING);
        break;
    case NODE_CALLOUT_TITLE:
        if (node->first)
            start_passage(finish, node, PASSAGE_PARAGRAPH);
        break;
    case NODE_PARAGRAPH:
    case NODE_CELL:
        start_or_join(finish, node);
        break;
    case NODE_CODE_BLOCK:
    case NODE_HTML_BLOCK:
        start_passage(finish, node,
                      node->kind == NODE_CODE_BLOCK ? PASSAGE_CODE : PASSAGE_PARAGRAPH);
        put_text(finish, node);
        break;
    case NODE_ITEM:
    case NODE_QUOTE:
    case NODE_ROW:
        finish->begun = node;
        break;
    case NODE_FOOTNOTE:
        finish->begun = node;
        finish->section = 0;
        break;
    case NODE_PAGE:
        finish->page = node->number;
        finish->page_level = 0;
        /* A footnote only tells which page it stood on: no page begins there. */
        if (node->parent->kind == NODE_FOOTNOTE)
            break;
        *vec_push(&finish->document->pages, finish->arena) =
            (struct page_start){.page = node->number, .last = node->number};
        break;
    case NODE_LINK:
    case NODE_IMAGE:
        if (node->target.len && !is_external(node->target))
            node->number = ++finish->links;
        break;
    case NODE_CITATION:
        finish->cited = true;
        node->number = ++finish->links;
        break;
    case NODE_WIKILINK:
        node->number = ++finish->links;
        break;
    default:
        put_text(finish, node);
    }
}

/* A block that holds others begins with the passage that comes next. */
static void add_block_id(struct finish *finish, const struct node *node, size_t passages)
{
    struct document *document = finish->document;
    size_t now = document->passages.count;
    bool leaf = node->kind == NODE_PARAGRAPH || now > passages;
    *vec_push(&document->block_ids, finish->arena) =
        (struct block_id){node->title, (uint32_t)(leaf ? now : now + 1), node};
}

/* Room for all text, and for what joins it. */
static size_t text_size(const struct node *root)
{
    size_t size = 0;
    for (const struct node *node = root; node; node = node_walk(root, node))
        size += own_text(node).len + STR(" | ").len;
    return size;
}

void document_finish(struct arena *arena, struct document *document, struct str fallback_slug)
{
    struct finish finish = {.arena = arena, .document = document, .fallback_slug = fallback_slug};
    if (!document->root)
        document->root = node_add(arena, NULL, NODE_DOCUMENT);
    buf_init(&finish.text, arena);
    buf_reserve(&finish.text, text_size(document->root));
    map_init(&finish.slugs, arena);
    for (struct node *node = document->root; node;) {
        size_t passages = document->passages.count;
        visit(&finish, node);
        if (node->title.len && node_is_block(node->kind))
            add_block_id(&finish, node, passages);
        node = node->kind == NODE_IMAGE ? node_walk_over(document->root, node)
                                        : node_walk(document->root, node);
    }
    for (size_t i = 0; i < finish.starts.count; i++) {
        size_t start = finish.starts.items[i];
        size_t end = i + 1 < finish.starts.count ? finish.starts.items[i + 1] : finish.text.len;
        document->passages.items[i].text =
            str_trim_end((struct str){finish.text.data + start, end - start});
    }
}
