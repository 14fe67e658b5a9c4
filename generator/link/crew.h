/* The workers of a build: what each thread has of its own, for both passes. */
#ifndef NASLAG_LINK_CREW_H
#define NASLAG_LINK_CREW_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/pool.h"
#include "link/outline.h"
#include "repo/snapshot.h"

struct worker {
    struct arena page; /* the document or page in hand; cleared after each */
    struct arena keep; /* what stays */
    struct diags diags;
    struct snapshot_reader *reader;
};

struct crew {
    const struct snapshot *snapshot;
    struct worker workers[POOL_MAX];
    unsigned count;
    uint64_t file_size_max;   /* bytes: a larger document is left out, with an error */
    struct str fallback_slug; /* see reader.h */
};

/* `count` is from 1 to POOL_MAX. */
int crew_open(struct crew *crew, const struct snapshot *snapshot, unsigned count, struct err *err);
void crew_free(struct crew *crew);

/* Takes the diagnostics of all workers, which then have none. */
void crew_take_diags(struct crew *crew, struct diags *diags);

/* Reads and parses the document of an outline into the worker's page arena. What can't be read is
 * an error in `diags` (which may be NULL) and reads as empty. */
void crew_load(const struct crew *crew, struct worker *worker, const struct outline *outline,
               struct document *document, struct diags *diags);

#endif
