#include "link/repair.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "link/way.h"
#include "read/reader.h"

enum { HEADINGS_COMPARED = 200 }; /* with the nearest heading: more take time for a hint only */

void repair_init(struct repair *repair, const struct resolver *resolver)
{
    *repair = (struct repair){.resolver = resolver};
    arena_init(&repair->arena);
    map_init(&repair->titles, &repair->arena);
}

void repair_release(struct repair *repair)
{
    arena_release(&repair->arena);
}

static void list_titles(struct repair *repair)
{
    static const struct str several = {"", 0};
    const struct resolver *resolver = repair->resolver;
    for (uint32_t i = 0; i < resolver->count; i++) {
        const struct str *title = &resolver->documents[i].meta.title;
        void **slot = map_at(&repair->titles, utf8_slug(&repair->arena, *title));
        *slot = (void *)(*slot ? &several : title);
    }
}

/* The only title that is `name` but for case and accents; empty: none. */
static struct str alike(struct repair *repair, struct arena *scratch, struct str name)
{
    struct str wanted = utf8_slug(scratch, name);
    if (!repair->titles.count)
        list_titles(repair);
    const struct str *title = wanted.len ? map_get(&repair->titles, wanted) : NULL;
    return title ? *title : STR("");
}

/* A space or bracket would end the address. */
static bool is_plain(struct str path)
{
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.data[i] <= ' ' ||
            str_find_char(STR("()<>[]\\#?%|"), path.data[i]) >= 0)
            return false;
    return path.len;
}

static bool repair_path(const struct resolver *resolver, struct arena *scratch, uint32_t from,
                        struct str target, struct fix *fix)
{
    struct str fragment = target, path = str_cut(&fragment, '#');
    bool markdown = path.len > 3 && str_ends(path, STR(".md"));
    uint32_t found = markdown && is_plain(path)
                         ? resolver_holder(resolver, scratch, reader_stem(path))
                         : NO_DOCUMENT;
    if (found == NO_DOCUMENT || found == from)
        return false;
    struct str folder = way_folder(resolver->documents[from].path);
    struct str now = way_to(scratch, folder, resolver->documents[found].path);
    fix->from = str_format(scratch, "](%.*s", STR_ARGS(path));
    fix->to = str_format(scratch, "](%.*s", STR_ARGS(now));
    return is_plain(now);
}

static bool repair_name(struct repair *repair, struct arena *scratch, struct str target,
                        struct fix *fix)
{
    struct str fragment = target, name = str_trim(str_cut(&fragment, '#'));
    bool path = str_find_char(name, '/') != STR_NONE;
    struct str now = STR("");
    if (path) {
        struct str file = str_from_offset(name, way_folder(name).len);
        if (resolver_holder(repair->resolver, scratch, file) != NO_DOCUMENT)
            now = file;
    } else {
        now = alike(repair, scratch, name);
    }
    fix->from = str_format(scratch, "[[%.*s", STR_ARGS(name));
    fix->to = str_format(scratch, "[[%.*s", STR_ARGS(now));
    return now.len && str_find_char(now, '|') == STR_NONE && str_find_char(now, '#') == STR_NONE &&
           str_find_char(now, ']') == STR_NONE;
}

bool repair_link(struct repair *repair, struct arena *scratch, uint32_t from,
                 const struct link *link, struct fix *fix)
{
    if (link->kind == LINK_MARKDOWN)
        return repair_path(repair->resolver, scratch, from, link->target, fix);
    if (link->kind == LINK_WIKILINK)
        return repair_name(repair, scratch, link->target, fix);
    return false;
}

static void list_names(struct repair *repair)
{
    const struct resolver *resolver = repair->resolver;
    for (uint32_t i = 0; i < resolver->count; i++) {
        const struct outline *document = &resolver->documents[i];
        struct str stem = reader_stem(document->path);
        *vec_push(&repair->names, &repair->arena) = document->meta.title;
        *vec_push(&repair->names, &repair->arena) = stem;
        if (document->kind == DOCUMENT_SOURCE)
            *vec_push(&repair->keys, &repair->arena) = stem;
    }
}

static struct str nearest(struct repair *repair, struct str name, bool key)
{
    if (repair->suggested >= SUGGESTIONS_MAX || repair->compared >= NAMES_COMPARED_MAX)
        return STR("");
    if (!repair->names.count)
        list_names(repair);
    size_t count = key ? repair->keys.count : repair->names.count;
    repair->suggested++;
    repair->compared += count;
    return str_nearest(name, key ? repair->keys.items : repair->names.items, count);
}

struct str repair_suggest_name(struct repair *repair, struct str name)
{
    return nearest(repair, name, false);
}

struct str repair_suggest(struct repair *repair, const struct link *link)
{
    struct str fragment = link->target;
    if (link->kind == LINK_CITATION || link->kind == LINK_SOURCE)
        return nearest(repair, link->target, true);
    return nearest(repair, str_trim(str_cut(&fragment, '#')), false);
}

struct str repair_heading(const struct outline *document, struct str target)
{
    struct str names[HEADINGS_COMPARED], fragment = target;
    size_t count = 0;
    str_cut(&fragment, '#');
    for (; count < document->headings.count && count < HEADINGS_COMPARED / 2; count++) {
        names[2 * count] = document->headings.items[count].text;
        names[2 * count + 1] = document->headings.items[count].slug;
    }
    return str_nearest(fragment, names, 2 * count);
}
