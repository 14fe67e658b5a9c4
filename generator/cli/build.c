#include "cli/build.h"

#include "cli/profile.h"
#include "cli/standing.h"
#include "write/site.h"

#include <unistd.h>

enum { STATUS_FINE, STATUS_ERRORS, STATUS_NOTHING };

/* A build that tells what it does. */
struct teller {
    const struct options *options;
    struct profile profile;
};

/* On a terminal only: what is being done, on a line that the next one replaces. */
static void show(const struct options *options, const char *stage)
{
    if (!options->quiet && isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s", stage);
}

static void tell(void *context, const char *stage)
{
    struct teller *teller = context;
    show(teller->options, stage);
    profile_begin(&teller->profile, stage);
}

static void report(const struct project *project, const struct standing_size *size,
                   const struct publish_counts *counts)
{
    if (project->options->quiet)
        return;
    printf("%u documents, %u topics, %llu mentions", (unsigned)size->documents,
           (unsigned)size->topics, (unsigned long long)size->mentions);
    if (!project->options->snapshot.worktree)
        printf(" as of commit %.10s", project->snapshot.commit.data);
    putchar('\n');
    printf("%zu files written, %zu unchanged, %zu removed in '%s'\n", counts->written,
           counts->unchanged, counts->removed, project->options->output);
}

int build_publish(struct project *project, struct publish *publish, struct publish_counts *counts)
{
    struct site_source source = project_source(project);
    site_publish(&source, publish, &project->arena, &project->diags);
    stage_begin(project->crew.stages, "publishing");
    return publish_commit(publish, counts, &project->err);
}

static int make_site(struct project *project, struct publish *publish, struct standing_size *size,
                     struct publish_counts *counts)
{
    project_expect_history(project);
    project_link(project);
    stage_begin(project->crew.stages, "history");
    project_read_history(project);
    *size = (struct standing_size){project->web.document_count, project->web.topic_count,
                                   project->web.mention_count};
    return build_publish(project, publish, counts);
}

static int publish_site(struct project *project, struct publish *publish)
{
    struct publish_counts counts;
    struct standing_size size;
    struct standing standing = standing_of(project);
    stage_begin(project->crew.stages, "looking");
    bool holds = standing_holds(&standing, project, publish, &size);
    int status = holds ? publish_commit(publish, &counts, &project->err)
                       : make_site(project, publish, &size, &counts);
    if (status)
        return -1; /* nobody gives it up */
    if (!holds)
        standing_keep(&standing, project, publish, &size);
    show(project->options, "");
    report(project, &size, &counts);
    return 0;
}

/* Where a build waits for its turn, it does so before it looks which commit is to be built. */
static int build_site(struct project *project, const struct options *options,
                      const struct stages *stages)
{
    struct err err;
    struct publish *publish = options->wait ? publish_wait(options->output, &err) : NULL;
    int status = project_open(project, options);
    project->crew.stages = stages;
    if (!status && options->wait && !publish)
        project->err = err;
    else if (!status && !publish)
        publish = publish_open(options->output, &project->err);
    if (!status)
        status = publish ? publish_site(project, publish) : -1;
    publish_free(publish);
    return status;
}

int build_run(const struct options *options)
{
    struct project project;
    struct teller teller = {.options = options};
    struct stages stages = {.begin = tell, .context = &teller};
    profile_begin(&teller.profile, "opening");
    bool failed = build_site(&project, options, &stages);
    if (failed)
        show(options, "");
    diags_sort(&project.diags);
    diags_print(&project.diags, stderr);
    if (failed)
        fprintf(stderr, "naslag: %s\n", project.err.message);
    if (options->profile)
        profile_print(&teller.profile, stderr);
    bool errors = diags_count(&project.diags, DIAG_ERROR) > 0;
    project_release(&project);
    return failed ? STATUS_NOTHING : errors ? STATUS_ERRORS : STATUS_FINE;
}
