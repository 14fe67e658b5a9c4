#include "write/html_render.h"

#include "base/arena.h"
#include "read/reader.h"
#include "write/escape.h"
#include "write/url.h"

enum {
    EMBED_DEPTH_MAX = 4,            /* an embed in an embed …: deeper, nobody knows who speaks */
    EMBEDS_MAX = 100,               /* on one page, those in embeds included */
    EMBEDDED_BYTES_MAX = 256 * 1024 /* likewise, of HTML: a page is no archive */
};

/* What an embed shows of a document: the siblings from `first` on and before `end`. */
struct stretch {
    const struct node *first, *end;
};

static const struct node *part_of(const struct document *document)
{
    return document->text ? document->text : document->body;
}

/* Rows and items stand in what makes them rows and items. */
static const struct node *whole(const struct node *node)
{
    while (node && (node->kind == NODE_ROW || node->kind == NODE_CELL || node->kind == NODE_ITEM ||
                    node->kind == NODE_CALLOUT_TITLE))
        node = node->parent;
    return node;
}

static struct stretch only(const struct node *node)
{
    node = whole(node);
    return (struct stretch){node, node ? node->next : NULL};
}

static struct stretch section(const struct document *document, struct str slug)
{
    for (size_t i = 0; i < document->headings.count; i++) {
        const struct heading *heading = &document->headings.items[i];
        if (!str_equal(heading->slug, slug))
            continue;
        const struct node *first = document->passages.items[heading->passage - 1].node;
        const struct node *end = first->next;
        while (end && !(end->kind == NODE_HEADING && end->number <= first->number))
            end = end->next;
        return (struct stretch){first, end};
    }
    return (struct stretch){NULL, NULL};
}

/* `^id` of a list or a table means all of it, though its address is that of its first passage. */
static const struct node *block(const struct document *document, struct str target)
{
    ptrdiff_t at = str_find(target, STR("#^"));
    struct str id = str_from_offset(target, (size_t)at + 2);
    for (size_t i = 0; at >= 0 && i < document->block_ids.count; i++)
        if (str_equal_nocase(document->block_ids.items[i].id, str_trim(id)))
            return document->block_ids.items[i].node;
    return NULL;
}

/* The block of the document's part that a passage stands in. */
static const struct node *outermost(const struct document *document, size_t passage)
{
    const struct node *node = document->passages.items[passage].node;
    while (node->parent && node->parent != document->text && node->parent != document->body)
        node = node->parent;
    return node;
}

/* A page: from the block of its first passage to that of its last. */
static struct stretch page(const struct document *document, uint32_t number)
{
    const struct node *first = NULL, *last = NULL;
    for (size_t i = 0; i < document->passages.count; i++) {
        if (document->passages.items[i].page != number)
            continue;
        last = outermost(document, i);
        if (!first)
            first = last;
        if (first->parent != last->parent)
            break;
    }
    bool whole_page = first && first->parent == last->parent;
    return (struct stretch){first, whole_page ? last->next : first ? first->next : NULL};
}

static struct stretch find(const struct document *document, struct str target, struct str anchor)
{
    const struct node *named = block(document, target);
    long passage, number;
    if (named)
        return (struct stretch){named, named->next};
    if (!anchor.len)
        return (struct stretch){part_of(document) ? part_of(document)->first : NULL, NULL};
    if (str_starts(anchor, STR("p")) && str_to_long(str_from_offset(anchor, 1), &passage) &&
        passage >= 1 && (size_t)passage <= document->passages.count)
        return only(document->passages.items[passage - 1].node);
    if (str_starts(anchor, STR("page.")) && str_to_long(str_from_offset(anchor, 5), &number) &&
        number >= 1)
        return page(document, (uint32_t)number);
    return section(document, anchor);
}

/* Whether the same is being embedded already. */
static bool is_in_itself(const struct render *render, const struct destination *to)
{
    for (const struct render *above = render; above; above = above->above)
        if (above->html->document == to->document && str_equal(above->anchor, to->anchor))
            return true;
    return false;
}

