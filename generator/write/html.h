/* Documents as HTML: a part of a document's tree, with its topics linked, its passages numbered and
 * its links resolved. What an author wrote is escaped; no raw HTML comes through.
 *
 * Anchors: passages `p12`, headings their slug, pages of the original `page.3`, footnotes `fn.1`
 * and `fnref.1` (`fnref.1.2` for a second reference). A slug never holds a full stop. */
#ifndef NASLAG_WRITE_HTML_H
#define NASLAG_WRITE_HTML_H

#include "base/buf.h"
#include "link/web.h"
#include "read/callout.h"

/* What the renderer says itself, in the site's language. */
struct html_words {
    struct str table, footnotes, back, done, open, missing, passage, page, files_folder,
        tags_folder, embedded;
    struct str callouts[CALLOUTS]; /* titles, by kind */
};

struct html {
    struct arena *arena; /* of the page in hand */
    const struct web *web;
    const struct html_words *words;
    struct str language; /* of the page, a tag: what is in another one is marked */
    struct str edition;  /* and the code of its words: topics are linked in that, where they can */
    uint32_t document;   /* index */
    struct str root;     /* see url_root() */
    uint32_t top_level;  /* h2 or h3: of the part's highest headings */
    /* Reads another document, which is embedded; NULL: nothing is. */
    const struct document *(*load)(void *loader, uint32_t document);
    void *loader;
};

/* Renders `part` (document->text or document->body) of a document that was read again. The heading
 * that is the page's title is left out; its anchor is not. */
void html_put_part(const struct html *html, const struct document *document,
                   const struct node *part, struct buf *out);

/* Whether a file may be copied to the site: by its extension, one that no browser runs as a page.
 */
bool html_may_copy(struct str path);

#endif
