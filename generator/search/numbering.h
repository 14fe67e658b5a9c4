/* Numbers of topics in the columns of groups: a topic that comes or goes changes few others.
 *
 * A number is drawn by the last part of the topic's id, by which it is looked for; topics that end
 * alike share it. */
#ifndef NASLAG_SEARCH_NUMBERING_H
#define NASLAG_SEARCH_NUMBERING_H

#include "link/web.h"

/* By topic. */
uint32_t *numbering_make(const struct web *web, struct arena *arena);

#endif
