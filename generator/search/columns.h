/* The columns of a group: what is known of its documents without their texts, for facets and for
 * order by date; and, as a part of their own, where their texts are. docs/search-format.md tells
 * their form. */
#ifndef NASLAG_SEARCH_COLUMNS_H
#define NASLAG_SEARCH_COLUMNS_H

#include "base/bytes.h"
#include "base/map.h"

/* Texts that are written once and then told by number. */
struct string_table {
    struct map numbers; /* text → number + 1 */
    struct buf items;
    uint32_t count;
};

void string_table_init(struct string_table *table, struct arena *arena);
uint32_t string_table_number(struct string_table *table, struct str text); /* copied if new */

/* Topics are pairs: what they are looked for by, and their title. */
uint32_t string_table_topic(struct string_table *table, struct str id, struct str title);

void string_table_put(const struct string_table *table, struct buf *out);

struct columns {
    struct string_table topics, kinds, issuers;
    struct buf documents, places;
    uint32_t count;
    uint32_t next; /* the number behind the last */
};

/* A document as its row tells it. */
struct column_row {
    uint32_t number;        /* of the document in its group; they rise */
    struct str type, kind;  /* as they are shown; the same where it has no kind of its own */
    struct str issuer;      /* may be empty */
    uint32_t date;          /* see layout_date() */
    const uint32_t *topics; /* numbers in `topics`, each once */
    size_t topic_count;
    struct str parts; /* of its text: see texts.h */
    uint32_t part_count;
};

void columns_init(struct columns *columns, struct arena *arena);
void columns_add(struct columns *columns, const struct column_row *row);
void columns_put(const struct columns *columns, uint32_t group, struct buf *out);
void columns_put_places(const struct columns *columns, uint32_t group, struct buf *out);

#endif
