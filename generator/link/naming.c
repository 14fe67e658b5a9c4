#include "link/naming.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "link/catalog.h"
#include "link/twins.h"

/* Bytes of a part of an id: file systems take 255, with room for a number and `.html`. */
enum { PART_MAX = 200 };

/* Folders of the content whose place is taken by a folder of the site. */
static const struct str content_folders[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = {"topics/", 7},
                                                           [DOCUMENT_SOURCE] = {"sources/", 8},
                                                           [DOCUMENT_NOTE] = {"notes/", 6}};

struct str naming_part(struct arena *arena, const struct naming *naming, struct str name)
{
    struct str slug = str_slice(utf8_slug(arena, name), 0, PART_MAX);
    slug.len = utf8_valid_length(slug);
    return slug.len ? slug : naming->fallback_slug;
}

static void put_part(struct arena *arena, const struct naming *naming, struct buf *id,
                     struct str name)
{
    if (id->len)
        buf_put_char(id, '/');
    buf_put(id, naming_part(arena, naming, name));
}

/* The edition of the site that a document belongs to; NULL: the site's own language. */
static const struct naming_edition *edition_of(const struct naming *naming,
                                               const struct outline *document)
{
    struct str language = outline_language(document);
    for (size_t i = 0; i < naming->edition_count; i++)
        if (twins_fits(language, naming->editions[i].language))
            return &naming->editions[i];
    return NULL;
}

/* The path without the code of the language, which is in its page's address anyway. */
static struct str without_language(struct arena *arena, struct str path, struct str code)
{
    struct str folder = str_format(arena, "%.*s/", STR_ARGS(code));
    struct str end = str_format(arena, ".%.*s", STR_ARGS(code));
    ptrdiff_t stop = str_find_last(path, '.');
    struct str stem = str_slice(path, 0, (size_t)stop);
    if (str_starts(path, folder))
        return str_from_offset(path, folder.len);
    if (stop > 0 && str_ends(stem, end))
        return str_format(arena, "%.*s%.*s", STR_ARGS(str_slice(stem, 0, stem.len - end.len)),
                          STR_ARGS(str_from_offset(path, (size_t)stop)));
    return path;
}

static struct str make_id(struct arena *arena, const struct naming *naming,
                          const struct outline *document)
{
    struct buf id;
    const struct naming_edition *edition = edition_of(naming, document);
    const struct str *folders = edition ? edition->folders : naming->folders;
    struct str rest = document->path;
    bool moved = document->kind != DOCUMENT_NOTE;
    enum document_kind kind = document->kind;
    buf_init(&id, arena);
    if (edition) {
        rest = without_language(arena, rest, edition->language);
        buf_printf(&id, "%.*s", STR_ARGS(edition->language));
    }
    for (int i = 0; i < DOCUMENT_KINDS; i++) {
        if (!str_starts(rest, content_folders[i]))
            continue;
        rest = str_from_offset(rest, content_folders[i].len);
        kind = catalog_is_index(rest) ? (enum document_kind)i : kind;
        moved = true;
        break;
    }
    if (moved)
        buf_printf(&id, "%s%.*s", id.len ? "/" : "", STR_ARGS(folders[kind]));
    while (rest.data) {
        struct str part = str_cut(&rest, '/');
        if (rest.data)
            put_part(arena, naming, &id, part);
        else if (catalog_is_index(part))
            put_part(arena, naming, &id, STR("index"));
        else
            put_part(arena, naming, &id, str_slice(part, 0, (size_t)str_find_last(part, '.')));
    }
    return buf_str(&id);
}

struct str naming_former_path(struct str path)
{
    static const struct str endings[] = {{"/", 1}, {".html", 5}, {".md", 3}, {".txt", 4}};
    while (str_starts(path, STR("/")) || str_starts(path, STR("./")))
        path = str_from_offset(path, path.data[0] == '/' ? 1 : 2);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(path, endings[i]))
            path.len -= endings[i].len;
    return path;
}

static bool is_below(struct str folder, struct str path)
{
    return str_starts(path, folder) && path.len > folder.len && path.data[folder.len] == '/';
}

struct str naming_former(struct arena *arena, const struct naming *naming,
                         const struct outline *document, struct str path)
{
    struct outline former = {.kind = document->kind, .meta.more = &meta_nothing};
    former.path = str_format(arena, "%.*s.md", STR_ARGS(naming_former_path(path)));
    if (!document->meta.more->type.len)
        former.kind = catalog_kind(former.path);
    for (int i = 0; i < DOCUMENT_KINDS; i++)
        if (is_below(naming->folders[i], former.path))
            former.kind = DOCUMENT_NOTE; /* an address: it stays as it is */
    return make_id(arena, naming, &former);
}

/* Which page has an id, and the number that was last put behind it for another one. */
struct claim {
    struct str path;
    unsigned number;
};

static struct str next_free(struct arena *arena, const struct map *taken, struct str id,
                            struct claim *claim)
{
    for (;;) {
        struct str candidate = str_format(arena, "%.*s-%u", STR_ARGS(id), ++claim->number);
        if (!map_get(taken, candidate))
            return candidate;
    }
}

static void claim_id(struct map *taken, struct str id, struct str path)
{
    struct claim *claim = arena_new(taken->arena, struct claim);
    *claim = (struct claim){path, 1};
    *map_at(taken, id) = claim;
}

void naming_assign(struct arena *arena, const struct naming *naming, struct outline *documents,
                   uint32_t count, struct diags *diags)
{
    struct map taken; /* id → claim */
    struct arena claims, scratch;
    arena_init(&claims);
    arena_init(&scratch);
    map_init(&taken, &claims);
    for (size_t i = 0; i < naming->reserved_count; i++)
        claim_id(&taken, naming->reserved[i], STR("the site itself"));
    for (uint32_t i = 0; i < count; i++) {
        struct outline *document = &documents[i];
        arena_clear(&scratch);
        document->id = str_copy(arena, make_id(&scratch, naming, document));
        struct claim *other = map_get(&taken, document->id);
        if (other) {
            struct str id = next_free(arena, &taken, document->id, other);
            diag_add(diags, DIAG_ERROR, "page-name-taken", (struct place){document->path, 0, 0},
                     "its page would be '%.*s', as that of '%.*s'; it becomes '%.*s': rename one "
                     "of them",
                     STR_ARGS(document->id), STR_ARGS(other->path), STR_ARGS(id));
            document->id = id;
        }
        claim_id(&taken, document->id, document->path);
    }
    arena_release(&scratch);
    arena_release(&claims);
}
