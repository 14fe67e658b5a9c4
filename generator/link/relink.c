#include "link/relink.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "link/catalog.h"
#include "link/way.h"
#include "read/citation.h"
#include "read/frontmatter.h"
#include "read/reader.h"
#include "read/targets.h"

#include <string.h>

enum { WAYS_MAX = 8 /* of writing one link */ };

/* Ways to write a link, the best first. */
struct ways {
    struct str items[WAYS_MAX];
    size_t count;
};

/* A change of the bytes of a file. */
struct edit {
    size_t start, end;
    struct str text;
};

/* A document in hand. */
struct rewriting {
    const struct relink *relink;
    uint32_t from;
    struct str source;
    VEC(struct edit) edits;
    struct relink_changes *changes;
    struct err *err;
};

static struct str without_extension(struct str path)
{
    ptrdiff_t dot = str_find_last(path, '.');
    return dot > str_find_last(path, '/') + 1 ? str_slice(path, 0, (size_t)dot) : path;
}

static struct str file_name(struct str path)
{
    return str_from_offset(path, way_folder(path).len);
}

/* -- Before and after ----------------------------------------------------------------------------
 */

bool relink_moves(const struct relink *relink, uint32_t entry)
{
    const struct outline *document = &relink->web->documents[relink->moved];
    struct str path = relink->web->snapshot->entries[entry].path;
    if (entry == document->markdown || entry == document->text)
        return true;
    return str_starts(document->path, STR("sources/")) && !catalog_is_index(document->path) &&
           !str_ends(path, STR(".md")) &&
           str_equal(without_extension(path), without_extension(document->path));
}

struct str relink_path(const struct relink *relink, uint32_t entry)
{
    return relink->files.entries[entry].path;
}

static void move(struct relink *relink, struct str stem, struct str title)
{
    struct outline *document = &relink->documents[relink->moved];
    for (uint32_t i = 0; i < relink->files.count; i++) {
        struct str path = relink->files.entries[i].path;
        if (relink_moves(relink, i))
            relink->files.entries[i].path =
                str_format(relink->arena, "%.*s%.*s", STR_ARGS(stem),
                           STR_ARGS(str_from_offset(path, without_extension(path).len)));
    }
    uint32_t own = document->markdown != NO_ENTRY ? document->markdown : document->text;
    document->path = relink->files.entries[own].path;
    document->meta.title = title;
    if (!document->meta.more->type.len)
        document->kind = catalog_kind(document->path);
}

void relink_init(struct relink *relink, struct arena *arena, const struct web *web, uint32_t moved,
                 struct str stem, struct str title)
{
    *relink = (struct relink){.arena = arena, .web = web, .moved = moved, .files = *web->snapshot};
    size_t count = web->snapshot->count;
    relink->files.entries = arena_new_array(arena, count, struct entry);
    relink->documents = arena_new_array(arena, web->document_count, struct outline);
    for (size_t i = 0; i < count; i++)
        relink->files.entries[i] = web->snapshot->entries[i];
    for (uint32_t i = 0; i < web->document_count; i++)
        relink->documents[i] = web->documents[i];
    move(relink, stem, title);
    resolver_init(&relink->after, arena, &relink->files, relink->documents, web->document_count);
    relink->after.twins = web->resolver.twins;
}

static bool is_found(const struct resolution *found)
{
    return found->to.document != NO_DOCUMENT || found->to.entry != NO_ENTRY;
}

static bool is_same(const struct resolution *a, const struct resolution *b)
{
    return a->to.document == b->to.document && a->to.entry == b->to.entry &&
           str_equal(a->to.anchor, b->to.anchor);
}

/* Where the link leads, if it leads elsewhere then; else nowhere. */
static bool is_broken(const struct relink *relink, uint32_t from, const struct link *link,
                      struct resolution *before)
{
    struct arena *arena = relink->arena;
    *before = resolve_link(&relink->web->resolver, arena, from, link);
    if (!is_found(before))
        return false;
    struct resolution after = resolve_link(&relink->after, arena, from, link);
    return !is_same(before, &after) || (after.by_name && !before->by_name) ||
           (after.other != NO_DOCUMENT && before->other == NO_DOCUMENT);
}

/* What a document says it translates, as a link. */
static struct link translation(const struct outline *outline)
{
    const struct meta_text *text = &outline->meta.more->translation_of;
    return (struct link){
        .kind = LINK_RELATION, .line = text->line, .column = text->column, .target = text->text};
}

