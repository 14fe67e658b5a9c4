/* Links that lead nowhere: what they were surely meant to lead to. */
#ifndef NASLAG_LINK_REPAIR_H
#define NASLAG_LINK_REPAIR_H

#include "base/diag.h"
#include "link/resolve.h"

/* How a link that leads nowhere is mended without a guess: just one document has its file's name
 * (so it was moved), or just one title or file name differs in accents only. Returns false where
 * that is not so. The texts are `scratch`'s. */
bool repair_link(const struct resolver *resolver, struct arena *scratch, uint32_t from,
                 const struct link *link, struct fix *fix);

/* The heading whose name is nearest to that behind the `#` of `target`, for "did you mean"; may be
 * empty. */
struct str repair_heading(const struct outline *document, struct str target);

#endif
