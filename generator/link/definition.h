/* Names that a text gives meaning to itself: `Inspectie voor Bruggen (hierna: Inspectie)`,
 * `Dienst Sluizen en Bruggen (DSB)`, `DSB (Dienst Sluizen en Bruggen)`, `…, hierna te noemen DSB`.
 *
 * What stands in brackets is mostly something else, so without a word that introduces it only an
 * abbreviation whose letters come in order from the words beside it is taken. Each passage is read
 * once, in linear time. */
#ifndef NASLAG_LINK_DEFINITION_H
#define NASLAG_LINK_DEFINITION_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

struct arena;

enum {
    DEFINITIONS_MAX = 200,       /* of one document: more is a list of abbreviations */
    DEFINED_LENGTH_MAX = 60,     /* bytes of a name: a longer one is a sentence */
    DEFINED_WORDS_MAX = 5,       /* likewise */
    MEANING_LENGTH_MAX = 200,    /* bytes of what it stands for */
    DEFINITION_BRACKET_MAX = 200 /* bytes between brackets in which names are looked for */
};

/* Bytes of the passage's text: the name is [start, end), without article and quotation marks; what
 * it stands for is [from, until), which may be the other way round. */
struct definition {
    uint32_t passage;
    uint32_t start, end;
    uint32_t from, until;
    uint32_t holds_from; /* a passage: of a note, the one that refers to it */
    uint32_t topic;      /* that it stands for, or NO_TOPIC; see glossary.h */
    bool sure;           /* where it begins what it stands for is certain: by letters or words */
    bool noun;           /* without a capital: a word like `regeling`, which needs an article */
    struct str name, meaning; /* the text's */
};

struct definitions {
    VEC(struct definition) items;
};

/* Adds the definitions in a passage's text, in order, up to DEFINITIONS_MAX in `out`. */
void definitions_find(struct str text, uint32_t passage, struct arena *arena,
                      struct definitions *out);

#endif
