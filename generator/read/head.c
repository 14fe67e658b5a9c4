#include "read/head.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "read/words.h"

enum {
    CELL_SPACE = 3, /* columns of white space between two cells */
    TAB = 8,
    LINE_MAX_BYTES = 600, /* a longer line is one cell */
    CELL_COUNT_MAX = 600, /* more are no head's */
    JUSTIFIED_CELLS = 4,  /* words with wide space between them that are a line set full */
    CELLS_MAX = 3,        /* on a line of fields; a line with more is a table's */
    HEAD_WIDTH = 90,      /* a cell of a head is no wider */
    PROSE_WIDTH = 50,     /* lines that stand together and are wider are a paragraph */
    HEAD_LINES = 60,      /* of a letter without a salutation */
    SENDER_LINES = 12,    /* among which its sender's address begins */
    FIELDS_MAX = 30,      /* lines, where no salutation ends the head */
    FIELDS_APART = 2,     /* lines between fields, there */
    BELOW_MAX = 12,       /* lines below a salutation where a field may still come to stand */
    BELOW_WIDTH = 40,     /* and no wider */
    REFERENCE_WIDTH = 45, /* a reference is no wider */
    REFERENCE_DIGITS = 3,
    SUBJECT_WORDS = 3, /* what makes a line a subject is among its first words */
    TITLE_LETTERS = 6,
    COLUMN_LINES = 2, /* a line of a column stands no further below the one above */
    TITLE_LINES = 4,  /* a value goes over no more lines */
    OTHER_LINES = 6,
    ADDRESS_LINES = 4, /* a postal code stands no further below a name */
};

static const char *const reasons[] = {
    [FIELD_NONE] = "letterhead",
    [FIELD_TITLE] = "metadata: title",
    [FIELD_DATE] = "metadata: date",
    [FIELD_AUTHOR] = "metadata: author",
    [FIELD_ADDRESSEE] = "metadata: addressee",
    [FIELD_REFERENCE] = "metadata: reference",
    [FIELD_ISSUER] = "metadata: issuer",
    [FIELD_KIND] = "metadata: kind",
    [FIELD_OTHER] = "letterhead",
};

struct cell {
    struct str text;
    size_t line;
    uint32_t column;
    const struct label *label; /* that it begins with */
    enum field field;          /* that it was taken for */
    bool taken;
};

struct head {
    struct arena *arena;
    struct lines *lines;
    struct letter *letter;
    bool is_letter;
    bool flat; /* no line has two cells: columns came out one below the other */
    VEC(struct cell) cells;
};

static uint32_t columns_before(struct str raw, size_t offset)
{
    uint32_t column = 0;
    for (size_t i = 0; i < offset; i++)
        column = raw.data[i] == '\t' ? (column / TAB + 1) * TAB
                                     : column + (((unsigned char)raw.data[i] & 0xC0) != 0x80);
    return column;
}

/* Where the piece of a line that begins at `start` ends: at a tab or at wide space. */
static size_t cell_end(struct str raw, size_t start)
{
    size_t end = start;
    for (size_t i = start; i < raw.len && i - end < CELL_SPACE && raw.data[i] != '\t'; i++)
        if (raw.data[i] != ' ')
            end = i + 1;
    return end;
}

/* Whether a line was justified: many pieces, each a single word, and no second label. */
static bool is_justified(struct str raw)
{
    size_t cells = 0, labels = 0;
    for (size_t at = 0; at < raw.len && raw.len <= LINE_MAX_BYTES;) {
        if (str_is_space(raw.data[at])) {
            at++;
            continue;
        }
        size_t end = cell_end(raw, at);
        struct str cell = str_slice(raw, at, end - at);
        if (str_find_char(cell, ' ') >= 0)
            return false;
        const struct label *label = words_label(cell);
        labels += label && (!label->weak || str_ends(cell, STR(":")));
        cells++;
        at = end;
    }
    return cells >= JUSTIFIED_CELLS && labels <= 1;
}

