/* What a search found, as `naslag search` prints it. */
#ifndef NASLAG_CLI_RESULTS_H
#define NASLAG_CLI_RESULTS_H

#include "base/buf.h"
#include "search/ask.h"

/* The columns of a table of results: an interface. A row is a passage. */
#define RESULTS_COLUMNS "document,passage,page,date,title,score,text"

void results_put_json(struct buf *out, const struct answer *answer);

/* For a terminal: control characters are shown, not obeyed. */
void results_put_text(struct buf *out, const struct answer *answer, uint32_t first);

/* Rows of CSV (RFC 4180). `query` goes into a first column where it has data. A text that a
 * spreadsheet would take for a formula has an apostrophe in front. */
void results_put_rows(struct buf *out, const struct answer *answer, struct str query);

/* What is wrong with a query, each with the query under it and the place marked; nothing where all
 * is well. */
void results_put_problems(struct buf *out, const struct query *query);

#endif
