#include "write/html.h"

#include "base/arena.h"
#include "link/names.h"
#include "read/reader.h"
#include "write/escape.h"
#include "write/excerpt.h"
#include "write/url.h"

enum { OUTLINE_LEVELS = 6, FIRST_LEVEL_MAX = 6, FILE_NAME_MAX = 255 };

/* A part that is being rendered. */
struct render {
    const struct html *html;
    const struct outline *outline;
    const struct document *document;
    const struct node *part, *title;
    const struct node *done; /* the last node that was left: the sibling before, if there is one */
    struct buf *out;
    uint32_t passage;
    uint32_t numbered;               /* the last passage whose number was put */
    size_t mention;                  /* the next one that may be linked */
    uint32_t section;                /* changes with every heading */
    uint32_t *linked;                /* by topic: the section in which it was linked last */
    bool *expanded;                  /* by topic: its abbreviation was expanded */
    unsigned link_depth;             /* inside how many links */
    bool in_heading;                 /* where topics are not linked, though links are */
    uint32_t levels[OUTLINE_LEVELS]; /* of the headings that we are under */
    unsigned depth;
    bool row_open; /* in a table: whether <thead> or <tbody> is open */
};

static void put(struct render *render, const char *text)
{
    buf_put_cstring(render->out, text);
}

static void put_text(struct render *render, struct str text)
{
    escape_html(render->out, text);
}

static void put_number(struct render *render, uint32_t number)
{
    buf_put_number(render->out, number);
}

static void put_attribute(struct render *render, const char *name, struct str value)
{
    buf_put_char(render->out, ' ');
    put(render, name);
    put(render, "=\"");
    put_text(render, value);
    buf_put_char(render->out, '"');
}

/* ` href="…"` of a page of the site. A URL's own escaping leaves nothing that HTML must escape. */
static void put_href(struct render *render, uint32_t document, struct str anchor)
{
    put(render, " href=\"");
    url_put_page(render->out, render->html->root, render->html->web->documents[document].id,
                 anchor);
    buf_put_char(render->out, '"');
}

static void put_passage_id(struct render *render, const struct node *node)
{
    if (!node->passage)
        return;
    put(render, " id=\"p");
    put_number(render, node->passage);
    buf_put_char(render->out, '"');
}

/* The number in the margin, which is the passage's address. `with_id`: the element cannot carry it.
 */
static void put_passage_number(struct render *render, uint32_t passage, bool with_id)
{
    if (!passage)
        return;
    render->numbered = passage;
    put(render, " <a class=\"pn\"");
    if (with_id) {
        put(render, " id=\"p");
        put_number(render, passage);
        put(render, "\"");
    }
    put(render, " href=\"#p");
    put_number(render, passage);
    put(render, "\" aria-label=\"");
    put_text(render, render->html->words->passage);
    buf_put_char(render->out, ' ');
    put_number(render, passage);
    put(render, "\">");
    put_number(render, passage);
    put(render, "</a>");
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
    uint32_t document = render->html->web->topics[mention->topic].document;
    put(render, "<a class=\"topic\"");
    put_href(render, document, STR(""));
    buf_put_char(render->out, '>');
    excerpt_put_name(render->out, &render->html->web->documents[document].meta, text,
                     &render->expanded[mention->topic]);
    put(render, "</a>");
    render->linked[mention->topic] = render->section;
}

static void put_running_text(struct render *render, const struct node *node)
{
    uint32_t start = node->offset, end = start + (uint32_t)node->text.len;
    uint32_t done = start;
    const struct mention *mention;
    if (!render->link_depth && !render->in_heading && render->passage)
        while ((mention = next_mention(render, done, end))) {
            put_text(render, str_slice(node->text, done - start, mention->start - done));
            put_topic(render, mention,
                      str_slice(node->text, mention->start - start, mention->end - mention->start));
            done = mention->end;
            render->mention++;
        }
    put_text(render, str_from_offset(node->text, done - start));
}

/* Headings. */

