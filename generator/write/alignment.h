/* Two versions of a document, and which passage of one is which of the other. */
#ifndef NASLAG_WRITE_ALIGNMENT_H
#define NASLAG_WRITE_ALIGNMENT_H

#include "write/counterparts.h"

/* Passages by number, from 1; 0: none. A passage is the one it was where it stayed, was edited or,
 * with more than a few words, moved. */
struct alignment {
    const struct document *before, *after;
    uint32_t *before_of; /* by number of after */
    uint32_t *now_of;    /* by number of before */
};

/* Reads both documents; memory is the arena's. */
void alignment_find(struct alignment *out, struct side *before, uint32_t a, struct side *after,
                    uint32_t b, struct arena *arena);

/* The text of a passage; empty where there is none. */
struct str alignment_text(const struct document *document, uint32_t number);

#endif
