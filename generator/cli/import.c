#include "cli/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "cli/say.h"
#include "cli/settings.h"
#include "cli/shelf.h"
#include "read/charset.h"
#include "read/convert.h"
#include "read/reader.h"
#include "read/recognise.h"
#include "read/text.h"
#include "write/deposit.h"
#include "write/draft.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "sources"

enum { STATUS_FINE, STATUS_LEFT, STATUS_NOTHING };

enum outcome { IMPORT_DONE, IMPORT_KNOWN, IMPORT_FAILED };

enum { FILES_MAX = 3, TRIES = 1000 /* names with a number behind them */ };

/* What an import holds while it runs. */
struct import {
    const struct options *options;
    struct arena arena;
    struct diags diags;
    struct err err;
    struct snapshot snapshot;
    struct shelf shelf;
    bool english;
    size_t counts[3]; /* by outcome */
    size_t drafts;    /* records written */
    struct str last;  /* stem of what was written last */
};

/* A file in hand. */
struct item {
    struct import *import;
    struct arena *arena; /* until the next file */
    const char *path;
    struct str bytes;
    struct conversion conversion;
    struct document document;
    struct stages stages;
    struct draft draft;
    struct likeness likeness;
    size_t characters;
    struct str stem; /* of the source: below the content folder */
    bool record;     /* there is one, which stays as it is */
    struct deposit_file files[FILES_MAX];
    size_t count;
};

/* -- Saying --------------------------------------------------------------------------------------
 */

static void put_line(struct item *item, const char *label, struct str text)
{
    if (item->import->options->quiet)
        return;
    printf("  %-10s ", label);
    say_safely(stdout, text);
    putchar('\n');
}

static enum outcome fail(const struct item *item, const char *message)
{
    fflush(stdout);
    fputs("naslag: ", stderr);
    say_safely(stderr, str_format(item->arena, "'%s' was not imported: %s", item->path, message));
    fputc('\n', stderr);
    return IMPORT_FAILED;
}

static void show_page(uint32_t page, uint32_t pages)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[Kreading page %u of %u from its image\r", (unsigned)page,
                (unsigned)pages);
}

/* A path as the user sees it: from the root of the repository. */
static struct str from_root(const struct item *item, struct str path)
{
    struct str content = item->import->snapshot.content;
    return content.len ? str_format(item->arena, "%.*s/%.*s", STR_ARGS(content), STR_ARGS(path))
                       : path;
}

static void say_what(struct item *item)
{
    const struct conversion *conversion = &item->conversion;
    struct buf text;
    if (item->import->options->quiet)
        return;
    buf_init(&text, item->arena);
    buf_printf(&text, "%s: %s", item->path, format_name(conversion->format));
    if (conversion->pages)
        buf_printf(&text, ", %u page%s", (unsigned)conversion->pages,
                   conversion->pages > 1 ? "s" : "");
    buf_printf(&text, ", %zu characters", item->characters);
    say_safely(stdout, buf_str(&text));
    putchar('\n');
    for (size_t i = 0; i < conversion->remarks.count; i++)
        put_line(item, "note", conversion->remarks.items[i]);
}

/* What the file's properties say is no more than a hint. */
static void say_missing(struct item *item, size_t field)
{
    struct str said = field == DRAFT_TITLE  ? item->draft.said_title
                      : field == DRAFT_DATE ? item->draft.said_date
                                            : (struct str){0};
    const char *name = item->draft.entries[field].name;
    if (said.len)
        put_line(item, name,
                 str_format(item->arena, "not found; the file %s '%.*s'",
                            field == DRAFT_TITLE ? "calls itself" : "was made on", STR_ARGS(said)));
    else
        put_line(item, name, STR("not found"));
}

static void say_field(struct item *item, const struct draft_entry *entry)
{
    const struct evidence *evidence = &entry->evidence;
    struct buf text;
    buf_init(&text, item->arena);
    buf_put(&text, entry->value);
    if (evidence->line)
        buf_printf(&text, " (line %u: %s%s%.*s%s)", (unsigned)evidence->line, evidence->basis,
                   evidence->label.len ? " '" : "", STR_ARGS(evidence->label),
                   evidence->label.len ? "'" : "");
    put_line(item, entry->name, buf_str(&text));
}

