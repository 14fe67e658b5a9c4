#include "read/cells.h"

#include "read/marker.h"

enum {
    TAB = 8,
    APART = 2,   /* spaces that tell pieces apart */
    HANGING = 8, /* columns that a bullet stands before its text at most */
};

struct scan {
    struct cells *cells;
    struct str text;
    uint32_t offset; /* in `text` */
    uint32_t column;
    uint32_t spaces; /* columns of white space before the byte in hand */
};

static void set_whole(const struct line *line, struct cells *out)
{
    out->count = 1;
    out->items[0] =
        (struct cell){0, (uint32_t)line->text.len, line->indent, line->indent + line->width};
}

/* The piece that the next byte belongs to; NULL where there are too many, or too far to the right.
 */
static struct cell *cell_at(struct scan *scan)
{
    struct cells *cells = scan->cells;
    if (cells->count && scan->spaces < APART)
        return &cells->items[cells->count - 1];
    if (cells->count == CELLS_MAX || scan->column >= CELLS_WIDTH)
        return NULL;
    struct cell *cell = &cells->items[cells->count++];
    *cell = (struct cell){scan->offset, 0, scan->column, scan->column};
    return cell;
}

static bool take_byte(struct scan *scan, char c)
{
    if (scan->spaces && scan->cells->count)
        scan->offset++;
    struct cell *cell = cell_at(scan);
    if (!cell || scan->offset >= scan->text.len || scan->text.data[scan->offset] != c)
        return false;
    scan->offset++;
    scan->spaces = 0;
    scan->column += ((unsigned char)c & 0xC0) != 0x80;
    cell->len = scan->offset - cell->start;
    cell->to = scan->column;
    return true;
}

/* Takes the words behind byte `at` of a piece at once, where they stand in the text as they do in
 * the line. Returns how many bytes they are. */
static size_t take_words(struct scan *scan, struct str raw, size_t at)
{
    size_t len = line_plain_length(raw, at);
    if (len < 2 ||
        !str_starts(str_from_offset(scan->text, scan->offset), str_slice(raw, at + 1, len - 1)))
        return 0;
    struct cell *cell = &scan->cells->items[scan->cells->count - 1];
    scan->offset += (uint32_t)len - 1;
    scan->column += (uint32_t)len - 1;
    cell->len = scan->offset - cell->start;
    cell->to = scan->column;
    return len - 1;
}

static bool split(const struct line *line, struct cells *out)
{
    struct scan scan = {.cells = out, .text = line->text};
    for (size_t i = 0; i < line->raw.len; i++) {
        char c = line->raw.data[i];
        uint32_t before = scan.column;
        if (c == '\t')
            scan.column = (before / TAB + 1) * TAB;
        else if (c == ' ')
            scan.column++;
        else if (str_is_space(c))
            continue;
        else if (!take_byte(&scan, c))
            return false;
        else {
            i += take_words(&scan, line->raw, i);
            continue;
        }
        scan.spaces += c == '\t' ? APART : scan.column - before;
    }
    return scan.offset == scan.text.len;
}

/* A sign that is nothing but a bullet goes with the text behind it. */
static void join_bullets(struct str text, struct cells *cells)
{
    size_t kept = 0;
    bool bullet = false;
    for (size_t i = 0; i < cells->count; i++) {
        struct cell cell = cells->items[i];
        if (bullet && cell.from - cells->items[kept - 1].to <= HANGING) {
            cells->items[kept - 1].len = cell.start + cell.len - cells->items[kept - 1].start;
            cells->items[kept - 1].to = cell.to;
        } else {
            cells->items[kept++] = cell;
        }
        /* A dash alone within the line says that there is nothing. */
        struct marker marker = marker_parse(i ? str_slice(text, cell.start, cell.len) : text);
        size_t behind = i || cells->count == 1 ? cell.len : cells->items[1].start;
        bullet = marker.kind == MARKER_BULLET && marker.len == behind;
    }
    cells->count = kept;
}

void cells_split(const struct line *line, struct cells *out)
{
    out->count = 0;
    out->marked = false;
    if ((line->even && !line->column) || !split(line, out)) {
        set_whole(line, out);
        return;
    }
    join_bullets(line->text, out);
    struct marker marker = marker_parse(line->text);
    out->marked = out->count > 1 && marker.kind != MARKER_NONE && marker.kind != MARKER_BULLET &&
                  marker.len == out->items[1].start;
}
