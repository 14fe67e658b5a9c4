#include "cli/new.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "link/catalog.h"
#include "read/markdown.h"
#include "read/reader.h"
#include "write/assets.h"
#include "write/deposit.h"
#include "write/disk.h"
#include "write/draft.h"
#include "write/escape.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STATUS_FINE, STATUS_NOTHING = 2 };

enum {
    TITLE_MAX = 200,             /* bytes: a longer one is no name but a sentence */
    TEMPLATE_SIZE_MAX = 1 << 20, /* bytes of the user's own: it is made by hand */
};

/* A kind of document: what it is called, and its folder. */
static const struct kind {
    const char *name, *folder;
} kinds[DOCUMENT_KINDS] = {
    [DOCUMENT_TOPIC] = {"topic", "topics"},
    [DOCUMENT_SOURCE] = {"source", "sources"},
    [DOCUMENT_NOTE] = {"note", "notes"},
};

struct new
{
    const struct options *options;
    const struct kind *kind;
    struct arena arena;
    struct diags diags; /* of the content: a build says them */
    struct err *err;
    struct snapshot snapshot;
    struct config config;
    struct str title, slug;
};

/* -- The name ------------------------------------------------------------------------------------
 */

static bool has_control(struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t code_point = utf8_next(text, &i);
        if (code_point < ' ' || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
            code_point == 0x2029)
            return true;
    }
    return false;
}

/* The words together, as of a query: whoever forgets the quotes means the same. */
static int read_name(struct new *new)
{
    struct buf words;
    buf_init(&words, &new->arena);
    for (size_t i = 0; i < new->options->file_count; i++) {
        if (i)
            buf_put_char(&words, ' ');
        buf_put_cstring(&words, new->options->files[i]);
    }
    struct str text = buf_str(&words);
    if (text.len > TITLE_MAX)
        return err_set(new->err, "the name is longer than %d bytes", TITLE_MAX);
    if (utf8_valid_length(text) < text.len || has_control(text))
        return err_set(new->err, "'%.*s' is not text on one line", STR_ARGS(text));
    new->title = draft_clean(&new->arena, text, TITLE_MAX);
    new->slug = utf8_slug(&new->arena, new->title);
    if (!new->slug.len)
        return err_set(new->err, "there is no letter or digit in '%.*s'", STR_ARGS(text));
    return 0;
}

/* -- What is there already -----------------------------------------------------------------------
 */

/* A path from the root of the repository. */
static struct str from_root(struct new *new, struct str path)
{
    struct str content = new->snapshot.content;
    return content.len ? str_format(&new->arena, "%.*s/%.*s", STR_ARGS(content), STR_ARGS(path))
                       : path;
}

/* Whether a document in the folder would have the same page. A text without a record, of just this
 * name, is what the record is wanted for. */
static int check_files(struct new *new)
{
    struct str folder = str_format(&new->arena, "%s/", new->kind->folder);
    for (size_t i = 0; i < new->snapshot.count; i++) {
        struct str path = new->snapshot.entries[i].path;
        struct str name = str_from_offset(path, folder.len);
        struct str stem = reader_stem(name);
        bool markdown = str_ends(name, STR(".md"));
        if (!str_starts(path, folder) || str_find_char(name, '/') != STR_NONE ||
            !(markdown || str_ends(name, STR(".txt"))) || (!markdown && str_equal(stem, new->slug)))
            continue;
        if (str_equal(utf8_slug(&new->arena, stem), new->slug))
            return err_set(new->err, "'%.*s' is there already", STR_ARGS(from_root(new, path)));
    }
    return 0;
}

static bool is_name(struct new *new, struct str name)
{
    return str_equal(utf8_fold(&new->arena, name), utf8_fold(&new->arena, new->title));
}

/* Whether a topic's document gives it the name. */
static bool has_name(struct new *new, const struct meta *meta)
{
    if (is_name(new, meta->title) || is_name(new, meta->more->abbreviation))
        return true;
    for (size_t i = 0; i < meta->aliases.texts.count; i++)
        if (is_name(new, meta->aliases.texts.items[i].text))
            return true;
    return false;
}

static bool is_topic(const struct outline *document, const struct meta *meta)
{
    return meta->more->type.len ? str_equal_nocase(meta->more->type, STR("topic"))
                                : document->kind == DOCUMENT_TOPIC;
}

/* Reads a document as far as it must be to know its names. Of one that can't be read a build tells.
 */
static bool names_it(struct new *new, struct snapshot_reader *reader, struct arena *scratch,
                     const struct outline *outline)
{
    struct document document;
    struct meta meta;
    struct err err;
    struct reader_input input = {.path = outline->path};
    if (outline->markdown == NO_ENTRY ||
        snapshot_read(reader, outline->markdown, new->config.limits.file_size, scratch,
                      &input.markdown, &err))
        return false;
    meta_read(scratch, outline->path, input.markdown, &meta, NULL);
    if (!is_topic(outline, &meta))
        return false;
    reader_read(scratch, &input, &document, NULL);
    return has_name(new, &document.meta);
}

static int check_topics(struct new *new)
{
    struct outline *documents;
    struct arena scratch;
    int result = 0;
    struct snapshot_reader *reader = snapshot_reader_open(&new->snapshot, new->err);
    if (!reader)
        return -1;
    markdown_init();
    arena_init(&scratch);
    catalog_ignore(&new->snapshot, &new->config);
    uint32_t count = catalog_fill(&new->arena, &new->snapshot, &documents);
    for (uint32_t i = 0; !result && i < count; i++) {
        if (names_it(new, reader, &scratch, &documents[i]))
            result = err_set(new->err, "the topic in '%.*s' has the name '%.*s' already",
                             STR_ARGS(from_root(new, documents[i].path)), STR_ARGS(new->title));
        arena_clear(&scratch);
    }
    arena_release(&scratch);
    snapshot_reader_free(reader);
    return result;
}

