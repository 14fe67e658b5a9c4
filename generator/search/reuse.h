/* Groups that are as they were: what indexing one gave earlier, from the cache.
 *
 * What a group gives depends on its documents, on the topics that they name and on the program. Its
 * files must still be there as well, since what is kept is but their names. */
#ifndef NASLAG_SEARCH_REUSE_H
#define NASLAG_SEARCH_REUSE_H

#include "search/indexer.h"

/* What stands for all that indexing a group reads. DIGEST_NONE where that can't be told. */
struct digest reuse_identify(const struct indexer *indexer, const struct group *group,
                             const struct numbered *numbered, struct arena *scratch);

/* Takes the group from the cache: its files are kept, its harvest begins, its parts are known.
 * False where it must be indexed. */
bool reuse_get(struct indexer *indexer, struct worker *worker, uint32_t number,
               struct digest identity);

/* The files that indexing a group gives, noted on their way. */
struct reuse_note {
    struct parts_sink sink; /* to be used in place of `inner` */
    const struct parts_sink *inner;
    struct buf files;
    uint32_t count;
};

void reuse_note_begin(struct reuse_note *note, const struct parts_sink *inner, struct arena *arena);

/* Keeps what indexing a group gave. */
void reuse_put(const struct indexer *indexer, struct worker *worker, uint32_t number,
               struct digest identity, const struct reuse_note *note, struct str harvest);

#endif
