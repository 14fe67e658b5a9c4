#include "read/lines.h"

#include "base/arena.h"
#include "base/lanes.h"
#include "base/utf8.h"
#include "read/extent.h"

#include <string.h>

enum {
    TAB = 8,
    WIDTH_MAX = 400,   /* wider lines count as this wide when the measure is taken */
    PROSE_WIDTH = 30,  /* narrower lines say nothing about the measure */
    WRAPPED_MAX = 200, /* wider lines are paragraphs */
    MEASURE_DEFAULT = 80,
    EXTENT_STEP = 100,    /* thousandths of an em: about half a letter */
    EXTENT_STEPS = 1500,  /* wider lines set no measure */
    REFERENCE_DIGITS = 3, /* of a footnote's number */
};

void line_drop(struct line *line, const char *reason)
{
    line->fate = LINE_DROPPED;
    line->reason = reason;
}

size_t lines_before(const struct lines *lines, size_t index)
{
    while (index-- > 0)
        if (lines->items[index].fate == LINE_TEXT)
            return index;
    return lines->count;
}

uint32_t line_width(struct str text)
{
    size_t i = 0, inner = 0; /* bytes that begin no code point */
    for (; i + LANES <= text.len; i += LANES) {
        uint64_t lanes = lanes_load(text.data + i);
        inner += lanes_count(lanes & ~(lanes << 1) & LANES_HIGH);
    }
    for (; i < text.len; i++)
        inner += ((unsigned char)text.data[i] & 0xC0) == 0x80;
    return (uint32_t)(text.len - inner);
}

struct str line_first_word(struct str text)
{
    ptrdiff_t space = str_find_char(text, ' ');
    return space < 0 ? text : str_slice(text, 0, (size_t)space);
}

struct str line_last_word(struct str text)
{
    ptrdiff_t space = str_find_last(text, ' ');
    return space < 0 ? text : str_from_offset(text, (size_t)space + 1);
}

bool line_has_digit(struct str text)
{
    size_t i = 0;
    for (; i + LANES <= text.len; i += LANES) {
        uint64_t lanes = lanes_load(text.data + i);
        if (lanes_between(lanes & ~LANES_HIGH, '0', '9') & ~lanes)
            return true;
    }
    for (; i < text.len; i++)
        if (str_is_digit(text.data[i]))
            return true;
    return false;
}

static bool is_plain(char c)
{
    return (unsigned char)c >= ' ' && (unsigned char)c < 0x80;
}

size_t line_plain_length(struct str text, size_t start)
{
    size_t at = start;
    uint64_t others = 0;
    /* A step takes one byte less than it looks at, so that no two spaces are seen apart. */
    for (; at + LANES <= text.len && !others; at += others ? lanes_before(others) : LANES - 1) {
        uint64_t lanes = lanes_load(text.data + at), ascii = lanes & ~LANES_HIGH;
        uint64_t spaces = lanes_equal(ascii, ' ');
        others = (lanes & LANES_HIGH) | lanes_between(ascii, 0, ' ' - 1) | (spaces & spaces >> 8);
    }
    while (!others && at < text.len && is_plain(text.data[at]) &&
           !(text.data[at] == ' ' && at + 1 < text.len && text.data[at + 1] == ' '))
        at++;
    while (at > start && text.data[at - 1] == ' ')
        at--;
    return at - start;
}

bool line_is_figure(struct str text)
{
    for (size_t i = 0; i < text.len;)
        if (utf8_is_letter(utf8_next(text, &i)))
            return false;
    return true;
}

uint32_t line_count_words(struct str text)
{
    uint32_t words = 1;
    for (size_t i = 0; i < text.len; i++)
        words += text.data[i] == ' ';
    return words;
}

static bool is_closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D ||
           c == 0xBB || c == '*';
}

static bool is_opening(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x2018 || c == 0x201C ||
           c == 0x201E || c == 0xAB || c == 0x2019 || c == '*';
}

static bool is_superscript(uint32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}

static uint32_t last_code(struct str text, size_t *start)
{
    uint32_t c = utf8_before(text, text.len);
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    *start = text.len > len ? text.len - len : 0;
    return c;
}

/* `text` without the quotation marks, brackets and superscripts at its end. */
static struct str strip_closing(struct str text)
{
    while (text.len) {
        size_t start;
        uint32_t c = last_code(text, &start);
        if (!is_closing(c) && !is_superscript(c))
            break;
        text.len = start;
    }
    return text;
}

/* `text` without the reference to a footnote at its end: digits, or a space, digits and `)`. */
static struct str strip_reference(struct str text)
{
    struct str rest = text;
    bool bracket = str_ends(rest, STR(")"));
    rest.len -= bracket;
    size_t digits = 0;
    while (rest.len && digits < REFERENCE_DIGITS && str_is_digit(rest.data[rest.len - 1])) {
        rest.len--;
        digits++;
    }
    if (!digits)
        return strip_closing(text);
    rest.len -= bracket && str_ends(rest, STR(" "));
    rest = strip_closing(rest);
    /* `1.050` is a figure. */
    bool figure = rest.len > 1 && str_is_digit(rest.data[rest.len - 2]);
    return figure ? (struct str){0} : rest;
}

