/* What the cache has of documents that stand beside one another, as one value: to ask for each by
 * itself takes longer than to read it.
 *
 * Which documents are taken together depends on their paths alone, so that one that comes or goes
 * parts no more than its own bundle. A bundle stands under a digest of the identities of all its
 * documents, and under the identity of each the key of the bundle that has it. So where one of them
 * changed the others are found in the bundle that they were in. What is large stands by itself,
 * under its document's identity. */
#ifndef NASLAG_LINK_BUNDLE_H
#define NASLAG_LINK_BUNDLE_H

#include "base/cache.h"
#include "base/str.h"

enum {
    BUNDLE_DOCUMENTS = 16,        /* on average: of one that changes so many are written */
    BUNDLE_MAX = 32,              /* documents */
    BUNDLE_VALUE_MAX = 64 * 1024, /* bytes of a document: what is larger stands by itself */
};

/* A document's value in two parts, of which the second may be long and is not always wanted. */
struct bundle_value {
    struct str head;
    struct str texts;
};

struct bundle {
    struct cache *cache; /* NULL: nothing is found and nothing kept */
    unsigned user;
    struct arena *arena;
    const struct digest *identities;
    uint32_t count;
    struct digest key;
    struct bundle_value values[BUNDLE_MAX]; /* those that are known; without a head: none */
    struct str texts; /* of all that was found under the key, one behind the other */
    bool trusted;     /* what is not in the bundle may be elsewhere in the cache */
    bool changed;     /* it is not what the cache has under the key */
};

/* Whether a bundle that has `count` documents ends before the one with this path. */
bool bundle_ends(uint32_t count, struct str path);

/* Reads a bundle of the documents with these identities, in the order of their paths: DIGEST_NONE
 * for one that has no value. `user` is the thread's number with the cache. Where nothing of the
 * cache is `trusted`, none of it is read. Memory is the arena's. */
void bundle_open(struct bundle *bundle, struct cache *cache, unsigned user, struct arena *arena,
                 const struct digest *identities, uint32_t count, bool trusted);

/* The value of a document; without a head where there is none. What stands by itself is read into
 * `arena`, the rest is good as long as the bundle's. */
struct bundle_value bundle_get(struct bundle *bundle, uint32_t index, struct arena *arena);

/* Puts a value, which is copied, in place of what was there. */
void bundle_set(struct bundle *bundle, uint32_t index, struct bundle_value value);

/* Keeps what is not in the cache yet. */
void bundle_close(struct bundle *bundle);

#endif