bool relink_wants(const struct relink *relink, uint32_t document)
{
    struct resolution before;
    const struct outline *outline = &relink->web->documents[document];
    for (size_t i = 0; i < outline->links.count; i++)
        if (is_broken(relink, document, &outline->links.items[i], &before))
            return true;
    struct link link = translation(outline);
    return link.target.len && is_broken(relink, document, &link, &before);
}

/* -- How a link is written -----------------------------------------------------------------------
 */

static void offer(struct ways *ways, struct str text)
{
    if (text.len && ways->count < WAYS_MAX)
        ways->items[ways->count++] = text;
}

/* The path then of what a link leads to. */
static struct str path_of(const struct relink *relink, const struct resolution *to)
{
    return to->to.document != NO_DOCUMENT ? relink->documents[to->to.document].path
                                          : relink->files.entries[to->to.entry].path;
}

static struct str folder_of(const struct relink *relink, uint32_t from)
{
    return way_folder(relink->documents[from].path);
}

static bool is_document_name(struct str name)
{
    return str_ends(name, STR(".md")) || str_ends(name, STR(".txt"));
}

/* With the extension that the link had, which may be none. */
static struct str as_written(const struct relink *relink, const struct resolution *to,
                             struct str name)
{
    struct str path = path_of(relink, to);
    if (to->to.document == NO_DOCUMENT)
        return path;
    struct str stem = without_extension(path);
    return is_document_name(name)
               ? str_format(relink->arena, "%.*s%.*s", STR_ARGS(stem),
                            STR_ARGS(str_from_offset(name, without_extension(name).len)))
               : stem;
}

static bool is_relative(struct str path)
{
    return str_starts(path, STR("./")) || str_starts(path, STR("../"));
}

static struct str relative(const struct relink *relink, uint32_t from, struct str path,
                           struct str name)
{
    struct str way = way_to(relink->arena, folder_of(relink, from), path);
    bool dot = is_relative(name) && !str_starts(way, STR("../"));
    return dot ? str_format(relink->arena, "./%.*s", STR_ARGS(way)) : way;
}

/* A name stays a name, a path a path. */
static void ways_by_name(const struct relink *relink, uint32_t from, const struct resolution *to,
                         struct str name, struct ways *ways)
{
    struct str path = as_written(relink, to, name);
    uint32_t document = to->to.document;
    if (is_relative(name))
        offer(ways, relative(relink, from, path, name));
    else if (str_starts(name, STR("/")))
        offer(ways, str_format(relink->arena, "/%.*s", STR_ARGS(path)));
    else if (str_find_char(name, '/') != STR_NONE)
        offer(ways, path);
    if (document != NO_DOCUMENT &&
        str_equal_nocase(name, relink->web->documents[document].meta.title) &&
        !str_equal_nocase(name, reader_stem(relink->web->documents[document].path)))
        offer(ways, relink->documents[document].meta.title);
    offer(ways, file_name(path));
    offer(ways, path);
}

/* A link to a folder stays one. */
static void ways_by_path(const struct relink *relink, uint32_t from, const struct resolution *to,
                         struct str name, struct ways *ways)
{
    struct str path = as_written(relink, to, name), full = path_of(relink, to);
    if (catalog_is_index(full) && !catalog_is_index(name)) {
        struct str way = way_to(relink->arena, folder_of(relink, from), way_folder(full));
        offer(ways, way.len ? way : STR("./"));
    }
    if (str_starts(name, STR("/")))
        offer(ways, str_format(relink->arena, "/%.*s", STR_ARGS(path)));
    offer(ways, relative(relink, from, path, name));
    offer(ways, relative(relink, from, full, name));
}

static void ways_of(const struct relink *relink, uint32_t from, const struct link *link,
                    const struct resolution *to, struct str name, struct ways *ways)
{
    if (link->kind == LINK_MARKDOWN || link->kind == LINK_IMAGE)
        ways_by_path(relink, from, to, name, ways);
    else if (link->kind == LINK_CITATION || link->kind == LINK_SOURCE)
        offer(ways, reader_stem(path_of(relink, to)));
    else
        ways_by_name(relink, from, to, name, ways);
}

/* What would end an address, or mean something in it, by its code. */
static struct str encoded(struct arena *arena, struct str path, bool bracketed)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c < ' ' || strchr("<>%#?\\\"", c) || (!bracketed && strchr(" ()", c)))
            buf_printf(&out, "%%%02X", c);
        else
            buf_put_char(&out, (char)c);
    }
    return buf_str(&out);
}

