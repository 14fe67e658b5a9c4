/* Where words differ from the nearest that a source has: which were left out, added or changed. */
#ifndef NASLAG_LINK_VARIANCE_H
#define NASLAG_LINK_VARIANCE_H

#include "link/wording.h"

struct variance {
    uint32_t at;             /* where in the source's text it differs */
    struct str quoted, said; /* the words that differ first; one may be empty */
};

/* Looks in [from, limit) for what at most half of the words of `text` differ from, and takes the
 * nearest. Returns false where there is none. Of a long text the first words that differ are
 * looked at. */
bool variance_find(struct wording *wording, struct arena *scratch, struct str text, uint32_t from,
                   uint32_t limit, struct variance *variance);

#endif
