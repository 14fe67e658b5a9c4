/* The search page, and how browsers find it.
 *
 * The page is a form, a list of topics and a manual. All else is done by theme/search.js when the
 * page is open: it asks the reader in theme/search.bin, which has its index in the folder
 * `search/`. */
#ifndef NASLAG_WRITE_PAGE_SEARCH_H
#define NASLAG_WRITE_PAGE_SEARCH_H

#include "write/page.h"

/* Fills page->value for the template `search`. The examples of its manual are made from the topics
 * that are named most, and from kind, issuer and years of the documents. */
void page_search(struct page *page);

/* The same for the template `opensearch`: the site as one of a browser's search engines. The
 * settings must have a `base_url`. */
void page_search_description(struct page *page);

#endif
