/* Escaping, in one place: what goes into HTML, XML, a URL, CSV or JSON passes through here.
 *
 * Any bytes may come in. What comes out is well-formed UTF-8 everywhere: a byte that is not becomes
 * U+FFFD, or percent-encoded in a URL. */
#ifndef NASLAG_WRITE_ESCAPE_H
#define NASLAG_WRITE_ESCAPE_H

#include "base/buf.h"

/* For HTML and XML text and quoted attributes alike: & < > " and '. Control characters that one of
 * them forbids become U+FFFD, and so do noncharacters. */
void escape_html(struct buf *out, struct str text);

/* A relative path as a URL reference: all but unreserved characters and `/` is percent-encoded, so
 * that no path reads as a scheme, a query or a fragment. */
void escape_path(struct buf *out, struct str path);

/* A URL that an author wrote: what may not stand in one is percent-encoded, the rest is left, `&`
 * and `'` too: in an attribute it still has to pass through escape_html(). */
void escape_url(struct buf *out, struct str url);

/* A CSV field by RFC 4180, in quotes where it must be. The text itself is never changed, also where
 * a spreadsheet would take it for a formula. */
void escape_csv(struct buf *out, struct str text);

/* A YAML scalar between double quotes, with them; of text on one line. */
void escape_yaml(struct buf *out, struct str text);

/* A JSON string by RFC 8259, with its quotes. */
void escape_json(struct buf *out, struct str text);

#endif
