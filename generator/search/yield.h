/* What a slice of the order of keys (slices.h) gives to the index's tree: its entries, the chunks
 * of postings that these lead to, and the forms of its words. Slices are found at once, by several
 * threads; what they give is taken in order.
 *
 * It is remembered: where all groups have the same in a slice as in an earlier build, nothing of it
 * is read. */
#ifndef NASLAG_SEARCH_YIELD_H
#define NASLAG_SEARCH_YIELD_H

#include "search/harvest.h"
#include "search/parts.h"

/* A name of a topic, folded, at the key of one of its words. */
struct alias {
    struct str key, text;
    struct str id, title; /* of the topic */
};

struct aliases {
    VEC(struct alias) items; /* by key */
};

/* Where slices are remembered. */
struct yield_memory {
    struct cache *cache; /* may be NULL */
    struct digest maker; /* of the program and the language: what else a slice rests on */
};

/* What slices are found from. It does not change while they are. */
struct yield_ground {
    struct harvest_parts harvested;
    const struct harvest_source *source;
    const struct aliases *aliases;
    const struct yield_memory *memory;
    const struct parts_sink *sink;
    struct map
        topics; /* struct str, by key: the entries of topics. Their slice comes before words */
};

/* Life cycle: init, find, settle, release. */
struct yield {
    unsigned slice;
    const struct alias *aliases; /* in the slice */
    size_t alias_count;
    struct arena arena; /* of what follows */
    struct digest identity;
    struct str parts;   /* a note of chunks: see parts.h */
    struct str entries; /* a key and what stands under it, in order: texts */
    struct str forms;   /* of words, reversed: texts */
    struct str others;  /* `form NUL stem` of forms that don't begin with their stem: texts */
    struct parts_draft draft;
    bool recalled;
};

/* Of aliases those from `first_alias` on are not before the slice. Returns whether there is
 * anything in it; if not, it need not be released. */
bool yield_init(struct yield *yield, const struct yield_ground *ground, unsigned slice,
                size_t first_alias);

/* Bytes that groups have in the slice. */
size_t yield_size(const struct yield *yield, const struct yield_ground *ground);

/* Recalls what the slice gives, or puts it together. Threads may find different slices at once,
 * each with a number of its own. Chunks are put at once where `parts` is not NULL, of one thread
 * and the slice that is the next to be settled; others are drafted, which takes memory. */
void yield_find(struct yield *yield, const struct yield_ground *ground, unsigned worker,
                struct parts *parts);

/* Has chunks put that are not yet: by one thread, in the order of slices. */
void yield_settle(struct yield *yield, const struct yield_ground *ground, struct parts *parts);
void yield_release(struct yield *yield);

#endif
