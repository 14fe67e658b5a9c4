/* Text to lines and pages: the second stage of the plain-text reader, and what all later stages
 * write their verdict on.
 *
 * Only lines with something on them are kept; each knows how many empty ones stood before it. A
 * stage that takes a line out of the running text says so in its fate, so that for every line of
 * the input it can be told what became of it. */
#ifndef NASLAG_READ_LINES_H
#define NASLAG_READ_LINES_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

struct arena;

enum line_fate {
    LINE_TEXT,    /* running text: in the block that `block` names, once blocks are made */
    LINE_NOTE,    /* part of a footnote */
    LINE_ASIDE,   /* stands by itself in the middle of a sentence: an address at a page's foot */
    LINE_DROPPED, /* in no node; `reason` says why */
};

struct line {
    struct str text;   /* trimmed, runs of white space made one space */
    struct str raw;    /* as it stands, without its line end */
    uint32_t number;   /* in the source, from 1 */
    uint32_t indent;   /* columns; a tab goes to the next multiple of 8 */
    uint32_t width;    /* of `text`, in code points */
    uint32_t tail;     /* spaces behind the text */
    uint32_t gap;      /* empty lines before it */
    uint32_t page;     /* number of its page; 0 where pages are not known */
    uint32_t block;    /* index + 1 into the blocks; 0 for none */
    uint8_t heading;   /* level that the contents give it, from 1; 0: they don't name it */
    bool goes_on;      /* it goes on the heading, or the cell, of the line before */
    bool opens_page;   /* the first line of a page */
    bool quoted;       /* `>` stood before the text, as in a mail that is answered */
    bool margin;       /* letterhead that stood beside the text */
    bool even;         /* no white space was made less: `raw` is the text, set in */
    uint8_t sign;      /* bytes of a sign that makes it an item, see signs.h; 0 for none */
    bool counts;       /* that sign is a number */
    bool opens_column; /* what stands above it on the page is not what it goes on with */
    uint32_t column;   /* of its page, from 1; 0 for a line of the full width */
    uint32_t measure;  /* width of a full line where it stands */
    enum line_fate fate;
    const char *reason; /* static */
};

struct lines {
    struct line *items;
    size_t count;
    uint32_t total;   /* lines of the input, the empty ones too */
    uint32_t pages;   /* how many page breaks were seen, plus one */
    uint32_t measure; /* width of a full line, in most of the text */
    uint32_t extent;  /* the same in print (see extent.h), where only that can tell how full a line
                         is: where lines are double spaced; else 0 */
    bool wrapped;     /* lines are broken at a measure; else a line is a paragraph */
    bool double_spaced; /* an empty line follows every line of text */
    bool tails;         /* a second space behind a line ends a paragraph */
    bool form_feeds;    /* page breaks are form feeds, so that nothing else is one */
};

/* Splits clean text (see charset.h). Pages begin at form feeds; where there are none, at lines that
 * begin with a single space in a text whose lines do not: form feeds that were made spaces. */
void lines_split(struct arena *arena, struct str text, struct lines *out);

/* A line as it stands: text, raw, indent, width and tail; all else is zero. */
struct line line_from(struct arena *arena, struct str raw);

/* Takes the measure of the text, and of each line, and what follows from it. `measure` of a line in
 * a column is left as it is. */
void lines_measure(struct lines *lines);

/* Takes a line out of the text. */
void line_drop(struct line *line, const char *reason);

/* The nearest line of running text before line `index`, or `lines->count`. */
size_t lines_before(const struct lines *lines, size_t index);

/* Whether text ends in a full stop, question or exclamation mark, also with quotation marks,
 * brackets or footnote marks behind it. */
bool line_ends_sentence(struct str text);

/* Whether the first letter, behind opening quotation marks and brackets, is a small (capital) one.
 * A text that begins with a digit or a sign is neither. */
bool line_starts_lower(struct str text);
bool line_starts_upper(struct str text);

/* The first and the last run of bytes without a space. */
struct str line_first_word(struct str text);
struct str line_last_word(struct str text);

bool line_has_digit(struct str text);

/* How many bytes from `start` on, where no white space is, are ASCII letters and signs with single
 * spaces between them: what needs no look at each byte. 0 where another byte stands there. */
size_t line_plain_length(struct str text, size_t start);

/* Whether a text has no letter: a figure, an amount, a date in digits, a row of signs. */
bool line_is_figure(struct str text);

/* How many words there are, each set apart by one space. */
uint32_t line_count_words(struct str text);

/* How many code points. */
uint32_t line_width(struct str text);

/* Whether `next` would have had room on the line of `line`, when `percent` of its measure is a full
 * line: a line that is not full was ended on purpose. False where lines are not wrapped. */
bool line_is_short(const struct lines *lines, const struct line *line, const struct line *next,
                   unsigned percent);

#endif
