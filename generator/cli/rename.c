#include "cli/rename.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cli/project.h"
#include "cli/say.h"
#include "link/catalog.h"
#include "link/relink.h"
#include "link/repair.h"
#include "link/way.h"
#include "read/frontmatter.h"
#include "read/reader.h"
#include "write/deposit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_FINE, STATUS_NOTHING = 2 };

enum { PATHS_SAID = 20 /* in the git command: more are no help to read */ };

/* What the title of the document that moves comes from. */
enum title_place { TITLE_FIELD, TITLE_HEADING, TITLE_FILE, TITLE_TEXT };

/* What names the document and is not rewritten. */
struct left {
    struct str path; /* from the root of the repository */
    uint32_t line;
    struct str name;
};

struct renaming {
    struct project project;
    struct arena *arena; /* the project's */
    struct str content;  /* the content folder, as an absolute path with `/` at its end */
    struct str current;  /* the folder that the user is in, likewise */
    bool from_current;   /* OLD is a path from there */
    uint32_t document;
    struct str stem;  /* the new path, without an extension */
    struct str title; /* what the document is called then */
    bool retitled;    /* the title is to be written anew, too */
    enum title_place title_place;
    struct relink relink;
    VEC(struct deposit_change) changes;
    size_t links, files; /* links that were rewritten, and in how many files */
    VEC(struct left) left;
};

static struct err *err_of(struct renaming *renaming)
{
    return &renaming->project.err;
}

/* -- Paths ---------------------------------------------------------------------------------------
 */

static struct str without_extension(struct str path)
{
    static const struct str known[] = {{".md", 3}, {".txt", 4}, {".pdf", 4}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (path.len > known[i].len && str_ends(path, known[i]))
            return str_slice(path, 0, path.len - known[i].len);
    return path;
}

static struct str with_slash(struct arena *arena, const char *path)
{
    return str_format(arena, "%s%s", path, path[0] && path[strlen(path) - 1] == '/' ? "" : "/");
}

static int find_folders(struct renaming *renaming)
{
    char link[64], real[PATH_MAX + 1];
    const char *directory = renaming->project.options->snapshot.directory;
    snprintf(link, sizeof link, "/proc/self/fd/%d", snapshot_folder(&renaming->project.snapshot));
    if (!realpath(link, real))
        return err_set(err_of(renaming), "cannot find the content folder");
    renaming->content = with_slash(renaming->arena, real);
    if (!realpath(directory ? directory : ".", real))
        return err_set(err_of(renaming), "cannot find the current folder");
    renaming->current = with_slash(renaming->arena, real);
    return 0;
}

/* Without `.` and `..`; data NULL where the path leads above `/`. */
static struct str clean(struct arena *arena, struct str path)
{
    struct buf out;
    buf_init(&out, arena);
    bool folder = str_ends(path, STR("/"));
    while (path.data) {
        struct str part = str_cut(&path, '/');
        if (!part.len || str_equal(part, STR(".")))
            continue;
        if (str_equal(part, STR(".."))) {
            ptrdiff_t slash = str_find_last(buf_str(&out), '/');
            if (slash == STR_NONE)
                return (struct str){NULL, 0};
            out.len = (size_t)slash;
            continue;
        }
        buf_put_char(&out, '/');
        buf_put(&out, part);
    }
    if (folder)
        buf_put_char(&out, '/');
    return buf_str(&out);
}

/* A path from the current folder as one below the content folder; data NULL where it is not. */
static struct str from_current(const struct renaming *renaming, struct str path)
{
    struct str whole =
        clean(renaming->arena, path.len && path.data[0] == '/'
                                   ? path
                                   : str_format(renaming->arena, "%.*s%.*s",
                                                STR_ARGS(renaming->current), STR_ARGS(path)));
    if (!whole.data || !str_starts(whole, renaming->content))
        return (struct str){NULL, 0};
    return str_from_offset(whole, renaming->content.len);
}

static struct str from_content(const struct renaming *renaming, struct str path)
{
    struct str whole = clean(renaming->arena, str_format(renaming->arena, "/%.*s", STR_ARGS(path)));
    return whole.data ? str_from_offset(whole, 1) : whole;
}

/* -- Which document ------------------------------------------------------------------------------
 */

static bool is_called(const struct renaming *renaming, const struct outline *document,
                      struct str path)
{
    const struct entry *entries = renaming->project.snapshot.entries;
    const uint32_t files[] = {document->markdown, document->text, document->original};
    if (str_equal(without_extension(document->path), path))
        return true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] != NO_ENTRY && str_equal(entries[files[i]].path, path))
            return true;
    return false;
}

