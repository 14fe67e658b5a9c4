#include "cli/build.h"

#include "base/arena.h"
#include "link/catalog.h"
#include "link/web.h"
#include "read/markdown.h"
#include "repo/history.h"
#include "write/assets.h"
#include "write/site.h"

#include <unistd.h>

enum { STATUS_FINE, STATUS_ERRORS, STATUS_NOTHING };

/* What a build holds while it runs. */
struct build {
    const struct options *options;
    struct arena arena;
    struct diags diags;
    struct err err;
    struct snapshot snapshot;
    struct crew crew;
    struct config config;
    struct assets assets;
    struct templates templates;
    struct language language;
    struct publish *publish;
    struct web web;
    struct revisions revisions;
};

/* On a terminal only: what is being done, on a line that the next one replaces. */
static void show(const struct build *build, const char *stage)
{
    if (!build->options->quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", stage);
}

static struct entry *find(const struct snapshot *snapshot, struct str path)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (str_equal(snapshot->entries[i].path, path))
            return &snapshot->entries[i];
    return NULL;
}

static int read_config(struct build *build)
{
    struct str source;
    const struct entry *entry = find(&build->snapshot, STR(CONFIG_PATH));
    config_init(&build->config);
    if (!entry)
        return 0;
    int status =
        snapshot_read(build->crew.workers[0].reader, (size_t)(entry - build->snapshot.entries),
                      LIMIT_FILE_SIZE, &build->arena, &source, &build->err);
    if (status > 0)
        return err_set(&build->err, "'%s' is larger than %d bytes", CONFIG_PATH, LIMIT_FILE_SIZE);
    if (!status)
        config_read(&build->arena, source, &build->config, &build->diags);
    return status;
}

static int open_theme(struct build *build)
{
    const struct options *options = build->options;
    if (assets_open(&build->assets, &build->arena, options->templates, options->theme, &build->err))
        return -1;
    templates_init(&build->templates, &build->arena);
    if (!assets_compile(&build->assets, &build->templates, &build->diags))
        return err_set(&build->err, "the templates cannot be used");
    return language_open(&build->language, &build->arena, &build->assets, build->config.language,
                         &build->diags, &build->err);
}

static int open_content(struct build *build)
{
    const struct options *options = build->options;
    if (snapshot_open(&build->snapshot, &build->arena, &options->snapshot, &build->diags,
                      &build->err))
        return -1;
    if (crew_open(&build->crew, &build->snapshot, options->threads, &build->err))
        return -1;
    return read_config(build);
}

/* When documents changed, by the files that they are made of. */
static void set_history(const struct history *files, struct outline *document)
{
    const uint32_t entries[] = {document->markdown, document->text, document->original};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const struct history *file = entries[i] == NO_ENTRY ? NULL : &files[entries[i]];
        if (!file || !file->last.time)
            continue;
        if (!document->history.last.time || file->first.time < document->history.first.time)
            document->history.first = file->first;
        if (file->last.time > document->history.last.time)
            document->history.last = file->last;
    }
}

/* What changed, besides when. A document that had another name is older than its file. */
static int read_revisions(struct build *build)
{
    struct revisions *revisions = &build->revisions;
    if (build->config.history != HISTORY_FULL)
        return 0;
    if (changes_read(&build->snapshot, &build->arena, &revisions->changes, &build->err))
        return -1;
    revisions_find(revisions, &build->snapshot, build->web.documents, build->web.document_count,
                   &build->arena);
    for (uint32_t i = 0; i < build->web.document_count; i++) {
        struct outline *document = &build->web.documents[i];
        size_t count = revisions->of[i].items.count;
        if (!count || !document->history.last.time)
            continue;
        struct moment oldest =
            revisions->changes.commits.items[revisions->of[i].items.items[count - 1].commit]
                .committed;
        if (oldest.time < document->history.first.time)
            document->history.first = oldest;
    }
    build->web.revisions = revisions;
    return 0;
}

/* A history that can't be read costs the dates of changes, not the site. */
static void read_history(struct build *build)
{
    bool shallow = false;
    struct place place = {.path = STR(".git")};
    if (build->config.history == HISTORY_NONE)
        return;
    struct history *files = arena_new_array(&build->arena, build->snapshot.count, struct history);
    if (history_read(&build->snapshot, &build->arena, files, &shallow, &build->err)) {
        diag_add(&build->diags, DIAG_WARNING, "history-unreadable", place,
                 "%s; pages say nothing of when they changed", build->err.message);
        return;
    }
    for (uint32_t i = 0; i < build->web.document_count; i++)
        set_history(files, &build->web.documents[i]);
    if (read_revisions(build))
        diag_add(&build->diags, DIAG_WARNING, "history-unreadable", place,
                 "%s; there are no pages of what changed", build->err.message);
    if (shallow)
        diag_add(&build->diags, DIAG_WARNING, "history-shallow", place,
                 "the history is cut off here; dates of first changes may be too late");
}

static void link_content(struct build *build)
{
    struct outline *documents;
    struct naming naming = site_naming(&build->language, &build->arena);
    catalog_ignore(&build->snapshot, &build->config);
    uint32_t count = catalog_fill(&build->arena, &build->snapshot, &documents);
    if (count > build->config.limits.files) {
        count = (uint32_t)build->config.limits.files;
        diag_add(&build->diags, DIAG_ERROR, "too-many-files",
                 (struct place){documents[count].path, 0, 0},
                 "more than %u documents; this one and those behind it are left out",
                 (unsigned)count);
    }
    build->crew.limits = &build->config.limits;
    build->crew.fallback_slug = naming.fallback_slug;
    markdown_init();
    web_build(&build->web, &build->crew, documents, count, &naming, &build->arena, &build->diags);
    read_history(build);
}

static void report(const struct build *build, const struct publish_counts *counts)
{
    if (build->options->quiet)
        return;
    printf("%u documents, %u topics, %llu mentions\n", (unsigned)build->web.document_count,
           (unsigned)build->web.topic_count, (unsigned long long)build->web.mention_count);
    printf("%zu files written, %zu unchanged, %zu removed in '%s'\n", counts->written,
           counts->unchanged, counts->removed, build->options->output);
}

static int build_site(struct build *build)
{
    struct publish_counts counts;
    build->publish = publish_open(build->options->output, &build->err);
    if (!build->publish)
        return -1;
    show(build, "reading and linking");
    link_content(build);
    show(build, "rendering and writing");
    site_publish(&build->web, &build->config, &build->language, &build->assets, &build->templates,
                 &build->crew, build->publish, &build->arena, &build->diags);
    if (publish_commit(build->publish, &counts, &build->err))
        return -1;
    show(build, "");
    report(build, &counts);
    return 0;
}

static void close_build(struct build *build)
{
    if (build->publish)
        publish_free(build->publish);
    crew_free(&build->crew);
    snapshot_release(&build->snapshot);
    arena_release(&build->arena);
}

int build_run(const struct options *options)
{
    struct build build = {.options = options};
    arena_init(&build.arena);
    diags_init(&build.diags, &build.arena);
    bool failed = open_content(&build) || open_theme(&build) || build_site(&build);
    if (failed)
        show(&build, "");
    diags_sort(&build.diags);
    diags_print(&build.diags, stderr);
    if (failed)
        fprintf(stderr, "naslag: %s\n", build.err.message);
    bool errors = diags_count(&build.diags, DIAG_ERROR) > 0;
    close_build(&build);
    return failed ? STATUS_NOTHING : errors ? STATUS_ERRORS : STATUS_FINE;
}
