#include "read/tables.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/cells.h"
#include "read/marker.h"
#include "read/words.h"

#include <stdlib.h>

enum {
    LINES_MIN = 3,     /* fewer lines with columns are no table, */
    FIGURES_MIN = 2,   /* but for as many lines with figures below a head */
    GAP_MAX = 2,       /* empty lines within a table */
    GUTTER = 2,        /* columns between columns */
    LOOSE = 8,         /* while it grows, one line in so many may stand in a gutter */
    STRICT = 12,       /* and one in so many when it is whole */
    HEADED_MIN = 5,    /* of as many lines, the first need not keep to the gutters */
    NARROW = 3,        /* a gutter that a long piece of text may run into */
    SINGLES_MAX = 12,  /* lines behind each other with text in one column only */
    ACROSS_WIDTH = 60, /* of a line across the columns: a head amid the table */
    PROSE_WIDTH = 24,  /* a column as wide, */
    PROSE_FILLED = 60, /* with text on as many percent of the lines, */
    PROSE_LOWER = 30,  /* of which as many percent go on in small letters, is prose */
    FIGURE_SHARE = 60, /* percent of its cells: a column of figures */
    ENUMERATION = 6,   /* letters and digits of what stands before an item */
    LABELLED = 4,      /* columns; a letter's head has fewer */
    HEAD_LINES = 5,    /* a head goes over no more lines */
    HEAD_CELL = 40,    /* and its cells are no wider */
    ROW_LINES = 5,     /* more lines in a row on average: what looks like rows is something else */
    ROW_MAX = 30,
    ROW_LINES_PROSE = 9, /* but where cells are prose */
    LABELS_SHARE = 12,   /* lines: one in so many has a label in a letter's head */
    DOUBLED = 6,         /* one line in so many may have two pieces in one column */
    CODE_DIGITS = 3,     /* what has as many digits is a code or a figure, no item's number */
    AMID = 4,            /* one row in so many may begin in the middle of a sentence */
};

/* A line of the region in hand. */
struct strip {
    size_t line;
    size_t cell, count; /* its pieces in `cells` */
    bool several;       /* it has columns */
    bool across;        /* it stands across them */
};

struct placed {
    struct cell cell;
    uint32_t column;
};

struct column {
    uint32_t from, to;
    uint32_t filled, width, lower, figures, years, bullets; /* pieces; their width in all */
};

struct finding {
    struct arena *arena;
    const struct lines *lines;
    const struct letter *letter;
    struct tables *tables;
    VEC(struct strip) strips;
    VEC(struct placed) cells;
    uint32_t cover[CELLS_WIDTH]; /* lines with several pieces that have text in a column */
    uint32_t several, crossing;
    uint32_t left, right; /* what these lines span */
    struct column columns[TABLE_COLUMNS];
    size_t count;
};

static struct str text_of(const struct finding *finding, const struct strip *strip,
                          const struct cell *cell)
{
    return str_slice(finding->lines->items[strip->line].text, cell->start, cell->len);
}

/* Whether a column of text, counted from the left, is blank on all lines but one in `share`. */
static bool is_blank(const struct finding *finding, uint32_t column, uint32_t share)
{
    return finding->cover[column] * share <= finding->several;
}

/* Whether a gutter runs through the columns [from, to). */
static bool has_gutter(const struct finding *finding, uint32_t from, uint32_t to)
{
    uint32_t blank = 0;
    from = from > finding->left ? from : finding->left;
    to = to < finding->right ? to : finding->right;
    for (uint32_t i = from; i < to && blank < GUTTER; i++)
        blank = is_blank(finding, i, LOOSE) ? blank + 1 : 0;
    return blank >= GUTTER;
}

/* Whether one of the gaps of a line stands where the lines above have theirs. */
static bool shares_gutter(const struct finding *finding, const struct cells *cells)
{
    for (size_t i = 1; i < cells->count; i++)
        if (has_gutter(finding, cells->items[i - 1].to, cells->items[i].from))
            return true;
    return false;
}