/* Whether the text can stand where a link of that kind has its target. */
static bool is_sound(enum link_kind kind, struct str text)
{
    bool citation = kind == LINK_CITATION || kind == LINK_SOURCE;
    for (size_t i = 0; i < text.len; i++)
        if (citation ? !citation_is_key(text.data[i])
                     : (unsigned char)text.data[i] < ' ' || strchr("|#[]^\\", text.data[i]))
            return false;
    return text.len;
}

/* Whether the link would lead there with this target. */
static bool leads(const struct relink *relink, uint32_t from, const struct link *link,
                  struct str target, const struct resolution *wanted)
{
    struct link changed = *link;
    struct str fragment = link->target;
    str_cut(&fragment, '#');
    bool citation = link->kind == LINK_CITATION || link->kind == LINK_SOURCE;
    changed.target = fragment.data && !citation ? str_format(relink->arena, "%.*s#%.*s",
                                                             STR_ARGS(target), STR_ARGS(fragment))
                                                : target;
    struct resolution found = resolve_link(&relink->after, relink->arena, from, &changed);
    return is_same(wanted, &found) && found.other == NO_DOCUMENT && !found.by_name;
}

/* -- The body ------------------------------------------------------------------------------------
 */

static uint32_t line_at(struct str source, size_t offset)
{
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++)
        line += source.data[i] == '\n' || (source.data[i] == '\r' && source.data[i + 1] != '\n');
    return line;
}

static int fail(const struct rewriting *work, uint32_t line, struct str name)
{
    struct str path = work->relink->web->documents[work->from].path;
    return err_set(work->err,
                   "'%.*s', line %u: '%.*s' cannot be written so that it leads to the same; change "
                   "it by hand first",
                   STR_ARGS(path), (unsigned)line, STR_ARGS(name));
}

static struct link link_of(const struct node *node)
{
    struct link link = {.target = node->target};
    switch (node->kind) {
    case NODE_WIKILINK:
        link.kind = node->embed ? LINK_EMBED : LINK_WIKILINK;
        break;
    case NODE_CITATION:
        link.kind = LINK_CITATION;
        link.locator = node->text;
        break;
    default:
        link.kind = node->kind == NODE_IMAGE ? LINK_IMAGE : LINK_MARKDOWN;
    }
    return link;
}

static void note(struct rewriting *work, size_t offset, struct str old, struct str new)
{
    *vec_push(&work->changes->items, work->relink->arena) =
        (struct relink_change){line_at(work->source, offset), old, new};
}

static void put_edit(struct rewriting *work, size_t start, size_t end, struct str text)
{
    *vec_push(&work->edits, work->relink->arena) = (struct edit){start, end, text};
}

/* The text that a wikilink shows by its target, said outright. */
static void keep_shown(struct rewriting *work, const struct target *target, size_t base)
{
    struct str shown = node_plain_text(work->relink->arena, target->node);
    const char *bar = target->in_cell ? "\\|" : "|";
    size_t at = base + target->inner_end;
    put_edit(work, at, at, str_format(work->relink->arena, "%s%.*s", bar, STR_ARGS(shown)));
}

static bool is_name(enum link_kind kind)
{
    return kind == LINK_WIKILINK || kind == LINK_EMBED;
}

static bool shows_target(const struct target *target, enum link_kind kind)
{
    return is_name(kind) && target->bare && !target->alone;
}

static void rewrite(struct rewriting *work, const struct target *target, size_t base,
                    const struct link *link, struct str text)
{
    struct arena *arena = work->relink->arena;
    size_t start = base + target->start, end = base + target->end;
    struct str old = str_slice(work->source, start, end - start);
    put_edit(work, start, end, text);
    if (!shows_target(target, link->kind)) {
        note(work, start, old, text);
        return;
    }
    keep_shown(work, target, base);
    size_t inner = base + target->inner_end;
    struct str rest = str_slice(work->source, end, inner - end);
    note(work, start, str_format(arena, "[[%.*s%.*s]]", STR_ARGS(old), STR_ARGS(rest)),
         str_format(arena, "[[%.*s%.*s%.*s]]", STR_ARGS(text), STR_ARGS(rest),
                    STR_ARGS(work->edits.items[work->edits.count - 1].text)));
}

