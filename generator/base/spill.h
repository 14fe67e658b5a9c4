/* Texts put aside in a file without a name, where they take no memory of the process until they are
 * asked for again. The file goes with the process, however that ends.
 *
 * One thread puts texts in; any may get those that are in. What was written and cannot be read
 * again is memory lost, and ends the program as that does. */
#ifndef NASLAG_BASE_SPILL_H
#define NASLAG_BASE_SPILL_H

#include "base/str.h"

#include <stdint.h>

struct arena;

struct spill {
    int file; /* -1: none is open */
    bool failed;
    uint64_t size; /* bytes that are in */
};

/* Life cycle: init opens nothing yet; release forgets all texts. */
void spill_init(struct spill *spill);
void spill_release(struct spill *spill);

/* Puts a text behind those that are in, and says where, for spill_get(). Returns false where there
 * can be no such file ($TMPDIR or /tmp is not there, is full or is no place for it): then the text
 * must stay where it is. */
bool spill_put(struct spill *spill, struct str text, uint64_t *place);

/* The `len` bytes at `place`, in the arena. */
struct str spill_get(const struct spill *spill, uint64_t place, size_t len, struct arena *arena);

#endif