static uint32_t find_path(const struct renaming *renaming, struct str path)
{
    const struct web *web = &renaming->project.web;
    for (uint32_t i = 0; path.len && i < web->document_count; i++)
        if (is_called(renaming, &web->documents[i], path))
            return i;
    return NO_DOCUMENT;
}

static int say_both(struct renaming *renaming, struct str name, uint32_t a, uint32_t b)
{
    const struct outline *documents = renaming->project.web.documents;
    return err_set(err_of(renaming), "'%.*s' is both '%.*s' and '%.*s': give the path of one",
                   STR_ARGS(name), STR_ARGS(documents[a].path), STR_ARGS(documents[b].path));
}

static struct str without_brackets(struct str name)
{
    bool link = str_starts(name, STR("[[")) && str_ends(name, STR("]]")) && name.len > 4;
    return str_trim(link ? str_slice(name, 2, name.len - 4) : name);
}

static int find_name(struct renaming *renaming, struct str name)
{
    const struct resolver *resolver = &renaming->project.web.resolver;
    name = without_brackets(name);
    struct resolution found = resolve_name(resolver, renaming->arena, name);
    if (found.to.document == NO_DOCUMENT && found.to.entry != NO_ENTRY)
        return err_set(err_of(renaming), "'%.*s' is no document: git mv moves it", STR_ARGS(name));
    if (found.to.document == NO_DOCUMENT) {
        struct repair repair;
        repair_init(&repair, resolver);
        struct str near = repair_suggest_name(&repair, name);
        repair_release(&repair);
        return near.len
                   ? err_set(err_of(renaming), "nothing is called '%.*s'; did you mean '%.*s'?",
                             STR_ARGS(name), STR_ARGS(near))
                   : err_set(err_of(renaming), "nothing is called '%.*s'", STR_ARGS(name));
    }
    if (found.other != NO_DOCUMENT)
        return say_both(renaming, name, found.to.document, found.other);
    renaming->document = found.to.document;
    return 0;
}

static int find_old(struct renaming *renaming, struct str old)
{
    uint32_t content = find_path(renaming, from_content(renaming, old));
    uint32_t current = find_path(renaming, from_current(renaming, old));
    if (content != NO_DOCUMENT && current != NO_DOCUMENT && content != current)
        return say_both(renaming, old, content, current);
    renaming->from_current = current != NO_DOCUMENT && content == NO_DOCUMENT;
    renaming->document = content != NO_DOCUMENT ? content : current;
    return renaming->document != NO_DOCUMENT ? 0 : find_name(renaming, old);
}

/* -- What it becomes -----------------------------------------------------------------------------
 */

static const struct outline *outline_of(const struct renaming *renaming)
{
    return &renaming->project.web.documents[renaming->document];
}

static bool is_slug(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!str_is_digit(name.data[i]) && name.data[i] != '-' && name.data[i] != '_' &&
            !(name.data[i] >= 'a' && name.data[i] <= 'z'))
            return false;
    return name.len;
}

static bool is_folder(const struct renaming *renaming, struct str path)
{
    const struct snapshot *snapshot = &renaming->project.snapshot;
    for (size_t i = 0; i < snapshot->folder_count; i++)
        if (snapshot->folders[i].len && str_equal(snapshot->folders[i], path))
            return true;
    return false;
}

