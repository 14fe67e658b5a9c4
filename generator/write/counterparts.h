/* Which document of one web is which of another, that of a later snapshot.
 *
 * By path; else by the address of its page; else it moved: a page that leads on from there, the
 * same files, or at least half of its text. Where more went and came than are compared by their
 * texts, the rest is gone and new. */
#ifndef NASLAG_WRITE_COUNTERPARTS_H
#define NASLAG_WRITE_COUNTERPARTS_H

#include "link/web.h"
#include "write/redirects.h"

/* A web with what it was read from. */
struct side {
    const struct web *web;
    struct crew *crew;
    const struct diags *diags; /* of pass 1 */
    struct str settings;       /* the bytes of naslag.yaml */
    unsigned char **ids;       /* by entry: of its blob; NULL: not known yet */
    struct arena *arena;
};

struct counterparts {
    uint32_t *now_of;    /* by document of before; NO_DOCUMENT: gone */
    uint32_t *before_of; /* by document of after; NO_DOCUMENT: new */
};

/* Sets what is found out later, which will be the arena's. */
void side_init(struct side *side, struct arena *arena);

/* Whether two entries are the same bytes; either may be NO_ENTRY. What can't be read is the same as
 * nothing else. */
bool side_same_file(struct side *before, uint32_t a, struct side *after, uint32_t b);

/* Whether two documents are made of the same files. */
bool side_same_document(struct side *before, uint32_t a, struct side *after, uint32_t b);

/* A document of a side, read into the arena where it is not at hand. */
const struct document *side_document(struct side *side, uint32_t index, struct arena *arena);

/* `redirects` are those of the site after; memory is the arena's. */
void counterparts_find(struct counterparts *out, struct side *before, struct side *after,
                       const struct redirects *redirects, struct arena *arena);

#endif
