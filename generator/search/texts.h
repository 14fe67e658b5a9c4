/* The texts of documents, as results show them: in parts that a phone loads at once.
 * docs/search-format.md tells their form. */
#ifndef NASLAG_SEARCH_TEXTS_H
#define NASLAG_SEARCH_TEXTS_H

#include "link/web.h"
#include "search/columns.h"
#include "search/parts.h"

/* What the index says of a document besides its text. */
struct indexed_document {
    struct str type;       /* `topic`, `source` or `note` */
    struct str type_label; /* that, as it is shown */
    struct str label;      /* its kind, as it is shown */
};

/* Where the parts of a group's texts go. */
struct texts {
    const struct web *web;
    const struct parts_sink *sink;
    uint32_t group;
    struct map hashes; /* of its parts so far, as four bytes */
    struct arena *arena;
};

void texts_init(struct texts *texts, const struct web *web, const struct parts_sink *sink,
                uint32_t group, struct arena *arena);

/* Publishes a document's parts. Appends to `parts` what columns say of them: for each how many
 * passages it has, and its hash in four bytes, the lowest first. Returns how many there are: at
 * least one, also where there is no passage. */
uint32_t texts_add(struct texts *texts, uint32_t document, const struct document *read,
                   const struct indexed_document *about, struct arena *scratch, struct buf *parts);

#endif
