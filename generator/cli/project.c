#include "cli/project.h"

#include "base/identity.h"

#include "link/catalog.h"
#include "read/markdown.h"
#include "repo/history.h"
#include "write/site.h"

#include <stdlib.h>

static int read_config(struct project *project)
{
    size_t entry = 0;
    config_init(&project->config);
    if (!snapshot_find(&project->snapshot, STR(CONFIG_PATH), &entry))
        return 0;
    int status = snapshot_read(project->crew.workers[0].reader, entry, LIMIT_FILE_SIZE,
                               &project->arena, &project->settings, &project->err);
    if (status > 0)
        return err_set(&project->err, "'%s' is larger than %d bytes", CONFIG_PATH, LIMIT_FILE_SIZE);
    if (!status)
        config_read(&project->arena, project->settings, &project->config, &project->diags);
    return status;
}

static int open_theme(struct project *project)
{
    const struct options *options = project->options;
    if (assets_open(&project->assets, &project->arena, options->templates, options->theme,
                    &project->err))
        return -1;
    templates_init(&project->templates, &project->arena);
    if (!assets_compile(&project->assets, &project->templates, &project->diags))
        return err_set(&project->err, "the templates cannot be used");
    for (uint32_t i = 0; i < project->config.language_count; i++)
        if (language_open(&project->languages[i], &project->arena, &project->assets,
                          project->config.languages[i], &project->diags, &project->err))
            return -1;
    return 0;
}

/* Where the user's programs keep what they can make again (XDG Base Directory Specification). */
static const char *cache_folder(struct arena *arena)
{
    const char *caches = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (caches && *caches == '/')
        return str_cstring(arena, str_format(arena, "%s/naslag", caches));
    if (home && *home == '/')
        return str_cstring(arena, str_format(arena, "%s/.cache/naslag", home));
    return NULL;
}

void project_open_cache(struct project *project)
{
    const struct options *options = project->options;
    if (project->crew.cache)
        return;
    const char *folder = options->cache ? options->cache : cache_folder(&project->arena);
    if (!options->no_cache && folder)
        project->crew.cache = cache_open(folder, project->crew.count, CACHE_SIZE_MAX);
}

/* What pass 1 goes by besides documents. */
static struct digest identify(const struct project *project)
{
    const struct limits *limits = &project->config.limits;
    struct arena scratch;
    struct buf bytes;
    arena_init(&scratch);
    buf_init(&bytes, &scratch);
    buf_put_cstring(&bytes, identity_of_program);
    buf_put(&bytes, project->crew.fallback_slug);
    buf_printf(&bytes, " %llu %llu", (unsigned long long)limits->file_size,
               (unsigned long long)limits->links_per_page);
    struct digest digest = digest_of(buf_str(&bytes));
    arena_release(&scratch);
    return digest;
}

static int open_content(struct project *project)
{
    const struct options *options = project->options;
    if (snapshot_open(&project->snapshot, &project->arena, &options->snapshot, &project->diags,
                      &project->err))
        return -1;
    if (crew_open(&project->crew, &project->snapshot, options->threads, &project->err))
        return -1;
    return read_config(project);
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
static void find_revisions(struct project *project)
{
    struct revisions *revisions = &project->revisions;
    struct web *web = &project->web;
    revisions_find(revisions, &project->snapshot, web->documents, web->document_count,
                   &project->arena);
    for (uint32_t i = 0; i < web->document_count; i++) {
        struct history *history = &web->documents[i].history;
        size_t count = revisions->of[i].items.count;
        if (!count || !history->last.time)
            continue;
        uint32_t oldest = revisions->of[i].items.items[count - 1].commit;
        struct moment first = revisions->changes.commits.items[oldest].committed;
        if (first.time < history->first.time)
            history->first = first;
    }
    web->revisions = revisions;
}

static void read_past(void *context, struct worker *worker)
{
    struct project *project = context;
    struct project_past *out = &project->past;
    arena_init(&out->arena);
    struct history *files = arena_new_array(&out->arena, project->snapshot.count, struct history);
    struct past *past = past_open(&project->snapshot, project->crew.cache, worker->number,
                                  &worker->keep, &out->err);
    out->unreadable = !past || history_read(past, &out->arena, files, &out->shallow, &out->err);
    out->changes_unreadable =
        out->unreadable ||
        (project->config.history == HISTORY_FULL &&
         changes_read(past, &worker->keep, &project->revisions.changes, &out->err));
    past_close(past);
    out->files = files;
    out->is_read = true;
}

static void set_dates(struct project *project)
{
    struct place place = {.path = STR(".git")};
    for (uint32_t i = 0; i < project->web.document_count; i++)
        set_history(project->past.files, &project->web.documents[i]);
    if (project->past.shallow)
        diag_add(&project->diags, DIAG_WARNING, "history-shallow", place,
                 "the history is cut off here; dates of first changes may be too late");
}

void project_expect_history(struct project *project)
{
    if (project->config.history != HISTORY_NONE)
        project->crew.beside = (struct beside){read_past, project};
}

/* A history that can't be read costs the dates of changes, not the site. */
void project_read_history(struct project *project)
{
    struct place place = {.path = STR(".git")};
    struct project_past *past = &project->past;
    if (project->config.history == HISTORY_NONE)
        return;
    if (!past->is_read)
        read_past(project, &project->crew.workers[0]);
    if (!past->unreadable)
        set_dates(project);
    if (past->unreadable)
        diag_add(&project->diags, DIAG_WARNING, "history-unreadable", place,
                 "%s; pages say nothing of when they changed", past->err.message);
    else if (past->changes_unreadable)
        diag_add(&project->diags, DIAG_WARNING, "history-unreadable", place,
                 "%s; there are no pages of what changed", past->err.message);
    else if (project->config.history == HISTORY_FULL)
        find_revisions(project);
    arena_release(&past->arena);
}

void project_link(struct project *project)
{
    struct outline *documents;
    struct naming naming =
        site_naming(project->languages, project->config.language_count, &project->arena);
    catalog_ignore(&project->snapshot, &project->config);
    uint32_t count = catalog_fill(&project->arena, &project->snapshot, &documents);
    if (count > project->config.limits.files) {
        count = (uint32_t)project->config.limits.files;
        diag_add(&project->diags, DIAG_ERROR, "too-many-files",
                 (struct place){documents[count].path, 0, 0},
                 "more than %u documents; this one and those behind it are left out",
                 (unsigned)count);
    }
    project->crew.limits = &project->config.limits;
    project->crew.fallback_slug = naming.fallback_slug;
    project->crew.language = project->config.language;
    project->crew.identity = identify(project);
    project_open_cache(project);
    markdown_init();
    web_build(&project->web, &project->crew, documents, count, &naming, &project->arena,
              &project->diags);
}

struct site_source project_source(struct project *project)
{
    return (struct site_source){&project->web,    &project->config,    project->languages,
                                &project->assets, &project->templates, &project->crew};
}

int project_open(struct project *project, const struct options *options)
{
    *project = (struct project){.options = options};
    arena_init(&project->arena);
    diags_init(&project->diags, &project->arena);
    return open_content(project) || open_theme(project) ? -1 : 0;
}

void project_release(struct project *project)
{
    cache_close(project->crew.cache);
    project->crew.cache = NULL;
    crew_free(&project->crew);
    snapshot_release(&project->snapshot);
    arena_release(&project->past.arena);
    arena_release(&project->arena);
}
