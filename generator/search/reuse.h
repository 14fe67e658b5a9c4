/* What an earlier build found, from the cache: what indexing a group gave, and what putting all
 * groups together gave.
 *
 * What a group gives depends on its documents, on the topics that they name and on the program; the
 * whole on its groups and the names of topics. Files must still be there as well, since what is
 * kept of them is but their names. */
#ifndef NASLAG_SEARCH_REUSE_H
#define NASLAG_SEARCH_REUSE_H

#include "search/indexer.h"

/* What stands for the program and the language, on which all rests. */
struct digest reuse_maker(const struct indexer *indexer);

/* What stands for all that indexing a group reads, and for all that putting all of them together
 * reads. DIGEST_NONE where that can't be told. */
struct digest reuse_identify(const struct indexer *indexer, const struct group *group,
                             const struct numbered *numbered, struct arena *scratch);
struct digest reuse_identify_all(const struct indexer *indexer, struct arena *scratch);

/* Takes the group from the cache: its files are kept, its parts are known, and so are the slices of
 * its harvest, if that is wanted. False where it must be indexed. */
bool reuse_get(struct indexer *indexer, struct worker *worker, uint32_t number);

/* The terms of a slice of such a harvest. False where they are not there any more. */
bool reuse_get_terms(const struct indexer *indexer, unsigned worker,
                     const struct harvest_slice *slice, struct arena *arena, struct str *terms);

/* Keeps all files that do not belong to a single group. False where they must be made. */
bool reuse_get_all(const struct indexer *indexer);

/* The files that something gives, noted on their way; by one thread. */
struct reuse_note {
    struct parts_sink sink; /* to be used in place of `inner` */
    const struct parts_sink *inner;
    struct buf files;
    uint32_t count;
};

void reuse_note_begin(struct reuse_note *note, const struct parts_sink *inner, struct arena *arena);
void reuse_note_file(struct reuse_note *note, const char *path, struct digest made_of);

/* Keeps what indexing a group gave, with the terms of its harvest, which is put by. */
void reuse_put(const struct indexer *indexer, struct worker *worker, uint32_t number,
               const struct reuse_note *note, struct harvest_bytes harvest);
void reuse_put_terms(const struct indexer *indexer, unsigned worker, const struct harvest *harvest,
                     struct str terms);

/* Keeps what all groups together gave. */
void reuse_put_all(const struct indexer *indexer, const struct reuse_note *note);

#endif
