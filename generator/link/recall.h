/* What pass 1 found in a document earlier, from the cache.
 *
 * What is found depends on the document's files, on the program, on limits, on the words of all
 * plain texts and on the names of topics. All but the names is in the key; where the names have
 * changed, a document counts as read unless one of those that changed touches it. */
#ifndef NASLAG_LINK_RECALL_H
#define NASLAG_LINK_RECALL_H

#include "base/pool.h"
#include "link/bundle.h"
#include "link/touch.h"

struct recall_turnover {
    struct digest older;
    bool known; /* else nothing of those names is left */
    struct turnover turnover;
};

/* What a thread has found out about older names. */
struct recall_worker {
    VEC(struct recall_turnover) turnovers;
};

struct recall {
    struct crew *crew;
    struct roll roll;
    bool is_distrusted; /* nothing is got from the cache */
    struct recall_worker workers[POOL_MAX];
};

/* Begins with names; keeps them in the cache. `recall` is all zeros but for its crew. */
void recall_set_names(struct recall *recall, struct roll roll);

/* The identity of a document as pass 1 reads it: of all that the result depends on but names.
 * DIGEST_NONE where its files can't be read. The names of the topic that it tells of are not looked
 * for in it: `topic` is the path of that topic, empty where there is none. */
struct digest recall_identify(const struct recall *recall, struct worker *worker,
                              const struct outline *outline, struct str topic);

/* The bundle in hand. */
struct recall_bundle {
    struct bundle bundle;
    bool spilled;   /* its texts were put aside, all at once */
    uint64_t place; /* where */
};

/* Opens the bundle of the documents with these identities, in the worker's document arena. */
void recall_open(const struct recall *recall, struct worker *worker,
                 const struct digest *identities, uint32_t count, struct recall_bundle *out);

/* Fills the outline of a document of the bundle, and adds its diagnostics, where the cache has
 * them. With `any_names` it may be one with other names: then its mentions mean nothing. */
bool recall_get(struct recall *recall, struct worker *worker, struct recall_bundle *in_hand,
                uint32_t index, bool any_names, struct outline *outline, struct diags *diags);

/* Puts an outline into the bundle, with the `count` diagnostics of its document. */
void recall_put(const struct recall *recall, struct worker *worker, struct recall_bundle *in_hand,
                uint32_t index, const struct document *document, const struct outline *outline,
                const struct diag *diags, size_t count);

/* Keeps what was put. */
void recall_close(struct recall_bundle *in_hand);

#endif
