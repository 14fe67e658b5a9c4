#include "link/resolve.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "read/reader.h"

struct candidates {
    VEC(uint32_t) items; /* documents or entries, in the order of their paths, each once */
};

/* The headings of one document: index + 1 of the first with a slug. */
struct heading_index {
    struct map exact;
    struct map loose; /* by slug without hyphens: see is_same_slug() */
};

static void add(struct map *map, struct str name, uint32_t candidate)
{
    struct str key = utf8_fold(map->arena, str_trim(name));
    if (!key.len)
        return;
    void **slot = map_at(map, key);
    if (!*slot)
        *slot = arena_new(map->arena, struct candidates);
    struct candidates *candidates = *slot;
    size_t count = candidates->items.count;
    if (!count || candidates->items.items[count - 1] != candidate)
        *vec_push(&candidates->items, map->arena) = candidate;
}

static struct str without_extension(struct str path)
{
    static const struct str extensions[] = {{".md", 3}, {".txt", 4}};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        struct str end = str_from_offset(path, path.len - extensions[i].len);
        if (path.len > extensions[i].len && str_equal_nocase(end, extensions[i]))
            return str_slice(path, 0, path.len - extensions[i].len);
    }
    return path;
}

static struct str file_name(struct str path)
{
    ptrdiff_t slash = str_find_last(path, '/');
    return str_from_offset(path, slash == STR_NONE ? 0 : (size_t)slash + 1);
}

static struct str folder_of(struct str path)
{
    ptrdiff_t slash = str_find_last(path, '/');
    return slash == STR_NONE ? STR("") : str_slice(path, 0, (size_t)slash);
}

static void add_document(struct resolver *resolver, uint32_t index)
{
    const struct outline *document = &resolver->documents[index];
    const struct meta *meta = &document->meta;
    struct str path = without_extension(document->path);
    add(&resolver->paths, path, index);
    add(&resolver->stems, file_name(path), index);
    add(&resolver->titles, meta->title, index);
    add(&resolver->aliases, meta->abbreviation, index);
    add(&resolver->aliases, meta->label, index);
    for (size_t i = 0; i < meta->aliases.texts.count; i++)
        add(&resolver->aliases, meta->aliases.texts.items[i].text, index);
}

static struct str without_hyphens(struct arena *arena, struct str slug)
{
    struct buf plain;
    buf_init(&plain, arena);
    for (size_t i = 0; i < slug.len; i++)
        if (slug.data[i] != '-')
            buf_put_char(&plain, slug.data[i]);
    return buf_str(&plain);
}

/* Whether a file is a document or a part of one: a text outside `sources/` is neither. */
static bool is_document(struct str path)
{
    size_t extension = path.len - without_extension(path).len;
    return extension && (extension == STR(".md").len || str_starts(path, STR("sources/")));
}

static struct heading_index *index_headings(const struct outline *document, struct arena *arena)
{
    struct heading_index *index = arena_new(arena, struct heading_index);
    map_init(&index->exact, arena);
    map_init(&index->loose, arena);
    for (size_t i = 0; i < document->headings.count; i++) {
        struct heading *heading = &document->headings.items[i];
        void **exact = map_at(&index->exact, heading->slug);
        void **loose = map_at(&index->loose, without_hyphens(arena, heading->slug));
        *exact = *exact ? *exact : heading;
        *loose = *loose ? *loose : heading;
    }
    return index;
}

void resolver_init(struct resolver *resolver, struct arena *arena, const struct snapshot *snapshot,
                   const struct outline *documents, uint32_t count)
{
    *resolver = (struct resolver){.snapshot = snapshot, .documents = documents, .count = count};
    struct map *const maps[] = {&resolver->paths,   &resolver->stems, &resolver->titles,
                                &resolver->aliases, &resolver->files, &resolver->names};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        map_init(maps[i], arena);
    resolver->headings = arena_new_array(arena, count, struct heading_index *);
    for (uint32_t i = 0; i < count; i++) {
        add_document(resolver, i);
        if (documents[i].headings.count > HEADINGS_SCANNED)
            resolver->headings[i] = index_headings(&documents[i], arena);
    }
    for (uint32_t i = 0; i < snapshot->count; i++) {
        struct str path = snapshot->entries[i].path;
        if (is_document(path))
            continue;
        add(&resolver->files, path, i);
        add(&resolver->names, file_name(path), i);
    }
}