static int visit(struct rewriting *work, const struct target *target, size_t base)
{
    const struct relink *relink = work->relink;
    struct link link = link_of(target->node);
    struct resolution to;
    struct ways ways = {0};
    struct str raw = str_slice(work->source, base + target->start, target->end - target->start);
    if (!is_broken(relink, work->from, &link, &to))
        return 0;
    ways_of(relink, work->from, &link, &to, raw, &ways);
    bool address = link.kind == LINK_MARKDOWN || link.kind == LINK_IMAGE;
    for (size_t i = 0; i < ways.count; i++) {
        struct str text =
            address ? encoded(relink->arena, ways.items[i], target->bracketed) : ways.items[i];
        if ((!address && !is_sound(link.kind, text)) ||
            !leads(relink, work->from, &link, text, &to))
            continue;
        rewrite(work, target, base, &link, text);
        return 0;
    }
    return fail(work, line_at(work->source, base + target->start), raw);
}

static struct str apply(const struct rewriting *work)
{
    struct buf out;
    size_t done = 0;
    buf_init(&out, work->relink->arena);
    for (size_t i = 0; i < work->edits.count; i++) {
        const struct edit *edit = &work->edits.items[i];
        buf_put(&out, str_slice(work->source, done, edit->start - done));
        buf_put(&out, edit->text);
        done = edit->end;
    }
    buf_put(&out, str_from_offset(work->source, done));
    return buf_str(&out);
}

static int rewrite_body(struct rewriting *work, size_t base, struct str *out)
{
    struct targets targets;
    struct arena *arena = work->relink->arena;
    struct str body = str_from_offset(work->source, base);
    struct str path = work->relink->web->documents[work->from].path;
    if (!targets_find(arena, body, &targets))
        return err_set(work->err, "in '%.*s' links can't be told from text; change them by hand",
                       STR_ARGS(path));
    for (size_t i = 0; i < targets.items.count; i++)
        if (visit(work, &targets.items.items[i], base))
            return -1;
    *out = apply(work);
    if (work->edits.count && !targets_same_text(arena, body, str_from_offset(*out, base)))
        return err_set(work->err, "new links in '%.*s' would change its text; change them by hand",
                       STR_ARGS(path));
    return 0;
}

/* -- The front matter ----------------------------------------------------------------------------
 */

/* The name in front matter that a link was read from. */
static bool find_index(const struct meta *meta, const struct link *link, size_t *index)
{
    const struct meta_text *name;
    for (*index = 0; (name = frontmatter_name(meta, *index)); ++*index)
        if (name->line == link->line && name->column == link->column)
            return true;
    return false;
}

static int rewrite_name(struct rewriting *work, const struct meta *meta, const struct link *link,
                        struct str *source)
{
    const struct relink *relink = work->relink;
    struct resolution to;
    struct ways ways = {0};
    struct str fragment = link->target, name = str_trim(str_cut(&fragment, '#'));
    size_t index;
    if (!is_broken(relink, work->from, link, &to))
        return 0;
    ways_of(relink, work->from, link, &to, name, &ways);
    for (size_t i = 0; i < ways.count && find_index(meta, link, &index); i++) {
        struct str from = name, text = ways.items[i];
        struct str whole = frontmatter_name(meta, index)->text;
        if (link->kind == LINK_SOURCE && str_find_char(whole, '@') != STR_NONE) {
            from = str_format(relink->arena, "@%.*s", STR_ARGS(name));
            text = str_format(relink->arena, "@%.*s", STR_ARGS(ways.items[i]));
        }
        if (!is_sound(link->kind, ways.items[i]) ||
            !leads(relink, work->from, link, ways.items[i], &to) ||
            !frontmatter_rename(relink->arena, *source, index, from, text, source))
            continue;
        *vec_push(&work->changes->items, relink->arena) =
            (struct relink_change){link->line, name, ways.items[i]};
        return 0;
    }
    return fail(work, link->line, name);
}

int relink_document(const struct relink *relink, uint32_t document, struct str source,
                    struct str *out, struct relink_changes *changes, struct err *err)
{
    struct rewriting work = {
        .relink = relink, .from = document, .source = source, .changes = changes, .err = err};
    const struct outline *outline = &relink->web->documents[document];
    struct meta meta;
    struct str whole;
    meta_read(relink->arena, outline->path, source, &meta, NULL);
    for (size_t i = outline->text_links; i < outline->links.count; i++)
        if (rewrite_name(&work, &meta, &outline->links.items[i], &work.source))
            return -1;
    struct link twin = translation(outline);
    if (twin.target.len && rewrite_name(&work, &meta, &twin, &work.source))
        return -1;
    meta_read(relink->arena, outline->path, work.source, &meta, NULL);
    if (rewrite_body(&work, meta.body_offset, &whole))
        return -1;
    *out = whole;
    return 0;
}