/* Whether a piece fills a gutter: it stands in the columns on both sides. */
static bool crosses(const struct finding *finding, const struct cell *cell)
{
    uint32_t blank = 0;
    bool text = false, gutter = false;
    uint32_t from = cell->from > finding->left ? cell->from : finding->left;
    uint32_t to = cell->to < finding->right ? cell->to : finding->right;
    for (uint32_t i = from; i < to; i++) {
        blank = is_blank(finding, i, LOOSE) ? blank + 1 : 0;
        gutter |= text && blank >= GUTTER;
        text |= !blank;
        if (gutter && !blank)
            return true;
    }
    return false;
}

/* Whether a line with several pieces goes on the columns above it. */
static bool goes_on(const struct finding *finding, const struct cells *cells)
{
    size_t crossing = 0;
    for (size_t i = 0; i < cells->count; i++)
        crossing += crosses(finding, &cells->items[i]);
    return crossing * 2 <= cells->count && shares_gutter(finding, cells);
}

static void cover(struct finding *finding, const struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        for (uint32_t c = cells->items[i].from; c < cells->items[i].to && c < CELLS_WIDTH; c++)
            finding->cover[c]++;
    uint32_t left = cells->items[0].from, right = cells->items[cells->count - 1].to;
    finding->left = !finding->several || left < finding->left ? left : finding->left;
    finding->right = right > finding->right ? right : finding->right;
    if (finding->right > CELLS_WIDTH)
        finding->right = CELLS_WIDTH;
    finding->several++;
}

static bool has_several(const struct cells *cells)
{
    return cells->count - cells->marked > 1;
}

static void add_strip(struct finding *finding, size_t line, const struct cells *cells, bool across)
{
    *vec_push(&finding->strips, finding->arena) = (struct strip){.line = line,
                                                                 .cell = finding->cells.count,
                                                                 .count = cells->count,
                                                                 .several = has_several(cells),
                                                                 .across = across};
    for (size_t i = 0; i < cells->count; i++)
        *vec_push(&finding->cells, finding->arena) = (struct placed){.cell = cells->items[i]};
    if (has_several(cells))
        cover(finding, cells);
}

/* Whether a line that stands across the columns may be a head within the table: the columns go on
 * below it. */
static bool is_inner_head(const struct finding *finding, size_t index)
{
    struct cells next;
    const struct line *line = &finding->lines->items[index];
    if (finding->several < LINES_MIN || line->width > ACROSS_WIDTH ||
        line_ends_sentence(line->text) || marker_parse(line->text).kind != MARKER_NONE ||
        index + 1 == finding->lines->count || finding->lines->items[index + 1].fate != LINE_TEXT)
        return false;
    cells_split(&finding->lines->items[index + 1], &next);
    return has_several(&next) && goes_on(finding, &next);
}

static bool is_letter_line(const struct letter *letter, size_t index)
{
    return index == letter->salutation || (index >= letter->closing && index < letter->end);
}

/* Adds the line at `index` to the region where it fits. */
static bool grow(struct finding *finding, size_t index)
{
    struct cells cells;
    const struct line *line = &finding->lines->items[index];
    if ((line->gap > GAP_MAX && !line->opens_page) || line->heading ||
        is_letter_line(finding->letter, index))
        return false;
    cells_split(line, &cells);
    bool heading = cells.marked && marker_parse(line->text).depth > 1;
    if (line->gap && heading && !has_several(&cells))
        return false;
    if (has_several(&cells)) {
        if (!goes_on(finding, &cells))
            return false;
        add_strip(finding, index, &cells, false);
        return true;
    }
    bool across = crosses(finding, &cells.items[cells.count - 1]);
    if (across && !is_inner_head(finding, index))
        return false;
    add_strip(finding, index, &cells, across);
    return true;
}

