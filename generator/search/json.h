/* An answer as JSON (RFC 8259): what the search page shows and `naslag search --json` prints.
 * docs/search.md tells its fields. Part of the reader. */
#ifndef NASLAG_SEARCH_JSON_H
#define NASLAG_SEARCH_JSON_H

#include "search/ask.h"

/* Appends the answer. Places in the query are in UTF-16 units, as JavaScript counts. */
void json_put_answer(struct buf *out, const struct answer *answer);

/* Dates and scores as every output writes them: `2025-01` and `12.345`. */
void json_put_date(struct buf *out, uint32_t date);
void json_put_score(struct buf *out, uint32_t score);

#endif