/* Where a path begins: at the current folder where OLD did, or where it says so. */
static struct str place_new(const struct renaming *renaming, struct str path)
{
    bool relative = str_starts(path, STR("./")) || str_starts(path, STR("../"));
    struct str above = STR("");
    if (str_starts(renaming->content, renaming->current))
        above = str_from_offset(renaming->content, renaming->current.len);
    if (renaming->from_current || relative || path.data[0] == '/' ||
        (above.len && str_starts(path, above)))
        return from_current(renaming, path);
    return from_content(renaming, path);
}

static void set_path(struct renaming *renaming, struct str path)
{
    struct str folder = path;
    struct str name = reader_stem(outline_of(renaming)->path);
    if (str_ends(folder, STR("/")))
        folder.len--;
    if (folder.len < path.len || is_folder(renaming, path) || !path.len)
        renaming->stem = str_format(renaming->arena, "%.*s%s%.*s", STR_ARGS(folder),
                                    folder.len ? "/" : "", STR_ARGS(name));
    else
        renaming->stem = without_extension(path);
}

/* What no file system of an editor's takes, or no wikilink, is left out of a file's name. */
static struct str file_name_of(struct arena *arena, struct str title)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < title.len; i++)
        if ((unsigned char)title.data[i] >= ' ' && !strchr("<>:\"\\|?*#[]^", title.data[i]))
            buf_put_char(&out, title.data[i]);
    return str_trim(buf_str(&out));
}

/* A name in small letters is the file's; any other is the title, and the file is called after it in
 * the manner in which it was called before. */
static void set_name(struct renaming *renaming, struct str name)
{
    struct str path = outline_of(renaming)->path, file = name;
    if (!is_slug(name)) {
        renaming->title = name;
        renaming->retitled = true;
        file = is_slug(reader_stem(path)) ? utf8_slug(renaming->arena, name)
                                          : file_name_of(renaming->arena, name);
    }
    renaming->stem =
        str_format(renaming->arena, "%.*s%.*s", STR_ARGS(way_folder(path)), STR_ARGS(file));
}

static int check_stem(struct renaming *renaming)
{
    const struct outline *document = outline_of(renaming);
    for (struct str rest = renaming->stem; rest.data;) {
        struct str part = str_cut(&rest, '/');
        bool sound = part.len && part.data[0] != '.' && utf8_valid_length(part) == part.len;
        for (size_t i = 0; i < part.len; i++)
            sound = sound && (unsigned char)part.data[i] >= ' ' && part.data[i] != 0x7F;
        if (!sound)
            return err_set(err_of(renaming), "'%.*s' cannot be the name of a file or folder",
                           STR_ARGS(part));
    }
    bool files = document->text != NO_ENTRY || document->original != NO_ENTRY;
    if (files && !str_starts(renaming->stem, STR("sources/")))
        return err_set(err_of(renaming),
                       "the text and original of '%.*s' belong in 'sources/': it stays there",
                       STR_ARGS(document->path));
    return 0;
}

/* Of a source no file may be there that would become a part of it. */
static int check_free(struct renaming *renaming)
{
    const struct snapshot *snapshot = &renaming->project.snapshot;
    bool source = str_starts(renaming->stem, STR("sources/"));
    for (uint32_t i = 0; i < snapshot->count; i++) {
        struct str path = snapshot->entries[i].path;
        bool same = source || str_ends(path, STR(".md"))
                        ? str_equal(without_extension(path), renaming->stem)
                        : false;
        if (same && !relink_moves(&renaming->relink, i))
            return err_set(err_of(renaming), "'%.*s' is there already", STR_ARGS(path));
    }
    return 0;
}

static int find_new(struct renaming *renaming, struct str new)
{
    bool path = str_find_char(new, '/') != STR_NONE || without_extension(new).len < new.len;
    struct str place = new.len ? place_new(renaming, new) : STR("");
    if (!new.len)
        return err_set(err_of(renaming), "the new name is empty");
    if (path && !place.data)
        return err_set(err_of(renaming), "'%.*s' is not in the content folder", STR_ARGS(new));
    if (path || (place.data && is_folder(renaming, place)))
        set_path(renaming, place);
    else
        set_name(renaming, without_brackets(new));
    return check_stem(renaming);
}

