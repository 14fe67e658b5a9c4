/* What a group of documents gives to the index's tree: its terms with their postings, in the order
 * of keys, as bytes; and how those of all groups are read together, slice by slice. */
#ifndef NASLAG_SEARCH_HARVEST_H
#define NASLAG_SEARCH_HARVEST_H

#include "base/arena.h"
#include "base/digest.h"
#include "search/concordance.h"
#include "search/posting.h"
#include "search/slices.h"

struct spill;

/* The terms of a concordance. */
struct str harvest_make(const struct concordance *concordance, struct arena *arena);

/* A term of a harvest. All is borrowed until the harvest moves on. */
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

/* A harvest that is put by, and then read from front to end: all of them together are too much for
 * memory, where of each but a few kilobytes are at a time. */
struct harvest {
    uint32_t group; /* its id */
    struct harvest_slice slice;
    struct bytes slices;       /* those behind it */
    size_t left;               /* bytes of the slice that were not read yet */
    struct bytes bytes;        /* those at hand */
    struct arena window;       /* which they are in, from the spill */
    const struct spill *spill; /* NULL: all are at hand */
    uint64_t place, end;       /* in the spill: of those behind them */
    struct harvested term;     /* in hand; key empty: at the end of the slice */
    uint64_t prefix;           /* of its key: see collate.h */
};

/* Puts by what harvest_make() gave: in the spill, or in `keep` where it can't be there. It is at
 * the first slice that it has something in. */
void harvest_keep(struct harvest *harvest, uint32_t group, struct str bytes, struct spill *spill,
                  struct arena *keep);

/* Goes on to the next slice that it has something in, read or not; behind the last it gives back
 * what reading took. */
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
