/* Private to this folder: what is known of commits, kept in the cache from one build to the next.
 *
 * There is a record for each commit, under its id: what git says of it, and what it changed. All of
 * that depends on the commit, the content folder and the program alone, so that it holds whatever
 * became of branches; only what was found with all objects at hand is put here. A build that has
 * nothing of it finds the same.
 *
 * In the cache the records stand in pieces under the digests of their bytes, and a list of pieces
 * under the place of the repository. What a build adds is a new piece, which takes in the newest
 * ones that are not twice as large, but for records that it did not need. So there are few pieces,
 * and what is written is in proportion to what is new. */
#ifndef NASLAG_REPO_LEDGER_H
#define NASLAG_REPO_LEDGER_H

#include "base/cache.h"
#include "base/map.h"
#include "base/vec.h"
#include "repo/snapshot.h"

enum {
    LEDGER_PIECES_MAX = 64,
    LEDGER_SIZE_MAX = 64 * 1024 * 1024 /* bytes of all pieces: half a million commits. What they
                                          changed of more is found anew each time */
};

struct record {
    unsigned char oid[OID_SIZE], tree[OID_SIZE];
    struct moment committed;
    struct str subject;         /* the message's first line as written: any bytes, no line end */
    struct str parents;         /* their ids, one behind the other */
    struct str delta, likeness; /* see delta.h and renames.h, as bytes; empty: not known */
    bool fresh;                 /* has what no piece has */
    uint32_t piece;             /* index of the one that it came in */
};

struct ledger_piece {
    struct digest digest;
    uint32_t size;
};

struct ledger {
    struct cache *cache; /* NULL: nothing is kept */
    unsigned user;       /* the thread's number with the cache */
    struct digest key;   /* of the list of pieces */
    struct arena *arena;
    struct map records;              /* by id */
    VEC(struct ledger_piece) pieces; /* the newest first */
};

/* Reads what the cache has under the name of a place; what is not sound is left out. */
void ledger_open(struct ledger *ledger, struct cache *cache, unsigned user, struct arena *arena,
                 struct str place);

/* What is known of a commit, or NULL. */
struct record *ledger_find(const struct ledger *ledger, const unsigned char oid[OID_SIZE]);

/* Keeps the records that are fresh, of those given and in their order, as far as there is room. */
void ledger_keep(struct ledger *ledger, struct record *const *records, size_t count);

/* A piece as bytes. Taking adds its records to `ledger`, where none of the same commit is there;
 * where the bytes are not sound it returns false and adds nothing. They are borrowed. */
void ledger_put_record(struct buf *out, const struct record *record);
bool ledger_take_piece(struct ledger *ledger, struct str bytes, uint32_t piece);

#endif
