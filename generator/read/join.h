/* Lines of a block to one text: wrapped lines are joined, and words that were cut at a line's end.
 *
 * Where the text has page breaks or references to footnotes, marks say so by offset. */
#ifndef NASLAG_READ_JOIN_H
#define NASLAG_READ_JOIN_H

#include "read/document.h"
#include "read/lexicon.h"
#include "read/lines.h"
#include "read/notes.h"

struct arena;

enum hyphen {
    HYPHEN_CUT,   /* the word was cut: `jeugdzorgland-` + `schap` */
    HYPHEN_KEEP,  /* the hyphen is its own: `Noord-` + `Nederland` */
    HYPHEN_SPACE, /* so is the space: `opgroei-` + `en opvoedvragen` */
};

/* The words that decide, first those of the document, then those of the collection that it is in.
 */
struct vocabulary {
    const struct lexicon *own, *collection; /* `collection` may be NULL */
};

/* The words of the document itself; none where no line ends in a hyphen. */
void join_words(struct arena *arena, const struct lines *lines, struct lexicon *out);

/* What becomes of the hyphen with which `word` ends when `next` follows on the next line. */
enum hyphen join_hyphen(struct vocabulary words, struct str word, struct str next);

struct join_mark {
    uint32_t offset, len; /* the bytes that a reference's mark takes; 0 for a page */
    uint32_t page;        /* the page that begins here, or 0 */
    uint32_t note;        /* index + 1 of the footnote that is referred to here, or 0 */
};

struct joined {
    struct str text;
    VEC(struct join_mark) marks; /* by offset */
};

/* What a join needs to know of the document. */
struct joiner {
    struct arena *arena;
    const struct lines *lines;
    const struct notes *notes;
    struct vocabulary words;
    struct document *document; /* whose `formed` takes the hyphens that go */
};

/* Joins the lines [first, last] whose fate is `fate`, without the first `skip` bytes. `page` is the
 * page that is known to have begun; it becomes the last line's. */
void join_lines(const struct joiner *joiner, size_t first, size_t last, enum line_fate fate,
                size_t skip, uint32_t *page, struct joined *out);

/* The bytes [start, start + len) of a line's text. */
struct join_piece {
    size_t line;
    uint32_t start, len;
};

/* The same for parts of lines: what stands in a cell of a table. */
void join_pieces(const struct joiner *joiner, const struct join_piece *pieces, size_t count,
                 uint32_t *page, struct joined *out);

#endif
