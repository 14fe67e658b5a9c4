#include "link/repair.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "link/way.h"
#include "read/reader.h"

enum { HEADINGS_COMPARED = 200 }; /* with the nearest heading: more take time for a hint only */

/* The only document whose file has that name, or NO_DOCUMENT. */
static uint32_t moved(const struct resolver *resolver, struct str name)
{
    uint32_t found = NO_DOCUMENT;
    for (uint32_t i = 0; i < resolver->count; i++) {
        if (!str_equal_nocase(reader_stem(resolver->documents[i].path), name))
            continue;
        if (found != NO_DOCUMENT)
            return NO_DOCUMENT;
        found = i;
    }
    return found;
}

/* The only title or file name that is `name` but for case and accents; empty: none. */
static struct str alike(const struct resolver *resolver, struct arena *scratch, struct str name)
{
    struct str wanted = utf8_slug(scratch, name), found = STR("");
    uint32_t holder = NO_DOCUMENT;
    for (uint32_t i = 0; wanted.len && i < resolver->count; i++) {
        struct str title = resolver->documents[i].meta.title;
        if (!str_equal(utf8_slug(scratch, title), wanted))
            continue;
        if (holder != NO_DOCUMENT)
            return STR("");
        holder = i;
        found = title;
    }
    return found;
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
    uint32_t found = markdown && is_plain(path) ? moved(resolver, reader_stem(path)) : NO_DOCUMENT;
    if (found == NO_DOCUMENT || found == from)
        return false;
    struct str folder = way_folder(resolver->documents[from].path);
    struct str now = way_to(scratch, folder, resolver->documents[found].path);
    fix->from = str_format(scratch, "](%.*s", STR_ARGS(path));
    fix->to = str_format(scratch, "](%.*s", STR_ARGS(now));
    return is_plain(now);
}

static bool repair_name(const struct resolver *resolver, struct arena *scratch, struct str target,
                        struct fix *fix)
{
    struct str fragment = target, name = str_trim(str_cut(&fragment, '#'));
    bool path = str_find_char(name, '/') != STR_NONE;
    struct str now = STR("");
    if (path) {
        struct str file = str_from_offset(name, way_folder(name).len);
        uint32_t found = moved(resolver, file);
        if (found != NO_DOCUMENT)
            now = file;
    } else {
        now = alike(resolver, scratch, name);
    }
    fix->from = str_format(scratch, "[[%.*s", STR_ARGS(name));
    fix->to = str_format(scratch, "[[%.*s", STR_ARGS(now));
    return now.len && str_find_char(now, '|') == STR_NONE && str_find_char(now, '#') == STR_NONE &&
           str_find_char(now, ']') == STR_NONE;
}

bool repair_link(const struct resolver *resolver, struct arena *scratch, uint32_t from,
                 const struct link *link, struct fix *fix)
{
    if (link->kind == LINK_MARKDOWN)
        return repair_path(resolver, scratch, from, link->target, fix);
    if (link->kind == LINK_WIKILINK)
        return repair_name(resolver, scratch, link->target, fix);
    return false;
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
