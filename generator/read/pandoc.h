/* Documents of word processors, and web pages: plain text by pandoc. See convert.h. */
#ifndef NASLAG_READ_PANDOC_H
#define NASLAG_READ_PANDOC_H

#include "read/convert.h"

#define PANDOC_PACKAGE "pandoc"

/* `format` as pandoc calls it. Paragraphs become one line each, lists and footnotes stay what they
 * are, and the title that a document says it has comes first. */
int pandoc_convert(struct arena *arena, const char *format, struct str bytes,
                   struct conversion *out, struct err *err);

/* A web page in any charset: what it marks as its main part, where it does so once. */
int pandoc_page(struct arena *arena, struct str bytes, struct conversion *out, struct err *err);

#endif
