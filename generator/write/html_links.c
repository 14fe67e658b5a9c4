#include "write/html_render.h"

#include "base/arena.h"
#include "link/names.h"
#include "write/escape.h"
#include "write/url.h"

enum {
    FILE_NAME_MAX = 255,     /* bytes: what file systems take in one name */
    PICTURE_SIZE_MAX = 10000 /* pixels: more is no size of a picture on a page */
};

const struct destination *render_destination(const struct render *render, const struct node *node)
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

static void put_file_url(struct render *render, const char *attribute, uint32_t entry,
                         struct str anchor)
{
    struct arena *arena = render->html->arena;
    struct str url = url_file(arena, render->html->root, render->html->words->files_folder,
                              file_path(render, entry));
    if (anchor.len)
        url = str_format(arena, "%.*s#%.*s", STR_ARGS(url), STR_ARGS(anchor));
    render_attribute(render, attribute, url);
}

static void put_external(struct render *render, const struct node *node)
{
    struct buf url;
    buf_init(&url, render->html->arena);
    escape_url(&url, node->target);
    render_put(render, "<a class=\"external\"");
    render_attribute(render, "href", buf_str(&url));
    if (node->title.len)
        render_attribute(render, "title", node->title);
    render_put(render, " rel=\"noopener\">");
}

void render_enter_link(struct render *render, const struct node *node)
{
    const struct destination *to = render_destination(render, node);
    const struct web *web = render->html->web;
    if (render->link_depth++)
        return;
    render->link_missing = false;
    if (to->document != NO_DOCUMENT) {
        bool topic = web->topic_of[to->document] != NO_TOPIC;
        render_put(render, topic ? "<a class=\"topic\"" : "<a class=\"internal\"");
        render_href(render, to->document, to->anchor);
        render_put(render, ">");
    } else if (to->entry != NO_ENTRY && html_may_copy(file_path(render, to->entry))) {
        render_put(render, "<a class=\"internal\"");
        put_file_url(render, "href", to->entry, to->anchor);
        render_put(render, ">");
    } else if (node->kind == NODE_LINK && !node->number && node->target.len) {
        put_external(render, node);
    } else {
        render->link_missing = true;
        render_put(render, "<span class=\"missing\"");
        render_attribute(render, "title", render->html->words->missing);
        render_put(render, ">");
    }
}

/* As many lead to their page as the page has uses of. */
void render_tag(struct render *render, const struct node *node)
{
    struct arena *arena = render->html->arena;
    const struct tag *tag = NULL;
    if (!render->link_depth && ++*render->tags <= TAG_USES_MAX)
        tag = tags_find(&render->html->web->tags, arena, node->target);
    if (tag) {
        render_put(render, "<a class=\"tag\"");
        struct str id =
            tags_id_below(&render->html->web->tags, arena, tag, render->html->words->tags_folder);
        render_attribute(render, "href", url_page(arena, render->html->root, id, STR("")));
        render_put(render, ">");
    }
    render_text(render, node->text);
    render_put(render, tag ? "</a>" : "");
}

