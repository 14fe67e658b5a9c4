/* A large file that is put together from pieces, which many threads make in any order. Those that
 * are the same as in the last build are copied from its file: nobody makes them again. What stands
 * for each piece is noted beside its length, so that it is known where it begins. Nothing is
 * written before a byte differs from the last build's file: where none does, that stays. */
#ifndef NASLAG_WRITE_PIECES_H
#define NASLAG_WRITE_PIECES_H

#include "base/arena.h"
#include "write/publish.h"

#include <pthread.h>

struct piece;

struct pieces {
    struct arena arena; /* of all but what waits */
    struct publish *publish;
    const char *note;
    struct str path;
    int last; /* the file of the last build, or -1 */
    uint64_t last_size;
    struct digest last_made_of;

    pthread_mutex_t lock;          /* of what follows, and of the stream */
    struct publish_stream *stream; /* NULL: nothing differs yet from */
    uint64_t same;                 /* so many bytes of the last build's file */
    struct piece *pieces;
    size_t next, count;   /* the first that is not in the file yet; how many there are */
    struct arena waiting; /* bytes that came too early; cleared when none are left */
    size_t waiting_count;
};

/* `made_of` has what stands for each of `count` pieces, numbered from 0, which may be DIGEST_NONE;
 * it is copied. `note` is a literal that no other such file has. Returns false, with nothing to put
 * or close, where the whole file is as in the last build. */
bool pieces_open(struct pieces *pieces, struct publish *publish, const char *note, struct str path,
                 const struct digest *made_of, size_t count);

/* Whether a piece must be put, also an empty one; and putting it: others are let be. Both by any
 * thread, each piece once. */
bool pieces_want(const struct pieces *pieces, size_t number);
void pieces_put(struct pieces *pieces, size_t number, struct str bytes);

void pieces_close(struct pieces *pieces);

#endif
