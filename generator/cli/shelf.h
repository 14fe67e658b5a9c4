/* The sources that a work tree has, as far as a new one must be compared with them. */
#ifndef NASLAG_CLI_SHELF_H
#define NASLAG_CLI_SHELF_H

#include "base/err.h"
#include "base/map.h"
#include "base/vec.h"
#include "read/likeness.h"
#include "read/meta.h"
#include "repo/snapshot.h"

/* A record or a text; a source may have both. Paths are below the content folder. */
struct shelf_record {
    struct str stem; /* path without its extension */
    struct meta meta;
};

struct shelf_text {
    struct str stem, path;
    struct likeness likeness;
};

struct shelf {
    struct arena *arena;
    VEC(struct shelf_record) records;
    VEC(struct shelf_text) texts;
    struct map stems; /* of all files in `sources/`, as names compare: without case */
    struct map paths; /* of all those files */
};

/* Reads the records and texts in `sources/`. What can't be read is left aside: a build says so. */
int shelf_fill(struct shelf *shelf, const struct snapshot *snapshot, struct arena *arena,
               struct err *err);

/* Adds what was imported, or would have been. */
void shelf_add(struct shelf *shelf, struct str path);
void shelf_add_text(struct shelf *shelf, struct str path, const struct likeness *likeness);

bool shelf_has(const struct shelf *shelf, struct str path);
bool shelf_has_stem(const struct shelf *shelf, struct str stem);

/* The text that is most like this one, and how much in per cent: 100 is the same words; NULL where
 * there is none. */
const struct shelf_text *shelf_nearest(const struct shelf *shelf, const struct likeness *likeness,
                                       unsigned *share);

#endif
