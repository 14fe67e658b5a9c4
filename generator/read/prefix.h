/* What a line of Markdown begins with: the marks of the quotations, lists and footnotes that it is
 * in or that it opens.
 *
 * Which of them mean anything depends on the lines before; what cmark takes for one is one here,
 * not the other way round. */
#ifndef NASLAG_READ_PREFIX_H
#define NASLAG_READ_PREFIX_H

#include "base/str.h"

#include <stdint.h>

enum prefix_kind { PREFIX_QUOTE, PREFIX_BULLET, PREFIX_NUMBER, PREFIX_FOOTNOTE };

struct prefix_mark {
    enum prefix_kind kind;
    size_t start, end; /* offsets in the line; white space behind it is not part of it */
    size_t character;  /* offset of the character without which it would be no mark */
    bool first;        /* of a number: 1, with which a list may begin inside a paragraph */
};

struct prefix {
    struct str line;
    size_t offset;  /* behind the last mark, then before the text */
    size_t columns; /* of white space so far, but for one behind each mark; a tab is up to four */
    size_t column;
};

/* Moves on to the next mark. Returns false where the text begins. */
bool prefix_next(struct prefix *prefix, struct prefix_mark *mark);

/* Where the stretch of one of `-*_` and blanks begins that the line ends with: from there on it is
 * at most one thematic break. */
size_t prefix_rule(struct str line);

/* Offset behind the `>` that the line begins with and up to three spaces before each of them and
 * before the text: what stands there is not indented, whatever it is in. */
size_t prefix_quotes(struct str line);

/* Whether the line ends every paragraph and table: nothing but blanks behind prefix_quotes(). */
bool prefix_is_blank(struct str line);

/* Whether the line begins a list item, a footnote or a heading, whatever stands before it.
 * `after_item`: the line before it did. */
bool prefix_begins_block(struct str line, bool after_item);

#endif