/* Takes off the lines at the end that only seemed to belong to the table. */
static void trim(struct finding *finding)
{
    size_t keep = finding->strips.count;
    while (keep && !finding->strips.items[keep - 1].several)
        keep--;
    for (; keep < finding->strips.count; keep++) {
        const struct strip *strip = &finding->strips.items[keep];
        const struct line *line = &finding->lines->items[strip->line];
        if (line->gap || line->opens_page || strip->across ||
            (!line_starts_lower(line->text) && line->indent <= finding->left + 1))
            break;
    }
    finding->strips.count = keep;
}

/* Gathers the lines that may be a table from line `index` on; returns the line behind them. */
static size_t gather(struct finding *finding, size_t index)
{
    struct cells cells;
    const struct lines *lines = finding->lines;
    finding->strips.count = finding->cells.count = 0;
    finding->several = finding->crossing = finding->left = finding->right = 0;
    cells_split(&lines->items[index], &cells);
    if (!has_several(&cells) || lines->items[index].heading ||
        is_letter_line(finding->letter, index))
        return index + 1;
    for (uint32_t i = 0; i < CELLS_WIDTH; i++)
        finding->cover[i] = 0;
    add_strip(finding, index, &cells, false);
    size_t singles = 0;
    for (index++; index < lines->count && singles < SINGLES_MAX; index++) {
        if (lines->items[index].fate != LINE_TEXT)
            continue;
        if (!grow(finding, index))
            break;
        bool several = finding->strips.items[finding->strips.count - 1].several;
        singles = several ? 0 : singles + 1;
    }
    trim(finding);
    return finding->strips.count ? finding->strips.items[finding->strips.count - 1].line + 1
                                 : index;
}

/* How many lines have a gap that holds the columns [from, to). */
static uint32_t count_gaps(const struct finding *finding, uint32_t from, uint32_t to)
{
    uint32_t count = 0;
    for (size_t i = 0; i < finding->strips.count; i++) {
        const struct strip *strip = &finding->strips.items[i];
        for (size_t k = 1; k < strip->count && strip->several; k++) {
            const struct placed *cell = &finding->cells.items[strip->cell + k];
            count += cell[-1].cell.to <= to - 1 && cell->cell.from >= from + 1 &&
                     cell[-1].cell.to < cell->cell.from && cell[-1].cell.from < from &&
                     cell->cell.to > to;
        }
    }
    return count;
}

/* Takes the head's lines out of what covers the columns, where others are enough to tell: the names
 * of columns stand as wide as they must. */
static void uncover_head(struct finding *finding)
{
    uint32_t heads = finding->several >= HEADED_MIN * 2 ? 2 : finding->several >= HEADED_MIN;
    for (size_t i = 0; i < finding->strips.count && heads; i++) {
        const struct strip *strip = &finding->strips.items[i];
        if (!strip->several)
            continue;
        for (size_t k = 0; k < strip->count; k++) {
            const struct cell *cell = &finding->cells.items[strip->cell + k].cell;
            for (uint32_t c = cell->from; c < cell->to && c < CELLS_WIDTH; c++)
                finding->cover[c]--;
        }
        finding->several--;
        heads--;
    }
}

/* Columns are what lies between gutters that at least two lines have. */
static bool find_columns(struct finding *finding)
{
    uint32_t blank = 0, start = finding->left, several = finding->several;
    finding->count = 0;
    uncover_head(finding);
    for (uint32_t i = finding->left; i <= finding->right; i++) {
        bool end = i == finding->right;
        if (!end && is_blank(finding, i, STRICT)) {
            blank++;
            continue;
        }
        if (end || (blank >= GUTTER && count_gaps(finding, i - blank, i) >= 2)) {
            if (finding->count == TABLE_COLUMNS)
                return false;
            finding->columns[finding->count++] =
                (struct column){.from = start, .to = end ? i : i - blank};
            start = i;
        }
        blank = 0;
    }
    finding->several = several;
    return finding->count > 1;
}

