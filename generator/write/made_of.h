/* What a page is made of, as a digest: where it is the same as when the page was last written, the
 * page is too, and need not be rendered.
 *
 * A template shows nothing but values, so a page is made of its values, its template and the
 * program. Only the text of a document is not yet rendered when that is asked: it is made of the
 * document's files and of what the names and links in them lead to. */
#ifndef NASLAG_WRITE_MADE_OF_H
#define NASLAG_WRITE_MADE_OF_H

#include "base/digest.h"
#include "write/page.h"

/* Of the program, its templates and its language, and those of the user. */
struct digest made_of_program(struct arena *scratch, const struct assets *assets);

/* Of a page whose values are set; `more` stands for what is not among them. */
struct digest made_of_page(struct page *page, const char *template, struct digest more);

/* Of a document's text as its page shows it, with what it embeds. DIGEST_NONE where that can't be
 * told: then the page must be rendered. */
struct digest made_of_text(struct arena *scratch, const struct site *site, uint32_t document);

/* Of a copy of a file of the commit, which is none where it is larger than one may be; of a work
 * tree, DIGEST_NONE. */
struct digest made_of_file(struct arena *scratch, const struct site *site,
                           const struct entry *file);

/* Of the history of a document, which has revisions: their files are what ids stand for. */
struct digest made_of_history(struct arena *scratch, const struct site *site, uint32_t document);

#endif
