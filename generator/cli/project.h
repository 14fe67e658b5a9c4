/* The content that a command works on: opened, read and linked, before anything is made of it. */
#ifndef NASLAG_CLI_PROJECT_H
#define NASLAG_CLI_PROJECT_H

#include "base/arena.h"
#include "cli/options.h"
#include "link/revisions.h"
#include "link/web.h"
#include "read/config.h"
#include "write/assets.h"
#include "write/language.h"
#include "write/site.h"
#include "write/template.h"

/* What the history says, as far as it asks for no document. */
struct project_past {
    struct arena arena; /* of `files` */
    bool is_read;
    bool unreadable;         /* `err` says why */
    bool changes_unreadable; /* likewise: but files have dates */
    bool shallow;
    const struct history *files; /* by entry of the snapshot */
    struct err err;
};

struct project {
    const struct options *options;
    struct arena arena;
    struct diags diags;
    struct err err;
    struct snapshot snapshot;
    struct crew crew;
    struct str settings; /* the bytes of naslag.yaml, which is none of the snapshot's files later */
    struct config config;
    struct assets assets;
    struct templates templates;
    struct language languages[LANGUAGES_MAX]; /* those of the settings, the main one first */
    struct web web;
    struct project_past past;
    struct revisions revisions;
};

/* Opens what the options name: the snapshot, the settings, the theme. On failure `project->err`
 * says why. Call project_release() also then. */
int project_open(struct project *project, const struct options *options);
void project_release(struct project *project);

/* Opens the cache, where the options want one and it is not open yet: project_link() does. */
void project_open_cache(struct project *project);

/* Has the history read while documents are linked, which then takes no time of its own: before
 * project_link(), by who calls project_read_history() after it. */
void project_expect_history(struct project *project);

/* Pass 1, from documents to the web. */
void project_link(struct project *project);

/* What a site of the project is made of, once it is linked. */
struct site_source project_source(struct project *project);

/* When each document changed, from the history; what can't be read is a diagnostic. */
void project_read_history(struct project *project);

#endif
