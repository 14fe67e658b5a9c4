#include "write/html_render.h"

#include "base/arena.h"
#include "link/names.h"
#include "read/callout.h"
#include "read/reader.h"
#include "write/escape.h"
#include "write/excerpt.h"
#include "write/url.h"

enum { LEVEL_MAX = 6 }; /* HTML has no more */

void render_put(struct render *render, const char *text)
{
    buf_put_cstring(render->out, text);
}

void render_text(struct render *render, struct str text)
{
    escape_html(render->out, text);
}

void render_number(struct render *render, uint32_t number)
{
    buf_put_number(render->out, number);
}

void render_attribute(struct render *render, const char *name, struct str value)
{
    buf_put_char(render->out, ' ');
    render_put(render, name);
    render_put(render, "=\"");
    render_text(render, value);
    buf_put_char(render->out, '"');
}

void render_href(struct render *render, uint32_t document, struct str anchor)
{
    render_put(render, " href=\"");
    url_put_page(render->out, render->html->root, render->html->web->documents[document].id,
                 anchor);
    buf_put_char(render->out, '"');
    struct str language = twins_language(&render->html->web->twins, document);
    if (!str_equal_nocase(language, render->html->language))
        render_attribute(render, "hreflang", language);
}

static void put_passage_id(struct render *render, const struct node *node)
{
    if (!node->passage || render->level)
        return;
    render_put(render, " id=\"p");
    render_number(render, node->passage);
    buf_put_char(render->out, '"');
}

/* The number in the margin, which is the passage's address. `with_id`: the element cannot carry it.
 */
static void put_passage_number(struct render *render, uint32_t passage, bool with_id)
{
    if (!passage || render->level)
        return;
    render->numbered = passage;
    render_put(render, " <a class=\"pn\"");
    if (with_id) {
        render_put(render, " id=\"p");
        render_number(render, passage);
        render_put(render, "\"");
    }
    render_put(render, " href=\"#p");
    render_number(render, passage);
    render_put(render, "\" aria-label=\"");
    render_text(render, render->html->words->passage);
    buf_put_char(render->out, ' ');
    render_number(render, passage);
    render_put(render, "\">");
    render_number(render, passage);
    render_put(render, "</a>");
}

/* Topics in running text. */

/* The next mention that lies in bytes [start, end) of the passage in hand and is to be linked. */
static const struct mention *next_mention(struct render *render, uint32_t start, uint32_t end)
{
    const struct outline *outline = render->outline;
    for (; render->mention < outline->mentions.count; render->mention++) {
        const struct mention *mention = &outline->mentions.items[render->mention];
        if (mention->passage != render->passage || mention->start >= end)
            return NULL;
        if (mention->start >= start && mention->end <= end &&
            render->linked[mention->topic] != render->section)
            return mention;
    }
    return NULL;
}

static void put_topic(struct render *render, const struct mention *mention, struct str text)
{
    const struct twins *twins = &render->html->web->twins;
    uint32_t document = render->html->web->topics[mention->topic].document;
    uint32_t own = twins_in(twins, document, render->html->edition);
    document = own != NO_DOCUMENT ? own : document;
    render_put(render, "<a class=\"topic\"");
    render_href(render, document, STR(""));
    buf_put_char(render->out, '>');
    excerpt_put_name(render->out, &render->html->web->documents[document].meta, text,
                     &render->expanded[mention->topic]);
    render_put(render, "</a>");
    render->linked[mention->topic] = render->section;
}

static void put_running_text(struct render *render, const struct node *node)
{
    uint32_t start = node->offset, end = start + (uint32_t)node->text.len;
    uint32_t done = start;
    const struct mention *mention;
    if (!render->link_depth && !render->in_heading && render->passage)
        while ((mention = next_mention(render, done, end))) {
            render_text(render, str_slice(node->text, done - start, mention->start - done));
            put_topic(render, mention,
                      str_slice(node->text, mention->start - start, mention->end - mention->start));
            done = mention->end;
            render->mention++;
        }
    render_text(render, str_from_offset(node->text, done - start));
}

/* Headings. */

/* The rank of a heading on the page: by the headings that it is under, so that none is skipped. */
static uint32_t rank(struct render *render, uint32_t level)
{
    while (render->depth && render->levels[render->depth - 1] >= level)
        render->depth--;
    render->levels[render->depth++] = level;
    uint32_t result = render->html->top_level + render->depth - 1;
    return result > LEVEL_MAX ? LEVEL_MAX : result;
}

