/* What a page is about, for search engines: JSON-LD by schema.org (https://schema.org/).
 *
 * It stands in the page as a data block, which no browser runs: `<` is escaped, so that no text can
 * end it. Addresses are those of the page's own links, relative to it. */
#ifndef NASLAG_WRITE_JSONLD_H
#define NASLAG_WRITE_JSONLD_H

#include "write/page.h"

enum { JSONLD_TOPICS_MAX = 20 }; /* named in a document: more says nothing of what it is about */

/* Sets `jsonld` of the page of a document. */
void jsonld_set_document(struct page *page, uint32_t document);

/* Sets `jsonld` of the home page. */
void jsonld_set_site(struct page *page);

#endif
