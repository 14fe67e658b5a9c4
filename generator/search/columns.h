/* The columns of a group: what is known of its documents without their texts, for facets and for
 * order by date; and, as parts of their own, what the topics in them are called and where the texts
 * are. A value of all documents stands side by side, so that it packs well.
 * docs/search-format.md tells their form. */
#ifndef NASLAG_SEARCH_COLUMNS_H
#define NASLAG_SEARCH_COLUMNS_H

#include "base/bytes.h"
#include "base/map.h"
#include "base/vec.h"

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

/* A topic that documents of the group name. */
struct column_topic {
    uint32_t number; /* see numbering.h */
    struct str id;   /* its last part */
    struct str title;
};

/* Where the texts of a document are: see texts.h. */
struct text_place {
    uint32_t stride; /* passages of a piece, but for the last */
    uint32_t hash;   /* of the first piece; those of others follow */
};

/* A document as its row tells it. */
struct column_row {
    uint32_t number;       /* of the document in its group; they rise */
    struct str type, kind; /* as they are shown; the same where it has no kind of its own */
    struct str issuer;     /* may be empty */
    uint32_t date;         /* see layout_date() */
    const struct column_topic *topics; /* each once, by rising number */
    size_t topic_count;
    struct text_place place;
};

enum column {
    COLUMN_NUMBER,
    COLUMN_TYPE,
    COLUMN_KIND,
    COLUMN_ISSUER,
    COLUMN_DATE,
    COLUMN_TOPICS, /* how many */
    COLUMN_STRIDE,
    COLUMN_HASH,
    COLUMN_TOPIC, /* of all documents in turn: by its place among those of the group */
    COLUMNS
};

struct columns {
    struct string_table kinds, issuers;
    struct buf of[COLUMNS];
    VEC(struct column_topic) topics; /* of all documents in turn */
    VEC(uint32_t) counts;            /* of topics, by document */
    uint32_t next;                   /* the number behind the last */
    struct arena *arena;
};

void columns_init(struct columns *columns, struct arena *arena);

/* Borrows the texts of topics. */
void columns_add(struct columns *columns, const struct column_row *row);

/* Behind the last document: from now on `topics` has those of the group, each once. */
void columns_end(struct columns *columns);

/* `names`: the hash of what columns_put_names() gives. */
void columns_put(const struct columns *columns, uint32_t group, uint64_t names, struct buf *out);
void columns_put_names(const struct columns *columns, uint32_t group, struct buf *out);
void columns_put_places(const struct columns *columns, uint32_t group, struct buf *out);

#endif
