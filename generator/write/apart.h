/* Moves boxes apart that lie over each other, as little as it takes.
 *
 * In whole numbers and in one order, so that the same boxes always end in the same places; of the
 * ways that Graphviz has for it, those that keep a picture small decide by addresses in memory. */
#ifndef NASLAG_WRITE_APART_H
#define NASLAG_WRITE_APART_H

#include "write/layout.h"

/* Returns false where some still lie over each other after many rounds. */
bool apart_move(struct layout_node *nodes, uint32_t count);

#endif
