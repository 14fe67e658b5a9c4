/* Pieces of a file that many threads make in any order, published in one order. */
#ifndef NASLAG_WRITE_SEQUENCE_H
#define NASLAG_WRITE_SEQUENCE_H

#include "base/arena.h"
#include "write/publish.h"

#include <pthread.h>

struct sequence {
    struct publish_stream *stream;
    pthread_mutex_t lock;
    struct str *waiting; /* by number: pieces that came too early */
    char *arrived;
    size_t next, count;
    struct arena lists; /* of `waiting` and `arrived` */
    struct arena arena; /* of the pieces that wait; cleared when none does */
    size_t held;
};

/* `count` pieces, numbered from 0. Every one must be put, also an empty one. */
void sequence_open(struct sequence *sequence, struct publish *publish, struct str path,
                   size_t count);
void sequence_put(struct sequence *sequence, size_t number, struct str piece); /* by any thread */
int sequence_close(struct sequence *sequence, struct digest made_of);          /* see publish.h */

#endif
