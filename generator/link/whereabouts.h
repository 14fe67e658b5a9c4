/* Where in a document's file words stand: line and column of the first of them. */
#ifndef NASLAG_LINK_WHEREABOUTS_H
#define NASLAG_LINK_WHEREABOUTS_H

#include "link/crew.h"

/* The bytes of a file, and how far it was searched. */
struct whereabouts {
    struct str bytes;
    size_t at;     /* where `line` begins */
    uint32_t line; /* 0: not read yet */
    size_t behind; /* what was found last ends before here */
    bool read;
};

/* Reads a document's Markdown into the worker's page arena; what cannot be read reads as empty. */
void whereabouts_read(struct whereabouts *whereabouts, struct crew *crew, struct worker *worker,
                      const struct outline *outline);

/* Finds the beginning of `text` from line `first` to the line of `*place`; where it does not stand
 * there, in its words, `*place` stays. Lines asked for must not go back. */
void whereabouts_find(struct whereabouts *whereabouts, uint32_t first, struct str text,
                      struct place *place);

#endif
