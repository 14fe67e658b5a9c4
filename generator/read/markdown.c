#include "read/markdown.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "read/blockid.h"
#include "read/bounds.h"
#include "read/callout.h"
#include "read/comments.h"
#include "read/escapes.h"
#include "read/excess.h"
#include "read/footnotes.h"
#include "read/highlight.h"
#include "read/inline.h"
#include "read/places.h"
#include "read/shield.h"
#include "read/wikilink.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <malloc.h>
#include <string.h>

enum { RAW_HTML_SHOWN = 40 }; /* bytes of it in a diagnostic */

/* The walk over cmark's tree. */
struct walk {
    struct arena *arena;
    struct diags *diags;
    struct str path;
    uint32_t line_offset;    /* added to cmark's lines */
    uint32_t first_footnote; /* added to cmark's numbers, which start at 1 */
    uint32_t next_footnote;
    uint32_t block_line; /* of the block in hand: inlines do not always know theirs */
    struct wikilinks links;
    struct node *parent;
    struct buf pending; /* text that is not a node yet */
    uint32_t pending_line;
    VEC(uint32_t) breaks; /* where lines end in it */
};

/* Bytes: cmark's tree of a larger body is worth giving back to the system before a page is made. */
enum { LARGE_BODY = 256 * 1024 };

void markdown_init(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

static uint32_t line_of(const struct walk *walk, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    return line > 0 ? (uint32_t)line + walk->line_offset : walk->block_line;
}

/* cmark's text is copied: it goes with cmark's tree. What was marked in it, to mean nothing to
 * cmark or as a wikilink, is put back. */
static struct str literal(struct walk *walk, const char *text)
{
    struct str copy = shield_restore(walk->arena, str_copy(walk->arena, str_from(text)));
    copy = escapes_show(walk->arena, copy, true);
    return wikilinks_restore(walk->arena, copy, &walk->links);
}

/* The same where a backslash escapes: in an address or a title. */
static struct str unescaped(struct walk *walk, const char *text)
{
    struct str plain = escapes_show(walk->arena, str_copy(walk->arena, str_from(text)), false);
    return literal(walk, str_cstring(walk->arena, plain));
}

static struct node *add(struct walk *walk, cmark_node *from, enum node_kind kind)
{
    struct node *node = node_add(walk->arena, walk->parent, kind);
    int column = cmark_node_get_start_column(from);
    node->line = line_of(walk, from);
    if (column > 0)
        node->column = wikilinks_column(&walk->links, node->line, (uint32_t)column);
    return node;
}

static void flush(struct walk *walk)
{
    if (!walk->pending.len)
        return;
    struct str text = str_copy(walk->arena, buf_str(&walk->pending));
    struct inline_text pending = {text, walk->pending_line, walk->breaks.items, walk->breaks.count};
    inline_read(walk->arena, &walk->links, &pending, walk->parent);
    buf_clear(&walk->pending);
    walk->breaks.count = 0;
}

static void add_pending(struct walk *walk, cmark_node *from, struct str text)
{
    if (!walk->pending.len)
        walk->pending_line = line_of(walk, from);
    buf_put(&walk->pending, text);
}

static struct place place_of(const struct walk *walk, const struct node *node)
{
    return (struct place){walk->path, node->line, node->column};
}

/* Whether it is a comment and nothing else: what follows one on its line is for readers. */
static bool is_comment(struct str html)
{
    html = str_trim(html);
    ptrdiff_t end = str_find(html, STR("-->"));
    return str_starts(html, STR("<!--")) && end >= 0 && (size_t)end + 3 == html.len;
}

static bool is_line_break(struct str html)
{
    return str_equal_nocase(html, STR("<br>")) || str_equal_nocase(html, STR("<br/>")) ||
           str_equal_nocase(html, STR("<br />"));
}

/* Raw HTML is shown, never passed through. A comment is not for readers; `<br>` has a meaning here.
 */
static void add_html(struct walk *walk, cmark_node *from, enum node_kind kind)
{
    struct str html = literal(walk, cmark_node_get_literal(from));
    if (is_comment(html))
        return;
    if (kind == NODE_HTML && is_line_break(html)) {
        add(walk, from, NODE_BREAK);
        return;
    }
    struct node *node = add(walk, from, kind);
    node->text = kind == NODE_HTML_BLOCK ? str_trim_end(html) : html;
    struct str start = str_slice(str_line(&html), 0, RAW_HTML_SHOWN);
    start.len = utf8_valid_length(start);
    diag_add(walk->diags, DIAG_WARNING, "raw-html", place_of(walk, node),
             "raw HTML is shown as text: '%.*s'", STR_ARGS(start));
}

/* The scheme of a URL by RFC 3986, without the colon; empty for a relative reference. */
static struct str scheme(struct str url)
{
    for (size_t i = 0; i < url.len; i++) {
        if (i == 0 && str_is_digit(url.data[i]))
            break;
        if (url.data[i] == ':')
            return str_slice(url, 0, i);
        if (!str_is_alnum(url.data[i]) && !strchr("+-.", url.data[i]))
            break;
    }
    return STR("");
}

static bool is_allowed(struct str name)
{
    static const struct str allowed[] = {{"http", 4}, {"https", 5}, {"mailto", 6}, {"tel", 3}};
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (str_equal_nocase(name, allowed[i]))
            return true;
    return name.len == 0;
}

/* Browsers drop tabs and line ends in URLs and skip what is before them: so `java\tscript:` is
 * seen. */
static struct str without_controls(struct arena *arena, struct str url)
{
    struct buf clean;
    buf_init(&clean, arena);
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.data[i] > 0x20 || (url.data[i] == ' ' && clean.len))
            buf_put_char(&clean, url.data[i]);
    return str_trim(buf_str(&clean));
}