static size_t depth(struct str path)
{
    size_t depth = 0;
    for (size_t i = 0; i < path.len; i++)
        depth += path.data[i] == '/';
    return depth;
}

/* Whether document `a` is the better guess than `b` for a name used in `folder`. */
static bool is_better(const struct resolver *resolver, struct str folder, uint32_t a, uint32_t b)
{
    struct str path_a = resolver->documents[a].path, path_b = resolver->documents[b].path;
    bool near_a = str_equal(folder_of(path_a), folder),
         near_b = str_equal(folder_of(path_b), folder);
    if (near_a != near_b)
        return near_a;
    return depth(path_a) < depth(path_b);
}

static struct resolution nothing(void)
{
    return (struct resolution){.to = {NO_DOCUMENT, NO_ENTRY, {"", 0}}, .other = NO_DOCUMENT};
}

/* Whether a document's path ends in `suffix`, which was folded, without regard to case. */
static bool ends_alike(const struct resolver *resolver, uint32_t document, struct str suffix,
                       struct arena *scratch)
{
    struct str path = without_extension(resolver->documents[document].path);
    return str_ends(utf8_fold(scratch, path), suffix);
}

/* The best candidate whose path ends in `suffix` (any, where that is empty), and the second best.
 */
static struct resolution pick(const struct resolver *resolver, struct arena *scratch,
                              const struct candidates *candidates, struct str folder,
                              struct str suffix)
{
    struct resolution result = nothing();
    for (size_t i = 0; candidates && i < candidates->items.count; i++) {
        uint32_t candidate = candidates->items.items[i];
        uint32_t *best = &result.to.document;
        if (suffix.len && !ends_alike(resolver, candidate, suffix, scratch))
            continue;
        if (*best == NO_DOCUMENT) {
            *best = candidate;
        } else if (is_better(resolver, folder, candidate, *best)) {
            result.other = *best;
            *best = candidate;
        } else if (result.other == NO_DOCUMENT) {
            result.other = candidate;
        }
    }
    return result;
}

/* `path` as seen from `folder`, without `.` and `..`; data NULL where it leads out. */
static struct str join(struct arena *scratch, struct str folder, struct str path)
{
    struct buf joined;
    buf_init(&joined, scratch);
    if (!str_starts(path, STR("/")))
        buf_put(&joined, folder);
    for (struct str rest = path; rest.data;) {
        struct str part = str_cut(&rest, '/');
        if (!part.len || str_equal(part, STR(".")))
            continue;
        if (str_equal(part, STR(".."))) {
            if (!joined.len)
                return (struct str){NULL, 0};
            joined.len = folder_of(buf_str(&joined)).len;
            continue;
        }
        if (joined.len)
            buf_put_char(&joined, '/');
        buf_put(&joined, part);
    }
    return buf_str(&joined);
}

static struct candidates *look_up(const struct map *map, struct arena *scratch, struct str name)
{
    return map_get(map, utf8_fold(scratch, name));
}

/* A path from the root: to a document, a folder's page, or a file. */
static struct resolution find_path(const struct resolver *resolver, struct arena *scratch,
                                   struct str path)
{
    static const struct str pages[] = {{"", 0}, {"/index", 6}, {"/readme", 7}};
    struct str plain = without_extension(path);
    struct resolution result = nothing();
    if (!path.data)
        return result;
    struct candidates *files = look_up(&resolver->files, scratch, path);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (files && plain.len < path.len)
            break;
        struct str name = plain;
        if (i)
            name = str_format(scratch, "%.*s%.*s", STR_ARGS(plain), STR_ARGS(pages[i]));
        if (!plain.len && i)
            name = str_from_offset(name, 1);
        struct candidates *found = look_up(&resolver->paths, scratch, name);
        if (found)
            return pick(resolver, scratch, found, folder_of(path), STR(""));
    }
    if (files)
        result.to.entry = files->items.items[0];
    return result;
}