static void add_line_cells(struct head *head, size_t line)
{
    struct str raw = head->lines->items[line].raw;
    bool whole = head->lines->items[line].even || raw.len > LINE_MAX_BYTES;
    if (!whole && is_justified(raw))
        raw = head->lines->items[line].text;
    for (size_t at = 0; at < raw.len && head->cells.count < CELL_COUNT_MAX;) {
        if (str_is_space(raw.data[at])) {
            at++;
            continue;
        }
        size_t end = whole ? raw.len : cell_end(raw, at);
        struct cell cell = {.text = str_slice(raw, at, end - at),
                            .line = line,
                            .column = columns_before(raw, at < LINE_MAX_BYTES ? at : 0)};
        *vec_push(&head->cells, head->arena) = cell;
        at = end;
    }
}

static bool is_postcode(struct str text)
{
    /* `2500 EA DEN HAAG`, `2511CW Den Haag` */
    if (text.len < 7)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (!str_is_digit(text.data[i]))
            return false;
    size_t i = 4 + (text.data[4] == ' ');
    return text.data[i] >= 'A' && text.data[i] <= 'Z' && text.data[i + 1] >= 'A' &&
           text.data[i + 1] <= 'Z' && text.data[i + 2] == ' ';
}

/* Telephone, mail and web addresses: `T 070 …`, `info@…`, `www.…`. */
static bool is_contact(struct str text)
{
    bool letter = text.len > 3 && text.data[1] == ' ' &&
                  str_find_char(STR("TFEM"), text.data[0]) >= 0 &&
                  (str_is_digit(text.data[2]) || text.data[2] == '(' || text.data[2] == '+');
    return letter || (str_find_char(text, '@') >= 0 && str_find_char(text, ' ') < 0) ||
           str_starts(text, STR("www.")) || str_find(text, STR("://")) >= 0;
}

static bool is_address(struct str text)
{
    return words_start(WORDS_LETTERHEAD, text) || is_postcode(text) || is_contact(text);
}

static size_t count_digits(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += str_is_digit(text.data[i]);
    return digits;
}

static size_t count_letters(struct str text)
{
    size_t letters = 0;
    for (size_t i = 0; i < text.len; i++)
        letters +=
            (text.data[i] & 0x80) || (str_is_alnum(text.data[i]) && !str_is_digit(text.data[i]));
    return letters;
}

static bool is_date(struct str text)
{
    struct date date;
    return letter_date(text, &date) && date.month;
}

/* A date that is all of a value or its end: `verstuurd op 14 juni 2021`. */
static bool value_date(struct str text, struct date *date)
{
    if (letter_date(text, date) && date->month)
        return true;
    for (struct str rest = text; rest.data && text.len < 100;) {
        (void)str_cut(&rest, ' ');
        if (rest.data && date_parse(rest, date) && date->day)
            return true;
    }
    return false;
}

/* Whether an address is all of a text, or stands in it. */
static bool has_address_in(struct str text)
{
    for (struct str rest = text; rest.data;) {
        if (is_address(rest))
            return true;
        (void)str_cut(&rest, ' ');
    }
    return false;
}

/* Whether a value looks like one of the field. */
static bool accepts(enum field field, struct str text)
{
    struct date date;
    bool name = count_letters(text) > 1 && !is_date(text) && !is_address(text);
    switch (field) {
    case FIELD_DATE:
        return value_date(text, &date);
    case FIELD_TITLE:
        return name && count_letters(text) >= TITLE_LETTERS &&
               !words_start(WORDS_SALUTATION, text) && str_find_char(text, '@') < 0 &&
               text.data[0] != ',';
    case FIELD_REFERENCE:
        return count_digits(text) >= REFERENCE_DIGITS && line_width(text) <= REFERENCE_WIDTH &&
               !is_date(text) && !has_address_in(text) && !words_start(WORDS_PAGE, text);
    case FIELD_OTHER:
        return true;
    default:
        return name;
    }
}