bool line_ends_sentence(struct str text)
{
    size_t start;
    /* Most lines end in a letter, behind which nothing is to be stripped. */
    char last = text.len ? text.data[text.len - 1] : 'x';
    if (str_is_alnum(last) && !str_is_digit(last))
        return false;
    text = strip_reference(text);
    uint32_t c = text.len ? last_code(text, &start) : 0;
    return c == '.' || c == '?' || c == '!' || c == 0x2026;
}

static uint32_t first_letter(struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        if (!is_opening(c))
            return c;
    }
    return 0;
}

bool line_starts_lower(struct str text)
{
    uint32_t c = first_letter(text);
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return utf8_is_letter(c) && utf8_upper(c) != c;
}

bool line_starts_upper(struct str text)
{
    uint32_t c = first_letter(text);
    return c < 0x80 ? c >= 'A' && c <= 'Z' : utf8_is_upper(c);
}

bool line_is_short(const struct lines *lines, const struct line *line, const struct line *next,
                   unsigned percent)
{
    if (!lines->wrapped)
        return false;
    if (lines->extent && !line->column) {
        uint64_t extent =
            (uint64_t)extent_of(line->text) + EXTENT_SPACE + extent_of(line_first_word(next->text));
        return extent * 100 <= (uint64_t)lines->extent * percent;
    }
    uint64_t needed = (uint64_t)line->width + 1 + line_width(line_first_word(next->text));
    return needed * 100 <= (uint64_t)line->measure * percent;
}

/* Whether the white space in a text is single spaces; then `*ascii` tells whether all of it is
 * ASCII. */
static bool is_even(struct str text, bool *ascii)
{
    size_t at = 0;
    uint64_t seen = 0;
    /* A step takes one byte less than it looks at, so that no two spaces are seen apart. */
    for (; at + LANES <= text.len; at += LANES - 1) {
        uint64_t lanes = lanes_load(text.data + at), low = lanes & ~LANES_HIGH;
        uint64_t spaces = lanes_equal(low, ' ') & ~lanes;
        if ((lanes_equal(low, '\t') & ~lanes) | (spaces & lanes_followed(spaces)))
            return false;
        seen |= lanes;
    }
    for (; at < text.len; at++) {
        char c = text.data[at];
        if (c == '\t' || (c == ' ' && at + 1 < text.len && text.data[at + 1] == ' '))
            return false;
        seen |= (unsigned char)c;
    }
    *ascii = !(seen & LANES_HIGH);
    return true;
}

/* A copy of `text` with runs of white space made one space. */
static struct str squeeze(struct arena *arena, struct str text)
{
    char *out = arena_text(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = str_is_space(text.data[i]) ? ' ' : text.data[i];
        if (c != ' ' || out[len - 1] != ' ')
            out[len++] = c;
    }
    return (struct str){out, len};
}

static uint32_t indent_of(struct str raw)
{
    uint32_t column = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.data[i] == ' ')
            column++;
        else if (raw.data[i] == '\t')
            column = (column / TAB + 1) * TAB;
        else
            break;
    }
    return column;
}

static uint32_t tail_of(struct str raw)
{
    uint32_t spaces = 0;
    while (spaces < raw.len && raw.data[raw.len - 1 - spaces] == ' ')
        spaces++;
    return spaces;
}

struct line line_from(struct arena *arena, struct str raw)
{
    struct str text = str_trim(raw);
    bool ascii = false, even = is_even(text, &ascii);
    if (!even)
        text = squeeze(arena, text);
    return (struct line){.text = text,
                         .raw = str_trim_end(raw),
                         .even = even,
                         .indent = indent_of(raw),
                         .tail = tail_of(raw),
                         .width = ascii ? (uint32_t)text.len : line_width(text)};
}

static bool is_blank(struct str text)
{
    size_t start = 0;
    while (start < text.len && str_is_space(text.data[start]))
        start++;
    return start == text.len;
}

/* How many lines, or pieces of them between form feeds, have something on them. */
static size_t count_lines(struct str text)
{
    size_t count = 0;
    for (struct str rest = text; rest.data;) {
        struct str raw = str_cut(&rest, '\n');
        while (raw.data)
            count += !is_blank(str_cut(&raw, '\f'));
    }
    return count;
}

struct splitting {
    struct arena *arena;
    struct lines *lines;
    uint32_t number, gap;
    bool page; /* a page break stands before the next line */
};

static void add_line(struct splitting *splitting, struct str raw)
{
    struct line line = line_from(splitting->arena, raw);
    if (!line.text.len) {
        splitting->gap++;
        return;
    }
    struct lines *lines = splitting->lines;
    bool opens = splitting->page && lines->count;
    lines->pages += opens;
    line.number = splitting->number;
    line.gap = splitting->gap;
    line.page = lines->pages;
    line.opens_page = opens;
    lines->items[lines->count++] = line;
    splitting->gap = 0;
    splitting->page = false;
}

