/* The texts of documents, as results show them: in pieces of some passages, so that a result takes
 * little more than it shows.
 * docs/search-format.md tells their form. */
#ifndef NASLAG_SEARCH_TEXTS_H
#define NASLAG_SEARCH_TEXTS_H

#include "link/web.h"
#include "search/columns.h"
#include "search/parts.h"

/* What the index says of a document besides its text. */
struct indexed_document {
    struct str type;          /* `topic`, `source` or `note` */
    struct str type_label;    /* that, as it is shown */
    struct str label;         /* its kind, as it is shown */
    const struct str *others; /* what it and its kind are called in the site's other languages */
    uint32_t other_count;
};

/* The pieces of a document, as they are published. */
struct text_pieces {
    struct text_place place;
    uint32_t choice;    /* the hash of the first, were it not another one's */
    struct str made_of; /* a digest of each, as bytes */
};

/* Where the pieces of a group's texts go. */
struct texts {
    const struct web *web;
    const struct parts_sink *sink;
    struct packer *packer;
    uint32_t group;
    struct map hashes; /* of its pieces so far, as four bytes */
    struct arena *arena;
};

void texts_init(struct texts *texts, const struct web *web, const struct parts_sink *sink,
                struct packer *packer, uint32_t group, struct arena *arena);

/* Publishes a document's pieces: at least one, also where there is no passage. Where one is
 * another, all have other names. They say what is known of the document, its passages, and where
 * these name topics, by ids and titles. What is returned lives as long as `scratch`. */
struct text_pieces texts_add(struct texts *texts, uint32_t document, const struct document *read,
                             const struct indexed_document *about, struct arena *scratch);

/* Keeps the pieces that an earlier build published of a document of which they would say the same.
 * False where they are not there any more, or would have other names: then add it. */
bool texts_keep(struct texts *texts, const struct text_pieces *pieces);

#endif
