/* Finds the names of topics in text: all of them in one pass, by Aho and Corasick's automaton
 * (Communications of the ACM 18, 1975, p. 333), leftmost and longest, on word boundaries as Dutch
 * has them: `ZIKOS-afdelingen`, `Elkers`, `IGJ's`, `analyses`.
 *
 * Built once and then shared by threads. */
#ifndef NASLAG_LINK_MATCHER_H
#define NASLAG_LINK_MATCHER_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

struct arena;

enum {
    NAME_LENGTH_MAX = 200,      /* bytes, folded: longer is a sentence, not a name */
    NAMES_MAX = 200000,         /* of all topics */
    MATCH_STATES_MAX = 4000000, /* of the automaton: a bound on memory */
};

/* How a name's letters must stand in the text. Words of capitals must always be as written. */
enum name_case {
    NAME_ANY_CASE, /* a term: `verscherpt toezicht` */
    NAME_CAPITAL,  /* a proper name of one word: `Zetten`, not the verb */
    NAME_EXACT     /* an abbreviation: `RET` */
};

struct name {
    struct str text;
    uint32_t topic;
    enum name_case letters;
    bool compounds; /* also as the first part of a closed compound */
};

/* A name found at text[start, end), its inflection included. */
struct match {
    uint32_t topic;
    uint32_t start, end;
};

struct matches {
    VEC(struct match) items;
};

struct matcher;

/* Whether a word is an abbreviation by its letters: at least two capitals, and at least as many
 * capitals as other letters (`IGJ`, `JenV`, `iHUB`; not `JeugdzorgPlus`). */
bool matcher_is_abbreviation(struct str word);

/* Names that fold to nothing or to more than NAME_LENGTH_MAX are left out, and those behind
 * NAMES_MAX. */
const struct matcher *matcher_build(struct arena *arena, const struct name *names, size_t count);

/* Adds the matches in `text`, in order and without overlap. `scratch` is used while it runs. */
void matcher_find(const struct matcher *matcher, struct arena *scratch, struct str text,
                  struct arena *arena, struct matches *out);

#endif
