/* A group of documents is indexed: what is looked for in them becomes its harvest, their texts and
 * columns are published. */
#ifndef NASLAG_SEARCH_INDEXING_H
#define NASLAG_SEARCH_INDEXING_H

#include "search/indexer.h"

void indexing_do(struct indexer *indexer, struct worker *worker, uint32_t number);

/* The harvest of a group whose files are kept already; in `indexer->again`. */
void indexing_do_again(struct indexer *indexer, struct worker *worker, uint32_t number);

#endif