static const struct heading *heading_of(const struct render *render, const struct node *node)
{
    size_t low = 0, high = render->document->headings.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (render->document->headings.items[middle].passage < node->passage)
            low = middle + 1;
        else
            high = middle;
    }
    return &render->document->headings.items[low];
}

static void enter_heading(struct render *render, const struct node *node)
{
    render->section = ++*render->sections;
    render->in_heading = true;
    if (render->level) {
        render_put(render, "<p class=\"heading\">");
        return;
    }
    render->heading_rank = rank(render, node->number);
    render_put(render, "<h");
    render_number(render, render->heading_rank);
    render_attribute(render, "id", heading_of(render, node)->slug);
    render_put(render, ">");
}

static void leave_heading(struct render *render, const struct node *node)
{
    render->in_heading = false;
    if (render->level) {
        render_put(render, "</p>\n");
        return;
    }
    put_passage_number(render, node->passage, true);
    render_put(render, "</h");
    render_number(render, render->heading_rank);
    render_put(render, ">\n");
}

/* Blocks. */

static void enter_list(struct render *render, const struct node *node)
{
    if (!node->ordered) {
        render_put(render, "<ul>\n");
        return;
    }
    render_put(render, "<ol");
    if (node->number != 1) {
        render_put(render, " start=\"");
        render_number(render, node->number);
        render_put(render, "\"");
    }
    render_put(render, ">\n");
}

static void enter_item(struct render *render, const struct node *node)
{
    render_put(render, "<li");
    if (node->task)
        render_put(render, " class=\"task\"");
    put_passage_id(render, node);
    render_put(render, ">");
    if (!node->task)
        return;
    bool done = node->task == TASK_DONE;
    render_put(render,
               done ? "<span class=\"box done\" role=\"img\"" : "<span class=\"box\" role=\"img\"");
    render_attribute(render, "aria-label",
                     done ? render->html->words->done : render->html->words->open);
    render_put(render, "></span> ");
}

/* What stands behind an embed in a tight item is a paragraph of its own. */
static bool is_tight(const struct node *paragraph)
{
    const struct node *item = paragraph->parent;
    return item && item->kind == NODE_ITEM && item->parent && item->parent->tight &&
           item->first == paragraph;
}

static void enter_paragraph(struct render *render, const struct node *node)
{
    if (is_tight(node) && !node->passage)
        return;
    render_put(render, "<p");
    put_passage_id(render, node);
    render_put(render, ">");
}

/* The passage whose number stands behind this paragraph: its own, or that of the block that it
 * opens. */
static void leave_paragraph(struct render *render, const struct node *node)
{
    const struct node *parent = node->parent;
    if (node->passage)
        put_passage_number(render, node->passage, false);
    else if (parent->passage > render->numbered)
        put_passage_number(render, parent->passage, parent->kind == NODE_FOOTNOTE);
    if (!is_tight(node) || node->passage)
        render_put(render, "</p>\n");
}

static void enter_row(struct render *render, const struct node *node)
{
    if (node->header)
        render_put(render, "<thead>\n");
    else if (!render->row_open)
        render_put(render, "<tbody>\n");
    render->row_open = !node->header;
    render_put(render, "<tr");
    put_passage_id(render, node);
    render_put(render, ">");
}

static void leave_row(struct render *render, const struct node *node)
{
    render_put(render, "</tr>\n");
    if (node->header)
        render_put(render, "</thead>\n");
}

