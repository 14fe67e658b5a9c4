#include "cli/export.h"

#include "cli/project.h"
#include "write/database.h"

#include <stdio.h>

enum { STATUS_FINE, STATUS_ERRORS, STATUS_NOTHING };

static int export(struct project *project)
{
    const struct options *options = project->options;
    uint64_t passages = 0;
    project_link(project);
    if (database_write(&project->web, &project->crew, options->file, &passages, &project->err))
        return -1;
    if (!options->quiet)
        printf("%u documents, %u topics, %llu passages, %llu mentions in '%s'\n",
               (unsigned)project->web.document_count, (unsigned)project->web.topic_count,
               (unsigned long long)passages, (unsigned long long)project->web.mention_count,
               options->file);
    return 0;
}

int export_run(const struct options *options)
{
    struct project project;
    bool failed = project_open(&project, options) || export(&project);
    diags_sort(&project.diags);
    diags_print(&project.diags, stderr);
    if (failed)
        fprintf(stderr, "naslag: %s\n", project.err.message);
    bool errors = diags_count(&project.diags, DIAG_ERROR) > 0;
    project_release(&project);
    return failed ? STATUS_NOTHING : errors ? STATUS_ERRORS : STATUS_FINE;
}
