/* The order of keys cut into slices: what stands in one is put together by itself, and need not be
 * where nothing in it changed. A key alone tells in which it is, and the slices are in the order of
 * keys. Words, which take the most, are cut by their first two letters. */
#ifndef NASLAG_SEARCH_SLICES_H
#define NASLAG_SEARCH_SLICES_H

#include "base/str.h"

enum {
    SLICES_LETTERS = 28, /* what is before `a`, 26 letters, what is behind `z` */
    SLICES_TOPICS = 1,
    SLICES_WORDS, /* the first slice of words */
    SLICES_BEHIND_WORDS = SLICES_WORDS + SLICES_LETTERS * SLICES_LETTERS,
    SLICES
};

/* The number of the slice in which a key is. Keys are not empty. */
unsigned slices_find(struct str key);

#endif