static uint32_t overlap(const struct cell *cell, const struct column *column)
{
    uint32_t from = cell->from > column->from ? cell->from : column->from;
    uint32_t to = cell->to < column->to ? cell->to : column->to;
    return to > from ? to - from : 0;
}

/* The byte of a line's text at `column`, which is in `cell`. */
static uint32_t offset_at(struct str text, const struct cell *cell, uint32_t column)
{
    size_t offset = cell->start;
    for (uint32_t i = cell->from; i < column && offset < text.len; i++)
        (void)utf8_next(text, &offset);
    return (uint32_t)offset;
}

/* Cuts a piece in two at the one space that it has in a narrow gutter: what stands left of it came
 * too close. `*rest` becomes the part behind. */
static bool cut(const struct finding *finding, const struct strip *strip, struct cell *cell,
                struct cell *rest)
{
    struct str text = finding->lines->items[strip->line].text;
    for (size_t i = 1; i < finding->count; i++) {
        uint32_t from = finding->columns[i - 1].to, to = finding->columns[i].from;
        if (to - from > NARROW || from <= cell->from || to >= cell->to)
            continue;
        for (uint32_t column = from; column < to; column++) {
            uint32_t offset = offset_at(text, cell, column);
            if (text.data[offset] != ' ')
                continue;
            uint32_t end = cell->start + cell->len;
            *rest = (struct cell){offset + 1, end - offset - 1, column + 1, cell->to};
            cell->len = offset - cell->start;
            cell->to = column;
            return true;
        }
    }
    return false;
}

/* The column that a piece has most of its text in; of pieces across columns, the first. */
static uint32_t column_of(struct finding *finding, const struct strip *strip,
                          const struct cell *cell)
{
    uint32_t best = 0, most = 0, columns = 0;
    for (uint32_t i = 0; i < finding->count; i++) {
        uint32_t shared = overlap(cell, &finding->columns[i]);
        columns += shared > 0;
        if (shared > most) {
            most = shared;
            best = i;
        }
    }
    if (!columns)
        while (best + 1 < finding->count && finding->columns[best + 1].from <= cell->from)
            best++;
    finding->crossing += columns > 1 && !strip->across;
    return strip->across ? 0 : best;
}

static bool is_year(struct str text)
{
    return text.len == 4 && (str_starts(text, STR("19")) || str_starts(text, STR("20"))) &&
           str_is_digit(text.data[2]) && str_is_digit(text.data[3]);
}

/* `1.200`, `€ 3,5`, `-12%`, `-`: amounts and what stands for none. */
static bool is_figure(struct str text)
{
    size_t digits = 0, others = 0;
    if (str_equal(text, STR("-")) || str_equal(text, STR("–")) ||
        str_equal_nocase(text, STR("n.v.t.")) || str_equal_nocase(text, STR("pm")))
        return true;
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        digits += utf8_is_digit(c);
        others += utf8_is_letter(c);
    }
    return digits && !others;
}

static void measure(struct finding *finding, const struct strip *strip, const struct placed *placed)
{
    struct column *column = &finding->columns[placed->column];
    struct str text = text_of(finding, strip, &placed->cell);
    column->filled++;
    column->width += placed->cell.to - placed->cell.from;
    column->lower += line_starts_lower(text);
    column->figures += is_figure(text);
    column->years += is_year(text);
    struct marker marker = marker_parse(text);
    column->bullets += marker.kind == MARKER_BULLET && marker.len < text.len;
}

/* Cuts the pieces of a line that run over narrow gutters; the line's pieces then stand at the end
 * of all. */
