/* The columns of a group, as they are read: what is known of its documents without their texts.
 * Part of the reader. See columns.h for how they are written. */
#ifndef NASLAG_SEARCH_ROWS_H
#define NASLAG_SEARCH_ROWS_H

#include "search/root.h"

struct row {
    uint32_t number;             /* of the document in its group */
    uint32_t type, kind, issuer; /* index into the group's kinds, kinds and issuers */
    uint32_t date;               /* see layout_date() */
    const uint32_t *topics;
    uint32_t topic_count;
};

/* A topic: no other has its number, in whatever group. */
struct row_topic {
    uint32_t number;
    struct str id, title; /* once names were read: the last part of its id */
};

struct rows {
    uint32_t group;
    struct row_topic *topics; /* by rising number */
    uint64_t names;           /* the hash of what these are called */
    const struct str *kinds, *issuers;
    uint32_t topic_count, kind_count, issuer_count;
    const struct row *items; /* by rising number */
    uint32_t count;
};

/* Reads the columns of a group. False where they are not there yet, or are damaged. */
bool rows_read(struct rows *rows, const struct root *root, uint32_t group, struct arena *arena);

/* The row of a document, or NULL. */
const struct row *rows_find(const struct rows *rows, uint32_t document);

/* Reads what the topics are called; false where that is not there yet, or is damaged. */
bool rows_name_topics(struct rows *rows, struct store *store, struct arena *arena);

/* Where the text of a document is. */
struct places {
    uint32_t number;
    uint32_t stride; /* passages of a piece, at least one */
    uint32_t hash;   /* of the first piece; those of others follow */
};

struct group_places {
    const struct places *items; /* by rising number */
    uint32_t count;
};

/* The same of where the texts of a group are. */
bool rows_read_places(struct group_places *places, const struct root *root, uint32_t group,
                      struct arena *arena);

/* The places of a document, or NULL. */
const struct places *rows_find_places(const struct group_places *places, uint32_t document);

#endif
