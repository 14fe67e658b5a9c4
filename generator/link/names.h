/* The names of topics, as the matcher looks for them. */
#ifndef NASLAG_LINK_NAMES_H
#define NASLAG_LINK_NAMES_H

#include "base/diag.h"
#include "link/inflection.h"
#include "link/matcher.h"
#include "link/outline.h"
#include "read/lexicon.h"

/* The topic of a name that keeps others from matching: `match: {never: […]}`. */
#define NO_TOPIC UINT32_MAX

enum { ALIASES_LISTED_MAX = 100 /* whose forms are listed: each is compared with all before it */ };

/* The names of the topics in `topics` (indexes into `documents`) and of their translations (`next`,
 * see twins.h; NULL: there are none): title, abbreviation, aliases, and phrases that are never
 * meant; behind those their forms, but for such as are a name themselves. A name that two topics
 * claim is an error that names both, and stays the first one's. `words` (may be NULL) tells which
 * proper names are ordinary words as well. Returns how many; the array is the arena's. */
size_t names_collect(struct arena *arena, const struct outline *documents, const uint32_t *next,
                     const uint32_t *topics, uint32_t topic_count, const struct lexicon *words,
                     struct name **out, struct diags *diags);

/* The forms that are made of a topic's names, for those who ask what is looked for. */
void names_list_forms(struct arena *arena, const struct outline *topic, struct forms *out);

#endif
