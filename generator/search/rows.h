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

/* A topic by the last part of its id, with its title. */
struct row_topic {
    struct str id, title;
};

struct rows {
    uint32_t group;
    const struct row_topic *topics;
    const struct str *kinds, *issuers;
    uint32_t topic_count, kind_count, issuer_count;
    const struct row *items; /* by rising number */
    uint32_t count;
};

/* Reads the columns of a group. False where they are not there yet, or are damaged. */
bool rows_read(struct rows *rows, const struct root *root, uint32_t group, struct arena *arena);

/* The row of a document, or NULL. */
const struct row *rows_find(const struct rows *rows, uint32_t document);

struct text_part {
    uint32_t passages;
    uint32_t hash;
};

/* The parts of a document's text. */
struct places {
    uint32_t number;
    const struct text_part *items;
    uint32_t count; /* at least one */
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
