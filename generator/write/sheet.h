/* A report for people, told once and written as text for a terminal, as Markdown for a comment on a
 * pull request, or as a page of HTML that stands alone.
 *
 * A sheet has sections of items, and an item has lines: the first says what, the others how. What
 * comes from documents goes in by sheet_put_path(), sheet_put_text() and the marked ones, and can
 * neither give orders to a terminal nor become markup, a link or a mention of someone. */
#ifndef NASLAG_WRITE_SHEET_H
#define NASLAG_WRITE_SHEET_H

#include "base/buf.h"

enum sheet_format { SHEET_TEXT, SHEET_MARKDOWN, SHEET_HTML };

enum {
    /* Bytes behind which no line begins. A comment on GitHub has 65,536 at most; a line has eight
     * thousand at the very worst, and then a few words tell what was left out. */
    SHEET_MARKDOWN_MAX = 52 * 1024,
    SHEET_MAX = 1024 * 1024, /* of the others: more is nothing to read */
    SHEET_ITEMS_MAX = 200,   /* of a section */
};

enum sheet_sign { SHEET_CHANGED, SHEET_ADDED, SHEET_REMOVED, SHEET_MOVED, SHEET_WRONG };

struct sheet {
    enum sheet_format format;
    bool colour;         /* of text */
    struct str language; /* of what is quoted, as a language tag; of HTML */
    struct str style;    /* of HTML: a style sheet of the program */
    struct buf *out;
    size_t items;    /* of the section in hand */
    size_t left_out; /* likewise */
    bool is_item, is_line, is_cut;
};

/* The fields above `out` and `out` itself are set before. */
void sheet_begin(struct sheet *sheet, struct str title);
void sheet_end(struct sheet *sheet);

void sheet_begin_section(struct sheet *sheet, const char *title, size_t count);
void sheet_end_section(struct sheet *sheet);

/* Begins an item; false where it is only counted: then nothing is put for it. */
bool sheet_begin_item(struct sheet *sheet, enum sheet_sign sign);

/* Begins another line of the item; false where there is no room, which is shown. */
bool sheet_begin_line(struct sheet *sheet);

/* A paragraph on its own, of the program's words. */
void sheet_put_paragraph(struct sheet *sheet, const char *words);

/* Words of the program. */
void sheet_put(struct sheet *sheet, const char *words);
void sheet_put_number(struct sheet *sheet, size_t number);

/* "1 passage", "2 passages". */
void sheet_put_count(struct sheet *sheet, size_t count, const char *one, const char *more);

/* A message of the program, with words of others in it. */
void sheet_put_message(struct sheet *sheet, struct str message);

/* Of others: a file, or a place in it, `line` 0 where there is none; text; text that went or came.
 */
void sheet_put_path(struct sheet *sheet, struct str path, uint32_t line);
void sheet_put_text(struct sheet *sheet, struct str text);
void sheet_put_removed(struct sheet *sheet, struct str text);
void sheet_put_added(struct sheet *sheet, struct str text);

/* Text as it is or, where it is longer than `max` bytes, its beginning; lives as long as `out`. */
struct str sheet_shorten(const struct sheet *sheet, struct str text, size_t max);

#endif
