/* A large file that is put together from pieces, of which those that are the same as in the last
 * build are copied from there: nobody makes them again. What stands for each piece is noted beside
 * its length, so that it is known where it begins. */
#ifndef NASLAG_WRITE_PIECES_H
#define NASLAG_WRITE_PIECES_H

#include "write/sequence.h"

struct piece;

struct pieces {
    struct arena arena;
    struct sequence sequence;
    struct publish *publish;
    const char *note;
    struct piece *pieces;
    size_t count;
    int last; /* the file of the last build, or -1 */
};

/* `made_of` has what stands for each of `count` pieces, which may be DIGEST_NONE; it is copied.
 * `note` is a literal that no other such file has. Returns false, with nothing to put or close,
 * where the whole file is as in the last build. */
bool pieces_open(struct pieces *pieces, struct publish *publish, const char *note, struct str path,
                 const struct digest *made_of, size_t count);

/* Puts a piece as it was; false where it is not known: then put it. Both by any thread, each piece
 * once. */
bool pieces_keep(struct pieces *pieces, size_t number, struct arena *scratch);
void pieces_put(struct pieces *pieces, size_t number, struct str bytes);

void pieces_close(struct pieces *pieces);

#endif
