/* What only `naslag check` asks of the web: what no page leads to, what nothing names, records that
 * say too little. */
#ifndef NASLAG_LINK_AUDIT_H
#define NASLAG_LINK_AUDIT_H

#include "link/web.h"

/* The words that the language pack has a name for: keys are what an author writes. */
struct audit_words {
    const struct map *kinds, *relations;
    const struct meta_list *languages; /* codes of all language packs */
};

/* A note is reached where a page other than a list leads to it: by a link from another document or
 * the menu, or because it names a topic, whose page shows that passage. Folders' pages are always.
 * That nothing names a topic is said only where the texts of all sources are there: else it may be
 * named in one that is not. */
void audit_run(const struct web *web, struct crew *crew, const struct config *config,
               const struct audit_words *words, struct arena *arena, struct diags *diags);

#endif
