/* What a group of documents gives to the index's tree: its terms with their postings, in the order
 * of keys, as bytes; and how those of all groups are read together, slice by slice. */
#ifndef NASLAG_SEARCH_HARVEST_H
#define NASLAG_SEARCH_HARVEST_H

#include "base/digest.h"
#include "search/concordance.h"
#include "search/posting.h"
#include "search/slices.h"

/* The terms of a concordance, in `arena`. */
struct str harvest_make(const struct concordance *concordance, struct arena *arena,
                        struct arena *scratch);

/* A term of a harvest. All borrow the harvest. */
struct harvested {
    struct str key;
    uint32_t documents, passages;
    struct posting_form common; /* of a word: the form that is most frequent */
    uint32_t common_count;
    struct posting_peak peak;
    struct str block;
};

/* The terms of a slice in a harvest. Groups whose digests are the same have the same there. */
struct harvest_slice {
    unsigned number; /* see slices.h; SLICES behind the last */
    uint32_t len;    /* bytes */
    struct digest digest;
};

/* Reads one harvest. */
struct harvest {
    uint32_t group; /* its id */
    struct harvest_slice slice;
    struct bytes slices; /* those behind it */
    struct str rest;     /* the terms from that slice on */
    struct bytes bytes;
    struct harvested term; /* in hand; key empty: at the end of the slice */
    uint64_t prefix;       /* of its key: see collate.h */
};

/* At the first slice that it has something in. */
void harvest_begin(struct harvest *harvest, uint32_t group, struct str bytes);

/* Goes on to the next slice that it has something in, read or not. */
void harvest_pass_slice(struct harvest *harvest);

/* Several harvests at once: a heap, by key and then by group. */
struct harvests {
    struct harvest **heap;
    size_t count;
};

/* Those of `all` that have something in a slice, at their first term there. `all` must live as
 * long. */
void harvests_begin(struct harvests *harvests, struct harvest *all, size_t count, unsigned slice,
                    struct arena *arena);

/* The harvest whose term comes first, or NULL; it moves on with harvests_next(). */
struct harvest *harvests_first(const struct harvests *harvests);
void harvests_next(struct harvests *harvests);

#endif
