/* The history of each document: the changes that led to it, also under other names.
 *
 * A document follows its Markdown file, or its text where that stands alone; what happened to a
 * source's text beside its record counts as well. */
#ifndef NASLAG_LINK_REVISIONS_H
#define NASLAG_LINK_REVISIONS_H

#include "link/outline.h"
#include "repo/changes.h"

/* A change, as one of a document's. */
struct revision {
    uint32_t change; /* index into changes.items */
    uint32_t commit; /* index into changes.commits */
};

struct document_revisions {
    VEC(struct revision) items; /* the latest first */
};

struct revisions {
    struct changes changes;
    struct document_revisions *of; /* by document */
    uint32_t *document_of;         /* by change: the document that there is now, or NO_DOCUMENT */
};

/* Follows all documents through `out->changes`, which were read before. */
void revisions_find(struct revisions *out, const struct snapshot *snapshot,
                    const struct outline *documents, uint32_t count, struct arena *arena);

#endif
