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

/* A harvest as bytes: its slices, and the terms of one behind those of the other. */
struct harvest_bytes {
    struct str slices, terms;
};

/* The terms of a concordance. */
struct harvest_bytes harvest_make(const struct concordance *concordance, struct arena *arena);

/* The terms of a slice in a harvest. Groups whose digests are the same have the same there. */
struct harvest_slice {
    unsigned number;     /* see slices.h */
    uint32_t start, len; /* bytes, among the terms */
    struct digest digest;
};

/* A harvest that is put by: all of them together are too much for memory. Once it is there it does
 * not change, so that threads may read it at once. */
struct harvest {
    uint32_t group;               /* its id */
    struct harvest_slice *slices; /* those that it has something in, in order */
    size_t slice_count;
    bool elsewhere; /* the terms are got from a source */
    struct str terms;
    const struct spill *spill; /* NULL: they are not there but in `terms` */
    uint64_t place;            /* in the spill */
};

/* Puts by what harvest_make() gave: in the spill, or in `keep` where it can't be there. */
void harvest_keep(struct harvest *harvest, uint32_t group, struct harvest_bytes bytes,
                  struct spill *spill, struct arena *keep);

/* A harvest of which only the slices are known. Returns false where they are no slices. */
bool harvest_expect(struct harvest *harvest, uint32_t group, struct str slices, struct arena *keep);

/* The terms of a slice of one that was kept. */
struct str harvest_get(const struct harvest *harvest, const struct harvest_slice *slice,
                       struct arena *arena);

/* Where the terms of a slice are got that are elsewhere. Threads ask it at once, each with a number
 * of its own. */
struct harvest_source {
    struct str (*get)(void *context, unsigned worker, const struct harvest *harvest,
                      const struct harvest_slice *slice, struct arena *arena);
    void *context;
};

/* What a harvest has in a slice. */
struct harvest_part {
    const struct harvest *harvest;
    const struct harvest_slice *slice;
};

/* What all of them have, by slice: those of slice i are from first[i] on, before first[i + 1], in
 * the order of harvests. */
struct harvest_parts {
    struct harvest_part *items;
    size_t first[SLICES + 1];
};

void harvest_parts_make(struct harvest_parts *parts, const struct harvest *harvests, size_t count,
                        struct arena *arena);

/* A term of a harvest. All is borrowed until the reader moves on. */
struct harvested {
    struct str key;
    uint32_t documents, passages;
    struct posting_form common; /* of a word: the form that is most frequent */
    uint32_t common_count;
    struct posting_peak peak;
    struct str block;
};

/* Reads a slice of a harvest, from front to end; of what is in the spill a few kilobytes at a
 * time. */
struct harvest_reader {
    uint32_t group;
    struct bytes bytes;        /* those at hand */
    struct arena window;       /* which they are in */
    const struct spill *spill; /* NULL: all are at hand */
    uint64_t place, end;       /* in the spill: of those behind them */
    struct harvested term;     /* in hand; key empty: at the end */
    uint64_t prefix;           /* of its key: see collate.h */
};

/* Several readers at once: a heap, by key and then by group. Life cycle: begin and end. */
struct harvests {
    struct harvest_reader *readers;
    size_t reader_count;
    struct harvest_reader **heap;
    size_t count;
};

/* Parts of one slice, each at its first term. */
void harvests_begin(struct harvests *harvests, const struct harvest_part *parts, size_t count,
                    const struct harvest_source *source, unsigned worker, struct arena *arena);
void harvests_end(struct harvests *harvests);

/* The reader whose term comes first, or NULL; it moves on with harvests_next(). */
struct harvest_reader *harvests_first(const struct harvests *harvests);
void harvests_next(struct harvests *harvests);

#endif