/* -- The title -----------------------------------------------------------------------------------
 */

static int read_source(struct renaming *renaming, uint32_t entry, struct str *out)
{
    struct project *project = &renaming->project;
    int status =
        snapshot_read(project->crew.workers[0].reader, entry, project->config.limits.file_size,
                      renaming->arena, out, &project->err);
    return status > 0 ? err_set(&project->err, "'%.*s' is too large",
                                STR_ARGS(project->snapshot.entries[entry].path))
                      : status;
}

static int find_title(struct renaming *renaming)
{
    struct project *project = &renaming->project;
    const struct outline *document = outline_of(renaming);
    struct str source = STR("");
    struct meta meta = {0};
    if (document->markdown != NO_ENTRY && read_source(renaming, document->markdown, &source))
        return -1;
    meta_read(renaming->arena, document->path, source, &meta, NULL);
    const struct document *read =
        crew_get(&project->crew, &project->crew.workers[0], document, renaming->arena);
    renaming->title_place = meta.title.len               ? TITLE_FIELD
                            : document->text != NO_ENTRY ? TITLE_TEXT
                            : reader_title_node(read)    ? TITLE_HEADING
                                                         : TITLE_FILE;
    if (renaming->title_place == TITLE_FILE)
        renaming->title =
            reader_stem(str_format(renaming->arena, "%.*s.md", STR_ARGS(renaming->stem)));
    else if (!renaming->retitled)
        renaming->title = document->meta.title;
    else if (renaming->title_place == TITLE_TEXT)
        return err_set(err_of(renaming), "'%.*s' has no field 'title' to change; add one first",
                       STR_ARGS(document->path));
    return 0;
}

/* `# Title`, the first line of the text. */
static bool set_heading(struct renaming *renaming, struct str source, struct str *out)
{
    struct meta meta;
    struct arena *arena = renaming->arena;
    meta_read(arena, STR(""), source, &meta, NULL);
    for (struct str rest = str_from_offset(source, meta.body_offset), line;
         (line = str_line(&rest)).data;) {
        if (!str_trim(line).len)
            continue;
        size_t start = (size_t)(line.data - source.data);
        if (!str_starts(line, STR("# ")))
            return false;
        struct document document;
        *out =
            str_format(arena, "%.*s# %.*s%.*s", (int)start, source.data, STR_ARGS(renaming->title),
                       (int)(source.len - start - line.len), line.data + line.len);
        struct reader_input input = {.path = outline_of(renaming)->path,
                                     .markdown = *out,
                                     .fallback_slug = renaming->project.crew.fallback_slug};
        reader_read(arena, &input, &document, NULL);
        return str_equal(document.meta.title, renaming->title);
    }
    return false;
}

static int set_title(struct renaming *renaming, struct str *source)
{
    bool done = true;
    if (!renaming->retitled || str_equal(renaming->title, outline_of(renaming)->meta.title))
        return 0;
    if (renaming->title_place == TITLE_FIELD)
        done = frontmatter_title(renaming->arena, *source, renaming->title, source);
    else if (renaming->title_place == TITLE_HEADING)
        done = set_heading(renaming, *source, source);
    return done
               ? 0
               : err_set(err_of(renaming), "the title of '%.*s' cannot be changed; change it first",
                         STR_ARGS(outline_of(renaming)->path));
}

/* -- The plan ------------------------------------------------------------------------------------
 */

/* A path as the user sees it: from the root of the repository. */
static struct str from_root(const struct renaming *renaming, struct str path)
{
    struct str content = renaming->project.snapshot.content;
    return content.len ? str_format(renaming->arena, "%.*s/%.*s", STR_ARGS(content), STR_ARGS(path))
                       : path;
}