/* The pieces of a line between its form feeds. */
static void add_pieces(struct splitting *splitting, struct str raw)
{
    while (raw.data) {
        struct str piece = str_cut(&raw, '\f');
        add_line(splitting, piece);
        if (!raw.data)
            break;
        splitting->page = true;
        splitting->lines->form_feeds = true;
    }
}

/* The width that `share` of a hundred lines do not exceed. */
static uint32_t width_of_share(const uint32_t *widths, uint32_t total, uint32_t share)
{
    uint64_t seen = 0;
    for (uint32_t width = 0; width <= WIDTH_MAX; width++) {
        seen += widths[width];
        if (seen * 100 >= (uint64_t)total * share)
            return width;
    }
    return WIDTH_MAX;
}

/* Nearly the widest line: stray wide ones (an address, a footnote in small print) set no measure.
 */
static uint32_t take_measure(const struct lines *lines)
{
    uint32_t widths[WIDTH_MAX + 1] = {0}, total = 0;
    for (size_t i = 0; i < lines->count; i++) {
        uint32_t width = lines->items[i].width;
        if (width < PROSE_WIDTH)
            continue;
        widths[width < WIDTH_MAX ? width : WIDTH_MAX]++;
        total++;
    }
    if (total < 3)
        return MEASURE_DEFAULT;
    uint32_t widest = width_of_share(widths, total, 98);
    uint32_t usual = width_of_share(widths, total, 90) * 26 / 25;
    return widest < usual ? widest : usual;
}

/* Lines that surely go on the one before tell whether empty lines stand between lines of text. */
static bool is_double_spaced(const struct lines *lines)
{
    size_t tight = 0, spaced = 0;
    for (size_t i = 1; i < lines->count; i++) {
        const struct line *line = &lines->items[i], *before = line - 1;
        if (before->width * 10 < before->measure * 6 || !line_starts_lower(line->text))
            continue;
        tight += line->gap == 0;
        spaced += line->gap == 1;
    }
    return spaced > tight;
}

/* The extent of a full line: of nearly the widest, in steps. */
static uint32_t take_extent(const struct lines *lines)
{
    uint32_t steps[EXTENT_STEPS + 1] = {0};
    uint64_t total = 0, seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].width < PROSE_WIDTH || lines->items[i].column)
            continue;
        uint32_t step = extent_of(lines->items[i].text) / EXTENT_STEP;
        steps[step < EXTENT_STEPS ? step : EXTENT_STEPS]++;
        total++;
    }
    for (uint32_t step = 0; step < EXTENT_STEPS; step++) {
        seen += steps[step];
        if (seen * 100 >= total * 98)
            return (step + 1) * EXTENT_STEP;
    }
    return 0;
}

void lines_measure(struct lines *lines)
{
    lines->measure = take_measure(lines);
    lines->wrapped = lines->measure <= WRAPPED_MAX;
    for (size_t i = 0; i < lines->count; i++)
        if (!lines->items[i].column)
            lines->items[i].measure = lines->measure;
    lines->double_spaced = is_double_spaced(lines);
    lines->extent = lines->double_spaced ? take_extent(lines) : 0;
}

/* A program that writes each line with a space behind it writes the space that ends a paragraph as
 * a second one. */
static bool has_tails(const struct lines *lines)
{
    size_t one = 0, more = 0;
    for (size_t i = 0; i < lines->count; i++) {
        one += lines->items[i].tail == 1;
        more += lines->items[i].tail > 1;
    }
    return one > more * 2 && (one + more) * 10 > lines->count * 9;
}

/* A form feed that became a space: one space, on a line of a text in which such lines are rare and
 * no other line is indented. */
static bool is_page_space(const struct line *line)
{
    return line->indent == 1 && line->raw.data[0] == ' ';
}

static bool has_page_spaces(const struct lines *lines)
{
    size_t spaces = 0, indented = 0;
    for (size_t i = 0; i < lines->count; i++) {
        spaces += is_page_space(&lines->items[i]);
        indented += lines->items[i].indent > 1;
    }
    return spaces && spaces * 8 <= lines->count && indented * 10 <= lines->count;
}

static void break_at_spaces(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->items[i];
        line->opens_page = i && is_page_space(line);
        lines->pages += line->opens_page;
        line->page = lines->pages;
    }
}

void lines_split(struct arena *arena, struct str text, struct lines *out)
{
    *out = (struct lines){.pages = 1};
    out->items = arena_new_array(arena, count_lines(text) + 1, struct line);
    struct splitting splitting = {.arena = arena, .lines = out};
    for (struct str rest = text; rest.data;) {
        struct str raw = str_cut(&rest, '\n');
        splitting.number++;
        if (raw.len || rest.data)
            out->total = splitting.number;
        add_pieces(&splitting, raw);
    }
    lines_measure(out);
    out->tails = has_tails(out);
    if (!out->form_feeds && has_page_spaces(out))
        break_at_spaces(out);
}
