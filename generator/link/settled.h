/* Where links lead, from one build to the next: while no document or file comes, goes or gets
 * another name, what a link is called leads where it did, whatever else was written. To look it up
 * again takes a walk through names in all of memory.
 *
 * The cache has, under the place of the repository, what all names were, and for each document
 * which text it had and where its links led. Of use are only links that lead to the whole of a
 * document or nowhere, as where a heading or a page stands depends on the text that has it; and
 * none of which there is something to say. */
#ifndef NASLAG_LINK_SETTLED_H
#define NASLAG_LINK_SETTLED_H

#include "base/bytes.h"
#include "link/crew.h"
#include "link/resolve.h"

#include <stdatomic.h>

struct settled {
    struct cache *cache; /* NULL: nothing is known and nothing kept */
    const struct outline *documents;
    uint32_t count;
    struct digest key, names;
    struct arena arena, workers[POOL_MAX];
    struct str *known;           /* by document: where its links lead; no data: not known yet */
    atomic_uint_least32_t fresh; /* documents of which the cache did not know it */
};

/* The links of a document, on the way through them. */
struct settled_links {
    struct bytes known;
    struct buf noted;
    bool is_known;
};

/* Reads what there is. The names of all documents must be known; `user` is the thread's number with
 * the cache. Nothing else of it may be used before. */
void settled_open(struct settled *settled, const struct crew *crew, unsigned user,
                  const struct outline *documents, uint32_t count);

/* Begins with the links of a document, which come one after the other in their order: of each,
 * whether it is known where it leads, and then `*to` says so; or else settled_note() what was
 * found. */
struct settled_links settled_begin(struct settled *settled, unsigned worker, uint32_t document);
bool settled_next(const struct settled *settled, struct settled_links *links,
                  struct destination *to);
void settled_note(struct settled_links *links, const struct link *link,
                  const struct resolution *found);
void settled_end(struct settled *settled, uint32_t document, const struct settled_links *links);

/* Keeps what is known now, where much of it is new, and gives all memory back. */
void settled_close(struct settled *settled, unsigned user);

#endif
