/* The editions of a site: one for each language in which something of it is shown.
 *
 * An edition is a `struct site` with the words of its language. Those of the settings' `languages`
 * have pages of their own (the home page, lists, search, timeline, figures, connections, tags,
 * changes, downloads), below a folder of the language's code but for the first; the others only
 * show their documents. A document is in one edition, and so are the pages beside it: its history,
 * its further parts. What pages show that others are about (lists, mentions) is of translations the
 * one in the page's language. */
#ifndef NASLAG_WRITE_EDITIONS_H
#define NASLAG_WRITE_EDITIONS_H

#include "write/site.h"

enum { EDITIONS_MAX = 32 /* languages with words: more are shown with the site's own */ };

/* Makes the editions of `site`, which is that of the site's own language and of which all but
 * by_title, letters, recent, home and list_intro are set. `languages` are those of the settings. */
void editions_make(struct site *site, const struct language *languages, struct diags *diags);

/* The id of a page that the site makes itself, by its key in the language pack: `en/timeline`. */
struct str editions_id(const struct site *site, struct arena *arena, const char *key);

/* Likewise of the page of a tag. */
struct str editions_tag_id(const struct site *site, struct arena *arena, const struct tag *tag);

/* The edition that a document is in. */
const struct site *editions_of(const struct site *site, uint32_t document);

/* The language that a document is written in: a tag. */
struct str editions_language(const struct site *site, uint32_t document);

/* The document that an edition shows of a topic, and of a document and its translations. */
uint32_t editions_topic(const struct site *site, uint32_t topic);
uint32_t editions_document(const struct site *site, uint32_t document);

/* Sets the words of the renderer. */
void editions_set_words(struct site *site);

#endif