/* What stands behind the label of a cell, without its colon. */
static struct str behind_label(const struct cell *cell)
{
    struct str rest = str_trim(str_from_offset(cell->text, cell->label->text.len));
    return str_trim(str_from_offset(rest, str_starts(rest, STR(":"))));
}

/* The cell behind a cell on its line, or NULL. */
static struct cell *next_on_line(const struct head *head, const struct cell *cell)
{
    const struct cell *end = head->cells.items + head->cells.count;
    return cell + 1 < end && cell[1].line == cell->line ? (struct cell *)cell + 1 : NULL;
}

/* A weak label (`Van`, `Aan`) needs a colon or wide space; or, in a letter, `Aan` begins the
 * address. Without a letter every label needs that, or a line of its own. */
static bool is_label(const struct head *head, const struct cell *cell, const struct label *label)
{
    const struct line *line = &head->lines->items[cell->line];
    struct str rest = str_from_offset(cell->text, label->text.len);
    bool colon = str_starts(str_trim(rest), STR(":")), alone = !rest.len;
    bool apart = str_starts(rest, STR("  ")) || (alone && next_on_line(head, cell));
    if (head->is_letter && label->field == FIELD_ADDRESSEE && line->gap &&
        line_starts_upper(line->text))
        return true;
    return colon || apart || (!label->weak && (head->is_letter || alone));
}

/* Whether the line of a cell is a row of a table: it has many cells, or several that begin like
 * labels (`Nr.  Datum  Onderwerp`). */
static bool is_row(const struct head *head, size_t index)
{
    const struct cell *cells = head->cells.items;
    size_t first = index, last = index, labels = 0;
    while (first && cells[first - 1].line == cells[index].line)
        first--;
    while (last + 1 < head->cells.count && cells[last + 1].line == cells[index].line)
        last++;
    if (last - first + 1 > CELLS_MAX)
        return true;
    for (size_t i = first; i <= last; i++)
        labels += words_label(cells[i].text) != NULL;
    return labels > 1;
}

static void find_labels(struct head *head)
{
    for (size_t i = 0; i < head->cells.count; i++) {
        struct cell *cell = &head->cells.items[i];
        const struct label *label = words_label(cell->text);
        if (label && is_label(head, cell, label) && (head->is_letter || !is_row(head, i)))
            cell->label = label;
    }
}

static bool is_near(uint32_t a, uint32_t b)
{
    return (a > b ? a - b : b - a) <= 2;
}

/* The cell below a cell, in its column, unless a field begins before it on that line. Lines of
 * another column alone, further right, stand between. */
static struct cell *cell_below(const struct head *head, const struct cell *cell, uint32_t column,
                               uint32_t gap)
{
    struct cell *end = head->cells.items + head->cells.count, *below = (struct cell *)cell;
    while (below < end && below->line == cell->line)
        below++;
    for (; below < end && below->line <= cell->line + COLUMN_LINES; below++) {
        const struct line *line = &head->lines->items[below->line];
        if (line->gap > gap || (below->label && below->column < column))
            return NULL;
        if (is_near(below->column, column))
            return below->label || below->taken ? NULL : below;
        if (below->column < column && (head->flat || !next_on_line(head, below)))
            return NULL;
    }
    return NULL;
}

/* How many lines the value of a field may have. */
static size_t lines_of(const struct head *head, enum field field, bool hanging)
{
    if (!head->is_letter && !hanging)
        return 1;
    if (field == FIELD_TITLE || field == FIELD_ADDRESSEE)
        return TITLE_LINES;
    return field == FIELD_OTHER ? OTHER_LINES : 1;
}

static void put_squeezed(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!str_is_space(text.data[i]) || !i || !str_is_space(text.data[i - 1]))
            buf_put_char(out, text.data[i] == '\t' ? ' ' : text.data[i]);
}

