/* A group of documents is indexed: what is looked for in them becomes its harvests, their texts and
 * columns are published.
 *
 * What an earlier build found is used again (see reuse.h). A document is read where the words of
 * its group are not known, or its text cannot be kept. Topics and columns need no reading. */
#ifndef NASLAG_SEARCH_INDEXING_H
#define NASLAG_SEARCH_INDEXING_H

#include "search/indexer.h"

void indexing_do(struct indexer *indexer, struct worker *worker, uint32_t number);

/* The harvests of a group whose files are kept already. */
void indexing_do_again(struct indexer *indexer, struct worker *worker, uint32_t number,
                       struct group_harvests *harvests);

#endif
