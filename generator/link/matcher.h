/* Finds names in text, all in one pass: leftmost and longest, as whole words.
 *
 * The names are given with all their forms (inflection.h); nothing is guessed here but what stands
 * beside a name: `ZIKOS-afdelingen`, a footnote's number written on to it, and words that share a
 * part (`erkennings- en hersteltraject` names the `erkenningstraject`).
 *
 * A name can only begin where a word does, so its letters are followed from there through a trie.
 * Most words are passed over after a look at their first sixteen bytes: a filter of some four bytes
 * a name, which stays in the processor's cache, knows what names begin with. No place costs more
 * than NAME_LENGTH_MAX steps. A state takes two bytes and a name about 80. A matcher of a few names
 * takes some ten kilobytes: make as many as are needed.
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
    NAMES_MAX = 2000000,        /* of all topics, with their forms */
    MATCH_STATES_MAX = 8000000, /* of the trie: a bound on memory */
    MARK_DIGITS_MAX = 2,        /* of a footnote's number, written on to a name */
    PART_LETTERS = 3            /* bytes of the part that words share, and of what they keep */
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
    bool is_word;   /* also an ordinary word: see sentence.h */
};

/* A name found at text[start, end). */
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
 * NAMES_MAX, or in the order of their letters behind MATCH_STATES_MAX. */
const struct matcher *matcher_build(struct arena *arena, const struct name *names, size_t count);

/* Adds the matches in `text`, in order and without overlap. `scratch` is used while it runs. */
void matcher_find(const struct matcher *matcher, struct arena *scratch, struct str text,
                  struct arena *arena, struct matches *out);

#endif
