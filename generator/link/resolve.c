#include "link/resolve.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "link/candidates.h"
#include "link/locator.h"
#include "link/naming.h"
#include "link/twins.h"
#include "read/reader.h"

/* The names of what a folder has for a page. */
static const char *const folder_pages[FOLDER_PAGES] = {"index", "readme"};

/* The headings of one document: index + 1 of the first with a slug. */
struct heading_index {
    struct map exact;
    struct map loose; /* by slug without hyphens: see is_same_slug() */
};

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

static void add_path(struct resolver *resolver, uint32_t index)
{
    candidates_add(&resolver->paths, candidates_plain(resolver->documents[index].path), index);
}

static void add_stem(struct resolver *resolver, uint32_t index)
{
    candidates_add(&resolver->stems, file_name(candidates_plain(resolver->documents[index].path)),
                   index);
}

static void add_title(struct resolver *resolver, uint32_t index)
{
    candidates_add(&resolver->titles, resolver->documents[index].meta.title, index);
}

static void add_names(struct resolver *resolver, uint32_t index)
{
    const struct meta *meta = &resolver->documents[index].meta;
    candidates_add(&resolver->aliases, meta->more->abbreviation, index);
    candidates_add(&resolver->aliases, meta->more->label, index);
    for (size_t i = 0; i < meta->aliases.texts.count; i++)
        candidates_add(&resolver->aliases, meta->aliases.texts.items[i].text, index);
    for (size_t i = 0; i < meta->more->former.texts.count; i++) {
        struct str former = naming_former_path(meta->more->former.texts.items[i].text);
        candidates_add(&resolver->former, former, index);
        candidates_add(&resolver->former, file_name(former), index);
    }
}

static void add_document(struct resolver *resolver, uint32_t index)
{
    add_path(resolver, index);
    add_stem(resolver, index);
    add_title(resolver, index);
    add_names(resolver, index);
}

/* The file name and the folder that it is in. */
static struct str tail_of(struct str path)
{
    struct str folder = folder_of(path);
    return str_from_offset(path, folder.len - file_name(folder).len);
}

/* What a crowd has the same name, the folders tell apart. */
static void add_tails(struct resolver *resolver)
{
    for (size_t i = 0; i < resolver->stems.count; i++) {
        const struct candidates *crowd = resolver->stems.items[i].value;
        for (size_t j = 0; crowd->items.count > CANDIDATES_CROWD && j < crowd->items.count; j++) {
            uint32_t index = crowd->items.items[j];
            candidates_add(&resolver->tails,
                           tail_of(candidates_plain(resolver->documents[index].path)), index);
        }
    }
}

static void note_folder_pages(struct resolver *resolver)
{
    for (size_t i = 0; i < FOLDER_PAGES; i++)
        resolver->has_folder_page[i] = map_get(&resolver->stems, str_from(folder_pages[i]));
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
    size_t extension = path.len - candidates_plain(path).len;
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
        if (!heading->source.len)
            continue;
        loose = map_at(&index->loose, without_hyphens(arena, heading->source));
        *loose = *loose ? *loose : heading;
    }
    return index;
}

static void init_maps(struct arena *arena, struct map *a, struct map *b)
{
    map_init(a, arena);
    map_init(b, arena);
}

void resolver_begin(struct resolver *resolver, struct arena *arena, const struct snapshot *snapshot,
                    const struct outline *documents, uint32_t count)
{
    *resolver = (struct resolver){.snapshot = snapshot, .documents = documents, .count = count};
    init_maps(arena, &resolver->paths, &resolver->stems);
    init_maps(arena, &resolver->aliases, &resolver->former);
    init_maps(arena, &resolver->files, &resolver->names);
    init_maps(arena, &resolver->titles, &resolver->tails);
    resolver->headings = arena_new_array(arena, count, struct heading_index *);
}

static void fill_paths(struct resolver *resolver, struct arena *arena)
{
    map_init(&resolver->paths, arena);
    for (uint32_t i = 0; i < resolver->count; i++)
        add_path(resolver, i);
}

static void fill_stems(struct resolver *resolver, struct arena *arena)
{
    map_init(&resolver->stems, arena);
    for (uint32_t i = 0; i < resolver->count; i++)
        add_stem(resolver, i);
    map_init(&resolver->tails, arena);
    add_tails(resolver);
    note_folder_pages(resolver);
}