/* A line of a value behind the others; a word that is cut at the line's end becomes whole. */
static void put_value_line(struct buf *out, struct str text)
{
    bool cut = out->len > 1 && out->data[out->len - 1] == '-' && out->data[out->len - 2] != ' ' &&
               line_starts_lower(text) && !words_have(WORDS_JOINING, line_first_word(text));
    if (cut)
        out->len--;
    else if (out->len)
        buf_put_char(out, ' ');
    put_squeezed(out, text);
}

static void take_cell(struct cell *cell, enum field field)
{
    cell->taken = true;
    cell->field = field;
}

/* Whether a line below the first of a value is no more part of it. */
static bool ends_value(enum field field, struct str text)
{
    if (field == FIELD_OTHER)
        return words_start(WORDS_SUBJECT, text);
    return is_address(text) || is_date(text);
}

/* The value that begins with `start` in `first`, over the cells below it. */
static struct str take_value(struct head *head, struct cell *first, struct str start,
                             uint32_t column, enum field field, size_t limit)
{
    struct buf value;
    buf_init(&value, head->arena);
    put_squeezed(&value, start);
    take_cell(first, field);
    struct cell *cell = first;
    for (size_t lines = 1; lines < limit; lines++) {
        struct cell *below = cell_below(head, cell, column, 0);
        if (!below && head->flat)
            below = cell_below(head, cell, first->column, 0);
        cell = below;
        if (!cell || ends_value(field, cell->text))
            break;
        take_cell(cell, field);
        put_value_line(&value, cell->text);
    }
    return buf_str(&value);
}

static void set(struct str *slot, struct evidence *evidence, struct str value,
                struct evidence basis)
{
    if (slot->len || value.len < 2)
        return;
    *slot = value;
    *evidence = basis;
}

static void keep_value(struct head *head, enum field field, struct str value,
                       const struct cell *cell, struct str label)
{
    struct letter *letter = head->letter;
    struct evidence basis = {head->lines->items[cell->line].number,
                             label.len ? "label" : "letterhead", label};
    switch (field) {
    case FIELD_TITLE:
        set(&letter->title, &letter->basis.title, value, basis);
        break;
    case FIELD_AUTHOR:
        set(&letter->author, &letter->basis.author, value, basis);
        break;
    case FIELD_ADDRESSEE:
        set(&letter->addressee, &letter->basis.addressee, value, basis);
        break;
    case FIELD_REFERENCE:
        set(&letter->reference, &letter->basis.reference, value, basis);
        break;
    case FIELD_ISSUER:
        set(&letter->issuer, &letter->basis.issuer, value, basis);
        break;
    case FIELD_KIND:
        set(&letter->kind, &letter->basis.kind, value, basis);
        break;
    case FIELD_DATE:
        if (!letter->date.year && value_date(value, &letter->date))
            letter->basis.date = basis;
        break;
    default:
        break;
    }
}

/* The cell with the value of a label that has none behind it: on its line, or below it. */
static struct cell *value_cell(const struct head *head, const struct cell *cell)
{
    struct cell *next = next_on_line(head, cell);
    enum field field = cell->label->field;
    if (next && !next->label && !next->taken && accepts(field, next->text))
        return next;
    uint32_t gap = field == FIELD_OTHER ? 0 : 1;
    next = cell_below(head, cell, cell->column, gap);
    return next && accepts(field, next->text) ? next : NULL;
}

/* Where a value begins that stands behind its label. */
static uint32_t inline_column(const struct cell *cell, struct str value)
{
    return cell->column + columns_before(cell->text, (size_t)(value.data - cell->text.data));
}

/* Takes the field whose label `cell` is; returns whether its value was found. */
static bool take_field(struct head *head, struct cell *cell)
{
    enum field field = cell->label->field;
    struct str value = behind_label(cell);
    struct cell *from = cell;
    uint32_t column = cell->column;
    if (value.len && !accepts(field, value))
        return false;
    if (value.len) {
        column = inline_column(cell, value);
    } else {
        from = value_cell(head, cell);
        if (!from)
            return false;
        value = from->text;
        column = from->column;
    }
    take_cell(cell, field);
    bool hanging = column > cell->column + 2;
    value = take_value(head, from, value, column, field, lines_of(head, field, hanging));
    keep_value(head, field, value, from, str_slice(cell->text, 0, cell->label->text.len));
    return true;
}

