/* The data behind the site, to download: `data/`. Columns and fields are an interface; docs/data.md
 * describes them. CSV is RFC 4180 with a header row, in UTF-8; JSON lines have one passage each. */
#ifndef NASLAG_WRITE_DATA_H
#define NASLAG_WRITE_DATA_H

#include "base/buf.h"
#include "link/web.h"
#include "write/publish.h"

/* Publishes a CSV file for each table of tables.h but passages, datapackage.json and the references
 * of all sources in `folder`.
 * `title` is the site's; `licence` may be empty. */
void data_publish(const struct web *web, struct publish *publish, struct str folder,
                  struct str title, struct str licence);

/* The lines of passages.jsonl for one document, which was read again. */
void data_put_passages(const struct web *web, uint32_t document, const struct document *read,
                       struct buf *out);

#endif