static void say_fields(struct item *item)
{
    for (size_t i = 0; i < DRAFT_FIELDS; i++) {
        const struct draft_entry *entry = &item->draft.entries[i];
        if (entry->value.len)
            say_field(item, entry);
        else if (i == DRAFT_TITLE || i == DRAFT_DATE || i == DRAFT_ISSUER)
            say_missing(item, i);
    }
}

/* -- Reading a file ------------------------------------------------------------------------------
 */

static struct str file_name(const char *path)
{
    struct str name = str_from(path);
    return str_from_offset(name, (size_t)(str_find_last(name, '/') + 1));
}

static int read_file(struct item *item, struct err *err)
{
    int status = file_read(item->arena, item->path, &item->bytes, err);
    if (status > 0)
        return err_set(err, "there is no such file");
    if (status)
        return -1;
    convert_show *show = item->import->options->quiet ? NULL : show_page;
    return convert(item->arena, file_name(item->path), item->bytes, show, &item->conversion, err);
}

static int understand(struct item *item, struct err *err)
{
    struct str text;
    struct str name = file_name(item->path);
    if (!charset_decode(item->arena, name, item->conversion.text, &text, NULL))
        return err_set(err, "what was read from it is no text");
    for (size_t i = 0; i < text.len; item->characters++)
        (void)utf8_next(text, &i);
    likeness_of(text, &item->likeness);
    if (!item->likeness.count)
        return err_set(err, "there is no word in it");
    struct text_input input = {name, item->conversion.text, NULL};
    text_read(item->arena, &input, &item->document, &item->stages, NULL);
    draft_fill(item->arena, &item->document, &item->stages, &item->draft);
    item->draft.said_title = draft_clean(item->arena, item->conversion.said_title, DRAFT_VALUE_MAX);
    item->draft.said_date = draft_clean(item->arena, item->conversion.said_date, DRAFT_LABEL_MAX);
    return 0;
}

/* -- Where it goes -------------------------------------------------------------------------------
 */

static struct str with(const struct item *item, struct str stem, const char *extension)
{
    return str_format(item->arena, "%.*s.%s", STR_ARGS(stem), extension);
}

/* The folder of a stem, and the name in it. */
static const char *folder_of(const struct item *item, struct str stem)
{
    size_t slash = (size_t)str_find_last(stem, '/');
    return str_cstring(item->arena, str_slice(stem, 0, slash));
}

static void add_file(struct item *item, const char *extension, struct str bytes)
{
    struct str path = with(item, item->stem, extension);
    struct str name = str_from_offset(path, (size_t)str_find_last(path, '/') + 1);
    item->files[item->count++] = (struct deposit_file){name, bytes};
}

/* The original, where it is another file than the text. */
static void add_original(struct item *item)
{
    const char *extension = format_extension(item->conversion.format);
    struct str path = with(item, item->stem, extension);
    if (item->conversion.format == FORMAT_TEXT)
        return;
    if (shelf_has(&item->import->shelf, path))
        put_line(item, "note",
                 str_format(item->arena, "'%.*s' is there and stays as it is",
                            STR_ARGS(from_root(item, path))));
    else
        add_file(item, extension, item->bytes);
}

/* Whether the name has a number that no source has; the folder may hold what git ignores. */
static bool is_free(const struct item *item, const struct deposit *deposit, struct str name)
{
    const char *extensions[] = {"md", "txt", format_extension(item->conversion.format)};
    struct str stem = str_format(item->arena, FOLDER "/%.*s", STR_ARGS(name));
    bool taken = shelf_has_stem(&item->import->shelf, stem);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        taken = taken || deposit_has(deposit, with(item, name, extensions[i]));
    return !taken;
}

static int choose_name(struct item *item, struct err *err)
{
    struct deposit deposit;
    const char *given = item->import->options->name;
    struct str file = file_name(item->path);
    struct str stem = str_slice(file, 0, (size_t)str_find_last(file, '.'));
    struct str base = given ? str_from(given) : draft_name(item->arena, &item->draft, stem);
    struct str name = base;
    if (deposit_open(&deposit, snapshot_folder(&item->import->snapshot), FOLDER, err))
        return -1;
    bool found = is_free(item, &deposit, name);
    for (unsigned i = 2; !found && !given && i < TRIES; i++) {
        name = str_format(item->arena, "%.*s-%u", STR_ARGS(base), i);
        found = is_free(item, &deposit, name);
    }
    deposit_release(&deposit);
    item->stem = str_format(item->arena, FOLDER "/%.*s", STR_ARGS(name));
    return found ? 0
                 : err_set(err, "there is a source with the name '%.*s' already", STR_ARGS(base));
}