void render_leave_link(struct render *render)
{
    if (--render->link_depth == 0)
        render_put(render, render->link_missing ? "</span>" : "</a>");
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

/* `300` or `300x200`, in pixels; returns false where the text is something else. */
static bool read_size(struct str text, long *width, long *height)
{
    struct str rest = text;
    struct str first = str_cut(&rest, 'x');
    *height = 0;
    return str_to_long(first, width) && *width > 0 && *width <= PICTURE_SIZE_MAX &&
           (!rest.data ||
            (str_to_long(rest, height) && *height > 0 && *height <= PICTURE_SIZE_MAX));
}

/* A picture; what stands behind the last `|` of its text may be its size, as Obsidian has it. */
static void put_picture(struct render *render, uint32_t entry, struct str text,
                        struct str otherwise)
{
    long width = 0, height = 0;
    ptrdiff_t bar = str_find_last(text, '|');
    struct str last = str_trim(str_from_offset(text, (size_t)(bar + 1)));
    bool sized = read_size(last, &width, &height);
    if (sized)
        text = bar < 0 ? STR("") : str_trim(str_slice(text, 0, (size_t)bar));
    render_put(render, "<img");
    put_file_url(render, "src", entry, STR(""));
    render_attribute(render, "alt", text.len ? text : otherwise);
    if (sized)
        render_attribute(render, "width", str_format(render->html->arena, "%ld", width));
    if (height)
        render_attribute(render, "height", str_format(render->html->arena, "%ld", height));
    render_put(render, " loading=\"lazy\">");
}

/* A picture of the site's own; one from another host becomes a link, since a page loads nothing
 * from elsewhere. Children are the alternative text and are not entered. */
void render_image(struct render *render, const struct node *node)
{
    const struct destination *to = render_destination(render, node);
    struct buf alternative;
    buf_init(&alternative, render->html->arena);
    for (const struct node *child = node->first; child; child = node_walk(node, child))
        if (child->kind == NODE_TEXT || child->kind == NODE_CODE)
            buf_put(&alternative, child->text);
    struct str alt = buf_str(&alternative);
    if (to->entry != NO_ENTRY && is_image(file_path(render, to->entry)) &&
        html_may_copy(file_path(render, to->entry))) {
        put_picture(render, to->entry, alt, STR(""));
    } else if (!node->number && node->target.len && !render->link_depth) {
        put_external(render, node);
        render_text(render, alt.len ? alt : node->target);
        render_put(render, "</a>");
    } else {
        render_put(render, "<span class=\"missing\"");
        render_attribute(render, "title", render->html->words->missing);
        render_put(render, ">");
        render_text(render, alt.len ? alt : node->target);
        render_put(render, "</span>");
    }
}

/* `![[picture.png]]`; what else is embedded is linked. */
bool render_try_picture(struct render *render, const struct node *node)
{
    const struct destination *to = render_destination(render, node);
    if (node->kind != NODE_WIKILINK || !node->embed || to->entry == NO_ENTRY ||
        !is_image(file_path(render, to->entry)) || !html_may_copy(file_path(render, to->entry)))
        return false;
    put_picture(render, to->entry, node->first ? node->first->text : STR(""), node->target);
    return true;
}

static bool is_citation(const struct node *node)
{
    return node && node->kind == NODE_CITATION;
}

/* Whether the sibling before `node` is of the same kind. */
bool render_follows_its_kind(const struct render *render, const struct node *node)
{
    return render->done && render->done->next == node && render->done->kind == node->kind;
}

/* Citations that stand side by side share their brackets. */
void render_citation(struct render *render, const struct node *node, bool first)
{
    const struct destination *to = render_destination(render, node);
    struct str label = node->target;
    render_put(render, first ? "<span class=\"citation\">(" : "; ");
    render_text(render, node->title);
    render_put(render, node->title.len ? " " : "");
    if (to->document != NO_DOCUMENT) {
        const struct meta *meta = &render->html->web->documents[to->document].meta;
        label = meta->more->label.len ? meta->more->label : meta->title;
        render_put(render, "<a class=\"source\"");
        render_href(render, to->document, to->anchor);
        render_put(render, ">");
    } else {
        render_put(render, "<span class=\"missing\"");
        render_attribute(render, "title", render->html->words->missing);
        render_put(render, ">");
    }
    render_text(render, label);
    if (node->text.len) {
        render_put(render, ", ");
        render_text(render, node->text);
    }
    render_put(render, to->document != NO_DOCUMENT ? "</a>" : "</span>");
    if (!is_citation(node->next))
        render_put(render, ")</span>");
}

/* Footnotes. */

static void put_footnote_anchor(struct render *render, uint32_t number, uint32_t nth)
{
    render_put(render, "fnref.");
    render_number(render, number);
    if (nth > 1) {
        render_put(render, ".");
        render_number(render, nth);
    }
}

/* In what is embedded: a link to the note where it stands. */
static void put_remote_reference(struct render *render, const struct node *node)
{
    struct arena *arena = render->html->arena;
    render_put(render, "<sup class=\"footnote-ref\"><a");
    render_href(render, render->html->document, str_format(arena, "fn.%u", (unsigned)node->number));
    render_put(render, ">");
    render_number(render, node->number);
    render_put(render, "</a></sup>");
}

void render_footnote_reference(struct render *render, const struct node *node)
{
    if (render->level) {
        put_remote_reference(render, node);
        return;
    }
    render_put(render, "<sup class=\"footnote-ref\"><a href=\"#fn.");
    render_number(render, node->number);
    render_put(render, "\" id=\"");
    put_footnote_anchor(render, node->number, node->nth);
    render_put(render, "\">");
    render_number(render, node->number);
    render_put(render, "</a></sup>");
}

void render_enter_footnote(struct render *render, const struct node *node)
{
    render->section = ++*render->sections;
    if (!render_follows_its_kind(render, node)) {
        render_put(render, "<section class=\"footnotes\"");
        render_attribute(render, "aria-label", render->html->words->footnotes);
        render_put(render, ">\n<ol>\n");
    }
    render_put(render, "<li id=\"fn.");
    render_number(render, node->number);
    render_put(render, "\" value=\"");
    render_number(render, node->number);
    render_put(render, "\">");
}

void render_leave_footnote(struct render *render, const struct node *node)
{
    render_put(render, " <a class=\"footnote-back\" href=\"#");
    put_footnote_anchor(render, node->number, 1);
    render_put(render, "\"");
    render_attribute(render, "aria-label", render->html->words->back);
    render_put(render, ">↩</a></li>\n");
    if (!node->next || node->next->kind != NODE_FOOTNOTE)
        render_put(render, "</ol>\n</section>\n");
}
