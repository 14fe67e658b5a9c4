/* Which files of a snapshot are documents, and of what kind by their folder. */
#ifndef NASLAG_LINK_CATALOG_H
#define NASLAG_LINK_CATALOG_H

#include "link/outline.h"
#include "read/config.h"
#include "repo/snapshot.h"

/* Leaves out of the snapshot what the settings ignore, and the settings themselves. Entries keep
 * their order. */
void catalog_ignore(struct snapshot *snapshot, const struct config *config);

/* An outline for each document, in the order of their paths, with its path, its entries and its
 * kind by folder: `topics/`, `sources/`, else a note. A `.txt` and a `.pdf` in `sources/` go with
 * the record of that name; a `.txt` without a record is a document of its own. Returns how many. */
uint32_t catalog_fill(struct arena *arena, const struct snapshot *snapshot, struct outline **out);

/* The kind of a document by its folder. */
enum document_kind catalog_kind(struct str path);

/* Whether a path is a folder's page: README.md or index.md, in any case. */
bool catalog_is_index(struct str path);

#endif
