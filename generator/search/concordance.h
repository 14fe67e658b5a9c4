/* The concordance of a group of documents: its words and what else can be looked for, with the
 * places where they stand. Filled passage by passage, in order, which for each word is a lookup and
 * a line at the end of a list; terms.h puts it in order. */
#ifndef NASLAG_SEARCH_CONCORDANCE_H
#define NASLAG_SEARCH_CONCORDANCE_H

#include "base/vec.h"
#include "search/key_table.h"
#include "search/stem.h"

/* A place of an entry. Those of a passage stand together. */
struct occurrence {
    uint32_t entry; /* number in `entries` */
    uint32_t place;
};

struct indexed_passage {
    uint32_t document, number;
    uint32_t words;
    uint32_t end; /* index into `occurrences`: behind its own */
    bool heading;
};

struct concordance {
    enum stem_language language;
    struct arena *arena;
    struct key_table entries; /* forms of words, under KEY_FORM, and all other keys */
    VEC(struct occurrence) occurrences;
    VEC(struct indexed_passage) passages;
};

void concordance_begin(struct concordance *concordance, struct arena *arena,
                       enum stem_language language);

/* A passage and its words. Documents and passages come in rising order. */
void concordance_add_passage(struct concordance *concordance, uint32_t document, uint32_t number,
                             struct str text, bool heading);

/* A passage of so many words, of which none are looked for. */
void concordance_add_counted(struct concordance *concordance, uint32_t document, uint32_t number,
                             uint32_t words, bool heading);

/* The passage that was added last has something that is looked for by that key. The text is copied
 * where the key is new. */
void concordance_add_key(struct concordance *concordance, enum key_kind kind, struct str text);

#endif
