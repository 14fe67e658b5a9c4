/* The draft of a source's record, for an editor to complete: front matter with what its text says
 * of itself, each field with where that stands, and a body that says what to do.
 *
 * A text can't make a record say more than these fields: all values are quoted. */
#ifndef NASLAG_WRITE_DRAFT_H
#define NASLAG_WRITE_DRAFT_H

#include "base/str.h"
#include "read/document.h"
#include "read/text.h"

struct arena;

enum {
    DRAFT_NAME_MAX = 60,   /* bytes of a name: what reads well in an address */
    DRAFT_VALUE_MAX = 500, /* bytes of a field */
    DRAFT_LABEL_MAX = 60,  /* bytes of a label that is named as evidence, or of a file's date */
};

enum draft_field {
    DRAFT_TITLE,
    DRAFT_KIND,
    DRAFT_ISSUER,
    DRAFT_AUTHOR,
    DRAFT_ADDRESSEE,
    DRAFT_DATE,
    DRAFT_REFERENCE,
    DRAFT_FIELDS
};

struct draft_entry {
    const char *name;         /* static: as front matter has it */
    struct str value;         /* empty where nothing was found */
    struct evidence evidence; /* without a line: it follows from more than one, or from none */
};

struct draft {
    struct draft_entry entries[DRAFT_FIELDS];
    const char *language;             /* of the text: "nl" or "en", by its small words */
    struct str said_title, said_date; /* by the file's properties, or empty */
};

/* What `document`, which text_read() made with `stages`, says of itself. What the editor sees of it
 * is one line each, without control characters. */
void draft_fill(struct arena *arena, const struct document *document, const struct stages *stages,
                struct draft *out);

/* The record, with comments in Dutch, or in English where `english`. */
struct str draft_record(struct arena *arena, const struct draft *draft, bool english);

/* A name by which a reader knows the document: issuer, kind, first words of the title, year, as far
 * as they are known. Where that is little, `stem` (the name of its file) stands for it.
 * Never empty; at most DRAFT_NAME_MAX bytes; small letters, digits and hyphens. */
struct str draft_name(struct arena *arena, const struct draft *draft, struct str stem);

/* One line of text: white space is one space, control characters are gone, cut to `max` bytes. */
struct str draft_clean(struct arena *arena, struct str text, size_t max);

#endif
