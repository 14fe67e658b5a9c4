#include "cli/serve.h"

#include "base/process.h"
#include "cli/box.h"
#include "cli/build.h"
#include "cli/project.h"
#include "cli/server.h"
#include "cli/watch.h"
#include "write/escape.h"
#include "write/made_of.h"
#include "write/scratch.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    PING_SECONDS = 15,        /* after which a page that is gone is noticed */
    DIAGNOSTICS_SHOWN = 200,  /* on pages; all are on the terminal */
    FOLDERS_WATCHED = 100000, /* more than most systems let a user watch */
    GIVEN_UP_MAX = 5          /* in a row: pages that nobody looks at must not wait for ever */
};

enum { MADE, GIVEN_UP };

struct serving {
    struct options options; /* with the folder that the site goes to */
    struct arena arena;
    struct assets carried; /* what the program carries, without the user's theme */
    struct watch *watch;
    struct server *server;
    unsigned builds;
    unsigned given_up;   /* since the last that was not */
    struct digest told;  /* the diagnostics that were printed last */
    struct digest theme; /* of the program and the theme, as they could be read last */
    bool warned;         /* that not all folders are watched */
    bool made;           /* the site, once */
};

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* What pages are told. */

/* The page of each document by the paths of its files. */
static void map_pages(const struct project *project, struct arena *arena, struct map *pages)
{
    const struct web *web = &project->web;
    map_init(pages, arena);
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *document = &web->documents[i];
        const uint32_t files[] = {document->markdown, document->text, document->original};
        for (size_t f = 0; f < sizeof files / sizeof *files; f++)
            if (files[f] != NO_ENTRY)
                *map_at(pages, project->snapshot.entries[files[f]].path) = (void *)document;
    }
}

static void put_member(struct buf *out, const char *name, struct str text)
{
    buf_printf(out, "\"%s\":", name);
    escape_json(out, text);
    buf_put_char(out, ',');
}

static void put_diagnostic(struct buf *out, const struct diag *diag, const struct map *pages)
{
    const struct outline *document = map_get(pages, diag->place.path);
    buf_put_char(out, '{');
    put_member(out, "path", diag->place.path);
    put_member(out, "severity", str_from(severity_name(diag->severity)));
    put_member(out, "code", str_from(diag->code));
    put_member(out, "message", diag->message);
    if (document)
        put_member(out, "page", str_format(pages->arena, "%.*s.html", STR_ARGS(document->id)));
    buf_printf(out, "\"line\":%u,\"column\":%u}", (unsigned)diag->place.line,
               (unsigned)diag->place.column);
}

/* `whole`: nothing more comes of this build. `failure` is NULL where the site was made. */
static void announce(struct serving *serving, struct project *project, bool whole,
                     const char *failure)
{
    struct arena arena;
    struct map pages;
    struct buf out;
    const struct diags *diags = &project->diags;
    size_t shown = diags->count < DIAGNOSTICS_SHOWN ? diags->count : DIAGNOSTICS_SHOWN;
    arena_init(&arena);
    buf_init(&out, &arena);
    map_pages(project, &arena, &pages);
    buf_put_char(&out, '{');
    if (failure)
        put_member(&out, "failure", str_from(failure));
    buf_put_cstring(&out, "\"theme\":\"");
    digest_put_hex(&out, serving->theme);
    buf_printf(&out, "\",\"build\":%u,\"whole\":%s,\"count\":%zu,\"diagnostics\":[",
               serving->builds, whole ? "true" : "false", diags->count);
    for (size_t i = 0; i < shown; i++) {
        if (i)
            buf_put_char(&out, ',');
        put_diagnostic(&out, &diags->items[i], &pages);
    }
    buf_put_cstring(&out, "],\"explanations\":");
    box_put_explanations(&out, &serving->carried, project->languages,
                         project->config.language_count, diags->items, shown);
    buf_put_char(&out, '}');
    server_announce(serving->server, buf_str(&out));
    arena_release(&arena);
}

/* Watching. */

static void watch(struct serving *serving, const char *path, const char *only, bool *new)
{
    int result = watch_folder(serving->watch, path, only);
    *new |= result > 0;
    if (result < 0 && !only && !serving->warned) {
        fprintf(stderr, "naslag: cannot watch '%s': save another file to have it noticed\n", path);
        serving->warned = true;
    }
}

