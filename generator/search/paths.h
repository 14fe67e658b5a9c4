/* The paths of the files of the index, below the search folder. Part of the reader.
 *
 * A part is named by the hash of its bytes, so that what is read together always fits together; the
 * text of a document by a hash within its group. No folder holds more than a few hundred. */
#ifndef NASLAG_SEARCH_PATHS_H
#define NASLAG_SEARCH_PATHS_H

#include "base/str.h"

#include <stdint.h>

#define PATHS_INDEX "index.bin"

enum { PATHS_SIZE = 32, PATHS_HASH_BITS = 48, PATHS_TRIES = 16 };

struct path {
    char text[PATHS_SIZE]; /* NUL-terminated */
    uint64_t hash;         /* of a part: see paths_hash(); 0: not known */
};

struct path paths_index(void);

/* The hash by which a part is named: 48 bits of its map_hash(). */
uint64_t paths_hash(struct str bytes);

/* Whether a part of these bytes may have that name. Of two parts with the same hash the second has
 * the next that is free, PATHS_TRIES in all. */
bool paths_fit(uint64_t hash, struct str bytes);

/* The hash by which piece `piece` of a text is named whose first has that hash: 24 bits. */
uint32_t paths_text_hash(uint32_t hash, uint32_t piece);

struct path paths_part(uint64_t hash);                 /* `3f/9c01ab77e1.bin` */
struct path paths_text(uint32_t group, uint32_t hash); /* `t/1f/9c01/77ab01.bin` */

#endif
