/* A source as a bibliographic reference, for reference managers:
 *
 * BibTeX as biblatex reads it (https://ctan.org/pkg/biblatex), in UTF-8; RIS, whose lines end with
 * CRLF; CSL-JSON (https://docs.citationstyles.org/). Any text may come in: white space becomes one
 * space, and what a format would read as its own is escaped. */
#ifndef NASLAG_WRITE_REFERENCE_H
#define NASLAG_WRITE_REFERENCE_H

#include "base/buf.h"
#include "link/outline.h"

/* What is cited, under a key that is a file name: `igj-reflectie-2024`. */
struct reference {
    struct str key;
    const struct meta *meta;
};

/* The reference of a source. */
struct reference reference_of(const struct outline *source);

void reference_put_bibtex(struct buf *out, const struct reference *reference);
void reference_put_ris(struct buf *out, const struct reference *reference);

/* One object, without the list around it that a file has. */
void reference_put_csl(struct buf *out, const struct reference *reference);

/* What the page's head tells of a source, by Highwire Press's and Dublin Core's names: calls `put`
 * for each that is known. Google Scholar and Zotero read these. */
void reference_tell(const struct reference *reference, struct arena *arena,
                    void (*put)(void *context, const char *name, struct str content),
                    void *context);

#endif