static void fill_titles(struct resolver *resolver, struct arena *arena)
{
    map_init(&resolver->titles, arena);
    for (uint32_t i = 0; i < resolver->count; i++) {
        add_title(resolver, i);
        if (resolver->documents[i].headings.count > HEADINGS_SCANNED)
            resolver->headings[i] = index_headings(&resolver->documents[i], arena);
    }
}

static void fill_names(struct resolver *resolver, struct arena *arena)
{
    init_maps(arena, &resolver->aliases, &resolver->former);
    for (uint32_t i = 0; i < resolver->count; i++)
        add_names(resolver, i);
}

static void fill_files(struct resolver *resolver, struct arena *arena)
{
    init_maps(arena, &resolver->files, &resolver->names);
    for (uint32_t i = 0; i < resolver->snapshot->count; i++) {
        struct str path = resolver->snapshot->entries[i].path;
        if (is_document(path))
            continue;
        candidates_add(&resolver->files, path, i);
        candidates_add(&resolver->names, file_name(path), i);
    }
}

void resolver_fill(struct resolver *resolver, unsigned part, struct arena *arena)
{
    static void (*const fill[RESOLVER_PARTS])(struct resolver * resolver, struct arena * arena) = {
        fill_paths, fill_stems, fill_titles, fill_names, fill_files};
    fill[part](resolver, arena);
}

void resolver_init(struct resolver *resolver, struct arena *arena, const struct snapshot *snapshot,
                   const struct outline *documents, uint32_t count)
{
    resolver_begin(resolver, arena, snapshot, documents, count);
    for (unsigned part = 0; part < RESOLVER_PARTS; part++)
        resolver_fill(resolver, part, arena);
}

void resolver_init_kind(struct resolver *resolver, struct arena *arena,
                        const struct snapshot *snapshot, const struct outline *documents,
                        uint32_t count, enum document_kind kind)
{
    resolver_begin(resolver, arena, snapshot, documents, count);
    for (uint32_t i = 0; i < count; i++)
        if (documents[i].kind == kind)
            add_document(resolver, i);
    add_tails(resolver);
    note_folder_pages(resolver);
}

static struct resolution nothing(void)
{
    return (struct resolution){.to = {NO_DOCUMENT, NO_ENTRY, {"", 0}}, .other = NO_DOCUMENT};
}

/* The candidate that says the same as `document` in the language of `from`, or `document`. */
static uint32_t own_twin(const struct twins *twins, const struct candidates *candidates,
                         uint32_t document, uint32_t from)
{
    if (twins->next[document] == document)
        return document;
    uint32_t twin = twins_in(twins, document, twins_language(twins, from));
    for (size_t i = 0; i < candidates->items.count; i++)
        if (candidates->items.items[i] == twin)
            return twin;
    return document;
}

/* The best document, and the second best. */
static struct resolution pick(const struct resolver *resolver, struct arena *scratch,
                              const struct candidates *candidates, struct str folder,
                              struct str suffix)
{
    struct resolution result = nothing();
    uint32_t chosen[2];
    candidates_choose(resolver, scratch, candidates, false, folder, suffix, chosen);
    result.to.document = chosen[0];
    result.other = chosen[1];
    return result;
}