/* The record that the text belongs to: the one that the user names, or the only one that says the
 * same of itself. */
static const struct shelf_record *find_record(struct item *item, const char **same)
{
    const struct shelf *shelf = &item->import->shelf;
    const char *given = item->import->options->name;
    const struct shelf_record *found = NULL;
    for (size_t i = 0; i < shelf->records.count; i++) {
        const struct shelf_record *record = &shelf->records.items[i];
        const char *what =
            given ? NULL : recognise(item->arena, &item->document.meta, &record->meta);
        if (given && str_equal(record->stem, str_format(item->arena, FOLDER "/%s", given)))
            what = "name";
        if (!what)
            continue;
        if (found) {
            put_line(item, "note",
                     str_format(item->arena,
                                "it may belong to '%.*s.md' or '%.*s.md': say which "
                                "with --name",
                                STR_ARGS(from_root(item, found->stem)),
                                STR_ARGS(from_root(item, record->stem))));
            return NULL;
        }
        found = record;
        *same = what;
    }
    return found;
}

/* -- Writing -------------------------------------------------------------------------------------
 */

static void note_written(struct item *item)
{
    struct import *import = item->import;
    const char *folder = folder_of(item, item->stem);
    bool dry = import->options->dry_run;
    for (size_t i = 0; i < item->count; i++) {
        struct str path = str_format(item->arena, "%s/%.*s", folder, STR_ARGS(item->files[i].name));
        shelf_add(&import->shelf, path);
        put_line(item, dry ? "would add" : "added", from_root(item, path));
    }
    import->last = str_copy(&import->arena, item->stem);
}

static enum outcome write_files(struct item *item)
{
    struct deposit deposit;
    struct err err;
    if (!item->import->options->dry_run) {
        int folder = snapshot_folder(&item->import->snapshot);
        int result = deposit_open(&deposit, folder, folder_of(item, item->stem), &err);
        if (!result)
            result = deposit_write(&deposit, item->files, item->count, &err);
        deposit_release(&deposit);
        if (result)
            return fail(item, err.message);
    }
    note_written(item);
    return IMPORT_DONE;
}

static enum outcome write_source(struct item *item)
{
    struct import *import = item->import;
    add_file(item, "txt", item->conversion.text);
    add_original(item);
    if (!item->record)
        add_file(item, "md", draft_record(item->arena, &item->draft, import->english));
    enum outcome outcome = write_files(item);
    if (outcome == IMPORT_DONE) {
        shelf_add_text(&import->shelf, with(item, item->stem, "txt"), &item->likeness);
        import->drafts += !item->record;
    }
    return outcome;
}

/* The text is there, so at most the original is missing. */
static enum outcome complete(struct item *item, const struct shelf_text *text, unsigned share)
{
    item->stem = text->stem;
    put_line(item, "known",
             str_format(item->arena, "%s text is there: %.*s",
                        share == 100 ? "the same" : "nearly the same",
                        STR_ARGS(from_root(item, text->path))));
    add_original(item);
    return item->count ? write_files(item) : IMPORT_KNOWN;
}

/* The record has a text. Where this file is the original from which that was read in another way,
 * it goes beside it; else it is for the user to say which text is right. */
static enum outcome keep_text(struct item *item, const struct shelf_record *record,
                              const char *same, const struct shelf_text *text, unsigned share)
{
    struct err err;
    const char *extension = format_extension(item->conversion.format);
    bool alike = text && share >= LIKENESS_ALIKE && str_equal(text->stem, record->stem);
    bool missing = item->conversion.format != FORMAT_TEXT &&
                   !shelf_has(&item->import->shelf, with(item, record->stem, extension));
    if (alike && missing)
        return complete(item, text, share);
    err_set(&err, "it belongs to '%.*s.md' by its %s, which has another text already",
            STR_ARGS(from_root(item, record->stem)), same);
    return fail(item, err.message);
}

