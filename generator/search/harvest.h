/* What a group of documents gives to the index's tree: its terms with their postings, in the order
 * of keys, as bytes; and how those of all groups are read together. */
#ifndef NASLAG_SEARCH_HARVEST_H
#define NASLAG_SEARCH_HARVEST_H

#include "search/concordance.h"
#include "search/posting.h"

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

/* Reads one harvest. */
struct harvest {
    uint32_t group; /* its id */
    struct bytes bytes;
    struct harvested term; /* in hand; key empty: at the end */
    uint64_t prefix;       /* of its key: see collate.h */
};

void harvest_begin(struct harvest *harvest, uint32_t group, struct str bytes);
void harvest_next(struct harvest *harvest);

/* Several harvests at once: a heap, by key and then by group. */
struct harvests {
    struct harvest **heap;
    size_t count;
};

/* `all` must live as long. */
void harvests_begin(struct harvests *harvests, struct harvest *all, size_t count,
                    struct arena *arena);

/* The harvest whose term comes first, or NULL; it moves on with harvests_next(). */
struct harvest *harvests_first(const struct harvests *harvests);
void harvests_next(struct harvests *harvests);

#endif