static void put_origin(struct render *render, const struct destination *to,
                       const struct document *document)
{
    const struct outline *outline = &render->html->web->documents[to->document];
    long passage;
    render_put(render, "<figcaption>");
    render_text(render, render->html->words->embedded);
    render_put(render, " <a class=\"internal\"");
    render_href(render, to->document, to->anchor);
    render_put(render, ">");
    render_text(render, outline->meta.title);
    if (str_starts(to->anchor, STR("p")) && str_to_long(str_from_offset(to->anchor, 1), &passage) &&
        passage >= 1 && (size_t)passage <= document->passages.count) {
        uint32_t page = document->passages.items[passage - 1].page;
        render_put(render, ", ¶");
        render_number(render, (uint32_t)passage);
        if (page) {
            render_put(render, ", ");
            render_text(render, render->html->words->page);
            render_put(render, " ");
            render_number(render, page);
        }
    }
    render_put(render, "</a></figcaption>\n");
}

/* An item stands in a list, also on its own; it keeps its number. */
static void open_list(struct render *render, const struct node *item)
{
    const struct node *list = item->parent;
    uint32_t number = list->number;
    for (const struct node *node = list->first; node != item; node = node->next)
        number++;
    if (!list->ordered) {
        render_put(render, "<ul>\n");
        return;
    }
    render_put(render, "<ol start=\"");
    render_number(render, number);
    render_put(render, "\">\n");
}

static void put_stretch(struct render *render, struct stretch stretch)
{
    bool item = stretch.first->kind == NODE_ITEM;
    if (item)
        open_list(render, stretch.first);
    render_nodes(render, stretch.first, stretch.end);
    if (item)
        render_put(render, stretch.first->parent->ordered ? "</ol>\n" : "</ul>\n");
}

/* ` lang="…"` where the passages of a document are in another language than the page. */
static void put_language(struct render *render, uint32_t document)
{
    const struct html *html = render->html;
    struct str language = outline_text_language(&html->web->documents[document]);
    if (!language.len)
        language = html->web->twins.language;
    if (!str_equal_nocase(language, html->language))
        render_attribute(render, "lang", language);
}

static void put_embedded(struct render *render, const struct destination *to,
                         const struct document *document, struct stretch stretch)
{
    struct html html = *render->html;
    struct render inner = *render;
    html.document = to->document;
    inner.html = &html;
    inner.outline = &html.web->documents[to->document];
    inner.document = document;
    inner.title = reader_title_node(document);
    inner.done = NULL;
    inner.above = render;
    inner.anchor = to->anchor;
    inner.level = render->level + 1;
    inner.passage = 0;
    inner.section = ++*render->sections;
    render_put(render, "<figure class=\"embed\">\n<blockquote");
    put_language(render, to->document);
    render_put(render, ">\n");
    size_t before = render->out->len;
    put_stretch(&inner, stretch);
    *render->embedded_bytes += render->out->len - before;
    render_put(render, "</blockquote>\n");
    put_origin(render, to, document);
    render_put(render, "</figure>\n");
}

/* The embed that is all that a paragraph holds, or NULL. */
static const struct node *embed_of(const struct node *paragraph)
{
    const struct node *node = paragraph->first;
    bool alone = paragraph->kind == NODE_PARAGRAPH && node && !node->next;
    return alone && node->kind == NODE_WIKILINK && node->embed ? node : NULL;
}

bool render_try_embed(struct render *render, const struct node *paragraph)
{
    const struct node *node = embed_of(paragraph);
    const struct html *html = render->html;
    if (!node || !html->load)
        return false;
    const struct destination *to = render_destination(render, node);
    if (to->document == NO_DOCUMENT || render->level == EMBED_DEPTH_MAX ||
        *render->embeds >= EMBEDS_MAX || *render->embedded_bytes >= EMBEDDED_BYTES_MAX ||
        is_in_itself(render, to))
        return false;
    ++*render->embeds;
    const struct document *document = html->load(html->loader, to->document);
    struct stretch stretch = find(document, node->target, to->anchor);
    if (!stretch.first)
        return false;
    if (!render->level && paragraph->passage) {
        render_put(render, "<span class=\"anchor\" id=\"p");
        render_number(render, paragraph->passage);
        render_put(render, "\"></span>\n");
    }
    put_embedded(render, to, document, stretch);
    return true;
}
