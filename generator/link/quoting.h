/* Every quotation of the collection held against the source that it cites. */
#ifndef NASLAG_LINK_QUOTING_H
#define NASLAG_LINK_QUOTING_H

#include "link/web.h"

/* Runs once links are resolved; what it finds is in the workers' diagnostics. Documents that cite a
 * text are read again where they were not kept, and each text that is quoted once: memory is that
 * of one text for each worker. A source without a text is taken at its word. */
void quoting_check(const struct web *web, struct crew *crew);

#endif
