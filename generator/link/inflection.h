/* The forms in which a Dutch name stands in running text: genitive, plural, singular of what was
 * given as a plural, and the adjectives before its noun with and without -e.
 *
 * They are made by rules and by a table of nouns that keep none (`raad`, `raden`); a form that no
 * one writes costs little, so where Dutch wavers both are made (`kansen`, `kanzen`). What would be
 * another word is kept out (`wet` has no `weten`). The name itself is not among them. */
#ifndef NASLAG_LINK_INFLECTION_H
#define NASLAG_LINK_INFLECTION_H

#include "base/str.h"
#include "base/vec.h"

struct arena;

enum {
    FORMS_MAX = 32,            /* of a name: the rules make about a dozen */
    INFLECTED_LENGTH_MAX = 200 /* bytes of a name: a longer one is a sentence, and has no forms */
};

enum inflection {
    INFLECTION_GENITIVE, /* a proper name or an abbreviation: -s, 's */
    INFLECTION_ALL       /* a term */
};

struct forms {
    VEC(struct str) items; /* each once */
};

/* The noun of a name of several words: the last before a preposition (`raad` of `raad van
 * toezicht`) or before a proper name that ends it (`motie Jansen`), else the last. */
struct str inflection_head(struct str name);

/* Adds the forms of `name`, which are the arena's. Words are set apart by ASCII white space. */
void inflection_add(struct arena *arena, struct str name, enum inflection inflection,
                    struct forms *out);

#endif
