/* passages.jsonl: the lines of each document, of which those that are the same as in the last build
 * are copied from there, without reading the document. */
#ifndef NASLAG_WRITE_PASSAGES_H
#define NASLAG_WRITE_PASSAGES_H

#include "write/sequence.h"
#include "write/site.h"

struct piece;

struct passages {
    struct arena arena;
    struct sequence sequence;
    struct publish *publish;
    struct piece *pieces; /* by document */
    uint32_t count;
    int last; /* the file of the last build, or -1 */
};

/* Returns false, with nothing to put or close, where the whole file is as in the last build. */
bool passages_open(struct passages *passages, const struct site *site, struct publish *publish);

/* Puts the lines of a document as they were; false where they are not known: then put them. Both by
 * any thread, each document once. */
bool passages_keep(struct passages *passages, uint32_t document, struct arena *scratch);
void passages_put(struct passages *passages, uint32_t document, struct str lines);

void passages_close(struct passages *passages);

#endif
