#include "read/marker.h"

#include "base/utf8.h"

enum { NUMBER_DIGITS = 3, PART_DIGITS = 2, DEGREE = 0xB0 };

/* Signs that are nothing but bullets. */
static bool is_bullet(uint32_t c)
{
    static const uint32_t bullets[] = {
        0x00B7, 0x2022, 0x2023, 0x2043, 0x2192, 0x21D2, 0x2219, 0x25A0, 0x25A1,
        0x25AA, 0x25AB, 0x25B6, 0x25B7, 0x25B8, 0x25BA, 0x25C6, 0x25C7, 0x25CA,
        0x25CB, 0x25CF, 0x25D8, 0x25E6, 0x2605, 0x2610, 0x2611, 0x2612, 0x2713,
        0x2714, 0x2717, 0x2718, 0x2756, 0x2794, 0x27A1, 0x27A2, 0x27A4, 0x29BF};
    if (c < bullets[0])
        return false;
    if (c >= 0xE000 && c <= 0xF8FF) /* private use: a glyph of a symbol font */
        return true;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (bullets[i] == c)
            return true;
    return false;
}

/* Signs that are bullets only with a space behind them; the last is what is left of a glyph that
 * could not be read. */
static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == '*' || c == '+' || c == 'o' ||
           c == UTF8_REPLACEMENT;
}

static size_t skip_spaces(struct str text, size_t offset)
{
    while (offset < text.len && text.data[offset] == ' ')
        offset++;
    return offset;
}

static size_t digits_at(struct str text, size_t offset)
{
    size_t len = 0;
    while (offset + len < text.len && str_is_digit(text.data[offset + len]))
        len++;
    return len;
}

static bool ends_at(struct str text, size_t offset)
{
    return offset == text.len || text.data[offset] == ' ';
}

static bool starts_small(struct str text)
{
    size_t offset = 0;
    uint32_t c = text.len ? utf8_next(text, &offset) : 0;
    return c && utf8_is_letter(c) && !utf8_is_upper(c);
}

/* `10.30` and `9.15`: a part of two digits that makes five minutes, behind an hour of the day. */
static bool is_time(struct str text, size_t len)
{
    return len >= 4 && len <= 5 && text.data[len - 3] == '.' && (len == 5 || text.data[0] >= '7') &&
           (text.data[len - 1] == '0' || text.data[len - 1] == '5') && text.data[len - 2] < '6';
}

/* `1.`, `12)`, `(3)`, `1.2`, `1.2.` and so on. */
static struct marker parse_number(struct str text)
{
    struct marker none = {0}, marker = {.kind = MARKER_NUMBER, .weak = true};
    size_t i = str_starts(text, STR("("));
    bool bracket = i > 0, closed = false;
    for (;;) {
        size_t len = digits_at(text, i);
        if (!len || len > (marker.depth ? PART_DIGITS : NUMBER_DIGITS))
            return none;
        long number = 0;
        (void)str_to_long(str_slice(text, i, len), &number);
        marker.number = (uint32_t)number;
        marker.depth++;
        i += len;
        closed = i < text.len && (text.data[i] == '.' || text.data[i] == ')');
        if (!closed)
            break;
        marker.glyph = (unsigned char)text.data[i++];
        if (marker.glyph == ')' || i == text.len || !str_is_digit(text.data[i]))
            break;
    }
    if (!ends_at(text, i) || (bracket && marker.glyph != ')') || (!closed && marker.depth == 1))
        return none;
    marker.len = skip_spaces(text, i);
    /* `3.5 miljoen` is no item, and `10.30` is a time. */
    if (!closed && (starts_small(str_from_offset(text, marker.len)) || is_time(text, i)))
        return none;
    return marker;
}

static bool is_letter(char c)
{
    return str_is_alnum(c) && !str_is_digit(c);
}

static bool is_roman(char c)
{
    return c == 'I' || c == 'V' || c == 'X';
}

static bool is_small_roman(char c)
{
    return c == 'i' || c == 'v' || c == 'x';
}

/* `1°`, `2º.` */
static struct marker parse_degree(struct str text)
{
    struct marker none = {0};
    size_t i = digits_at(text, 0);
    struct str rest = str_from_offset(text, i);
    if (!i || i > PART_DIGITS || (!str_starts(rest, STR("°")) && !str_starts(rest, STR("º"))))
        return none;
    i += STR("°").len;
    i += i < text.len && text.data[i] == '.';
    if (!ends_at(text, i))
        return none;
    return (struct marker){MARKER_LETTER, skip_spaces(text, i), 0, 1, DEGREE, true};
}

/* `a)`, `(b)`, `c.`, `IV.`, `iii)` */
static struct marker parse_letter(struct str text)
{
    struct marker none = {0};
    size_t i = str_starts(text, STR("(")), start = i;
    if (i < text.len && text.data[i] >= 'a' && text.data[i] <= 'z')
        for (i++; i < text.len && i < start + 4 && is_small_roman(text.data[start]) &&
                  is_small_roman(text.data[i]);)
            i++;
    else
        while (i < text.len && i < start + 4 && is_roman(text.data[i]))
            i++;
    if (i == start || i == text.len || (text.data[i] != ')' && (start || text.data[i] != '.')))
        return none;
    uint32_t glyph = (unsigned char)text.data[i] + (is_roman(text.data[start]) ? 256u : 512u);
    if (!ends_at(text, i + 1))
        return none;
    return (struct marker){MARKER_LETTER, skip_spaces(text, i + 1), 0, 1, glyph, true};
}

static struct marker parse_bullet(struct str text)
{
    struct marker none = {0};
    size_t offset = 0;
    uint32_t c = utf8_next(text, &offset);
    if (!is_bullet(c) && !(is_dash(c) && offset < text.len && text.data[offset] == ' '))
        return none;
    struct marker marker = {MARKER_BULLET, skip_spaces(text, offset), 0, 1, c, is_dash(c)};
    struct marker number = parse_number(str_from_offset(text, marker.len));
    if (number.kind == MARKER_NONE || number.depth > 1)
        return marker;
    number.len += marker.len; /* `- 1) text` */
    number.weak = marker.weak;
    return number;
}

/* Whether it begins with a word, as most texts do: with two letters that are no Roman number. */
static bool begins_word(struct str text)
{
    return text.len > 1 && is_letter(text.data[0]) && is_letter(text.data[1]) &&
           !(is_roman(text.data[0]) && is_roman(text.data[1])) &&
           !(is_small_roman(text.data[0]) && is_small_roman(text.data[1]));
}

struct marker marker_parse(struct str text)
{
    struct marker none = {0};
    if (!text.len || begins_word(text))
        return none;
    struct marker marker = parse_bullet(text);
    if (marker.kind == MARKER_NONE)
        marker = parse_number(text);
    if (marker.kind == MARKER_NONE)
        marker = parse_degree(text);
    return marker.kind == MARKER_NONE ? parse_letter(text) : marker;
}
