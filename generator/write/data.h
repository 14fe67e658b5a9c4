/* The data behind the site, to download: `data/`. Columns and fields are an interface; docs/data.md
 * describes them. CSV is RFC 4180 with a header row, in UTF-8; JSON lines have one passage each. */
#ifndef NASLAG_WRITE_DATA_H
#define NASLAG_WRITE_DATA_H

#include "base/buf.h"
#include "link/web.h"
#include "write/publish.h"

struct grounds;

/* Publishes table `number` of tables.h as a CSV file in `folder`: those before the one of passages.
 */
void data_publish_table(const struct web *web, const struct grounds *grounds, size_t number,
                        struct publish *publish, struct str folder);

/* What describes the tables to programs, datapackage.json; `title` is the site's, `licence` may be
 * empty. */
void data_publish_package(struct publish *publish, struct str folder, struct str title,
                          struct str licence);

/* The references of all sources, for a reference manager. */
void data_publish_references(const struct web *web, struct publish *publish, struct str folder);

/* The lines of passages.jsonl for one document, which was read again. */
void data_put_passages(const struct web *web, uint32_t document, const struct document *read,
                       struct buf *out);

#endif
