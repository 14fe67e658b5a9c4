/* Documents, or other files, that have a name in common, and which of them a link means.
 *
 * A crowd may have the same name, as with README: of these only those inside the folder of the link
 * are compared, if there are any. So links to a name take no more than linear time. */
#ifndef NASLAG_LINK_CANDIDATES_H
#define NASLAG_LINK_CANDIDATES_H

#include "base/map.h"
#include "base/vec.h"

struct resolver;

enum {
    CANDIDATES_CROWD = 16,     /* more are a crowd */
    CANDIDATES_COMPARED = 5000 /* of those that are as near: the first of them, per link */
};

/* Most names are those of one document: the first has its place here. */
struct candidates {
    VEC(uint32_t) items; /* documents or entries, in the order of their paths, each once */
    uint32_t first;
};

/* Adds a document or entry to those that have the name; they come in the order of their paths. The
 * map is from folded names to candidates. An empty name is none. */
void candidates_add(struct map *map, struct str name, uint32_t candidate);

/* A path without `.md` or `.txt`, as links have it. */
struct str candidates_plain(struct str path);

/* The candidates whose path ends in `suffix`, which was folded (any, where that is empty): the best
 * for a link in `folder`, and another one; NO_DOCUMENT where there is none. `candidates` may be
 * NULL. They are documents of the resolver or, with `files`, entries of its snapshot. Of
 * translations the first counts alone. */
void candidates_choose(const struct resolver *resolver, struct arena *scratch,
                       const struct candidates *candidates, bool files, struct str folder,
                       struct str suffix, uint32_t chosen[2]);

#endif