/* A region that scrolls needs a name of its own: with the passage of its first row. */
static void enter_table(struct render *render, const struct node *node)
{
    render->row_open = false;
    render_put(render, "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
    render_text(render, render->html->words->table);
    if (node->first && !render->level) {
        buf_put_char(render->out, ' ');
        render_number(render, node->first->passage);
    }
    render_put(render, "\"><table>\n");
}

static void enter_cell(struct render *render, const struct node *node)
{
    static const char *const classes[] = {[ALIGN_LEFT] = " class=\"left\"",
                                          [ALIGN_CENTER] = " class=\"center\"",
                                          [ALIGN_RIGHT] = " class=\"right\""};
    render_put(render, node->parent->header ? "<th scope=\"col\"" : "<td");
    if (node->align)
        render_put(render, classes[node->align]);
    render_put(render, ">");
}

static void leave_cell(struct render *render, const struct node *node)
{
    if (!node->next)
        put_passage_number(render, node->parent->passage, false);
    render_put(render, node->parent->header ? "</th>" : "</td>");
}

static void put_code_block(struct render *render, const struct node *node)
{
    struct str language = node->target;
    language = str_cut(&language, ' ');
    render_put(render, "<pre tabindex=\"0\"");
    put_passage_id(render, node);
    render_put(render, "><code");
    if (language.len) {
        render_put(render, " class=\"language-");
        render_text(render, language);
        render_put(render, "\"");
    }
    render_put(render, ">");
    render_text(render, node->text);
    render_put(render, "</code></pre>\n");
}

static void put_html_block(struct render *render, const struct node *node)
{
    render_put(render, "<pre tabindex=\"0\" class=\"raw-html\"");
    put_passage_id(render, node);
    render_put(render, "><code>");
    render_text(render, node->text);
    render_put(render, "</code></pre>\n");
}

static void put_page_mark(struct render *render, const struct node *node)
{
    if (node->parent->kind == NODE_FOOTNOTE)
        return;
    bool block = node->parent->kind != NODE_PARAGRAPH && node_is_block(node->parent->kind);
    render_put(render, block ? "<p class=\"page-break\">" : "");
    render_put(render, "<span class=\"page-mark\"");
    if (!render->level)
        render_attribute(render, "id",
                         str_format(render->html->arena, "page.%u", (unsigned)node->number));
    render_put(render, ">");
    render_text(render, render->html->words->page);
    buf_put_char(render->out, ' ');
    render_number(render, node->number);
    render_put(render, block ? "</span></p>\n" : "</span> ");
}

static void enter_quote(struct render *render, const struct node *node)
{
    render_put(render, "<blockquote");
    put_passage_id(render, node);
    render_put(render, ">\n");
}

/* A callout that folds is a disclosure of HTML; its title is what is pressed. */
static void enter_callout(struct render *render, const struct node *node)
{
    render_put(render, node->task == FOLD_NONE ? "<div role=\"note\"" : "<details");
    render_put(render, " class=\"callout callout-");
    render_put(render, callout_name(callout_find(node->target)));
    render_put(render, node->task == FOLD_OPEN ? "\" open>\n" : "\">\n");
}

static void leave_callout(struct render *render, const struct node *node)
{
    render_put(render, node->task == FOLD_NONE ? "</div>\n" : "</details>\n");
}

/* What is pressed holds nothing else to press: no link, no number. */
static bool folds(const struct node *title)
{
    return title->parent->task != FOLD_NONE;
}

/* Where the author gave none, the title is what the site calls such a callout; of a type that it
 * does not know, the type. */
static void enter_callout_title(struct render *render, const struct node *node)
{
    unsigned kind = callout_find(node->parent->target);
    render->link_depth += folds(node);
    render_put(render, folds(node) ? "<summary" : "<p");
    render_put(render, " class=\"callout-title\"");
    put_passage_id(render, node);
    render_put(render, ">");
    if (!node->first)
        render_text(render,
                    kind < CALLOUTS ? render->html->words->callouts[kind] : node->parent->target);
}

static void leave_callout_title(struct render *render, const struct node *node)
{
    if (!folds(node))
        put_passage_number(render, node->passage, false);
    render->link_depth -= folds(node);
    render_put(render, folds(node) ? "</summary>\n" : "</p>\n");
}

static void enter_block(struct render *render, const struct node *node)
{
    switch (node->kind) {
    case NODE_CALLOUT:
        enter_callout(render, node);
        break;
    case NODE_CALLOUT_TITLE:
        enter_callout_title(render, node);
        break;
    case NODE_HEADING:
        enter_heading(render, node);
        break;
    case NODE_PARAGRAPH:
        enter_paragraph(render, node);
        break;
    case NODE_QUOTE:
        enter_quote(render, node);
        break;
    case NODE_LIST:
        enter_list(render, node);
        break;
    case NODE_ITEM:
        enter_item(render, node);
        break;
    case NODE_CODE_BLOCK:
        put_code_block(render, node);
        break;
    case NODE_TABLE:
        enter_table(render, node);
        break;
    case NODE_ROW:
        enter_row(render, node);
        break;
    case NODE_CELL:
        enter_cell(render, node);
        break;
    case NODE_RULE:
        render_put(render, "<hr>\n");
        break;
    case NODE_HTML_BLOCK:
        put_html_block(render, node);
        break;
    case NODE_FOOTNOTE:
        render_enter_footnote(render, node);
        break;
    default:
        break;
    }
}

static void enter_inline(struct render *render, const struct node *node)
{
    switch (node->kind) {
    case NODE_PAGE:
        put_page_mark(render, node);
        break;
    case NODE_TEXT:
        put_running_text(render, node);
        break;
    case NODE_BREAK:
        render_put(render, "<br>\n");
        break;
    case NODE_CODE:
        render_put(render, "<code>");
        render_text(render, node->text);
        render_put(render, "</code>");
        break;
    case NODE_HTML:
        render_put(render, "<code class=\"raw-html\">");
        render_text(render, node->text);
        render_put(render, "</code>");
        break;
    case NODE_EMPHASIS:
        render_put(render, "<em>");
        break;
    case NODE_STRONG:
        render_put(render, "<strong>");
        break;
    case NODE_STRIKE:
        render_put(render, "<del>");
        break;
    case NODE_MARK:
        render_put(render, "<mark>");
        break;
    case NODE_TAG:
        render_tag(render, node);
        break;
    case NODE_LINK:
    case NODE_WIKILINK:
        render_enter_link(render, node);
        break;
    case NODE_CITATION:
        render_citation(render, node, !render_follows_its_kind(render, node));
        break;
    case NODE_FOOTNOTE_REFERENCE:
        render_footnote_reference(render, node);
        break;
    default:
        break;
    }
}

static void leave(struct render *render, const struct node *node)
{
    switch (node->kind) {
    case NODE_HEADING:
        leave_heading(render, node);
        break;
    case NODE_PARAGRAPH:
        leave_paragraph(render, node);
        break;
    case NODE_QUOTE:
        render_put(render, "</blockquote>\n");
        break;
    case NODE_CALLOUT:
        leave_callout(render, node);
        break;
    case NODE_CALLOUT_TITLE:
        leave_callout_title(render, node);
        break;
    case NODE_LIST:
        render_put(render, node->ordered ? "</ol>\n" : "</ul>\n");
        break;
    case NODE_ITEM:
        render_put(render, "</li>\n");
        break;
    case NODE_TABLE:
        render_put(render, render->row_open ? "</tbody>\n</table></div>\n" : "</table></div>\n");
        break;
    case NODE_ROW:
        leave_row(render, node);
        break;
    case NODE_CELL:
        leave_cell(render, node);
        break;
    case NODE_FOOTNOTE:
        render_leave_footnote(render, node);
        break;
    case NODE_EMPHASIS:
        render_put(render, "</em>");
        break;
    case NODE_STRONG:
        render_put(render, "</strong>");
        break;
    case NODE_STRIKE:
        render_put(render, "</del>");
        break;
    case NODE_MARK:
        render_put(render, "</mark>");
        break;
    case NODE_LINK:
    case NODE_WIKILINK:
        render_leave_link(render);
        break;
    default:
        break;
    }
}

/* Nodes that are rendered whole when they are entered, or not at all. */
static bool is_whole(struct render *render, const struct node *node)
{
    if (render->level && (node == render->title || node->kind == NODE_FOOTNOTE))
        return true;
    if (node == render->title) {
        render_put(render, "<span class=\"anchor\" id=\"p");
        render_number(render, node->passage);
        render_put(render, "\"></span>\n<span class=\"anchor\"");
        render_attribute(render, "id", heading_of(render, node)->slug);
        render_put(render, "></span>\n");
        return true;
    }
    if (node->kind == NODE_IMAGE) {
        render_image(render, node);
        return true;
    }
    return render_try_picture(render, node) || render_try_embed(render, node);
}

static void start_passage(struct render *render, const struct node *node)
{
    if (!node->passage)
        return;
    render->passage = node->passage;
    render->mention = outline_first_mention(render->outline, node->passage);
}

void render_nodes(struct render *render, const struct node *first, const struct node *end)
{
    const struct node *node = first, *parent = first ? first->parent : NULL;
    while (node != end) {
        start_passage(render, node);
        bool done = is_whole(render, node);
        if (!done && node_is_block(node->kind))
            enter_block(render, node);
        else if (!done)
            enter_inline(render, node);
        if (!done && node->first) {
            node = node->first;
            continue;
        }
        if (!done)
            leave(render, node);
        render->done = node;
        while (!node->next && node->parent != parent) {
            node = node->parent;
            leave(render, node);
            render->done = node;
        }
        node = node->next;
    }
}

void html_put_part(const struct html *html, const struct document *document,
                   const struct node *part, struct buf *out)
{
    uint32_t embeds = 0, sections = 1, tags = 0;
    size_t embedded_bytes = 0;
    struct render render = {.html = html,
                            .outline = &html->web->documents[html->document],
                            .document = document,
                            .title = reader_title_node(document),
                            .out = out,
                            .section = 1,
                            .embeds = &embeds,
                            .sections = &sections,
                            .tags = &tags,
                            .embedded_bytes = &embedded_bytes};
    render.linked = arena_new_array(html->arena, html->web->topic_count, uint32_t);
    render.expanded = arena_new_array(html->arena, html->web->topic_count, bool);
    render_nodes(&render, part->first, NULL);
}