/* The label of a field that has no value yet and stands before the cell; empty without one. */
static struct str pending_label(const struct head *head, enum field field, size_t limit)
{
    for (size_t i = 0; i < limit; i++) {
        const struct cell *cell = &head->cells.items[i];
        if (cell->label && !cell->taken && cell->label->field == field)
            return str_slice(cell->text, 0, cell->label->text.len);
    }
    return (struct str){0};
}

/* Whether a cell is still nobody's. */
static bool is_free(const struct cell *cell)
{
    return !cell->taken && !cell->label;
}

/* Dates and references that stand apart from their labels. */
static void take_loose(struct head *head)
{
    for (size_t i = 0; i < head->cells.count; i++) {
        struct cell *cell = &head->cells.items[i];
        enum field field = is_date(cell->text) ? FIELD_DATE : FIELD_REFERENCE;
        if (!is_free(cell) || !accepts(field, cell->text))
            continue;
        struct str label = pending_label(head, field, i);
        if (field == FIELD_REFERENCE && (!label.len || head->letter->reference.len))
            continue;
        if (field == FIELD_DATE && head->letter->date.year)
            continue;
        take_cell(cell, field);
        keep_value(head, field, cell->text, cell, label);
    }
}

/* Whether the subject's label is the last of several: its value then ends the column of values. */
static bool is_last_label(const struct head *head)
{
    const struct cell *last = NULL;
    size_t labels = 0;
    for (size_t i = 0; i < head->cells.count; i++)
        if (head->cells.items[i].label) {
            last = &head->cells.items[i];
            labels++;
        }
    return head->flat && labels > 1 && last->label->field == FIELD_TITLE;
}

/* How well a cell would do as the subject that a label of its own misses: 0 not at all. */
static unsigned subject_worth(const struct head *head, size_t index)
{
    const struct cell *cell = &head->cells.items[index];
    if (!is_free(cell) || !accepts(FIELD_TITLE, cell->text) || str_find_char(cell->text, ' ') < 0 ||
        words_start(WORDS_ADDRESSED, cell->text))
        return 0;
    size_t words = 0;
    for (struct str rest = cell->text; rest.data && words < SUBJECT_WORDS; words++) {
        if (words_start(WORDS_SUBJECT, rest) || words_kind(line_first_word(rest)).len)
            return words ? 2 : 3;
        (void)str_cut(&rest, ' ');
    }
    if (index + 1 == head->cells.count && is_last_label(head))
        return 2;
    const struct cell *before = index ? cell - 1 : NULL;
    if (before && before->field == FIELD_DATE && !head->lines->items[cell->line].gap)
        return 2;
    return line_starts_upper(cell->text) && !words_start(WORDS_ORGANISATION, cell->text);
}

/* The subject whose label came out in another place. */
static void take_subject(struct head *head)
{
    size_t best = 0;
    unsigned worth = 0;
    struct str label = pending_label(head, FIELD_TITLE, head->cells.count);
    if (!label.len || head->letter->title.len)
        return;
    for (size_t i = 0; i < head->cells.count; i++) {
        unsigned found = pending_label(head, FIELD_TITLE, i).len ? subject_worth(head, i) : 0;
        if (found > worth) {
            best = i;
            worth = found;
        }
    }
    if (worth < 2)
        return;
    struct cell *cell = &head->cells.items[best];
    struct str value = take_value(head, cell, cell->text, cell->column, FIELD_TITLE, TITLE_LINES);
    keep_value(head, FIELD_TITLE, value, cell, label);
}