/* The rank of a heading on the page: by the headings that it is under, so that none is skipped. */
static uint32_t rank(struct render *render, uint32_t level)
{
    while (render->depth && render->levels[render->depth - 1] >= level)
        render->depth--;
    render->levels[render->depth++] = level;
    uint32_t result = render->html->top_level + render->depth - 1;
    return result > FIRST_LEVEL_MAX ? FIRST_LEVEL_MAX : result;
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

static void enter_heading(struct render *render, struct node *node)
{
    render->section++;
    render->in_heading = true;
    node->nth = rank(render, node->number);
    put(render, "<h");
    put_number(render, node->nth);
    put_attribute(render, "id", heading_of(render, node)->slug);
    put(render, ">");
}

static void leave_heading(struct render *render, const struct node *node)
{
    render->in_heading = false;
    put_passage_number(render, node->passage, true);
    put(render, "</h");
    put_number(render, node->nth);
    put(render, ">\n");
}

/* Links. */

static const struct destination *destination(const struct render *render, const struct node *node)
{
    static const struct destination nowhere = {NO_DOCUMENT, NO_ENTRY, {"", 0}};
    if (!node->number || node->number > render->outline->text_links)
        return &nowhere;
    return &render->outline->links.items[node->number - 1].to;
}

static struct str file_path(const struct render *render, uint32_t entry)
{
    return render->html->web->snapshot->entries[entry].path;
}

static void put_file_url(struct render *render, const char *attribute, uint32_t entry)
{
    put_attribute(render, attribute,
                  url_file(render->html->arena, render->html->root,
                           render->html->words->files_folder, file_path(render, entry)));
}

static void put_external(struct render *render, const struct node *node)
{
    struct buf url;
    buf_init(&url, render->html->arena);
    escape_url(&url, node->target);
    put(render, "<a class=\"external\"");
    put_attribute(render, "href", buf_str(&url));
    if (node->title.len)
        put_attribute(render, "title", node->title);
    put(render, " rel=\"noopener\">");
}

/* How a link was opened is kept in the node, so that it is closed alike. */
enum { OPENED_NOTHING, OPENED_LINK, OPENED_MISSING };

static void enter_link(struct render *render, struct node *node)
{
    const struct destination *to = destination(render, node);
    const struct web *web = render->html->web;
    node->nth = OPENED_LINK;
    if (render->link_depth++) {
        node->nth = OPENED_NOTHING;
    } else if (to->document != NO_DOCUMENT) {
        bool topic = web->topic_of[to->document] != NO_TOPIC;
        put(render, topic ? "<a class=\"topic\"" : "<a class=\"internal\"");
        put_href(render, to->document, to->anchor);
        put(render, ">");
    } else if (to->entry != NO_ENTRY && html_may_copy(file_path(render, to->entry))) {
        put(render, "<a class=\"internal\"");
        put_file_url(render, "href", to->entry);
        put(render, ">");
    } else if (node->kind == NODE_LINK && !node->number && node->target.len) {
        put_external(render, node);
    } else {
        node->nth = OPENED_MISSING;
        put(render, "<span class=\"missing\"");
        put_attribute(render, "title", render->html->words->missing);
        put(render, ">");
    }
}

static void leave_link(struct render *render, const struct node *node)
{
    render->link_depth--;
    if (node->nth != OPENED_NOTHING)
        put(render, node->nth == OPENED_LINK ? "</a>" : "</span>");
}

static bool has_extension(struct str path, const struct str *extensions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (path.len > extensions[i].len &&
            str_equal_nocase(str_from_offset(path, path.len - extensions[i].len), extensions[i]))
            return true;
    return false;
}

static const struct str image_extensions[] = {{".png", 4}, {".jpg", 4},  {".jpeg", 5},
                                              {".gif", 4}, {".webp", 5}, {".avif", 5}};

/* SVG, HTML and XML can carry scripts that would run as the site's own: they are not among them. */
static const struct str file_extensions[] = {
    {".pdf", 4}, {".csv", 4},  {".txt", 4},  {".json", 5}, {".geojson", 8}, {".ods", 4},
    {".odt", 4}, {".odp", 4},  {".docx", 5}, {".xlsx", 5}, {".pptx", 5},    {".doc", 4},
    {".xls", 4}, {".ppt", 4},  {".zip", 4},  {".mp3", 4},  {".ogg", 4},     {".wav", 4},
    {".m4a", 4}, {".mp4", 4},  {".webm", 5}, {".epub", 5}, {".ics", 4},     {".bib", 4},
    {".ris", 4}, {".yaml", 5}, {".yml", 4},  {".md", 3},   {".rtf", 4}};

static bool is_image(struct str path)
{
    return has_extension(path, image_extensions,
                         sizeof image_extensions / sizeof *image_extensions);
}

/* A commit can hold names that no file system takes. */
static bool is_name_too_long(struct str path)
{
    while (path.data)
        if (str_cut(&path, '/').len > FILE_NAME_MAX)
            return true;
    return false;
}

bool html_may_copy(struct str path)
{
    if (is_name_too_long(path))
        return false;
    return is_image(path) ||
           has_extension(path, file_extensions, sizeof file_extensions / sizeof *file_extensions);
}

/* A picture of the site's own; one from another host becomes a link, since a page loads nothing
 * from elsewhere. Children are the alternative text and are not entered. */
static void put_image(struct render *render, const struct node *node)
{
    const struct destination *to = destination(render, node);
    struct buf alternative;
    buf_init(&alternative, render->html->arena);
    for (const struct node *child = node->first; child; child = node_walk(node, child))
        if (child->kind == NODE_TEXT || child->kind == NODE_CODE)
            buf_put(&alternative, child->text);
    struct str alt = buf_str(&alternative);
    if (to->entry != NO_ENTRY && is_image(file_path(render, to->entry)) &&
        html_may_copy(file_path(render, to->entry))) {
        put(render, "<img");
        put_file_url(render, "src", to->entry);
        put_attribute(render, "alt", alt);
        put(render, " loading=\"lazy\">");
    } else if (!node->number && node->target.len && !render->link_depth) {
        put_external(render, node);
        put_text(render, alt.len ? alt : node->target);
        put(render, "</a>");
    } else {
        put(render, "<span class=\"missing\"");
        put_attribute(render, "title", render->html->words->missing);
        put(render, ">");
        put_text(render, alt.len ? alt : node->target);
        put(render, "</span>");
    }
}

/* What is shown instead of `![[picture.png|text]]`. Obsidian takes `300` or `300x200` for a size.
 */
static struct str embedded_alt(const struct node *node)
{
    struct str text = node->first ? node->first->text : STR("");
    for (size_t i = 0; i < text.len; i++)
        if (!str_is_digit(text.data[i]) && text.data[i] != 'x')
            return text;
    return node->target;
}

/* `![[picture.png]]`; what else is embedded is linked. */
static bool try_embedded_image(struct render *render, const struct node *node)
{
    const struct destination *to = destination(render, node);
    if (node->kind != NODE_WIKILINK || !node->embed || to->entry == NO_ENTRY ||
        !is_image(file_path(render, to->entry)) || !html_may_copy(file_path(render, to->entry)))
        return false;
    put(render, "<img");
    put_file_url(render, "src", to->entry);
    put_attribute(render, "alt", embedded_alt(node));
    put(render, " loading=\"lazy\">");
    return true;
}

static bool is_citation(const struct node *node)
{
    return node && node->kind == NODE_CITATION;
}

/* Whether the sibling before `node` is of the same kind. */
static bool follows_its_kind(const struct render *render, const struct node *node)
{
    return render->done && render->done->next == node && render->done->kind == node->kind;
}

/* Citations that stand side by side share their brackets. */
static void put_citation(struct render *render, const struct node *node, bool first)
{
    const struct destination *to = destination(render, node);
    struct str label = node->target;
    put(render, first ? "<span class=\"citation\">(" : "; ");
    put_text(render, node->title);
    put(render, node->title.len ? " " : "");
    if (to->document != NO_DOCUMENT) {
        const struct meta *meta = &render->html->web->documents[to->document].meta;
        label = meta->label.len ? meta->label : meta->title;
        put(render, "<a class=\"source\"");
        put_href(render, to->document, to->anchor);
        put(render, ">");
    } else {
        put(render, "<span class=\"missing\"");
        put_attribute(render, "title", render->html->words->missing);
        put(render, ">");
    }
    put_text(render, label);
    if (node->text.len) {
        put(render, ", ");
        put_text(render, node->text);
    }
    put(render, to->document != NO_DOCUMENT ? "</a>" : "</span>");
    if (!is_citation(node->next))
        put(render, ")</span>");
}

/* Footnotes. */

static void put_footnote_anchor(struct render *render, uint32_t number, uint32_t nth)
{
    put(render, "fnref.");
    put_number(render, number);
    if (nth > 1) {
        put(render, ".");
        put_number(render, nth);
    }
}

static void put_footnote_reference(struct render *render, const struct node *node)
{
    put(render, "<sup class=\"footnote-ref\"><a href=\"#fn.");
    put_number(render, node->number);
    put(render, "\" id=\"");
    put_footnote_anchor(render, node->number, node->nth);
    put(render, "\">");
    put_number(render, node->number);
    put(render, "</a></sup>");
}

static void enter_footnote(struct render *render, const struct node *node)
{
    render->section++;
    if (!follows_its_kind(render, node)) {
        put(render, "<section class=\"footnotes\"");
        put_attribute(render, "aria-label", render->html->words->footnotes);
        put(render, ">\n<ol>\n");
    }
    put(render, "<li id=\"fn.");
    put_number(render, node->number);
    put(render, "\" value=\"");
    put_number(render, node->number);
    put(render, "\">");
}

static void leave_footnote(struct render *render, const struct node *node)
{
    put(render, " <a class=\"footnote-back\" href=\"#");
    put_footnote_anchor(render, node->number, 1);
    put(render, "\"");
    put_attribute(render, "aria-label", render->html->words->back);
    put(render, ">↩</a></li>\n");
    if (!node->next || node->next->kind != NODE_FOOTNOTE)
        put(render, "</ol>\n</section>\n");
}

/* Blocks. */

static void enter_list(struct render *render, const struct node *node)
{
    if (!node->ordered) {
        put(render, "<ul>\n");
        return;
    }
    put(render, "<ol");
    if (node->number != 1) {
        put(render, " start=\"");
        put_number(render, node->number);
        put(render, "\"");
    }
    put(render, ">\n");
}

static void enter_item(struct render *render, const struct node *node)
{
    put(render, "<li");
    if (node->task)
        put(render, " class=\"task\"");
    put_passage_id(render, node);
    put(render, ">");
    if (!node->task)
        return;
    bool done = node->task == TASK_DONE;
    put(render,
        done ? "<span class=\"box done\" role=\"img\"" : "<span class=\"box\" role=\"img\"");
    put_attribute(render, "aria-label",
                  done ? render->html->words->done : render->html->words->open);
    put(render, "></span> ");
}

static bool is_tight(const struct node *paragraph)
{
    const struct node *item = paragraph->parent;
    return item && item->kind == NODE_ITEM && item->parent && item->parent->tight;
}

static void enter_paragraph(struct render *render, const struct node *node)
{
    if (is_tight(node) && !node->passage)
        return;
    put(render, "<p");
    put_passage_id(render, node);
    put(render, ">");
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
        put(render, "</p>\n");
}

static void enter_row(struct render *render, const struct node *node)
{
    if (node->header)
        put(render, "<thead>\n");
    else if (!render->row_open)
        put(render, "<tbody>\n");
    render->row_open = !node->header;
    put(render, "<tr");
    put_passage_id(render, node);
    put(render, ">");
}

static void leave_row(struct render *render, const struct node *node)
{
    put(render, "</tr>\n");
    if (node->header)
        put(render, "</thead>\n");
}

/* A region that scrolls needs a name of its own: with the passage of its first row. */
static void enter_table(struct render *render, const struct node *node)
{
    render->row_open = false;
    put(render, "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"");
    put_text(render, render->html->words->table);
    if (node->first) {
        buf_put_char(render->out, ' ');
        put_number(render, node->first->passage);
    }
    put(render, "\"><table>\n");
}

static void enter_cell(struct render *render, const struct node *node)
{
    static const char *const classes[] = {[ALIGN_LEFT] = " class=\"left\"",
                                          [ALIGN_CENTER] = " class=\"center\"",
                                          [ALIGN_RIGHT] = " class=\"right\""};
    put(render, node->parent->header ? "<th scope=\"col\"" : "<td");
    if (node->align)
        put(render, classes[node->align]);
    put(render, ">");
}

static void leave_cell(struct render *render, const struct node *node)
{
    if (!node->next)
        put_passage_number(render, node->parent->passage, false);
    put(render, node->parent->header ? "</th>" : "</td>");
}

static void put_code_block(struct render *render, const struct node *node)
{
    struct str language = node->target;
    language = str_cut(&language, ' ');
    put(render, "<pre tabindex=\"0\"");
    put_passage_id(render, node);
    put(render, "><code");
    if (language.len) {
        put(render, " class=\"language-");
        put_text(render, language);
        put(render, "\"");
    }
    put(render, ">");
    put_text(render, node->text);
    put(render, "</code></pre>\n");
}

static void put_html_block(struct render *render, const struct node *node)
{
    put(render, "<pre tabindex=\"0\" class=\"raw-html\"");
    put_passage_id(render, node);
    put(render, "><code>");
    put_text(render, node->text);
    put(render, "</code></pre>\n");
}

static void put_page_mark(struct render *render, const struct node *node)
{
    if (node->parent->kind == NODE_FOOTNOTE)
        return;
    bool block = node->parent->kind != NODE_PARAGRAPH && node_is_block(node->parent->kind);
    put(render, block ? "<p class=\"page-break\">" : "");
    put(render, "<span class=\"page-mark\" id=\"page.");
    put_number(render, node->number);
    put(render, "\">");
    put_text(render, render->html->words->page);
    buf_put_char(render->out, ' ');
    put_number(render, node->number);
    put(render, block ? "</span></p>\n" : "</span> ");
}

static void enter_quote(struct render *render, const struct node *node)
{
    put(render, "<blockquote");
    put_passage_id(render, node);
    put(render, ">\n");
}

static void enter_block(struct render *render, struct node *node)
{
    switch (node->kind) {
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
        put(render, "<hr>\n");
        break;
    case NODE_HTML_BLOCK:
        put_html_block(render, node);
        break;
    case NODE_FOOTNOTE:
        enter_footnote(render, node);
        break;
    default:
        break;
    }
}

static void enter_inline(struct render *render, struct node *node)
{
    switch (node->kind) {
    case NODE_PAGE:
        put_page_mark(render, node);
        break;
    case NODE_TEXT:
        put_running_text(render, node);
        break;
    case NODE_BREAK:
        put(render, "<br>\n");
        break;
    case NODE_CODE:
        put(render, "<code>");
        put_text(render, node->text);
        put(render, "</code>");
        break;
    case NODE_HTML:
        put(render, "<code class=\"raw-html\">");
        put_text(render, node->text);
        put(render, "</code>");
        break;
    case NODE_EMPHASIS:
        put(render, "<em>");
        break;
    case NODE_STRONG:
        put(render, "<strong>");
        break;
    case NODE_STRIKE:
        put(render, "<del>");
        break;
    case NODE_LINK:
    case NODE_WIKILINK:
        enter_link(render, node);
        break;
    case NODE_CITATION:
        put_citation(render, node, !follows_its_kind(render, node));
        break;
    case NODE_FOOTNOTE_REFERENCE:
        put_footnote_reference(render, node);
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
        put(render, "</blockquote>\n");
        break;
    case NODE_LIST:
        put(render, node->ordered ? "</ol>\n" : "</ul>\n");
        break;
    case NODE_ITEM:
        put(render, "</li>\n");
        break;
    case NODE_TABLE:
        put(render, render->row_open ? "</tbody>\n</table></div>\n" : "</table></div>\n");
        break;
    case NODE_ROW:
        leave_row(render, node);
        break;
    case NODE_CELL:
        leave_cell(render, node);
        break;
    case NODE_FOOTNOTE:
        leave_footnote(render, node);
        break;
    case NODE_EMPHASIS:
        put(render, "</em>");
        break;
    case NODE_STRONG:
        put(render, "</strong>");
        break;
    case NODE_STRIKE:
        put(render, "</del>");
        break;
    case NODE_LINK:
    case NODE_WIKILINK:
        leave_link(render, node);
        break;
    default:
        break;
    }
}

/* Nodes that are rendered whole when they are entered, or not at all. */
static bool is_whole(struct render *render, const struct node *node)
{
    if (node == render->title) {
        put(render, "<span class=\"anchor\" id=\"p");
        put_number(render, node->passage);
        put(render, "\"></span>\n<span class=\"anchor\"");
        put_attribute(render, "id", heading_of(render, node)->slug);
        put(render, "></span>\n");
        return true;
    }
    if (node->kind == NODE_IMAGE) {
        put_image(render, node);
        return true;
    }
    return try_embedded_image(render, node);
}

static void start_passage(struct render *render, const struct node *node)
{
    if (!node->passage)
        return;
    render->passage = node->passage;
    render->mention = outline_first_mention(render->outline, node->passage);
}

void html_put_part(const struct html *html, const struct document *document,
                   const struct node *part, struct buf *out)
{
    struct render render = {.html = html,
                            .outline = &html->web->documents[html->document],
                            .document = document,
                            .part = part,
                            .title = reader_title_node(document),
                            .out = out,
                            .section = 1};
    render.linked = arena_new_array(html->arena, html->web->topic_count, uint32_t);
    render.expanded = arena_new_array(html->arena, html->web->topic_count, bool);
    struct node *node = part->first;
    while (node) {
        start_passage(&render, node);
        bool whole = is_whole(&render, node);
        if (!whole && node_is_block(node->kind))
            enter_block(&render, node);
        else if (!whole)
            enter_inline(&render, node);
        if (!whole && node->first) {
            node = node->first;
            continue;
        }
        if (!whole)
            leave(&render, node);
        render.done = node;
        while (!node->next && node->parent != part) {
            node = node->parent;
            leave(&render, node);
            render.done = node;
        }
        node = node->next;
    }
}