/* -- The text ------------------------------------------------------------------------------------
 */

/* The user's own template. Returns 1 where there is none. */
static int read_own(struct new *new, struct str *out)
{
    const char *name = str_cstring(&new->arena, str_format(&new->arena, "%s.md", new->kind->name));
    int content = snapshot_folder(&new->snapshot);
    int own = disk_open_folder(content, ".naslag");
    int folder = own < 0 ? -1 : disk_open_folder(own, "new");
    int result = folder < 0 ? (errno == ENOENT ? 1 : -1)
                            : disk_read(&new->arena, folder, name, TEMPLATE_SIZE_MAX, out);
    if (result < 0)
        err_set(new->err, "cannot read the template '.naslag/new/%s': %s", name,
                disk_reason(errno));
    if (folder >= 0)
        disk_close(folder);
    if (own >= 0)
        disk_close(own);
    return result;
}

static int read_template(struct new *new, struct str *out)
{
    struct assets assets;
    int status = read_own(new, out);
    if (status <= 0)
        return status;
    if (assets_open(&assets, &new->arena, NULL, NULL, new->err))
        return -1;
    const struct asset *asset =
        assets_find(&assets, str_format(&new->arena, "skeleton/new/%.*s/%s.md",
                                        STR_ARGS(new->config.language), new->kind->name));
    *out = asset->content;
    return 0;
}

/* Whether a text can stand in YAML without quotes and be text to every reader of YAML. */
static bool is_plain(struct str text)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
    size_t at = 0;
    if (!utf8_is_letter(utf8_next(text, &at)))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (strchr(":#\"\\{}[],&*!|>%@`", text.data[i]))
            return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_nocase(text, str_from(words[i])))
            return false;
    return true;
}

static struct str today(struct arena *arena)
{
    char text[sizeof "-2147483648-12-31"];
    time_t now = time(NULL);
    struct tm day = {0};
    localtime_r(&now, &day);
    size_t len = strftime(text, sizeof text, "%Y-%m-%d", &day);
    return str_copy(arena, (struct str){text, len});
}

/* Above the body stands the front matter, in which a title is YAML. */
static size_t find_body(struct new *new, struct str template)
{
    struct meta meta;
    meta_read(&new->arena, STR(""), template, &meta, NULL);
    return meta.body_offset;
}

static struct str fill(struct new *new, struct str template)
{
    struct buf out;
    struct str title = STR("{{title}}"), date = STR("{{date}}");
    size_t body = find_body(new, template);
    buf_init(&out, &new->arena);
    for (size_t i = 0; i < template.len;) {
        struct str rest = str_from_offset(template, i);
        if (str_starts(rest, title)) {
            if (i < body && !is_plain(new->title))
                escape_yaml(&out, new->title);
            else
                buf_put(&out, new->title);
            i += title.len;
        } else if (str_starts(rest, date)) {
            buf_put(&out, today(&new->arena));
            i += date.len;
        } else {
            buf_put_char(&out, template.data[i++]);
        }
    }
    return buf_str(&out);
}

/* -- The whole -----------------------------------------------------------------------------------
 */

/* The path as a program takes it that is started here: from the current folder where the file lies
 * in that, else whole. */
static void say_path(struct new *new, struct str path)
{
    struct str whole =
        str_format(&new->arena, "%s%.*s", snapshot_root(&new->snapshot), STR_ARGS(path));
    char *current = getcwd(arena_text(&new->arena, PATH_MAX), PATH_MAX);
    struct str here = current ? str_format(&new->arena, "%s/", current) : whole;
    say_safely(stdout, str_starts(whole, here) ? str_from_offset(whole, here.len) : whole);
    putchar('\n');
}

static int write_file(struct new *new, struct str bytes)
{
    struct deposit deposit;
    struct deposit_file file = {str_format(&new->arena, "%.*s.md", STR_ARGS(new->slug)), bytes};
    if (catalog_is_index(file.name))
        return err_set(new->err, "'%.*s' is the page of a folder, and no name for a document",
                       STR_ARGS(new->title));
    int result =
        deposit_open(&deposit, snapshot_folder(&new->snapshot), new->kind->folder, new->err);
    if (!result)
        result = deposit_write(&deposit, &file, 1, new->err);
    deposit_release(&deposit);
    if (!result)
        say_path(new, from_root(new, str_format(&new->arena, "%s/%.*s", new->kind->folder,
                                                STR_ARGS(file.name))));
    return result;
}

static int begin(struct new *new)
{
    struct str template;
    struct snapshot_options options = new->options->snapshot;
    options.worktree = true;
    if (read_name(new) ||
        snapshot_open(&new->snapshot, &new->arena, &options, &new->diags, new->err))
        return -1;
    settings_read(&new->config, &new->snapshot, &new->arena, &new->diags);
    if (check_files(new) || (new->options->kind == DOCUMENT_TOPIC &&check_topics(new)) ||
        read_template(new, &template))
        return -1;
    return write_file(new, fill(new, template));
}

int new_run(const struct options *options)
{
    struct err err;
    struct new new = {.options = options, .kind = &kinds[options->kind], .err = &err};
    arena_init(&new.arena);
    diags_init(&new.diags, &new.arena);
    int result = begin(&new);
    if (result) {
        fputs("naslag: ", stderr);
        say_safely(stderr, str_from(err.message));
        fputc('\n', stderr);
    }
    snapshot_release(&new.snapshot);
    arena_release(&new.arena);
    return result ? STATUS_NOTHING : STATUS_FINE;
}
