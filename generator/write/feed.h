/* What machines read: the Atom feeds, the sitemap, robots.txt. */
#ifndef NASLAG_WRITE_FEED_H
#define NASLAG_WRITE_FEED_H

#include "write/page.h"

/* Fills page->value for the templates `atom`, `sitemap` and `robots`. The feed is that of the
 * page's edition, with the documents that it lists. Its addresses are relative where the settings
 * give no base_url; a sitemap cannot be, so that without one there is none. */
void feed_atom(struct page *page);
void feed_sitemap(struct page *page);

/* The passages that came to name a topic: an entry for each revision of a document that brought
 * any, the latest first. An entry's id stays; passages that are edited come anew, and leave the
 * entry that they were in. `document` is the topic's in the language of the feed; `page` has its
 * id. */
void feed_topic(struct page *page, uint32_t document);

#endif