/* Where the repository is, and where the content folder would come back. Git notes each commit in
 * `logs`, which the first one makes. */
static void watch_repository(struct serving *serving, const struct snapshot *snapshot,
                             struct arena *arena, bool *new)
{
    const char *git = snapshot_repository(snapshot);
    const char *above =
        str_cstring(arena, str_format(arena, "/proc/self/fd/%d/..", snapshot_folder(snapshot)));
    struct str name = snapshot->content;
    for (struct str rest = name; rest.data;)
        name = str_cut(&rest, '/');
    watch(serving, git, "HEAD", new);
    watch(serving, git, "logs", new);
    watch(serving, str_cstring(arena, str_format(arena, "%slogs", git)), "HEAD", new);
    if (name.len)
        watch(serving, above, str_cstring(arena, name), new);
}

/* Watches all that the site is made of. Returns whether there was something new to watch: what
 * changed in it since it was listed, nobody saw. */
static bool watch_all(struct serving *serving, const struct project *project)
{
    const struct snapshot *snapshot = &project->snapshot;
    struct arena arena;
    bool new = false;
    arena_init(&arena);
    for (size_t i = 0; i < snapshot->folder_count && i < FOLDERS_WATCHED; i++) {
        arena_clear(&arena);
        struct str path = str_format(&arena, "/proc/self/fd/%d/%.*s", snapshot_folder(snapshot),
                                     STR_ARGS(snapshot->folders[i]));
        watch(serving, str_cstring(&arena, path), NULL, &new);
    }
    for (size_t i = 0; i < project->assets.folders.count; i++)
        watch(serving, project->assets.folders.items[i], NULL, &new);
    watch_repository(serving, snapshot, &arena, &new);
    arena_release(&arena);
    return new;
}

/* Building. */

static void show_page(void *context, struct str path, struct str html)
{
    struct serving *serving = context;
    server_show(serving->server, path, html);
}

/* The pages that someone looks at come before all others. */
static void preview(struct serving *serving, struct project *project)
{
    struct arena arena;
    struct site_source source = project_source(project);
    struct site_preview wanted = {.show = show_page, .context = serving};
    arena_init(&arena);
    wanted.count = server_viewed(serving->server, &arena, &wanted.paths);
    if (wanted.count && serving->made) {
        site_preview(&source, &wanted);
        announce(serving, project, false, NULL);
    }
    arena_release(&arena);
}

/* What a newer save overtakes is left as it is, unless that goes on and on. */
static bool is_stale(void *context)
{
    const struct serving *serving = context;
    enum watch_event event = watch_look(serving->watch);
    return event == WATCH_ENDED ||
           (event == WATCH_CHANGED && serving->made && serving->given_up < GIVEN_UP_MAX);
}

/* Returns MADE, GIVEN_UP, or -1 on failure. */
static int make_site(struct serving *serving, struct project *project,
                     struct publish_counts *counts)
{
    struct stages stages = {.is_stale = is_stale, .context = serving};
    struct publish *publish = publish_open(serving->options.output, &project->err);
    int status = GIVEN_UP;
    if (!publish)
        return -1;
    project->crew.stages = &stages;
    project_expect_history(project);
    project_link(project);
    if (!is_stale(serving))
        project_read_history(project);
    if (!is_stale(serving)) {
        preview(serving, project);
        status = build_publish(project, publish, counts);
    }
    project->crew.stages = NULL;
    publish_free(publish);
    return status;
}

/* The same mistakes are not told twice. */
static void print_diagnostics(struct serving *serving, const struct diags *diags)
{
    struct arena arena;
    struct buf lines;
    arena_init(&arena);
    buf_init(&lines, &arena);
    for (size_t i = 0; i < diags->count; i++)
        diag_put(&lines, &diags->items[i]);
    struct digest digest = digest_of(buf_str(&lines));
    if (!digest_equal(digest, serving->told))
        diags_print(diags, stderr);
    serving->told = digest;
    arena_release(&arena);
}

