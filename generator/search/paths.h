/* The paths of the files of the index, below the search folder. Part of the reader.
 *
 * A part is named by the hash of its bytes, so that what is read together always fits together; the
 * text of a document by a hash within its group. No folder holds more than a few hundred. */
#ifndef NASLAG_SEARCH_PATHS_H
#define NASLAG_SEARCH_PATHS_H

#include <stdint.h>

#define PATHS_INDEX "index.bin"

enum { PATHS_SIZE = 32 };

struct path {
    char text[PATHS_SIZE]; /* NUL-terminated */
    uint64_t hash;         /* of a part's bytes; 0: not known */
};

struct path paths_index(void);
/* `hash` is map_hash() of the part's bytes. */
struct path paths_part(uint64_t hash);                 /* `3f/9c0…e1.bin` */
struct path paths_text(uint32_t group, uint32_t hash); /* `t/3f/9c01ab/77ab01ff.bin` */

#endif