static void say_change(const struct renaming *renaming, struct str path, uint32_t line,
                       struct str old, struct str new)
{
    if (renaming->project.options->quiet)
        return;
    say_safely(stdout, from_root(renaming, path));
    if (line)
        printf(":%u", (unsigned)line);
    fputs(": ", stdout);
    say_safely(stdout, old);
    fputs(" → ", stdout);
    say_safely(stdout, new);
    putchar('\n');
}

static bool add_name(struct renaming *renaming, struct str *source, const char *key,
                     struct str name)
{
    struct str old = *source;
    if (!frontmatter_add(renaming->arena, old, key, name, source))
        return false;
    if (!str_equal(old, *source))
        say_change(renaming, outline_of(renaming)->path, 0, str_from(key), name);
    return true;
}

/* What the moved document says of its past: its old address, and the title that it had. */
static int add_past(struct renaming *renaming, struct str *source)
{
    const struct outline *document = outline_of(renaming);
    struct str old = without_extension(document->path);
    bool fine = true;
    if (!str_equal(renaming->title, document->meta.title))
        fine = add_name(renaming, source, "aliases", document->meta.title);
    if (fine && !str_equal(old, renaming->stem))
        fine = add_name(renaming, source, "redirect_from", old);
    return fine ? 0
                : err_set(err_of(renaming),
                          "the front matter of '%.*s' cannot take the old name; mend it first",
                          STR_ARGS(document->path));
}

static void plan_change(struct renaming *renaming, uint32_t entry, struct str old, struct str new)
{
    struct deposit_change change = {.path = renaming->project.snapshot.entries[entry].path,
                                    .to = relink_path(&renaming->relink, entry)};
    if (!str_equal(old, new)) {
        change.old = old;
        change.new = new;
    }
    if (change.old.data || !str_equal(change.path, change.to))
        *vec_push(&renaming->changes, renaming->arena) = change;
}

static int plan_document(struct renaming *renaming, uint32_t index)
{
    struct relink_changes changes = {0};
    const struct outline *document = &renaming->project.web.documents[index];
    struct str source, out;
    if (document->markdown == NO_ENTRY)
        return 0;
    if (read_source(renaming, document->markdown, &source) ||
        relink_document(&renaming->relink, index, source, &out, &changes, err_of(renaming)))
        return -1;
    if (index == renaming->document && (set_title(renaming, &out) || add_past(renaming, &out)))
        return -1;
    for (size_t i = 0; i < changes.items.count; i++)
        say_change(renaming, document->path, changes.items.items[i].line,
                   changes.items.items[i].old, changes.items.items[i].new);
    renaming->links += changes.items.count;
    renaming->files += changes.items.count > 0;
    plan_change(renaming, document->markdown, source, out);
    return 0;
}

/* -- The menu and the README of the repository ---------------------------------------------------
 */

/* What the entry of a menu becomes; data NULL where it stays. A title goes on as an alias, and a
 * page's address as one that leads on. */
static struct str menu_target(const struct renaming *renaming, struct str url)
{
    const struct web *web = &renaming->project.web;
    struct str anchored = url;
    struct str stem = without_extension(str_cut(&anchored, '#'));
    struct str path = without_extension(outline_of(renaming)->path);
    struct resolution found = resolve_wikilink(&web->resolver, renaming->arena, 0, url);
    bool named = str_equal_nocase(stem, path) || str_equal_nocase(stem, reader_stem(path));
    if (!named || found.to.document != renaming->document || str_equal(path, renaming->stem))
        return (struct str){NULL, 0};
    return str_format(renaming->arena, "%.*s%.*s", STR_ARGS(renaming->stem),
                      STR_ARGS(str_from_offset(url, stem.len)));
}

/* Puts `new` for `old` where the value begins, between quotes or not. False where it is written in
 * another way. */
