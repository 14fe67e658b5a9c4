/* The tables of data behind a site: their columns, and their rows. The files of `data/` and the
 * database of `naslag export` are made of the same rows. docs/data.md says what each column means.
 *
 * A table's columns and names are an interface. Rows come in the order of the documents' paths. */
#ifndef NASLAG_WRITE_TABLES_H
#define NASLAG_WRITE_TABLES_H

#include "link/web.h"

enum {
    TABLE_COLUMNS_MAX = 12,
    TABLES = 7 /* those whose rows come from the web alone: all but passages */
};

struct column {
    const char *name;
    const char *refers; /* the table whose id it holds, or NULL */
    bool number;
};

/* What stands in a row's column: a text, or a number, or nothing, which is no text either. */
struct cell {
    enum { CELL_NOTHING, CELL_TEXT, CELL_NUMBER } kind;
    struct str text;
    uint32_t number;
};

/* Where rows go. `take` gets as many cells as the table has columns, which hold until it returns.
 * `scratch` is cleared after each row. */
struct rows {
    void (*take)(void *context, const struct cell *cells);
    void *context;
    struct arena *scratch;
    struct cell cells[TABLE_COLUMNS_MAX]; /* those of the row in hand */
    size_t count;
};

struct table {
    const char *name;
    bool has_id;      /* the first column is its key */
    bool of_passages; /* `document` and `passage` lead to a passage, where there is one */
    bool said;        /* a document's rows depend on what it says alone: see grounds_said() */
    size_t column_count;
    struct column columns[TABLE_COLUMNS_MAX];
    void (*put)(const struct web *web, uint32_t document, struct rows *rows); /* NULL of passages */
};

/* Table `index`, below TABLES: documents first, since others refer to it, then topics. */
const struct table *tables_at(size_t index);

/* The passages; their rows come document by document. */
const struct table *tables_passages(void);
void tables_put_passages(const struct web *web, uint32_t document, const struct document *read,
                         struct rows *rows);

/* What a kind is called in data. */
struct str tables_document_kind(enum document_kind kind);
const char *tables_passage_kind(enum passage_kind kind);
const char *tables_link_kind(enum link_kind kind);

#endif
