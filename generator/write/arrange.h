/* What is worked out once for all pages of a site: the order of documents, which topics stand
 * together, where they are named, and what each edition lists. */
#ifndef NASLAG_WRITE_ARRANGE_H
#define NASLAG_WRITE_ARRANGE_H

#include "write/site.h"

/* Fills the site, with all threads of the source's crew. The arena holds what it points to, but for
 * what is in the keeps of the crew. With `publish` (NULL: nothing is published) what the last build
 * left is made ready beside. */
void arrange_site(struct site *site, const struct site_source *source, struct publish *publish,
                  struct arena *arena, struct diags *diags);

/* Whether the home page or a list shows the text of the document, an index.md or README.md, which
 * then has no page beside. */
bool arrange_is_intro(const struct site *site, uint32_t document);

#endif