/* Whether a postal code stands below a cell, so that it is the name in an address. */
static bool has_address(const struct head *head, const struct cell *cell)
{
    for (size_t i = 0; cell && i < ADDRESS_LINES; i++) {
        cell = cell_below(head, cell, cell->column, 1);
        if (cell && is_postcode(cell->text))
            return true;
    }
    return false;
}

/* The name of an organisation goes on below a comma, a small word, or a word that is no name
 * alone (`Gemeente`). */
static bool goes_on(struct str text)
{
    struct str last = line_last_word(text);
    return str_ends(text, STR(",")) || words_have(WORDS_JOINING, last) ||
           words_have(WORDS_OPEN, last) || words_have(WORDS_ORGANISATION, text);
}

static struct str take_name(struct head *head, struct cell *cell, enum field field)
{
    struct buf name;
    buf_init(&name, head->arena);
    put_squeezed(&name, cell->text);
    take_cell(cell, field);
    for (size_t lines = 1; lines < TITLE_LINES && goes_on(cell->text); lines++) {
        cell = cell_below(head, cell, cell->column, 1);
        if (!cell || !accepts(field, cell->text))
            break;
        take_cell(cell, field);
        put_value_line(&name, cell->text);
    }
    return buf_str(&name);
}

/* The organisation of the letterhead; one with an address below the sender's own is addressed. */
static void take_names(struct head *head)
{
    bool sender = false; /* the sender's address was seen */
    for (size_t i = 0; i < head->cells.count; i++) {
        struct cell *cell = &head->cells.items[i];
        sender |= words_start(WORDS_SENDER, cell->text) > 0;
        if (!is_free(cell))
            continue;
        bool named =
            words_start(WORDS_ORGANISATION, cell->text) || words_have(WORDS_NAMED, cell->text);
        bool addressed = words_start(WORDS_ADDRESSED, cell->text) && count_letters(cell->text) > 8;
        if (!named && !addressed)
            continue;
        addressed |= sender && cell->column < 20 && has_address(head, cell) &&
                     !str_equal(cell->text, head->letter->issuer);
        enum field field = addressed ? FIELD_ADDRESSEE : FIELD_ISSUER;
        struct cell *first = cell;
        struct str name = take_name(head, cell, field);
        if (words_have(WORDS_ORGANISATION, name) || words_have(WORDS_ADDRESSED, name))
            continue;
        keep_value(head, field, name, first, (struct str){0});
    }
}

/* The kind of document that a line is nothing but, unless any document has such a part. */
static struct str kind_alone(struct str text)
{
    bool single = str_find_char(text, ' ') < 0 && !words_start(WORDS_SECTION, text);
    return single ? words_kind(text) : (struct str){0};
}

/* A line that is nothing but a kind of document: `MEMO`. */
static void take_kinds(struct head *head)
{
    for (size_t i = 0; i < head->cells.count; i++) {
        struct cell *cell = &head->cells.items[i];
        const struct line *line = &head->lines->items[cell->line];
        struct str kind = kind_alone(cell->text);
        if (!is_free(cell) || !kind.len || !(line->gap || line->number == 1))
            continue;
        take_cell(cell, FIELD_KIND);
        keep_value(head, FIELD_KIND, kind, cell, (struct str){0});
    }
}

/* Whether the lines around a line are a paragraph. */
static bool is_prose(const struct lines *lines, size_t index, size_t limit)
{
    const struct line *line = &lines->items[index], *next = line + 1;
    if (line->width <= PROSE_WIDTH)
        return false;
    bool above = index && !line->gap && line[-1].width > PROSE_WIDTH;
    bool below = index + 1 < limit && !next->gap && next->width > PROSE_WIDTH;
    return above || below || line->width > HEAD_WIDTH;
}

/* Drops lines all of whose cells were taken, for the cells' reason; in a letter all lines that are
 * no prose. */