/* Part of a path: the file name, with folders before it that must fit. */
static struct resolution find_suffix(const struct resolver *resolver, struct arena *scratch,
                                     struct str folder, struct str name)
{
    struct candidates *stems = look_up(&resolver->stems, scratch, file_name(name));
    struct str suffix = STR("");
    if (str_find_char(name, '/') != STR_NONE)
        suffix = utf8_fold(scratch, str_format(scratch, "/%.*s", STR_ARGS(name)));
    return pick(resolver, scratch, stems, folder, suffix);
}

static bool is_found(const struct resolution *result)
{
    return result->to.document != NO_DOCUMENT || result->to.entry != NO_ENTRY;
}

static struct resolution find_name(const struct resolver *resolver, struct arena *scratch,
                                   struct str folder, struct str name)
{
    struct resolution result = nothing();
    if (str_starts(name, STR("./")) || str_starts(name, STR("../")))
        return find_path(resolver, scratch, join(scratch, folder, name));
    result = find_path(resolver, scratch, join(scratch, STR(""), name));
    if (!is_found(&result))
        result = find_suffix(resolver, scratch, folder, without_extension(name));
    if (!is_found(&result))
        result =
            pick(resolver, scratch, look_up(&resolver->titles, scratch, name), folder, STR(""));
    if (!is_found(&result))
        result =
            pick(resolver, scratch, look_up(&resolver->aliases, scratch, name), folder, STR(""));
    if (!is_found(&result)) {
        struct candidates *names = look_up(&resolver->names, scratch, file_name(name));
        if (names)
            result.to.entry = names->items.items[0];
    }
    return result;
}

/* Equal but for hyphens: `a--b` as GitHub has it, `ab` for "a/b". */
static bool is_same_slug(struct str a, struct str b)
{
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.len && a.data[i] == '-')
            i++;
        while (j < b.len && b.data[j] == '-')
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (a.data[i] != b.data[j])
            return false;
    }
}

/* Whether a heading has that slug, or would have if an earlier one had not taken it. */
static bool has_slug(struct arena *scratch, const struct heading *heading, struct str slug)
{
    if (str_equal(heading->slug, slug))
        return true;
    return str_starts(heading->slug, slug) && heading->slug.data[slug.len] == '-' &&
           str_equal(document_slug(scratch, heading->text, STR("")), slug);
}

/* The first heading with that slug below the heading `above`, both as index + 1; 0: none. */
static uint32_t find_below(const struct outline *document, struct arena *scratch, struct str slug,
                           uint32_t above)
{
    uint32_t near = 0;
    for (uint32_t i = above; i < document->headings.count && i - above < PLACES_MAX; i++) {
        const struct heading *heading = &document->headings.items[i];
        uint32_t parent = heading->parent;
        while (parent > above)
            parent = document->headings.items[parent - 1].parent;
        if (parent != above)
            break;
        if (has_slug(scratch, heading, slug))
            return i + 1;
        if (!near && is_same_slug(heading->slug, slug))
            near = i + 1;
    }
    return near;
}

/* A heading without a letter or digit has no slug of its own: it goes by its text. */
static uint32_t find_text(const struct outline *document, struct str text)
{
    for (uint32_t i = 0; text.len && i < document->headings.count && i < PLACES_MAX; i++)
        if (str_equal(document->headings.items[i].text, text))
            return i + 1;
    return 0;
}

/* The first heading with that slug anywhere, as index + 1; 0: none. */
static uint32_t find_heading(const struct resolver *resolver, struct arena *scratch, uint32_t index,
                             struct str slug)
{
    const struct outline *document = &resolver->documents[index];
    const struct heading_index *headings = resolver->headings[index];
    uint32_t near = 0;
    if (headings) {
        struct heading *found = map_get(&headings->exact, slug);
        if (!found)
            found = map_get(&headings->loose, without_hyphens(scratch, slug));
        return found ? (uint32_t)(found - document->headings.items) + 1 : 0;
    }
    for (uint32_t i = 0; i < document->headings.count; i++) {
        if (str_equal(document->headings.items[i].slug, slug))
            return i + 1;
        if (!near && is_same_slug(document->headings.items[i].slug, slug))
            near = i + 1;
    }
    return near;
}

