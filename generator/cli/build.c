#include "cli/build.h"

#include "cli/project.h"
#include "write/site.h"

#include <unistd.h>

enum { STATUS_FINE, STATUS_ERRORS, STATUS_NOTHING };

/* On a terminal only: what is being done, on a line that the next one replaces. */
static void show(const struct options *options, const char *stage)
{
    if (!options->quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", stage);
}

static void report(const struct project *project, const struct publish_counts *counts)
{
    const struct web *web = &project->web;
    if (project->options->quiet)
        return;
    printf("%u documents, %u topics, %llu mentions\n", (unsigned)web->document_count,
           (unsigned)web->topic_count, (unsigned long long)web->mention_count);
    printf("%zu files written, %zu unchanged, %zu removed in '%s'\n", counts->written,
           counts->unchanged, counts->removed, project->options->output);
}

static int publish_site(struct project *project, struct publish *publish)
{
    struct publish_counts counts;
    show(project->options, "reading and linking");
    project_link(project);
    project_read_history(project);
    show(project->options, "rendering and writing");
    site_publish(&project->web, &project->config, &project->language, &project->assets,
                 &project->templates, &project->crew, publish, &project->arena, &project->diags);
    if (publish_commit(publish, &counts, &project->err))
        return -1;
    show(project->options, "");
    report(project, &counts);
    return 0;
}

static int build_site(struct project *project)
{
    struct publish *publish = publish_open(project->options->output, &project->err);
    if (!publish)
        return -1;
    int status = publish_site(project, publish);
    publish_free(publish);
    return status;
}

int build_run(const struct options *options)
{
    struct project project;
    bool failed = project_open(&project, options) || build_site(&project);
    if (failed)
        show(options, "");
    diags_sort(&project.diags);
    diags_print(&project.diags, stderr);
    if (failed)
        fprintf(stderr, "naslag: %s\n", project.err.message);
    bool errors = diags_count(&project.diags, DIAG_ERROR) > 0;
    project_release(&project);
    return failed ? STATUS_NOTHING : errors ? STATUS_ERRORS : STATUS_FINE;
}
