/* Private to this folder: what a past is made of. */
#ifndef NASLAG_REPO_PAST_PARTS_H
#define NASLAG_REPO_PAST_PARTS_H

#include "base/arena.h"
#include "repo/forest.h"
#include "repo/graph.h"
#include "repo/past.h"

struct past {
    const struct snapshot *snapshot;
    struct arena *arena;
    struct arena scratch; /* of the delta in hand */
    struct arena notes;   /* of what was found this time */
    struct ledger ledger;
    struct graph graph; /* empty where there is no commit yet */
    struct forest forest;
    uint64_t kept; /* bytes that were found this time and are kept */
    bool shallow;  /* the repository says so, or a commit is missing */
};

/* What a commit changed, good until the next call. Fails where an object is damaged. */
int past_delta(struct past *past, const struct commit *commit, struct delta *out, struct err *err);

/* Notes something that was found of a commit, if there is room; it is copied. */
void past_note(struct past *past, struct record *record, struct str *field, struct str bytes);

#endif