/* `Heading#Subheading` as index + 1; 0: none. */
static uint32_t follow_headings(const struct resolver *resolver, struct arena *scratch,
                                uint32_t index, struct str fragment)
{
    const struct outline *document = &resolver->documents[index];
    uint32_t heading = 0;
    for (struct str rest = fragment; rest.data;) {
        struct str part = str_trim(str_cut(&rest, '#'));
        struct str slug = document_slug(scratch, part, STR(""));
        if (!part.len)
            continue;
        if (!slug.len)
            heading = find_text(document, part);
        else if (heading)
            heading = find_below(document, scratch, slug, heading);
        else
            heading = find_heading(resolver, scratch, index, slug);
        if (!heading)
            break;
    }
    return heading;
}

/* `p12`: a passage. */
static bool is_passage(const struct outline *document, struct str fragment)
{
    long number;
    return str_starts(fragment, STR("p")) && str_to_long(str_from_offset(fragment, 1), &number) &&
           number >= 1 && number <= (long)document->passage_count;
}

/* The number in a locator such as `p. 3`, `pp. 3-5`, `blz. 3`; 0 where it is none. */
static uint32_t locator_page(struct str locator)
{
    static const struct str words[] = {{"pp.", 3}, {"pag.", 4}, {"blz.", 4}, {"p.", 2}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_equal_nocase(str_slice(locator, 0, words[i].len), words[i]))
            continue;
        struct str rest = str_trim(str_from_offset(locator, words[i].len));
        size_t digits = 0;
        long page;
        while (digits < rest.len && digits < 6 && str_is_digit(rest.data[digits]))
            digits++;
        return str_to_long(str_slice(rest, 0, digits), &page) ? (uint32_t)page : 0;
    }
    return 0;
}

/* Where a page begins; inside a stretch of several pages: where that begins. `*known` becomes
 * whether the document has that page, as far as it tells of pages at all. */
static struct str page_anchor(const struct outline *document, struct arena *scratch, uint32_t page,
                              bool *known)
{
    const struct page_start *best = NULL;
    uint32_t last = 0;
    for (size_t i = 0; i < document->pages.count && i < PLACES_MAX; i++) {
        const struct page_start *start = &document->pages.items[i];
        if (start->page <= page && (!best || start->page > best->page))
            best = start;
        if (start->last > last)
            last = start->last;
    }
    *known = !last || (best && page <= last);
    if (!best || !*known)
        return STR("");
    if (best->passage)
        return str_format(scratch, "p%u", (unsigned)best->passage);
    return str_format(scratch, "page.%u", (unsigned)best->page);
}

/* `^id`: the passage that the block is or begins with. */
static void find_block(const struct outline *document, struct arena *scratch, struct str id,
                       struct resolution *result)
{
    id = utf8_fold(scratch, str_trim(id));
    for (size_t i = 0; i < document->block_ids.count && i < PLACES_MAX; i++)
        if (str_equal(document->block_ids.items[i].id, id)) {
            result->to.anchor =
                str_format(scratch, "p%u", (unsigned)document->block_ids.items[i].passage);
            return;
        }
    result->heading_missing = true;
}

static void find_fragment(const struct resolver *resolver, struct arena *scratch,
                          struct str fragment, struct resolution *result)
{
    const struct outline *document = &resolver->documents[result->to.document];
    fragment = str_trim(fragment);
    if (!fragment.len)
        return;
    if (fragment.data[0] == '^') {
        find_block(document, scratch, str_from_offset(fragment, 1), result);
        return;
    }
    if (is_passage(document, fragment)) {
        result->to.anchor = str_copy(scratch, fragment);
        return;
    }
    uint32_t page = locator_page(fragment);
    uint32_t heading = follow_headings(resolver, scratch, result->to.document, fragment);
    if (!heading && page && document->pages.count) {
        bool known;
        result->to.anchor = page_anchor(document, scratch, page, &known);
        result->heading_missing = !known;
        return;
    }
    if (heading)
        result->to.anchor = document->headings.items[heading - 1].slug;
    result->heading_missing = !heading;
}

struct resolution resolve_wikilink(const struct resolver *resolver, struct arena *scratch,
                                   uint32_t from, struct str target)
{
    struct str fragment = target;
    struct str name = str_trim(str_cut(&fragment, '#'));
    struct resolution result = nothing();
    if (!name.len)
        result.to.document = from;
    else
        result = find_name(resolver, scratch, folder_of(resolver->documents[from].path), name);
    if (fragment.data && result.to.document != NO_DOCUMENT)
        find_fragment(resolver, scratch, fragment, &result);
    return result;
}

