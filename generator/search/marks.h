/* Which stretches of a passage are what was looked for, and which part of a long one to show. Part
 * of the reader. */
#ifndef NASLAG_SEARCH_MARKS_H
#define NASLAG_SEARCH_MARKS_H

#include "search/fragment.h"
#include "search/plan.h"

struct stretch {
    uint32_t start, end; /* bytes of the passage's text */
};

struct marks {
    VEC(struct stretch) items; /* in order, none touching another */
    struct stretch shown;      /* what is shown of the text: whole words */
};

/* What words are marked: those that the plan's nodes find. */
struct marker {
    const struct plan *plan;
    enum stem_language language;
    bool whole; /* long passages are not cut */
    struct arena *arena;
};

void marks_find(const struct marker *marker, const struct fragment *fragment,
                const struct fragment_passage *passage, struct marks *out);

#endif