static void cut_pieces(struct finding *finding, struct strip *strip)
{
    struct cell rest;
    size_t first = finding->cells.count, count = strip->count;
    for (size_t k = 0; k < count; k++) {
        struct cell cell = finding->cells.items[strip->cell + k].cell;
        while (strip->count < CELLS_MAX && cut(finding, strip, &cell, &rest)) {
            *vec_push(&finding->cells, finding->arena) = (struct placed){.cell = cell};
            strip->count++;
            cell = rest;
        }
        *vec_push(&finding->cells, finding->arena) = (struct placed){.cell = cell};
    }
    strip->cell = first;
}

static void place(struct finding *finding)
{
    for (size_t i = 0; i < finding->strips.count; i++) {
        struct strip *strip = &finding->strips.items[i];
        if (!strip->across)
            cut_pieces(finding, strip);
        for (size_t k = 0; k < strip->count; k++) {
            struct placed *placed = &finding->cells.items[strip->cell + k];
            placed->column = column_of(finding, strip, &placed->cell);
            if (!strip->across)
                measure(finding, strip, placed);
        }
    }
}

static bool is_figures(const struct column *column)
{
    return column->figures >= FIGURES_MIN && column->figures * 100 >= column->filled * FIGURE_SHARE;
}

/* Whether a column runs on from line to line as prose does. */
static bool is_prose(const struct finding *finding, const struct column *column)
{
    size_t strips = finding->strips.count;
    return column->filled && column->width / column->filled >= PROSE_WIDTH &&
           column->filled * 100 >= strips * PROSE_FILLED &&
           column->lower * 100 >= column->filled * PROSE_LOWER;
}

/* `Naam:    waarde`, or `Naam    : waarde` */
static bool is_fields(const struct finding *finding)
{
    size_t colons = 0, strips = 0;
    for (size_t i = 0; i < finding->strips.count; i++) {
        const struct strip *strip = &finding->strips.items[i];
        const struct placed *cells = &finding->cells.items[strip->cell];
        if (!strip->several)
            continue;
        strips++;
        colons += str_ends(text_of(finding, strip, &cells[0].cell), STR(":")) ||
                  str_starts(text_of(finding, strip, &cells[1].cell), STR(":"));
    }
    return finding->count <= 3 && colons * 2 > strips;
}

/* `▶`, `§`, `1`, `4.a`, `(b)`: what stands before a list's items. */
static bool is_enumeration(struct str text)
{
    size_t letters = 0, count = 0, digits = 0, most = 0;
    for (size_t i = 0; i < text.len; count++) {
        digits = str_is_digit(text.data[i]) ? digits + 1 : 0;
        most = digits > most ? digits : most;
        letters += utf8_is_letter(utf8_next(text, &i));
    }
    return count <= ENUMERATION && letters <= 1 && (most < CODE_DIGITS || is_year(text));
}

/* Items whose text hangs behind their numbers or signs, and nothing else. */
static bool is_list(const struct finding *finding)
{
    size_t numbers = 0;
    for (size_t i = 0; i < finding->strips.count && finding->count == 2; i++) {
        const struct strip *strip = &finding->strips.items[i];
        const struct placed *first = &finding->cells.items[strip->cell];
        numbers += !first->column && is_enumeration(text_of(finding, strip, &first->cell));
    }
    return numbers && numbers * 2 >= finding->columns[0].filled &&
           !is_figures(&finding->columns[1]);
}

/* Lines with what letters say of themselves (`Ons kenmerk`, `Onderwerp`): a letter's head, or what
 * stands beside its text. */
static bool is_letterhead(const struct finding *finding)
{
    size_t labels = 0;
    for (size_t i = 0; i < finding->strips.count && finding->count < LABELLED; i++) {
        const struct strip *strip = &finding->strips.items[i];
        bool named = false;
        for (size_t k = 0; k < strip->count; k++) {
            const struct cell *cell = &finding->cells.items[strip->cell + k].cell;
            struct str text = text_of(finding, strip, cell);
            const struct label *label = words_label(text);
            named |= (label && !label->weak) || words_start(WORDS_LETTERHEAD, text);
        }
        labels += named;
    }
    return labels > 1 && labels * LABELS_SHARE > finding->strips.count;
}