static int hex(char c)
{
    c = str_lower(c);
    if (str_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str percent_decode(struct arena *scratch, struct str text)
{
    struct buf decoded;
    if (str_find_char(text, '%') == STR_NONE)
        return text;
    buf_init(&decoded, scratch);
    for (size_t i = 0; i < text.len; i++) {
        bool code = text.data[i] == '%' && i + 2 < text.len && hex(text.data[i + 1]) >= 0 &&
                    hex(text.data[i + 2]) >= 0;
        if (!code) {
            buf_put_char(&decoded, text.data[i]);
            continue;
        }
        buf_put_char(&decoded, (char)(hex(text.data[i + 1]) * 16 + hex(text.data[i + 2])));
        i += 2;
    }
    return utf8_repair(scratch, buf_str(&decoded));
}

struct resolution resolve_path(const struct resolver *resolver, struct arena *scratch,
                               uint32_t from, struct str target)
{
    struct str fragment = target;
    struct str query = str_cut(&fragment, '#');
    struct str path = percent_decode(scratch, str_cut(&query, '?'));
    struct str folder = folder_of(resolver->documents[from].path);
    struct resolution result = nothing();
    if (!path.len)
        result.to.document = from;
    else
        result = find_path(resolver, scratch, join(scratch, folder, path));
    if (fragment.data && result.to.document != NO_DOCUMENT)
        find_fragment(resolver, scratch, percent_decode(scratch, fragment), &result);
    return result;
}

/* A section may be cited by the first words of its title. */
static void find_beginning(const struct outline *document, struct str slug,
                           struct resolution *result)
{
    for (size_t i = 0; slug.len && i < document->headings.count && i < PLACES_MAX; i++) {
        struct str heading = document->headings.items[i].slug;
        if (heading.len <= slug.len || !str_starts(heading, slug) || heading.data[slug.len] != '-')
            continue;
        result->to.anchor = heading;
        result->heading_missing = false;
        return;
    }
}

static void find_locator(const struct resolver *resolver, struct arena *scratch, struct str locator,
                         struct resolution *result)
{
    const struct outline *document = &resolver->documents[result->to.document];
    uint32_t page = locator_page(locator);
    if (page) {
        bool known;
        result->to.anchor = page_anchor(document, scratch, page, &known);
        result->heading_missing = !known;
        return;
    }
    if (str_starts(locator, STR("¶"))) {
        struct str number = str_trim(str_from_offset(locator, STR("¶").len));
        locator = str_format(scratch, "p%.*s", STR_ARGS(number));
    }
    find_fragment(resolver, scratch, locator, result);
    if (result->heading_missing)
        find_beginning(document, document_slug(scratch, locator, STR("")), result);
}

struct resolution resolve_citation(const struct resolver *resolver, struct arena *scratch,
                                   struct str key, struct str locator)
{
    struct candidates *stems = look_up(&resolver->stems, scratch, file_name(key));
    struct candidates sources = {0};
    for (size_t i = 0; stems && i < stems->items.count; i++)
        if (resolver->documents[stems->items.items[i]].kind == DOCUMENT_SOURCE)
            *vec_push(&sources.items, scratch) = stems->items.items[i];
    struct resolution result = pick(resolver, scratch, &sources, STR(""), STR(""));
    if (result.to.document != NO_DOCUMENT && locator.len)
        find_locator(resolver, scratch, locator, &result);
    return result;
}

struct str resolver_suggest(const struct resolver *resolver, struct arena *scratch,
                            struct str target)
{
    struct str fragment = target;
    struct str name = str_trim(str_cut(&fragment, '#'));
    struct str *names = arena_new_array(scratch, (size_t)resolver->count * 2, struct str);
    for (uint32_t i = 0; i < resolver->count; i++) {
        names[2 * i] = resolver->documents[i].meta.title;
        names[2 * i + 1] = reader_stem(resolver->documents[i].path);
    }
    return str_nearest(name, names, (size_t)resolver->count * 2);
}