static void add_link(struct walk *walk, cmark_node *from, enum node_kind kind)
{
    struct node *node = add(walk, from, kind);
    struct str url = without_controls(walk->arena, unescaped(walk, cmark_node_get_url(from)));
    node->title = unescaped(walk, cmark_node_get_title(from));
    walk->parent = node;
    if (is_allowed(scheme(url))) {
        /* A page opened from disk would look for the host there. */
        if (str_starts(url, STR("//")))
            url = str_format(walk->arena, "https:%.*s", STR_ARGS(url));
        node->target = url;
        return;
    }
    diag_add(walk->diags, DIAG_WARNING, "link-scheme", place_of(walk, node),
             "a link with the scheme '%.*s' is not made; its text stays", STR_ARGS(scheme(url)));
}

static void add_list(struct walk *walk, cmark_node *from)
{
    struct node *list = add(walk, from, NODE_LIST);
    list->ordered = cmark_node_get_list_type(from) == CMARK_ORDERED_LIST;
    list->tight = cmark_node_get_list_tight(from);
    list->number = list->ordered ? (uint32_t)cmark_node_get_list_start(from) : 0;
    walk->parent = list;
}

static void add_code_block(struct walk *walk, cmark_node *from)
{
    struct node *code = add(walk, from, NODE_CODE_BLOCK);
    code->text = literal(walk, cmark_node_get_literal(from));
    code->target = literal(walk, cmark_node_get_fence_info(from));
}

static void add_footnote_reference(struct walk *walk, cmark_node *from)
{
    long number;
    struct str label = literal(walk, cmark_node_get_literal(from));
    struct node *node = add(walk, from, NODE_FOOTNOTE_REFERENCE);
    node->number = str_to_long(label, &number) ? (uint32_t)number + walk->first_footnote - 1 : 0;
}

static void enter_container(struct walk *walk, cmark_node *from, enum node_kind kind)
{
    walk->parent = add(walk, from, kind);
    if (kind == NODE_HEADING)
        walk->parent->number = (uint32_t)cmark_node_get_heading_level(from);
    if (kind == NODE_FOOTNOTE)
        walk->parent->number = walk->next_footnote++;
}

/* Nodes of extensions have no fixed type number: they go by name. */
static void enter_extension(struct walk *walk, cmark_node *from, struct str type)
{
    static const unsigned char aligns[] = {
        ['l'] = ALIGN_LEFT, ['c'] = ALIGN_CENTER, ['r'] = ALIGN_RIGHT};
    if (str_equal(type, STR("strikethrough"))) {
        enter_container(walk, from, NODE_STRIKE);
    } else if (str_equal(type, STR("table"))) {
        enter_container(walk, from, NODE_TABLE);
    } else if (str_equal(type, STR("table_row")) || str_equal(type, STR("table_header"))) {
        enter_container(walk, from, NODE_ROW);
        walk->parent->header = cmark_gfm_extensions_get_table_row_is_header(from);
    } else if (str_equal(type, STR("table_cell"))) {
        cmark_node *table = cmark_node_parent(cmark_node_parent(from));
        const uint8_t *columns = cmark_gfm_extensions_get_table_alignments(table);
        uint32_t column = walk->parent->nth++;
        enter_container(walk, from, NODE_CELL);
        if (columns && column < cmark_gfm_extensions_get_table_columns(table) &&
            columns[column] < sizeof aligns)
            walk->parent->align = aligns[columns[column]];
    } else {
        enter_container(walk, from, NODE_PARAGRAPH);
    }
}

