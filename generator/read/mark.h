/* What marks a footnote: the sign in the text that refers to it, and the one that its own text
 * begins with.
 *
 * A mark here is only what could be one. Which marks are real is for notes.h to find out, from
 * references and notes that fit each other. */
#ifndef NASLAG_READ_MARK_H
#define NASLAG_READ_MARK_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { MARK_NUMBER_MAX = 9999 }; /* a larger number is no footnote's */

/* In what manner a number is set. The plain ones go from sure to unsure. */
enum mark_manner {
    MARK_SUPERSCRIPT, /* `pont¹` */
    MARK_BRACKETS,    /* `pont [1]` */
    MARK_PARENTHESES, /* `pont (1)` */
    MARK_STARS, /* `pont*`, `pont†`: the number is how many; daggers count on behind three */
    MARK_GLUED, /* `pont1`, `dicht.1` */
    MARK_APART, /* `dicht. 1` */
    MARK_LOOSE, /* `pont 1 en`, `2019.1`, `RWS1`: most of these are other numbers */
    MARK_MANNERS,
};

struct mark {
    enum mark_manner manner;
    uint32_t number;
    uint32_t offset, len; /* bytes; with the space that sets it apart from its word */
};

/* The next mark in `text` at or behind `*offset`, which moves behind it; false where there is none.
 */
bool mark_next(struct str text, size_t *offset, struct mark *mark);

/* What the text of a note looks like. */
enum mark_form {
    MARK_FORM_SIGN,   /* `¹ Een`, `[1] Een`, `(1) Een`, `* Een` */
    MARK_FORM_UPPER,  /* `1 Een`, `1 https:` */
    MARK_FORM_OTHER,  /* `1 een` */
    MARK_FORM_TIGHT,  /* `1Een` */
    MARK_FORM_DOTTED, /* `1. Een`, `1) Een` */
    MARK_FORM_ALONE,  /* `1`, with its text on the lines below */
};

/* The mark that a note's first line begins with; false where it begins with none. A plain number's
 * manner is MARK_GLUED. */
bool mark_leading(struct str text, struct mark *mark, enum mark_form *form);

#endif
