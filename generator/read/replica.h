/* A copy of a finished document that takes as little memory as it can.
 *
 * While a document is read, its arena fills with what arrays and buffers outgrow. To keep many
 * documents, each is read in an arena that is cleared and kept as a replica: its nodes stand in a
 * row, its passages' texts likewise, and nodes borrow their texts from those of the passages. */
#ifndef NASLAG_READ_REPLICA_H
#define NASLAG_READ_REPLICA_H

#include "read/document.h"

/* The replica is all the arena's. Metadata, headings and pages are left to the caller, who keeps
 * them elsewhere; what was dropped of a text is left out. */
struct document *replica_make(struct arena *arena, const struct document *document);

/* The same of its passages alone, which then have no nodes. */
struct document *replica_make_passages(struct arena *arena, const struct document *document);

#endif
