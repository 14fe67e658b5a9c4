/* A group of documents is indexed: what is looked for in them becomes its harvests, their texts and
 * columns are published.
 *
 * What an earlier build found is used again (see reuse.h): where the words of a group are known,
 * topics and columns need no reading. */
#ifndef NASLAG_SEARCH_INDEXING_H
#define NASLAG_SEARCH_INDEXING_H

#include "search/indexer.h"

/* Group `number` of `indexer->grouping`; what stays is in the worker's keep. */

/* By what is known of its words, if that is so: then only documents are read whose text cannot be
 * kept. Returns whether it is. */
bool indexing_recall(struct indexer *indexer, struct worker *worker, uint32_t number);

/* By reading all of it. */
void indexing_do(struct indexer *indexer, struct worker *worker, uint32_t number);

/* The harvests of a group whose files are kept already. */
void indexing_do_again(struct indexer *indexer, struct worker *worker, uint32_t number,
                       struct group_harvests *harvests);

#endif
