/* An entry of the tree: a term, and where its postings are. Part of the reader. */
#ifndef NASLAG_SEARCH_HEADWORD_H
#define NASLAG_SEARCH_HEADWORD_H

#include "base/bytes.h"
#include "search/posting.h"
#include "search/store.h"

struct headword_alias {
    struct str text; /* folded */
    struct str id, title;
    struct str entry; /* the topic's own */
};

/* The groups from `first` to the next chunk's are in one file. */
struct headword_chunk {
    uint32_t first;
    uint64_t hash;
    uint32_t size; /* bytes, before it is packed */
    uint32_t impact;
};

/* One of the best passages of a term whose postings are in chunks. */
struct headword_best {
    uint32_t group, document, passage, impact;
};

struct headword {
    struct posting_form common; /* the most frequent form of a stem */
    uint32_t documents, passages;
    const struct headword_alias *aliases;
    uint32_t alias_count;
    bool chunked;
    const struct headword_best *best;
    uint32_t best_count;
    const struct headword_chunk *chunks;
    uint32_t chunk_count;
    uint32_t piece_count; /* where they are inline */
    struct str pieces;
};

/* Reads the value of an entry; false where it is damaged. */
bool headword_read(struct headword *entry, struct str value, struct arena *arena);

/* Reads pieces in turn, of an entry or a chunk: the block of each group. */
struct headword_pieces {
    struct bytes bytes;
    uint32_t group;
    struct str block;
};

void headword_begin(struct headword_pieces *pieces, const struct headword *entry);

/* The pieces of chunk `index`; false where its file is not there yet. */
bool headword_begin_chunk(struct headword_pieces *pieces, const struct headword *entry,
                          uint32_t index, struct store *store);
bool headword_next(struct headword_pieces *pieces); /* false at the end, or where it is damaged */

#endif
