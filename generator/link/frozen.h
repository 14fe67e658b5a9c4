/* The outline of a document as bytes, for the cache: what pass 1 finds out by reading it.
 *
 * The bytes are read as those of a stranger: what does not fit is refused. They hold numbers of
 * topics, which mean something beside the list of topics alone that they were written with. */
#ifndef NASLAG_LINK_FROZEN_H
#define NASLAG_LINK_FROZEN_H

#include "base/buf.h"
#include "base/diag.h"
#include "link/outline.h"

/* Appends the outline as survey_run() leaves it, with the `count` diagnostics of its document. */
void frozen_put(struct buf *out, const struct outline *outline, const struct diag *diags,
                size_t count);

/* Appends the texts of the passages that the outline keeps, which are those of its document. */
void frozen_put_texts(struct buf *out, const struct outline *outline,
                      const struct document *document);

/* Which topic has the number that an outline was written with. */
struct renumbering {
    const uint32_t *topics; /* by old number, NO_TOPIC where there is none; NULL: the same number */
    uint32_t count;         /* of old numbers */
    bool any;               /* what the topics are does not matter: they all become NO_TOPIC */
};

/* Fills what frozen_put() wrote, but where the texts of passages are, which must be `texts` bytes.
 * Other texts are those of `bytes`, which must live as long; the rest is the arena's. Returns
 * whether all of it could be read; `outline` is of no use where not, and nothing is added to
 * `diags`. */
bool frozen_get(struct str bytes, size_t texts, const struct renumbering *renumbering,
                struct arena *arena, struct outline *outline, struct diags *diags);

#endif