static bool put_value(struct arena *arena, struct str source, const struct menu_entry *entry,
                      struct str new, struct str *out)
{
    struct str rest = source, line = str_line(&rest);
    for (uint32_t number = 1; line.data && number < entry->url_line; number++)
        line = str_line(&rest);
    if (!line.data || entry->url_column > line.len)
        return false;
    size_t at = (size_t)(line.data - source.data) + entry->url_column - 1;
    at += source.data[at] == '"' || source.data[at] == '\'';
    if (!str_starts(str_from_offset(source, at), entry->url))
        return false;
    *out = str_format(arena, "%.*s%.*s%.*s", (int)at, source.data, STR_ARGS(new),
                      STR_ARGS(str_from_offset(source, at + entry->url.len)));
    return true;
}

static void plan_menu(struct renaming *renaming, const struct config *config, struct str *source)
{
    for (size_t i = 0; i < config->menu.count; i++) {
        const struct menu_entry *entry = &config->menu.items[i];
        struct str new = menu_target(renaming, entry->url);
        if (!new.data)
            continue;
        if (put_value(renaming->arena, *source, entry, new, source)) {
            say_change(renaming, STR(CONFIG_PATH), entry->url_line, entry->url, new);
            renaming->links++;
        } else
            *vec_push(&renaming->left, renaming->arena) =
                (struct left){from_root(renaming, STR(CONFIG_PATH)), entry->url_line, entry->url};
    }
}

static void plan_menus(struct renaming *renaming)
{
    const struct project *project = &renaming->project;
    struct str path = STR(CONFIG_PATH), source = project->settings;
    size_t links = renaming->links;
    plan_menu(renaming, &project->config, &source);
    for (size_t i = 0; i < project->config.words.count; i++)
        plan_menu(renaming, project->config.words.items[i].config, &source);
    if (renaming->links == links)
        return;
    renaming->files++;
    *vec_push(&renaming->changes, renaming->arena) =
        (struct deposit_change){.path = path, .to = path, .old = project->settings, .new = source};
}

/* The README beside the content folder is none of the site's documents. */
static void look_at_readme(struct renaming *renaming)
{
    struct str content = renaming->project.snapshot.content, bytes, line;
    struct str old = from_root(renaming, outline_of(renaming)->path);
    struct err err;
    uint32_t number = 0;
    struct str root =
        str_slice(renaming->content, 0, renaming->content.len - content.len - (content.len > 0));
    struct str path = str_format(renaming->arena, "%.*sREADME.md", STR_ARGS(root));
    if (!content.len || str_equal(outline_of(renaming)->path, renaming->stem) ||
        file_read(renaming->arena, str_cstring(renaming->arena, path), &bytes, &err))
        return;
    while ((line = str_line(&bytes)).data) {
        number++;
        if (str_find(line, old) != STR_NONE)
            *vec_push(&renaming->left, renaming->arena) =
                (struct left){STR("README.md"), number, old};
    }
}

/* Files that move come last, so that whoever is stopped in the middle can ask for the same again.
 */
static void order_changes(struct renaming *renaming)
{
    size_t count = renaming->changes.count, next = 0;
    struct deposit_change *ordered =
        arena_new_array(renaming->arena, count + 1, struct deposit_change);
    for (int moving = 0; moving < 2; moving++)
        for (size_t i = 0; i < count; i++) {
            const struct deposit_change *change = &renaming->changes.items[i];
            if (str_equal(change->path, change->to) == !moving)
                ordered[next++] = *change;
        }
    renaming->changes.items = ordered;
}

static int plan(struct renaming *renaming)
{
    const struct web *web = &renaming->project.web;
    relink_init(&renaming->relink, renaming->arena, web, renaming->document, renaming->stem,
                renaming->title);
    if (check_free(renaming))
        return -1;
    if (!str_equal(renaming->title, outline_of(renaming)->meta.title))
        say_change(renaming, outline_of(renaming)->path, 0, outline_of(renaming)->meta.title,
                   renaming->title);
    for (uint32_t i = 0; i < web->document_count; i++)
        if ((i == renaming->document || relink_wants(&renaming->relink, i)) &&
            plan_document(renaming, i))
            return -1;
    for (uint32_t i = 0; i < web->snapshot->count; i++)
        if (relink_moves(&renaming->relink, i) && i != outline_of(renaming)->markdown)
            plan_change(renaming, i, STR(""), STR(""));
    plan_menus(renaming);
    look_at_readme(renaming);
    order_changes(renaming);
    return 0;
}

