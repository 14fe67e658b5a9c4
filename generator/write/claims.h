/* What an output folder has and gets at each path: the files of earlier builds and of this one, and
 * the folders that they are in.
 *
 * Each path is claimed once, as a file or as a folder, and of paths that differ only in case (see
 * utf8_fold()) one is. All files of earlier builds are entered first, by one thread. From then on
 * threads may find and claim those at once, and none waits for another: that is what a build does
 * with nearly all of its files, as few change. */
#ifndef NASLAG_WRITE_CLAIMS_H
#define NASLAG_WRITE_CLAIMS_H

#include "base/map.h"
#include "base/vec.h"
#include "write/record.h"

#include <pthread.h>
#include <stdatomic.h>

enum claim_state {
    CLAIM_NONE,
    CLAIM_FILE,
    CLAIM_FOLDER,
    CLAIM_OTHER /* a path that differs in case only is claimed */
};

struct claim {
    struct str path;
    struct claim *home;             /* of the folder that it is in; NULL in the output folder */
    struct claim *first;            /* of those that differ in case only; itself for most */
    struct claim *next;             /* of them, behind the first; with the mutex held */
    const struct record_line *was;  /* of an earlier build's file; NULL: none wrote one */
    const struct record_mark *mark; /* of this build's file: of whoever claimed it */
    _Atomic(enum claim_state) state;
    bool written; /* by this build */
    bool made;    /* a folder that was not there before this build; with the mutex held */
    bool listed;  /* in `folders` */
    int folder;   /* open, or -1; with the mutex held */
};

struct claims {
    struct arena *arena;
    pthread_mutex_t *mutex; /* guards the arena and what follows, once threads run */
    struct map known;       /* by folded path, the first of those; then only read */
    struct map fresh;       /* likewise, what was entered when threads ran */
    bool running;
    VEC(struct claim *) all; /* in the order in which they came */
    VEC(struct claim *) folders;
};

/* The arena and the mutex are borrowed. */
void claims_init(struct claims *claims, struct arena *arena, pthread_mutex_t *mutex);

/* Enters a file of an earlier build; the line is borrowed. */
void claims_know(struct claims *claims, const struct record_line *line);

/* From here on threads may run. */
void claims_run(struct claims *claims);

/* A path that an earlier build wrote, or NULL. */
struct claim *claims_find(const struct claims *claims, struct str path);

/* A path wherever it comes from; entered where it is new. */
struct claim *claims_enter(struct claims *claims, struct str path);

/* Claims a path for a file, and the folders that it is in. Returns NULL, or the claim that is in
 * the way: then `*stopped` is the path that can't be had. */
const struct claim *claims_take(struct claims *claims, struct claim *claim,
                                const struct claim **stopped);

#endif