/* Whether what stands in columns is not a table, but text that was set in columns. */
static bool is_text(const struct finding *finding)
{
    size_t prose = 0, bulleted = 0, figures = 0, strips = finding->strips.count;
    for (size_t i = 0; i < finding->count; i++) {
        const struct column *column = &finding->columns[i];
        prose += is_prose(finding, column);
        bulleted += column->bullets * 4 > strips || (i && column->bullets * 8 > strips);
        figures += is_figures(column) && column->filled * 4 > strips;
    }
    const struct column *key = &finding->columns[0];
    bool keyed = key->filled * 100 < strips * PROSE_FILLED;
    if (is_prose(finding, key) && !figures)
        return true;
    return (prose > 1 && !keyed) || bulleted || is_fields(finding) || is_list(finding) ||
           is_letterhead(finding);
}

/* Rows: which lines of the region make one. */
struct rows {
    struct finding *finding;
    uint32_t row;               /* the row in hand */
    size_t lines, longest;      /* of the row in hand, of the longest */
    bool filled[TABLE_COLUMNS]; /* with a figure, in the row in hand */
    struct str key;             /* the last piece of its first column */
    size_t head;                /* lines of the head */
    size_t amid;                /* rows that begin in the middle of a sentence */
    bool spaced;                /* empty lines part the rows */
    bool small;                 /* labels begin with small letters */
};

/* What the pieces of a strip say of where it belongs. */
struct look {
    struct str key; /* in the first column */
    bool lower;     /* one goes on in small letters */
    bool conflict;  /* a figure where the row has one */
};

static struct look look(const struct rows *rows, const struct strip *strip)
{
    struct look look = {.lower = false};
    const struct finding *finding = rows->finding;
    for (size_t i = 0; i < strip->count; i++) {
        const struct placed *placed = &finding->cells.items[strip->cell + i];
        struct str text = text_of(finding, strip, &placed->cell);
        if (!placed->column && !look.key.len)
            look.key = text;
        look.lower |= line_starts_lower(text);
        look.conflict |= rows->filled[placed->column] && is_figure(text) &&
                         is_figures(&finding->columns[placed->column]);
    }
    return look;
}

/* Whether a line that begins a row has a cell that goes on from the line above: then labels stand
 * halfway down their rows, and where the rows begin can't be told. */
static bool is_amid(const struct finding *finding, const struct strip *strip)
{
    for (size_t i = 0; i < strip->count; i++) {
        const struct placed *placed = &finding->cells.items[strip->cell + i];
        const struct column *column = &finding->columns[placed->column];
        if (placed->column && column->width >= column->filled * PROSE_WIDTH &&
            column->lower * 100 >= column->filled * PROSE_LOWER &&
            line_starts_lower(text_of(finding, strip, &placed->cell)))
            return true;
    }
    return false;
}

static bool starts_row(const struct rows *rows, const struct strip *strip)
{
    const struct line *line = &rows->finding->lines->items[strip->line];
    struct look now = look(rows, strip);
    uint32_t usual = rows->finding->lines->double_spaced ? 1 : 0;
    if (strip->across || now.conflict || rows->finding->strips.items[0].line == strip->line)
        return true;
    if (rows->spaced)
        return line->gap && !(now.lower && !now.key.len);
    if (line->gap > usual)
        return now.key.len || !now.lower;
    if (!now.key.len)
        return false;
    if (str_ends(rows->key, STR("-")) && rows->key.len > 1)
        return false;
    return rows->small || !line_starts_lower(now.key);
}

/* Whether empty lines stand between rows and only there: most groups of lines between them begin in
 * the first column, and some have more than one line. */
