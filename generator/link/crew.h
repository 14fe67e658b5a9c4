/* The workers of a build: what each thread has of its own, for both passes. */
#ifndef NASLAG_LINK_CREW_H
#define NASLAG_LINK_CREW_H

#include "base/arena.h"
#include "base/cache.h"
#include "base/diag.h"
#include "base/pool.h"
#include "base/spill.h"
#include "base/stage.h"
#include "link/outline.h"
#include "read/config.h"
#include "read/lexicon.h"
#include "repo/snapshot.h"

enum {
    /* Bytes that parsed documents may take between the passes, of all workers. Ten thousand notes
     * would take 205 MB, which saves a tenth of the processors' time: this keeps a build of so
     * many within 350 MB. What is not kept is read again. */
    DOCUMENTS_KEPT_MAX = 160 * 1024 * 1024,
    /* Of so many documents no more than half would find room, which would save little. */
    DOCUMENTS_FEW = 20000
};

struct worker {
    unsigned number;        /* from 0 */
    struct arena page;      /* the document or page in hand; cleared after each */
    struct arena document;  /* the document in hand, where several pages are made of it; while
                               documents are surveyed the bundle in hand */
    struct arena keep;      /* what stays */
    struct arena documents; /* what was read in pass 1 and need not be read again in pass 2 */
    struct spill texts;     /* that others show, of the documents that are not kept; harvests */
    struct diags diags;
    struct lexicon words; /* that this worker has met, while the crew learns */
    struct snapshot_reader *reader;
};

/* Something that needs no web, done by one of the workers while others put the web together. */
struct beside {
    void (*run)(void *context, struct worker *worker); /* NULL: nothing */
    void *context;
};

struct crew {
    const struct snapshot *snapshot;
    struct worker workers[POOL_MAX];
    unsigned count;
    const struct limits *limits;
    struct str fallback_slug;   /* see reader.h */
    struct str language;        /* of the site */
    struct lexicon words;       /* of all plain texts; see crew_learn() */
    struct digest words_digest; /* stands for them */
    struct digest identity;     /* of the program and of what settings pass 1 goes by */
    struct cache *cache;        /* may be NULL */
    bool keeps_documents;       /* there are no more than DOCUMENTS_FEW */
    struct beside beside;
    const struct stages *stages; /* told what is being done; may be NULL */
};

/* `count` is from 1 to POOL_MAX. */
int crew_open(struct crew *crew, const struct snapshot *snapshot, unsigned count, struct err *err);
void crew_free(struct crew *crew);

/* Gives back the memory of what the workers have in hand, and what is free but still held. Between
 * stages: what was large in one is in the way of the next. */
void crew_rest(struct crew *crew);

/* Takes the diagnostics of all workers, which then have none. */
void crew_take_diags(struct crew *crew, struct diags *diags);

/* Appends what stands for the content of a file: of a commit its id, of a work tree a digest of it.
 * False where it can't be read. */
bool crew_identify(const struct crew *crew, struct worker *worker, uint32_t entry, struct buf *out);

/* Learns the words of the plain texts of all documents, which tell where a word was cut. */
void crew_learn(struct crew *crew, const struct outline *documents, uint32_t count,
                struct arena *arena);

/* Reads and parses the document of an outline; all of it is the arena's, but for
 * what is in the worker's page arena while it is read. What can't be read is an
 * error in `diags` (which may be NULL) and reads as empty. */
const struct document *crew_load(const struct crew *crew, struct worker *worker,
                                 const struct outline *outline, struct arena *arena,
                                 struct diags *diags);

/* The document of an outline as pass 1 kept it, or read again. */
const struct document *crew_get(const struct crew *crew, struct worker *worker,
                                const struct outline *outline, struct arena *arena);

/* Whether a document that is read in pass 1 may be kept among the worker's `documents`. */
bool crew_has_room(const struct crew *crew, const struct worker *worker);

#endif
