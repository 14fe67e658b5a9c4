/* The tables of tables.h and the passages as one SQLite database with full-text search
 * (https://www.sqlite.org/fts5.html), as Datasette opens it. The only door to SQLite.
 *
 * The database is made aside and then given its name, so that it is there as a whole or not at all.
 * The same web and the same SQLite give the same bytes. */
#ifndef NASLAG_WRITE_DATABASE_H
#define NASLAG_WRITE_DATABASE_H

#include "base/err.h"
#include "link/web.h"

/* Of PRAGMA application_id, bytes 68 to 71 of the file: "nslg". */
enum { DATABASE_APPLICATION = 0x6E736C67 };

/* Writes the database to `path`. A file of that name is replaced where this program made it, and
 * refused where it did not. Documents that pass 1 did not keep are read again, by the crew's first
 * worker. `passages` gets how many rows there are of them. */
int database_write(const struct web *web, const struct crew *crew, const char *path,
                   uint64_t *passages, struct err *err);

#endif
