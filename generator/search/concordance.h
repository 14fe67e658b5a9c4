/* The concordance of a group of documents: its words and what else can be looked for, with the
 * places where they stand. Filled passage by passage, in order; then each term gives its postings.
 */
#ifndef NASLAG_SEARCH_CONCORDANCE_H
#define NASLAG_SEARCH_CONCORDANCE_H

#include "base/map.h"
#include "base/vec.h"
#include "search/keys.h"
#include "search/lexeme.h"

/* A place of a term. Those of a term are linked in order. */
struct occurrence {
    uint32_t passage; /* index into `passages` */
    uint32_t place;
    uint32_t next; /* index into `occurrences`; 0: the last */
    uint8_t form;
};

struct indexed_passage {
    uint32_t document, number;
    uint32_t words;
    bool heading;
};

struct concordance_form {
    struct str text;
    uint32_t count;
};

struct term {
    struct str key;               /* kind and text */
    bool has_forms;               /* a word: a topic or a year has none */
    uint32_t first, last;         /* index into `occurrences`; 0: none */
    uint32_t documents, passages; /* the title is no passage */
    VEC(struct concordance_form) forms;
};

struct concordance {
    enum stem_language language;
    struct arena *arena;
    struct map terms;                   /* by key */
    struct map forms;                   /* by form: see struct known_form in concordance.c */
    VEC(struct occurrence) occurrences; /* the first is none */
    VEC(struct indexed_passage) passages;
};

void concordance_begin(struct concordance *concordance, struct arena *arena,
                       enum stem_language language);

/* A passage and its words. Documents and passages come in rising order. */
void concordance_add_passage(struct concordance *concordance, uint32_t document, uint32_t number,
                             struct str text, bool heading);

/* The passage that was added last has something that is looked for by that key. The text is copied
 * where the key is new. */
void concordance_add_key(struct concordance *concordance, enum key_kind kind, struct str text);

/* The terms by key, in the order of bytes. */
struct term **concordance_terms(const struct concordance *concordance, struct arena *arena);

/* Appends the block of a term: see posting.h. */
void concordance_put(const struct concordance *concordance, const struct term *term,
                     struct buf *out);

#endif