static void drop_cells(struct head *head, size_t limit)
{
    for (size_t i = 0; i < head->cells.count;) {
        size_t line = head->cells.items[i].line, cells = 0;
        enum field field = FIELD_NONE;
        size_t taken = 0;
        for (; i < head->cells.count && head->cells.items[i].line == line; i++, cells++) {
            const struct cell *cell = &head->cells.items[i];
            taken += cell->taken;
            if (cell->taken && (field == FIELD_NONE || field == FIELD_OTHER))
                field = cell->field;
        }
        bool prose = cells == 1 && is_prose(head->lines, line, limit);
        if (head->is_letter ? taken || !prose : taken == cells)
            line_drop(&head->lines->items[line], reasons[field]);
    }
}

static void add_cells(struct head *head, size_t from, size_t to)
{
    head->cells.count = 0;
    for (size_t i = from; i < to; i++)
        add_line_cells(head, i);
    head->flat = true;
    for (size_t i = 1; i < head->cells.count; i++)
        head->flat &= head->cells.items[i].line != head->cells.items[i - 1].line;
    find_labels(head);
}

bool head_is_letter(const struct lines *lines, size_t limit)
{
    size_t signs = 0, contents = 0;
    for (size_t i = 0; i < limit; i++) {
        struct str text = lines->items[i].text;
        const struct label *label = words_label(text);
        signs += (label && !label->weak) || is_address(text) || is_date(text);
        contents += str_find(text, STR("....")) >= 0 || str_find(text, STR(". . . .")) >= 0;
    }
    return signs && contents < 3;
}

/* Behind which line the lines end that stand together with the first. */
static size_t group_end(const struct lines *lines, size_t first, size_t limit)
{
    size_t end = first + 1;
    while (end < limit && !lines->items[end].gap && lines->items[end].width <= BELOW_WIDTH)
        end++;
    return end;
}

/* Whether the head gave a field already: the next page's head says it again. */
static bool is_known(const struct letter *letter, enum field field)
{
    return (field == FIELD_REFERENCE && letter->reference.len) ||
           (field == FIELD_DATE && letter->date.year);
}

/* Fields that a PDF's frames put just below the salutation: a label, and what stands with it. */
static void read_below(struct arena *arena, struct lines *lines, struct letter *letter)
{
    struct head head = {.arena = arena, .lines = lines, .letter = letter};
    size_t limit = letter->salutation + BELOW_MAX;
    if (limit > lines->count)
        limit = lines->count;
    for (size_t i = letter->salutation + 1; i < limit;) {
        size_t end = group_end(lines, i, limit);
        add_cells(&head, i, end);
        for (size_t k = 0; k < head.cells.count; k++)
            if (head.cells.items[k].label && !head.cells.items[k].label->weak &&
                !head.cells.items[k].taken && !is_known(letter, head.cells.items[k].label->field))
                (void)take_field(&head, &head.cells.items[k]);
        drop_cells(&head, end);
        i = end;
    }
}

/* Where the title is known, what another label (`Kennisnemen van`) says is text. */
static void take_fields(struct head *head)
{
    for (size_t i = 0; i < head->cells.count; i++) {
        struct cell *cell = &head->cells.items[i];
        bool known = cell->label && cell->label->field == FIELD_TITLE && head->letter->title.len;
        if (cell->label && !cell->taken && !known)
            (void)take_field(head, cell);
    }
}

/* Takes the lines [0, limit), which are a letter's head. */
static void read_head(struct arena *arena, struct lines *lines, struct letter *letter, size_t limit)
{
    struct head head = {.arena = arena, .lines = lines, .letter = letter, .is_letter = true};
    add_cells(&head, 0, limit);
    take_fields(&head);
    take_loose(&head);
    take_subject(&head);
    take_kinds(&head);
    take_names(&head);
    drop_cells(&head, limit);
}

void head_read_letter(struct arena *arena, struct lines *lines, struct letter *letter, size_t limit)
{
    read_head(arena, lines, letter, limit);
    if (limit == letter->salutation)
        read_below(arena, lines, letter);
}

/* Whether a line is the label of a field of letters. */
static bool is_field_line(const struct line *line)
{
    const struct label *label = words_label(line->text);
    return label && !label->weak;
}

