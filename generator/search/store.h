/* The files of the index that a search has, and those that it wants. Part of the reader.
 *
 * The reader never waits: where it needs a file that is not there it notes it as wanted, goes on as
 * far as it can without it, and ends. Whoever runs it gets the wanted files and runs it again. */
#ifndef NASLAG_SEARCH_STORE_H
#define NASLAG_SEARCH_STORE_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "search/paths.h"

enum {
    STORE_BYTES_MAX = 48 * 1024 * 1024, /* of files kept from one search to the next */
};

enum store_state { STORE_WANTED, STORE_THERE, STORE_MISSING };

struct store_file {
    struct path path;
    enum store_state state;
    uint32_t step; /* the last one that read it */
    struct str bytes;
};

struct store {
    struct arena arena;
    struct map files; /* struct store_file by path */
    VEC(struct store_file *) wanted;
    size_t bytes; /* of all files that are there */
    size_t read;  /* of those that this step has read, each counted once */
    uint32_t step;
    size_t room;        /* files that this step may read beside those that it did */
    bool refused;       /* one for which there was no room */
    bool waits;         /* one was asked for that is wanted */
    const char *damage; /* what is wrong with the index: static; NULL: nothing that was seen */
};

void store_init(struct store *store);
void store_release(struct store *store);

/* Forgets all files. */
void store_clear(struct store *store);

/* Begins another run: nothing is wanted. Where files take more than STORE_BYTES_MAX they are all
 * forgotten. */
void store_begin_search(struct store *store);
void store_begin_step(struct store *store);

/* The bytes of a file. False where it is not there: then it is wanted, or, where it is missing, the
 * index is damaged. */
bool store_get(struct store *store, struct path path, struct str *bytes);

/* Gives a file that was wanted: its bytes as they were before they were packed, which must live in
 * the store's arena. What does not fit its name is damage. */
void store_give(struct store *store, size_t wanted, struct str bytes);
void store_miss(struct store *store, size_t wanted);

/* Notes that the index is damaged; of several the first stays. */
void store_damaged(struct store *store, const char *what);

#endif