static bool is_spaced(const struct finding *finding)
{
    size_t groups = 1, keyed = 1, tight = 0, anew = 0;
    for (size_t i = 1; i < finding->strips.count; i++) {
        const struct strip *strip = &finding->strips.items[i];
        const struct placed *first = &finding->cells.items[strip->cell];
        const struct line *line = &finding->lines->items[strip->line];
        bool upper = !first->column && !line_starts_lower(line->text);
        groups += line->gap > 0;
        keyed += line->gap && !first->column;
        tight += !line->gap;
        anew += !line->gap && upper && strip->several;
    }
    return groups >= 3 && tight && keyed * 10 >= groups * 7 && anew * 3 <= groups;
}

/* The head of a table with figures: the lines above the first figure that is no year. */
static size_t count_head(const struct finding *finding)
{
    size_t figures = 0;
    for (size_t i = 1; i < finding->count; i++)
        figures += is_figures(&finding->columns[i]);
    for (size_t i = 0; i < finding->strips.count && i <= HEAD_LINES && figures; i++) {
        const struct strip *strip = &finding->strips.items[i];
        bool named = false;
        for (size_t k = 0; k < strip->count; k++) {
            const struct placed *placed = &finding->cells.items[strip->cell + k];
            const struct column *column = &finding->columns[placed->column];
            struct str text = text_of(finding, strip, &placed->cell);
            if (placed->column && is_figure(text) && (!is_year(text) || column->years > 1))
                return i;
            named |= placed->column > 0;
        }
        if (!named && i)
            return i; /* a label of its own below the head */
    }
    return 0;
}

/* Whether the first row of a table of text names the columns: short in each, unlike what follows.
 */
static bool names_columns(const struct finding *finding, const struct table *table)
{
    uint32_t cells[TABLE_COLUMNS] = {0}, named = 0;
    bool wider = false;
    for (size_t i = table->piece; i < finding->tables->pieces.count; i++) {
        const struct table_piece *piece = &finding->tables->pieces.items[i];
        struct str text =
            str_slice(finding->lines->items[piece->line].text, piece->start, piece->len);
        uint32_t width = line_width(text);
        if (piece->row) {
            wider |= width * 2 > cells[piece->column] * 3;
            continue;
        }
        if (line_ends_sentence(text) || is_figure(text) ||
            (line_starts_lower(text) && !cells[piece->column]))
            return false;
        named += !cells[piece->column];
        cells[piece->column] += width;
        if (cells[piece->column] > HEAD_CELL)
            return false;
    }
    return named == table->columns && wider;
}

static void take_strip(struct rows *rows, const struct strip *strip)
{
    const struct finding *finding = rows->finding;
    for (size_t i = 0; i < strip->count; i++) {
        const struct placed *placed = &finding->cells.items[strip->cell + i];
        struct str text = text_of(finding, strip, &placed->cell);
        if (!placed->column)
            rows->key = text;
        rows->filled[placed->column] |= is_figure(text);
        *vec_push(&finding->tables->pieces, finding->arena) =
            (struct table_piece){.line = strip->line,
                                 .start = placed->cell.start,
                                 .len = placed->cell.len,
                                 .row = rows->row,
                                 .column = placed->column};
    }
    rows->lines++;
    rows->longest = rows->lines > rows->longest ? rows->lines : rows->longest;
}

static void begin_row(struct rows *rows)
{
    rows->row++;
    rows->lines = 0;
    rows->key = (struct str){0};
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        rows->filled[i] = false;
}

static int by_place(const void *a, const void *b)
{
    const struct table_piece *first = a, *second = b;
    if (first->row != second->row)
        return first->row < second->row ? -1 : 1;
    if (first->column != second->column)
        return first->column < second->column ? -1 : 1;
    if (first->line != second->line)
        return first->line < second->line ? -1 : 1;
    return first->start < second->start ? -1 : first->start > second->start;
}

