/* The names of topics, as the matcher looks for them. */
#ifndef NASLAG_LINK_NAMES_H
#define NASLAG_LINK_NAMES_H

#include "base/diag.h"
#include "link/matcher.h"
#include "link/outline.h"

/* The topic of a name that keeps others from matching: `match: {never: […]}`. */
#define NO_TOPIC UINT32_MAX

/* The names of the topics in `topics` (indexes into `documents`): title, abbreviation, aliases, and
 * phrases that are never meant. A name that two topics claim is an error that names both, and stays
 * the first one's. Returns how many; the array is the arena's. */
size_t names_collect(struct arena *arena, const struct outline *documents, const uint32_t *topics,
                     uint32_t topic_count, struct name **out, struct diags *diags);

#endif
