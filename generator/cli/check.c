#include "cli/check.h"

#include "base/buf.h"
#include "cli/project.h"
#include "cli/report.h"
#include "cli/say.h"
#include "link/audit.h"
#include "write/deposit.h"

#include <unistd.h>

enum { STATUS_FINE, STATUS_FOUND, STATUS_NOTHING };

/* -- Reading --------------------------------------------------------------------------------------
 */

/* A file's bytes as the snapshot has them; empty where it is none of its files. */
static struct str read_source(void *context, struct str path)
{
    struct project *project = context;
    struct str bytes = STR("");
    if (str_equal(path, STR(CONFIG_PATH)))
        return project->settings;
    for (size_t i = 0; i < project->snapshot.count; i++)
        if (str_equal(project->snapshot.entries[i].path, path) &&
            snapshot_read(project->crew.workers[0].reader, i, project->config.limits.file_size,
                          &project->arena, &bytes, &project->err))
            bytes = STR("");
    return bytes;
}

/* -- Mending --------------------------------------------------------------------------------------
 */

/* Fixes on one line from left to right; one that reaches into what is mended already waits for the
 * next run. Returns how many were made. */
static size_t mend_line(struct str line, struct diag *const *diags, size_t count, struct buf *out)
{
    size_t done = 0, made = 0;
    for (size_t i = 0; i < count; i++) {
        ptrdiff_t at = diag_fix_offset(diags[i], line);
        if (at == STR_NONE || (size_t)at < done)
            continue;
        buf_put(out, str_slice(line, done, (size_t)at - done));
        buf_put(out, diags[i]->fix.to);
        done = (size_t)at + diags[i]->fix.from.len;
        made++;
    }
    buf_put(out, str_from_offset(line, done));
    return made;
}

static void show_change(const struct diag *diag, struct str old, struct str new)
{
    struct arena scratch;
    struct buf text;
    arena_init(&scratch);
    buf_init(&text, &scratch);
    diag_put_safely(&text, diag->place.path);
    buf_printf(&text, ":%u\n-", (unsigned)diag->place.line);
    diag_put_safely(&text, old);
    buf_put_char(&text, '\n');
    for (struct str line; (line = str_line(&new)).data;) {
        buf_put_char(&text, '+');
        diag_put_safely(&text, line);
        buf_put_char(&text, '\n');
    }
    fwrite(text.data, 1, text.len, stdout);
    arena_release(&scratch);
}

/* A file's lines with their fixes; all else stays as it is, line ends too. */
static size_t mend_source(struct project *project, struct str source, struct diag *const *diags,
                          size_t count, struct buf *out)
{
    size_t made = 0, next = 0;
    uint32_t number = 1;
    struct str rest = source;
    for (struct str line; (line = str_line(&rest)).data; number++) {
        size_t first = next, start = out->len;
        while (next < count && diags[next]->place.line == number)
            next++;
        size_t here = mend_line(line, diags + first, next - first, out);
        if (here && !project->options->quiet)
            show_change(diags[first], line, str_from_offset(buf_str(out), start));
        made += here;
        const char *end = rest.data ? rest.data : source.data + source.len;
        buf_put(out, (struct str){line.data + line.len, (size_t)(end - line.data) - line.len});
    }
    return made;
}

static int mend_file(struct project *project, struct diag *const *diags, size_t count, size_t *made)
{
    struct buf out;
    struct str path = diags[0]->place.path;
    struct str source = read_source(project, path);
    buf_init(&out, &project->arena);
    size_t here = mend_source(project, source, diags, count, &out);
    *made += here;
    if (!here || project->options->dry_run)
        return 0;
    return deposit_replace(snapshot_folder(&project->snapshot), path, source, buf_str(&out),
                           &project->err);
}

static int mend(struct project *project, size_t *made)
{
    struct diag **fixable =
        arena_new_array(&project->arena, project->diags.count + 1, struct diag *);
    size_t count = 0;
    int status = 0;
    for (size_t i = 0; i < project->diags.count; i++)
        if (project->diags.items[i].fix.from.len)
            fixable[count++] = &project->diags.items[i];
    for (size_t i = 0, end; i < count && !status; i = end) {
        for (end = i; end < count; end++)
            if (!str_equal(fixable[end]->place.path, fixable[i]->place.path))
                break;
        status = mend_file(project, fixable + i, end - i, made);
    }
    return status;
}