/* `path` as seen from `folder`, without `.` and `..`; data NULL where it leads out. */
static struct str join(struct arena *scratch, struct str folder, struct str path)
{
    struct buf joined;
    if (!folder.len && path.len && path.data[0] != '.' && str_find_char(path, '/') == STR_NONE)
        return path;
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

static bool is_found(const struct resolution *result)
{
    return result->to.document != NO_DOCUMENT || result->to.entry != NO_ENTRY;
}

/* A path from the root: to a document or a file. */
static struct resolution find_path(const struct resolver *resolver, struct arena *scratch,
                                   struct str path)
{
    struct resolution result = nothing();
    if (!path.data)
        return result;
    struct str plain = candidates_plain(path), folded = utf8_fold(scratch, path);
    struct candidates *files = map_get(&resolver->files, folded);
    if (plain.len < path.len)
        folded = utf8_fold(scratch, plain);
    struct candidates *found = map_get(&resolver->paths, folded);
    if (found && !(files && plain.len < path.len))
        return pick(resolver, scratch, found, folder_of(path), STR(""));
    if (files)
        result.to.entry = files->items.items[0];
    return result;
}

/* A path from the root: to the page of a folder. */
static struct resolution find_folder(const struct resolver *resolver, struct arena *scratch,
                                     struct str path)
{
    for (size_t i = 0; path.data && i < FOLDER_PAGES; i++) {
        if (!resolver->has_folder_page[i])
            continue;
        struct str name =
            str_format(scratch, "%.*s%s%s", STR_ARGS(path), path.len ? "/" : "", folder_pages[i]);
        struct candidates *found = look_up(&resolver->paths, scratch, name);
        if (found)
            return pick(resolver, scratch, found, path, STR(""));
    }
    return nothing();
}

/* Part of a path: the file name, with folders before it that must fit; of a document, or else of
 * another file. */
static struct resolution find_suffix(const struct resolver *resolver, struct arena *scratch,
                                     struct str folder, struct str name)
{
    struct str plain = candidates_plain(name), suffix = STR("");
    if (str_find_char(name, '/') != STR_NONE)
        suffix = utf8_fold(scratch, str_format(scratch, "/%.*s", STR_ARGS(plain)));
    struct candidates *stems = look_up(&resolver->stems, scratch, file_name(plain));
    if (stems && stems->items.count > CANDIDATES_CROWD && folder_of(plain).len)
        stems = look_up(&resolver->tails, scratch, tail_of(plain));
    struct resolution result = pick(resolver, scratch, stems, folder, suffix);
    if (is_found(&result))
        return result;
    if (suffix.len)
        suffix = utf8_fold(scratch, str_format(scratch, "/%.*s", STR_ARGS(name)));
    uint32_t chosen[2];
    candidates_choose(resolver, scratch, look_up(&resolver->names, scratch, file_name(name)), true,
                      folder, suffix, chosen);
    if (chosen[0] != NO_DOCUMENT)
        result.to.entry = chosen[0];
    return result;
}

static bool is_relative(struct str path)
{
    return str_starts(path, STR("./")) || str_starts(path, STR("../"));
}

/* What Obsidian takes a path for, in whatever link: one from the root, or the end of one. */
static struct resolution find_file(const struct resolver *resolver, struct arena *scratch,
                                   struct str folder, struct str name)
{
    struct str path = join(scratch, is_relative(name) ? folder : STR(""), name);
    struct resolution result = find_path(resolver, scratch, path);
    if (!is_found(&result) && !is_relative(name) && !str_starts(name, STR("/")))
        result = find_suffix(resolver, scratch, folder, name);
    if (!is_found(&result))
        result = find_folder(resolver, scratch, path);
    return result;
}

/* By a path or a file name that it had, as a link in a document that nobody has touched since. */
static struct resolution find_former(const struct resolver *resolver, struct arena *scratch,
                                     struct str folder, struct str name)
{
    struct str path = join(scratch, is_relative(name) ? folder : STR(""), name);
    if (!resolver->former.count || !path.data)
        return nothing();
    return pick(resolver, scratch, look_up(&resolver->former, scratch, candidates_plain(path)),
                folder, STR(""));
}

/* `from` is the document that the name is used in, or NO_DOCUMENT. */
static struct resolution find_name(const struct resolver *resolver, struct arena *scratch,
                                   uint32_t from, struct str name)
{
    const struct map *const maps[] = {&resolver->titles, &resolver->aliases};
    struct str folder = from == NO_DOCUMENT ? STR("") : folder_of(resolver->documents[from].path);
    struct resolution result = find_file(resolver, scratch, folder, name);
    for (size_t i = 0; i < sizeof maps / sizeof *maps && !is_found(&result); i++) {
        struct candidates *found = look_up(maps[i], scratch, name);
        result = pick(resolver, scratch, found, folder, STR(""));
        if (resolver->twins && from != NO_DOCUMENT && result.to.document != NO_DOCUMENT)
            result.to.document = own_twin(resolver->twins, found, result.to.document, from);
    }
    if (!is_found(&result))
        result = find_former(resolver, scratch, folder, name);
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

/* Whether a heading goes by that slug, but for hyphens: as it is read, or as it is written. */
static bool is_alike(const struct heading *heading, struct str slug)
{
    return is_same_slug(heading->slug, slug) ||
           (heading->source.len && is_same_slug(heading->source, slug));
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
        if (!near && is_alike(heading, slug))
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
        if (!near && is_alike(&document->headings.items[i], slug))
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
    struct locator locator = locator_read(fragment);
    uint32_t heading = follow_headings(resolver, scratch, result->to.document, fragment);
    if (!heading && locator.kind == LOCATOR_PAGES && document->pages.count) {
        bool known;
        result->to.anchor = page_anchor(document, scratch, locator.spans[0].first, &known);
        result->heading_missing = !known;
        return;
    }
    if (heading)
        result->to.anchor = document->headings.items[heading - 1].slug;
    result->heading_missing = !heading;
}

/* The one place in a file that is no document which browsers know: a page of a PDF. */
static void find_file_page(struct arena *scratch, struct str fragment, struct resolution *result)
{
    long page;
    if (result->to.entry != NO_ENTRY && str_starts(fragment, STR("page=")) &&
        str_to_long(str_from_offset(fragment, 5), &page) && page >= 1)
        result->to.anchor = str_format(scratch, "page=%ld", page);
}

struct resolution resolve_name(const struct resolver *resolver, struct arena *scratch,
                               struct str name)
{
    return find_name(resolver, scratch, NO_DOCUMENT, name);
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
        result = find_name(resolver, scratch, from, name);
    if (fragment.data && result.to.document != NO_DOCUMENT)
        find_fragment(resolver, scratch, fragment, &result);
    else if (fragment.data)
        find_file_page(scratch, fragment, &result);
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
    struct str joined = join(scratch, folder, path);
    if (!path.len)
        result.to.document = from;
    else
        result = find_path(resolver, scratch, joined);
    if (!is_found(&result))
        result = find_folder(resolver, scratch, joined);
    bool by_name = !is_found(&result);
    if (by_name)
        result = find_file(resolver, scratch, folder, path);
    if (!is_found(&result))
        result = find_former(resolver, scratch, folder, joined.data ? joined : path);
    result.by_name = by_name;
    if (fragment.data && result.to.document != NO_DOCUMENT)
        find_fragment(resolver, scratch, percent_decode(scratch, fragment), &result);
    else if (fragment.data)
        find_file_page(scratch, fragment, &result);
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

/* The first of the pages or passages that are cited; each must be there, of a range its first. */
static void find_spans(const struct outline *document, struct arena *scratch,
                       const struct locator *locator, struct resolution *result)
{
    for (unsigned i = locator->count; i-- > 0;) {
        uint32_t first = locator->spans[i].first;
        bool known = first <= document->passage_count;
        if (locator->kind == LOCATOR_PASSAGES)
            result->to.anchor = known ? str_format(scratch, "p%u", (unsigned)first) : STR("");
        else
            result->to.anchor = page_anchor(document, scratch, first, &known);
        result->heading_missing |= !known;
    }
}

static void find_locator(const struct resolver *resolver, struct arena *scratch, struct str text,
                         struct resolution *result)
{
    const struct outline *document = &resolver->documents[result->to.document];
    struct locator locator = locator_read(text);
    if (locator.count) {
        find_spans(document, scratch, &locator, result);
        return;
    }
    find_fragment(resolver, scratch, text, result);
    if (result->heading_missing)
        find_beginning(document, document_slug(scratch, text, STR("")), result);
}

static struct resolution find_source(const struct resolver *resolver, struct arena *scratch,
                                     const struct map *names, struct str key)
{
    struct candidates *found = look_up(names, scratch, file_name(key));
    struct candidates sources = {0};
    for (size_t i = 0; found && i < found->items.count && i < PLACES_MAX; i++)
        if (resolver->documents[found->items.items[i]].kind == DOCUMENT_SOURCE)
            *vec_push(&sources.items, scratch) = found->items.items[i];
    return pick(resolver, scratch, &sources, STR(""), STR(""));
}

struct resolution resolve_citation(const struct resolver *resolver, struct arena *scratch,
                                   struct str key, struct str locator)
{
    struct resolution result = find_source(resolver, scratch, &resolver->stems, key);
    if (!is_found(&result) && resolver->former.count)
        result = find_source(resolver, scratch, &resolver->former, key);
    if (result.to.document != NO_DOCUMENT && locator.len)
        find_locator(resolver, scratch, locator, &result);
    return result;
}

struct resolution resolve_link(const struct resolver *resolver, struct arena *scratch,
                               uint32_t from, const struct link *link)
{
    switch (link->kind) {
    case LINK_MARKDOWN:
    case LINK_IMAGE:
        return resolve_path(resolver, scratch, from, link->target);
    case LINK_CITATION:
    case LINK_SOURCE:
        return resolve_citation(resolver, scratch, link->target, link->locator);
    default:
        return resolve_wikilink(resolver, scratch, from, link->target);
    }
}

uint32_t resolver_holder(const struct resolver *resolver, struct arena *scratch, struct str file)
{
    const struct candidates *found = map_get(&resolver->stems, utf8_fold(scratch, file));
    return found && found->items.count == 1 ? found->items.items[0] : NO_DOCUMENT;
}