static void enter_item(struct walk *walk, cmark_node *from)
{
    enter_container(walk, from, NODE_ITEM);
    if (!strcmp(cmark_node_get_type_string(from), "tasklist"))
        walk->parent->task =
            cmark_gfm_extensions_get_tasklist_item_checked(from) ? TASK_DONE : TASK_OPEN;
}

/* Blocks and inlines with children. Returns whether `from` is one. */
static bool try_container(struct walk *walk, cmark_node *from)
{
    static const struct {
        cmark_node_type type;
        enum node_kind kind;
    } containers[] = {
        {CMARK_NODE_BLOCK_QUOTE, NODE_QUOTE}, {CMARK_NODE_PARAGRAPH, NODE_PARAGRAPH},
        {CMARK_NODE_HEADING, NODE_HEADING},   {CMARK_NODE_FOOTNOTE_DEFINITION, NODE_FOOTNOTE},
        {CMARK_NODE_EMPH, NODE_EMPHASIS},     {CMARK_NODE_STRONG, NODE_STRONG},
    };
    cmark_node_type type = cmark_node_get_type(from);
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (containers[i].type == type) {
            enter_container(walk, from, containers[i].kind);
            return true;
        }
    return false;
}

static void enter(struct walk *walk, cmark_node *from)
{
    switch (cmark_node_get_type(from)) {
    case CMARK_NODE_DOCUMENT:
        return;
    case CMARK_NODE_LIST:
        add_list(walk, from);
        return;
    case CMARK_NODE_ITEM:
        enter_item(walk, from);
        return;
    case CMARK_NODE_CODE_BLOCK:
        add_code_block(walk, from);
        return;
    case CMARK_NODE_HTML_BLOCK:
        add_html(walk, from, NODE_HTML_BLOCK);
        return;
    case CMARK_NODE_HTML_INLINE:
        add_html(walk, from, NODE_HTML);
        return;
    case CMARK_NODE_THEMATIC_BREAK:
        add(walk, from, NODE_RULE);
        return;
    case CMARK_NODE_LINEBREAK:
        add(walk, from, NODE_BREAK);
        return;
    case CMARK_NODE_CODE:
        add(walk, from, NODE_CODE)->text = literal(walk, cmark_node_get_literal(from));
        return;
    case CMARK_NODE_LINK:
        add_link(walk, from, NODE_LINK);
        return;
    case CMARK_NODE_IMAGE:
        add_link(walk, from, NODE_IMAGE);
        return;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        add_footnote_reference(walk, from);
        return;
    default:
        if (!try_container(walk, from))
            enter_extension(walk, from, str_from(cmark_node_get_type_string(from)));
    }
}

static bool is_leaf(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_THEMATIC_BREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        return true;
    default:
        return false;
    }
}

/* The first line of a quotation may make it a callout: what follows that line is its text. Returns
 * whether it did. */
static bool end_title(struct walk *walk)
{
    struct node *title = walk->parent;
    struct str start = title->first ? title->first->text : buf_str(&walk->pending);
    if (title->kind != NODE_PARAGRAPH || !str_starts(start, STR("[!")))
        return false;
    flush(walk);
    if (!callout_open(walk->arena, title))
        return false;
    walk->parent = node_add(walk->arena, title->parent, NODE_PARAGRAPH);
    walk->parent->line = title->line + 1;
    return true;
}

static bool is_break(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
}

/* The embed that `text` is, where it has its line to itself, as far as `beyond`, on its other side
 * than the break in hand, tells; else NULL. */
static const struct wikilink *embed_line(const struct walk *walk, cmark_node *text,
                                         cmark_node *beyond)
{
    size_t len;
    if (!text || cmark_node_get_type(text) != CMARK_NODE_TEXT || (beyond && !is_break(beyond)))
        return NULL;
    struct str line = str_from(cmark_node_get_literal(text));
    const struct wikilink *link = wikilink_at(&walk->links, line, &len);
    return link && link->embed && len == line.len ? link : NULL;
}

/* An embed on a line of its own is a block, as in Obsidian, also where no empty line says so.
 * Returns whether a paragraph ended at this break. */
static bool end_paragraph(struct walk *walk, cmark_node *line_break)
{
    cmark_node *last = cmark_node_previous(line_break), *next = cmark_node_next(line_break);
    if (walk->parent->kind != NODE_PARAGRAPH)
        return false;
    const struct wikilink *before = embed_line(walk, last, last ? cmark_node_previous(last) : NULL);
    const struct wikilink *behind = embed_line(walk, next, next ? cmark_node_next(next) : NULL);
    if (!before && !behind)
        return false;
    flush(walk);
    walk->parent = node_add(walk->arena, walk->parent->parent, NODE_PARAGRAPH);
    walk->parent->line = before ? before->line + 1 : behind->line;
    return true;
}