/* -- Saying ---------------------------------------------------------------------------------------
 */

static void say(struct project *project)
{
    struct buf out;
    struct report report = {.diags = &project->diags,
                            .folder = project->snapshot.content,
                            .colour = say_in_colour(),
                            .quiet = project->options->quiet,
                            .arena = &project->arena,
                            .source = read_source,
                            .context = project};
    buf_init(&out, &project->arena);
    report_put(&report, project->options->format, &out);
    if (!project->diags.count && project->options->format == REPORT_TEXT &&
        !project->options->quiet && isatty(STDOUT_FILENO))
        buf_printf(&out, "nothing is wrong in %u documents\n",
                   (unsigned)project->web.document_count);
    fwrite(out.data, 1, out.len, stdout);
}

/* Every byte of the sources' texts that is in no passage, and why. */
static void list_dropped(struct project *project)
{
    struct worker *worker = &project->crew.workers[0];
    for (uint32_t i = 0; i < project->web.document_count; i++) {
        const struct outline *outline = &project->web.documents[i];
        struct buf out;
        if (outline->text == NO_ENTRY)
            continue;
        arena_clear(&worker->page);
        const struct document *document =
            crew_load(&project->crew, worker, outline, &worker->page, NULL);
        buf_init(&out, &worker->page);
        for (size_t j = 0; j < document->dropped.count; j++) {
            const struct dropped *dropped = &document->dropped.items[j];
            diag_put_safely(&out, project->snapshot.entries[outline->text].path);
            buf_printf(&out, "\t%u\t%s\t", (unsigned)dropped->line, dropped->reason);
            diag_put_safely(&out, dropped->text);
            buf_put_char(&out, '\n');
        }
        fwrite(out.data, 1, out.len, stdout);
    }
}

/* The codes of all language packs, which are their names. */
static void list_languages(struct project *project, struct meta_list *out)
{
    struct str folder = STR("theme/languages/"), end = STR(".yaml");
    for (size_t i = 0; i < project->assets.files.count; i++) {
        struct str path = project->assets.files.items[i]->path;
        if (!str_starts(path, folder) || !str_ends(path, end))
            continue;
        struct str code = str_slice(path, folder.len, path.len - folder.len - end.len);
        *vec_push(&out->texts, &project->arena) = (struct meta_text){.text = code};
    }
}

static void look(struct project *project)
{
    project_link(project);
    struct meta_list languages = {0};
    list_languages(project, &languages);
    struct audit_words words = {&project->languages[0].kinds, &project->languages[0].relations,
                                &languages};
    audit_run(&project->web, &project->crew, &project->config, &words, &project->arena,
              &project->diags);
    diags_sort(&project->diags);
}

/* Mends, and looks again at what then lies there. */
static int mend_and_look(struct project *project)
{
    size_t made = 0;
    const struct options *options = project->options;
    if (mend(project, &made))
        return -1;
    if (!options->quiet)
        printf("%zu %s %s\n", made, made == 1 ? "place" : "places",
               options->dry_run ? "would be mended" : "mended");
    if (!made || options->dry_run)
        return 0;
    project_release(project);
    if (project_open(project, options))
        return -1;
    look(project);
    return 0;
}

static int check(struct project *project)
{
    const struct options *options = project->options;
    look(project);
    if (options->dropped) {
        list_dropped(project);
        return 0;
    }
    if (options->fix && mend_and_look(project))
        return -1;
    say(project);
    return 0;
}

int check_run(const struct options *options)
{
    struct project project;
    bool failed = project_open(&project, options) || check(&project);
    if (failed)
        fprintf(stderr, "naslag: %s\n", project.err.message);
    bool found = diags_count(&project.diags, DIAG_ERROR) ||
                 (!options->errors_only && diags_count(&project.diags, DIAG_WARNING));
    project_release(&project);
    return failed ? STATUS_NOTHING : found && !options->dropped ? STATUS_FOUND : STATUS_FINE;
}