/* Whether pieces of several columns stand in what was taken for one. */
static bool is_doubled(const struct finding *finding)
{
    size_t doubled = 0;
    for (size_t i = 0; i < finding->strips.count; i++) {
        const struct strip *strip = &finding->strips.items[i];
        const struct placed *cells = &finding->cells.items[strip->cell];
        bool twice = false;
        for (size_t k = 1; k < strip->count && !strip->across; k++)
            twice |= cells[k].column == cells[k - 1].column;
        doubled += twice;
    }
    return doubled * DOUBLED > finding->several;
}

/* How many lines a row may have on average: few, but where a column has sentences and no other has
 * pieces of two. */
static size_t row_lines(const struct finding *finding)
{
    bool prose = false;
    for (size_t i = 1; i < finding->count; i++) {
        const struct column *column = &finding->columns[i];
        if (column->bullets)
            return ROW_LINES;
        prose |= column->width >= column->filled * PROSE_WIDTH &&
                 column->lower * 100 >= column->filled * PROSE_LOWER;
    }
    return prose && !is_doubled(finding) ? ROW_LINES_PROSE : ROW_LINES;
}

/* Puts the lines into rows; false where what comes out is not like a table. */
static bool make_rows(struct finding *finding, struct table *table)
{
    const struct column *key = &finding->columns[0];
    struct rows rows = {.finding = finding,
                        .head = count_head(finding),
                        .spaced = is_spaced(finding),
                        .small = key->lower * 100 > key->filled * PROSE_FILLED};
    for (size_t i = 0; i < finding->strips.count; i++) {
        const struct strip *strip = &finding->strips.items[i];
        if (i && (i < rows.head ? false : i == rows.head || starts_row(&rows, strip)))
            begin_row(&rows);
        rows.amid += i && !rows.lines && is_amid(finding, strip);
        take_strip(&rows, strip);
    }
    table->rows = rows.row + 1;
    table->header = rows.head > 0;
    return table->rows > 1 && rows.amid * AMID <= table->rows && rows.longest <= ROW_MAX &&
           finding->strips.count <= table->rows * row_lines(finding);
}

/* Whether the lines that were gathered are enough to be a table. */
static bool is_enough(const struct finding *finding)
{
    size_t figures = 0;
    for (size_t i = 1; i < finding->count; i++)
        figures += finding->columns[i].figures > 0;
    return finding->several >= LINES_MIN || (finding->several == 2 && figures > 1);
}

static bool add_table(struct finding *finding)
{
    if (finding->several < 2 || !find_columns(finding))
        return false;
    place(finding);
    if (!is_enough(finding) || finding->crossing * LOOSE > finding->several + LOOSE ||
        is_text(finding))
        return false;
    struct tables *tables = finding->tables;
    struct table table = {.first = finding->strips.items[0].line,
                          .last = finding->strips.items[finding->strips.count - 1].line,
                          .piece = tables->pieces.count,
                          .columns = (uint32_t)finding->count};
    if (!make_rows(finding, &table)) {
        tables->pieces.count = table.piece;
        return false;
    }
    table.pieces = tables->pieces.count - table.piece;
    qsort(&tables->pieces.items[table.piece], table.pieces, sizeof *tables->pieces.items, by_place);
    table.header = table.header || names_columns(finding, &table);
    for (size_t i = 0; i < finding->count; i++)
        table.figures[i] = is_figures(&finding->columns[i]);
    *vec_push(&tables->items, finding->arena) = table;
    return true;
}

void tables_find(struct arena *arena, const struct lines *lines, const struct letter *letter,
                 struct tables *out)
{
    *out = (struct tables){0};
    struct finding finding = {.arena = arena, .lines = lines, .letter = letter, .tables = out};
    for (size_t i = 0; i < lines->count;) {
        if (lines->items[i].fate != LINE_TEXT) {
            i++;
            continue;
        }
        size_t end = gather(&finding, i);
        bool found = add_table(&finding);
        i = found || finding.several >= LINES_MIN ? end : i + 1;
    }
}