static void report(const struct serving *serving, const struct project *project,
                   const struct publish_counts *counts, double started)
{
    char time_of_day[16];
    time_t now = time(NULL);
    struct tm local;
    size_t changed = counts->written + counts->removed;
    if (serving->options.quiet || (!changed && serving->made) ||
        !strftime(time_of_day, sizeof time_of_day, "%H:%M:%S", localtime_r(&now, &local)))
        return;
    printf("%s  %u documents, %zu files changed, %.0f ms", time_of_day,
           (unsigned)project->web.document_count, changed, (seconds() - started) * 1000);
    for (int severity = DIAG_ERROR; severity >= DIAG_WARNING; severity--) {
        size_t count = diags_count(&project->diags, (enum severity)severity);
        if (count)
            printf(", %zu %s%s", count, severity_name((enum severity)severity),
                   count == 1 ? "" : "s");
    }
    putchar('\n');
    fflush(stdout);
}

/* Tells the terminal and pages what came of a build. */
static void tell(struct serving *serving, struct project *project,
                 const struct publish_counts *counts, double started, bool failed)
{
    diags_sort(&project->diags);
    print_diagnostics(serving, &project->diags);
    if (failed)
        fprintf(stderr, "naslag: %s; the site is shown as it was\n", project->err.message);
    else
        report(serving, project, counts, started);
    if (!failed)
        server_forget(serving->server);
    serving->made |= !failed;
    announce(serving, project, true, failed ? project->err.message : NULL);
}

/* Makes the site once. Returns whether it should be made again at once. */
static bool build(struct serving *serving)
{
    struct project project;
    struct publish_counts counts;
    double started = seconds();
    serving->builds++;
    int status = project_open(&project, &serving->options);
    if (!status)
        serving->theme = made_of_program(&project.arena, &project.assets);
    bool again = !status && watch_all(serving, &project);
    if (!status)
        status = make_site(serving, &project, &counts);
    serving->given_up = status == GIVEN_UP ? serving->given_up + 1 : 0;
    if (status != GIVEN_UP)
        tell(serving, &project, &counts, started, status != MADE);
    project_release(&project);
    return again;
}

/* Serving. */

static int open_server(struct serving *serving, struct err *err)
{
    struct server_options options = {.folder = serving->options.output,
                                     .port = serving->options.port};
    if (assets_open(&serving->carried, &serving->arena, NULL, NULL, err))
        return -1;
    options.script = box_script(&serving->arena, &serving->carried);
    options.style = assets_find(&serving->carried, STR("theme/serve.css"))->content;
    serving->server = server_open(&serving->arena, &options, err);
    return serving->server ? 0 : -1;
}

static void greet(struct serving *serving)
{
    struct err err;
    const char *url =
        str_cstring(&serving->arena, str_format(&serving->arena, "http://127.0.0.1:%u/",
                                                server_port(serving->server)));
    printf("%s shows the site, and what you save. End it with Ctrl-C.\n", url);
    fflush(stdout);
    if (serving->options.open_browser && process_launch("xdg-open", url, &err))
        fprintf(stderr, "naslag: %s\n", err.message);
}

static void serve(struct serving *serving)
{
    enum watch_event event = WATCH_CHANGED;
    bool again = build(serving);
    greet(serving);
    while (event != WATCH_ENDED) {
        event = again ? WATCH_CHANGED : watch_wait(serving->watch, PING_SECONDS * 1000);
        if (event == WATCH_CHANGED)
            again = build(serving);
        else if (event == WATCH_QUIET)
            server_ping(serving->server);
    }
}

/* The signals first: no thread may take them. */
static int open(struct serving *serving, struct err *err)
{
    serving->watch = watch_open(&serving->arena, err);
    if (!serving->watch)
        return -1;
    serving->options.output = scratch_make(&serving->arena, err);
    return serving->options.output ? open_server(serving, err) : -1;
}

/* There must be something to show: what can't be opened is said at once. */
static int begin_watching(struct serving *serving, struct err *err)
{
    struct project project;
    int status = project_open(&project, &serving->options);
    if (status) {
        *err = project.err;
        diags_print(&project.diags, stderr);
    } else
        watch_all(serving, &project);
    project_release(&project);
    return status;
}

int serve_run(const struct options *options)
{
    struct serving serving = {.options = *options};
    struct err err;
    arena_init(&serving.arena);
    bool failed = open(&serving, &err) || begin_watching(&serving, &err);
    if (failed)
        fprintf(stderr, "naslag: %s\n", err.message);
    else
        serve(&serving);
    if (serving.server)
        server_close(serving.server);
    if (serving.watch)
        watch_close(serving.watch);
    if (serving.options.output != options->output && serving.options.output)
        scratch_remove(serving.options.output);
    arena_release(&serving.arena);
    return failed ? 2 : 0;
}
