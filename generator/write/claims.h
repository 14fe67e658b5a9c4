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
    const struct record_mark *mark; /* of this build's file, where it is not as the line says */
    uint64_t size;                  /* of this build's file; both by whoever claimed it */
    _Atomic(enum claim_state) state;
    int folder;   /* open, or -1; with the mutex held */
    bool written; /* by this build */
    bool made;    /* a folder that was not there before this build; with the mutex held */
    bool listed;  /* in `folders` */
};

struct claims {
    struct claim *known; /* of the record's lines, in their order; those of no line have no path */
    size_t known_count;
    uint64_t *slots; /* of those that are the first of their folded paths, and the same: then only
                        read */
    size_t slot_count;

    pthread_mutex_t *mutex; /* guards the arena and what follows */
    struct arena *arena;
    struct map others;         /* all other first ones, by folded path */
    VEC(struct claim *) fresh; /* what is not among the known */
    VEC(struct claim *) folders;
};

/* Enters the files of the record, which is borrowed, as are the arena and the mutex. */
void claims_init(struct claims *claims, const struct record *record, struct arena *arena,
                 pthread_mutex_t *mutex);

/* All of them: those of earlier builds in the order of the record, then others. */
size_t claims_count(const struct claims *claims);
const struct claim *claims_at(const struct claims *claims, size_t index);

/* A path that an earlier build wrote, or NULL. */
struct claim *claims_find(const struct claims *claims, struct str path);

/* A path wherever it comes from; entered where it is new. */
struct claim *claims_enter(struct claims *claims, struct str path);

/* Claims a path for a file, and the folders that it is in. Returns NULL, or the claim that is in
 * the way: then `*stopped` is the path that can't be had. */
const struct claim *claims_take(struct claims *claims, struct claim *claim,
                                const struct claim **stopped);

#endif
