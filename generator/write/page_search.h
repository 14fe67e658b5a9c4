/* The search page, and how browsers find it.
 *
 * The page is a form and a list of topics. All else is done by theme/search.js when the
 * page is open: it asks the reader in theme/search.bin, which has its index in the folder
 * `search/`. What goes wrong it takes from the page of help. */
#ifndef NASLAG_WRITE_PAGE_SEARCH_H
#define NASLAG_WRITE_PAGE_SEARCH_H

#include "write/page.h"

/* Fills page->value for the template `search`. */
void page_search(struct page *page);

/* The same for the template `search-help`. Its examples are made from the topics that are named
 * most, and from kind, issuer and years of the documents. */
void page_search_help(struct page *page);

/* The same for the template `opensearch`: the site as one of a browser's search engines. The
 * settings must have a `base_url`. */
void page_search_description(struct page *page);

#endif