/* Beside the record that it belongs to, or under a name of its own. */
static enum outcome add_source(struct item *item, const struct shelf_record *record,
                               const char *same)
{
    struct err err;
    if (record) {
        item->stem = record->stem;
        item->record = true;
        put_line(item, "belongs to",
                 str_format(item->arena, "%.*s.md, by its %s",
                            STR_ARGS(from_root(item, record->stem)), same));
    } else if (choose_name(item, &err)) {
        return fail(item, err.message);
    }
    return write_source(item);
}

static enum outcome place(struct item *item)
{
    struct err err;
    unsigned share;
    const char *same = NULL;
    const struct shelf *shelf = &item->import->shelf;
    const struct shelf_text *text = shelf_nearest(shelf, &item->likeness, &share);
    if (text && share == 100)
        return complete(item, text, share);
    const struct shelf_record *record = find_record(item, &same);
    if (record && shelf_has(shelf, with(item, record->stem, "txt")))
        return keep_text(item, record, same, text, share);
    if (text && share >= LIKENESS_ALIKE && !item->import->options->similar) {
        err_set(&err, "it is nearly the same (%u %%) as '%.*s'; --similar imports it all the same",
                share, STR_ARGS(from_root(item, text->path)));
        return fail(item, err.message);
    }
    return add_source(item, record, same);
}

static enum outcome import_file(struct import *import, struct arena *arena, const char *path)
{
    struct err err;
    struct item *item = arena_new(arena, struct item);
    item->import = import;
    item->arena = arena;
    item->path = path;
    int result = read_file(item, &err);
    if (!import->options->quiet && isatty(STDERR_FILENO))
        fputs("\033[K", stderr);
    if (result || understand(item, &err))
        return fail(item, err.message);
    say_what(item);
    say_fields(item);
    return place(item);
}

/* -- The whole -----------------------------------------------------------------------------------
 */

static int open_content(struct import *import)
{
    struct config config;
    struct snapshot_options options = import->options->snapshot;
    options.worktree = true;
    if (snapshot_open(&import->snapshot, &import->arena, &options, &import->diags, &import->err))
        return -1;
    settings_read(&config, &import->snapshot, &import->arena, &import->diags);
    import->english = str_equal(config.language, STR("en"));
    return shelf_fill(&import->shelf, &import->snapshot, &import->arena, &import->err);
}

/* The command that works from anywhere in the repository. */
static void say_next(struct import *import)
{
    const char *directory = import->options->snapshot.directory;
    struct str content = import->snapshot.content;
    struct str what = import->counts[IMPORT_DONE] == 1
                          ? str_format(&import->arena, "%.*s.*", STR_ARGS(import->last))
                          : STR(FOLDER);
    if (import->drafts)
        printf("next: complete the record%s, then\n", import->drafts > 1 ? "s" : "");
    else
        puts("next:");
    fputs("  git", stdout);
    if (directory) {
        fputs(" -C ", stdout);
        say_word(stdout, str_from(directory));
    }
    fputs(" add ", stdout);
    say_word(stdout, str_format(&import->arena, ":/%.*s%s%.*s", STR_ARGS(content),
                                content.len ? "/" : "", STR_ARGS(what)));
    putchar('\n');
}

/* What was done, and what to do next. */
static void conclude(struct import *import)
{
    const size_t *counts = import->counts;
    if (import->options->quiet)
        return;
    if (import->options->file_count > 1)
        printf("%zu %s, %zu known already, %zu not imported\n", counts[IMPORT_DONE],
               import->options->dry_run ? "to import" : "imported", counts[IMPORT_KNOWN],
               counts[IMPORT_FAILED]);
    if (import->options->dry_run)
        puts("nothing was written: --dry-run");
    else if (counts[IMPORT_DONE])
        say_next(import);
}

static void import_files(struct import *import)
{
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < import->options->file_count; i++) {
        import->counts[import_file(import, &arena, import->options->files[i])]++;
        arena_clear(&arena);
    }
    arena_release(&arena);
}

int import_run(const struct options *options)
{
    struct import import = {.options = options};
    arena_init(&import.arena);
    diags_init(&import.diags, &import.arena);
    int status = STATUS_NOTHING;
    if (open_content(&import)) {
        fprintf(stderr, "naslag: %s\n", import.err.message);
    } else {
        import_files(&import);
        conclude(&import);
        status = import.counts[IMPORT_FAILED] ? STATUS_LEFT : STATUS_FINE;
    }
    snapshot_release(&import.snapshot);
    arena_release(&import.arena);
    return status;
}