static void visit(struct walk *walk, cmark_event_type event, cmark_node *from)
{
    cmark_node_type type = cmark_node_get_type(from);
    if (type == CMARK_NODE_TEXT) {
        struct str text = str_from(cmark_node_get_literal(from));
        add_pending(walk, from, shield_restore(walk->arena, text));
        return;
    }
    if (is_break(from) && (end_title(walk) || end_paragraph(walk, from)))
        return;
    if (type == CMARK_NODE_SOFTBREAK) {
        *vec_push(&walk->breaks, walk->arena) = (uint32_t)walk->pending.len;
        add_pending(walk, from, STR(" "));
        return;
    }
    flush(walk);
    if (event == CMARK_EVENT_ENTER) {
        if ((type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK)
            walk->block_line = line_of(walk, from);
        enter(walk, from);
    } else if (!is_leaf(from) && type != CMARK_NODE_DOCUMENT) {
        if (walk->parent->kind == NODE_PARAGRAPH)
            callout_open(walk->arena, walk->parent);
        walk->parent = walk->parent->parent;
    }
}

static void show_escapes(struct walk *walk, struct node *root)
{
    for (struct node *node = root; node; node = node_walk(root, node)) {
        node->text = escapes_show(walk->arena, node->text, false);
        node->target = escapes_show(walk->arena, node->target, false);
        node->title = escapes_show(walk->arena, node->title, false);
    }
}

/* Which reference of its footnote each reference is, so that every one has an anchor of its own. */
static void count_references(struct walk *walk, struct node *root)
{
    uint32_t count = walk->next_footnote - walk->first_footnote;
    uint32_t *nth = arena_new_array(walk->arena, count + 1, uint32_t);
    for (struct node *node = root; node; node = node_walk(root, node)) {
        if (node->kind != NODE_FOOTNOTE_REFERENCE || node->number < walk->first_footnote)
            continue;
        uint32_t index = node->number - walk->first_footnote;
        if (index < count)
            node->nth = ++nth[index];
    }
}

/* cmark-gfm switches `~` on and off for all threads while it reads with strikethrough: so that is
 * done by one at a time, and only where there is a `~`; without it no thread looks at that switch.
 */
static cmark_node *parse(struct str body)
{
    static const char *const extensions[] = {"table", "tasklist", "strikethrough"};
    bool strikes = str_find_char(body, '~') != STR_NONE;
    size_t count = sizeof extensions / sizeof *extensions - !strikes;
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < count; i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
        if (extension)
            cmark_parser_attach_syntax_extension(parser, extension);
    }
    if (strikes)
        pool_lock();
    cmark_parser_feed(parser, body.data, body.len);
    cmark_node *document = cmark_parser_finish(parser);
    if (strikes)
        pool_unlock();
    cmark_parser_free(parser);
    return document;
}

void markdown_read(struct arena *arena, struct place place, struct str body, struct node *root,
                   uint32_t first_footnote, struct diags *diags)
{
    struct walk walk = {.arena = arena,
                        .diags = diags,
                        .path = place.path,
                        .line_offset = place.line - 1,
                        .first_footnote = first_footnote,
                        .next_footnote = first_footnote,
                        .parent = root};
    struct str source = body;
    struct arena scratch;
    arena_init(&scratch);
    body = utf8_repair(&scratch, body);
    struct excess excess = excess_cut(&body, place.line);
    body = comments_remove(&scratch, place, body, diags);
    body = wikilinks_shield(&scratch, body, place.line, &walk.links);
    struct str shielded = body;
    body = escapes_hide(&scratch, body);
    bool escapes = body.data != shielded.data;
    body = bounds_apply(&scratch, place, body, diags);
    buf_init(&walk.pending, arena);
    cmark_node *tree = parse(body);
    cmark_iter *iter = cmark_iter_new(tree);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;)
        visit(&walk, event, cmark_iter_get_node(iter));
    flush(&walk);
    if (str_find_char(source, '^') != STR_NONE)
        blockid_read(arena, place.path, root, diags);
    if (str_find(source, STR("==")) != STR_NONE)
        highlight_read(arena, root);
    if (escapes)
        show_escapes(&walk, root);
    excess_add(arena, &excess, place.path, root, diags);
    cmark_iter_free(iter);
    cmark_node_free(tree);
    if (body.len > LARGE_BODY)
        malloc_trim(0);
    footnotes_check(&scratch, place, body, walk.next_footnote - first_footnote, diags);
    if (walk.next_footnote > first_footnote)
        count_references(&walk, root);
    if (diags)
        places_of_citations(&scratch, source, place.line, root);
    arena_release(&scratch);
}
