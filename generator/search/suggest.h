/* Words that the index has, for one that it lacks. Part of the reader. */
#ifndef NASLAG_SEARCH_SUGGEST_H
#define NASLAG_SEARCH_SUGGEST_H

#include "search/root.h"

enum { SUGGEST_MAX = 3 };

struct suggestions {
    struct str items[SUGGEST_MAX];
    uint32_t count;
    bool waits; /* files are wanted first */
};

/* Words that a slip of the pen makes `form` of: those that begin or end nearly as it does, and of
 * which but one letter is another where the first one is. */
void suggest_find(struct suggestions *out, const struct root *root, struct str form,
                  struct arena *arena);

#endif
