#include "cli/diff.h"

#include "cli/project.h"
#include "cli/say.h"
#include "write/review.h"

#include <stdio.h>

enum { STATUS_SAME, STATUS_CHANGED, STATUS_NOTHING };

/* A snapshot on its own: what it needs the cache for is done when it is linked, and the other one
 * opens the same. */
static int open_side(struct project *project, struct options *options, const char *rev)
{
    options->snapshot.rev = rev;
    options->snapshot.worktree = !rev;
    if (project_open(project, options))
        return -1;
    project_link(project);
    cache_close(project->crew.cache);
    project->crew.cache = NULL;
    diags_sort(&project->diags);
    return 0;
}

static struct side side_of(struct project *project)
{
    return (struct side){.web = &project->web,
                         .crew = &project->crew,
                         .diags = &project->diags,
                         .settings = project->settings};
}

/* `a1b2c3d (main)`, or what a work tree is called. */
static struct str name_of(struct project *project, const char *rev)
{
    struct str commit = str_slice(project->snapshot.commit, 0, 10);
    const char *other = project->options->snapshot.other;
    if (other)
        return str_format(&project->arena, "%.*s (where %.80s and %.80s part)", STR_ARGS(commit),
                          rev, other);
    if (!rev)
        return STR("the work tree");
    if (str_starts(project->snapshot.commit, str_from(rev)))
        return commit;
    return str_format(&project->arena, "%.80s (%.*s)", rev, STR_ARGS(commit));
}

/* The colours and the ground of a site, for both kinds of light. */
static struct str style_of(struct project *project)
{
    struct buf style;
    const struct asset *all = assets_find(&project->assets, STR("theme/naslag.css"));
    const struct asset *dark = assets_find(&project->assets, STR("theme/dark.css"));
    buf_init(&style, &project->arena);
    if (all)
        buf_put(&style, all->content);
    if (dark) {
        buf_put_cstring(&style, "@media screen and (prefers-color-scheme:dark){");
        buf_put(&style, dark->content);
        buf_put_cstring(&style, "}");
    }
    return buf_str(&style);
}

static bool compare(struct project *before, struct project *after, const struct options *options)
{
    struct changeset changeset;
    struct buf out;
    struct side old = side_of(before), new = side_of(after);
    struct naming naming =
        site_naming(after->languages, after->config.language_count, &after->arena);
    changeset_find(&changeset, &old, &new, &naming, &after->arena);
    buf_init(&out, &after->arena);
    struct sheet sheet = {.format = options->diff_format,
                          .colour = say_in_colour(),
                          .language = after->config.language,
                          .out = &out};
    if (sheet.format == SHEET_HTML)
        sheet.style = style_of(after);
    struct str from = name_of(before, options->revs[0]), to = name_of(after, options->revs[1]);
    review_put(&sheet, &changeset,
               str_format(&after->arena, "What changes on the site from %.*s to %.*s",
                          STR_ARGS(from), STR_ARGS(to)));
    fwrite(out.data, 1, out.len, stdout);
    return !changeset_is_empty(&changeset);
}

int diff_run(const struct options *options)
{
    struct project before, after;
    struct options old = *options, new = *options;
    int status = STATUS_NOTHING;
    if (options->parted)
        old.snapshot.other = options->revs[1];
    bool failed = open_side(&before, &old, options->revs[0]);
    if (failed) {
        fprintf(stderr, "naslag: %s\n", before.err.message);
        project_release(&before);
        return STATUS_NOTHING;
    }
    if (open_side(&after, &new, options->revs[1]))
        fprintf(stderr, "naslag: %s\n", after.err.message);
    else
        status = compare(&before, &after, options) ? STATUS_CHANGED : STATUS_SAME;
    project_release(&after);
    project_release(&before);
    return status;
}