/* Behind which line the group of lines ends that `index` is in. */
static size_t lines_together(const struct lines *lines, size_t index, size_t limit)
{
    size_t end = index + 1;
    while (end < limit && !lines->items[end].gap)
        end++;
    return end;
}

size_t head_without_salutation(const struct lines *lines)
{
    size_t limit = lines->count < HEAD_LINES ? lines->count : HEAD_LINES, last = limit, end = 0;
    size_t beside = 0; /* what stood beside the page comes first */
    bool sender = false;
    while (beside < limit && lines->items[beside].margin)
        beside++;
    while (end < limit && !is_prose(lines, end, lines->count)) {
        sender |=
            end < beside + SENDER_LINES && words_start(WORDS_SENDER, lines->items[end].text) > 0;
        if (is_field_line(&lines->items[end]))
            last = end;
        end++;
    }
    if (!sender || last == limit || end == limit)
        return 0;
    const struct label *label = words_label(lines->items[last].text);
    bool alone = label->text.len + 1 >= lines->items[last].text.len;
    size_t behind = lines_together(lines, last, end);
    size_t values = behind < end ? lines_together(lines, behind, end) : behind;
    return alone && behind == last + 1 && values > behind + 1 ? values : behind;
}

/* Whether a line says what the paper is, and not what it is about. */
static bool is_top(const struct line *line)
{
    bool disposition = words_start(WORDS_DISPOSITION, line->text) && line->width < BELOW_WIDTH;
    return disposition || kind_alone(line->text).len || is_date(line->text);
}

/* Takes such lines, with which a memo begins. */
static void take_top(struct head *head, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        struct line *line = &head->lines->items[i];
        struct cell cell = {.text = line->text, .line = i};
        struct str kind = kind_alone(line->text);
        enum field field = is_date(line->text) ? FIELD_DATE : FIELD_KIND;
        if (kind.len || field == FIELD_DATE)
            keep_value(head, field, kind.len ? kind : line->text, &cell, (struct str){0});
        line_drop(line, reasons[field]);
    }
}

/* How many fields stand together from a cell on, and behind which cell they end: a paper's head
 * has at least two; a line of a table or a list of contents has only one that looks like it. */
static size_t count_fields(const struct head *head, size_t from, size_t *end)
{
    size_t fields = 0, last = head->cells.items[from].line;
    for (*end = from; *end < head->cells.count; ++*end) {
        const struct cell *cell = &head->cells.items[*end];
        if (cell->line > last + FIELDS_APART)
            break;
        if (!cell->label)
            continue;
        struct str value = behind_label(cell);
        bool found =
            value.len ? accepts(cell->label->field, value) : value_cell(head, cell) != NULL;
        fields += found && cell->label->field != FIELD_OTHER;
        last = cell->line;
    }
    return fields;
}

void head_read_fields(struct arena *arena, struct lines *lines, struct letter *letter)
{
    struct head head = {.arena = arena, .lines = lines, .letter = letter};
    size_t margin = 0; /* what stood beside the first page comes before it */
    while (margin < lines->count && lines->items[margin].margin)
        margin++;
    if (margin)
        read_head(arena, lines, letter, margin);
    size_t limit = lines->count < margin + FIELDS_MAX ? lines->count : margin + FIELDS_MAX;
    size_t top = margin;
    while (top < limit && is_top(&lines->items[top]))
        top++;
    add_cells(&head, top, limit);
    for (size_t i = 0, end; i<head.cells.count; i = end> i ? end : i + 1) {
        end = i + 1;
        if (!head.cells.items[i].label || head.cells.items[i].label->field == FIELD_OTHER)
            continue;
        if (count_fields(&head, i, &end) < (i ? 2u : 1u))
            continue;
        head.cells.count = end;
        take_top(&head, margin, top);
        take_fields(&head);
        drop_cells(&head, limit);
        return;
    }
}