/* -- Saying --------------------------------------------------------------------------------------
 */

static void say_path(const struct renaming *renaming, struct str path)
{
    putchar(' ');
    say_word(stdout, str_format(renaming->arena, ":/%.*s", STR_ARGS(from_root(renaming, path))));
}

static void say_git(const struct renaming *renaming)
{
    const char *directory = renaming->project.options->snapshot.directory;
    fputs(" git", stdout);
    if (directory) {
        fputs(" -C ", stdout);
        say_word(stdout, str_from(directory));
    }
}

/* The command that works from anywhere in the repository. */
static void say_next(const struct renaming *renaming)
{
    struct str old = without_extension(outline_of(renaming)->path);
    fputs("next:\n ", stdout);
    say_git(renaming);
    fputs(" add --all --", stdout);
    if (renaming->changes.count > PATHS_SAID)
        say_path(renaming, STR(""));
    for (size_t i = 0; i < renaming->changes.count && renaming->changes.count <= PATHS_SAID; i++) {
        const struct deposit_change *change = &renaming->changes.items[i];
        say_path(renaming, change->path);
        if (!str_equal(change->path, change->to))
            say_path(renaming, change->to);
    }
    fputs(" &&", stdout);
    say_git(renaming);
    fputs(" commit -m ", stdout);
    say_word(stdout, str_format(renaming->arena, "Rename %.*s to %.*s", STR_ARGS(old),
                                STR_ARGS(renaming->stem)));
    putchar('\n');
}

static void conclude(const struct renaming *renaming)
{
    const struct options *options = renaming->project.options;
    if (options->quiet)
        return;
    for (size_t i = 0; i < renaming->changes.count; i++) {
        const struct deposit_change *change = &renaming->changes.items[i];
        if (!str_equal(change->path, change->to))
            say_change(renaming, change->path, 0, STR("the file"), from_root(renaming, change->to));
    }
    printf("%zu %s in %zu %s\n", renaming->links, renaming->links == 1 ? "link" : "links",
           renaming->files, renaming->files == 1 ? "file" : "files");
    for (size_t i = 0; i < renaming->left.count; i++) {
        const struct left *left = &renaming->left.items[i];
        say_safely(stdout, left->path);
        printf(":%u: not changed: it names '", (unsigned)left->line);
        say_safely(stdout, left->name);
        puts("'");
    }
    if (outline_of(renaming)->markdown == NO_ENTRY)
        puts("the old address does not lead on: there is no record to say so");
    if (options->dry_run)
        puts("nothing was written: --dry-run");
    else
        say_next(renaming);
}

static int run(struct renaming *renaming)
{
    struct project *project = &renaming->project;
    const struct options *options = project->options;
    renaming->arena = &project->arena;
    project_link(project);
    if (find_folders(renaming) || find_old(renaming, str_from(options->files[0])) ||
        find_new(renaming, str_from(options->files[1])) || find_title(renaming) || plan(renaming))
        return -1;
    if (!renaming->changes.count)
        return err_set(&project->err, "'%s' is called so already", options->files[0]);
    if (!options->dry_run &&
        deposit_change(snapshot_folder(&project->snapshot), renaming->changes.items,
                       renaming->changes.count, &project->err))
        return -1;
    conclude(renaming);
    return 0;
}

int rename_run(const struct options *options)
{
    struct renaming renaming = {0};
    bool failed = project_open(&renaming.project, options) || run(&renaming);
    if (failed) {
        fflush(stdout);
        fprintf(stderr, "naslag: %s\n", renaming.project.err.message);
    }
    project_release(&renaming.project);
    return failed ? STATUS_NOTHING : STATUS_FINE;
}
