#include "read/mark.h"

#include "base/utf8.h"
#include "read/address.h"
#include "read/lines.h"

enum {
    GLUED_DIGITS = 3,       /* a number in the text with more is a year or an amount */
    SUPERSCRIPT_DIGITS = 5, /* as many are looked at */
    GLUED_LETTERS = 2,      /* of a word before a full stop that a number is glued to */
    WORD_LETTERS = 3,       /* the same, where a space stands before the number */
    STARS_MAX = 3,          /* more in a row are an ornament */
    DAGGER = 0x2020,
    DOUBLE_DAGGER = 0x2021,
};

static int superscript_digit(uint32_t c)
{
    switch (c) {
    case 0xB9:
        return 1;
    case 0xB2:
        return 2;
    case 0xB3:
        return 3;
    default:
        return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)(c - 0x2070) : -1;
    }
}

static struct mark make(enum mark_manner manner, uint32_t number, size_t start, size_t end)
{
    return (struct mark){manner, number, (uint32_t)start, (uint32_t)(end - start)};
}

/* A run of superscript digits at `offset`. */
static bool superscript_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end = offset, digits = 0;
    uint32_t number = 0;
    while (end < text.len && digits < SUPERSCRIPT_DIGITS) {
        size_t next = end;
        int digit = superscript_digit(utf8_next(text, &next));
        if (digit < 0)
            break;
        number = number * 10 + (uint32_t)digit;
        end = next;
        digits++;
    }
    *mark = make(MARK_SUPERSCRIPT, number, offset, end);
    return number && number <= MARK_NUMBER_MAX;
}

/* ASCII digits at `offset`; 0 where there are more than four, or a nought first. */
static uint32_t plain_number(struct str text, size_t offset, size_t *end)
{
    uint32_t number = 0;
    for (*end = offset; *end < text.len && *end - offset < 5 && str_is_digit(text.data[*end]);
         ++*end)
        number = number * 10 + (uint32_t)(text.data[*end] - '0');
    bool nought = *end > offset && text.data[offset] == '0';
    return number <= MARK_NUMBER_MAX && !nought ? number : 0;
}

static bool brackets_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end;
    bool square = text.data[offset] == '[';
    uint32_t number = plain_number(text, offset + 1, &end);
    if (!number || end >= text.len || text.data[end] != (square ? ']' : ')'))
        return false;
    *mark = make(square ? MARK_BRACKETS : MARK_PARENTHESES, number, offset, end + 1);
    return true;
}

/* `*`, `**`, `***`, `†`, `‡` at `offset`. */
static bool stars_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end = offset;
    while (end < text.len && text.data[end] == '*')
        end++;
    uint32_t number = (uint32_t)(end - offset);
    if (!number) {
        uint32_t c = utf8_next(text, &end);
        number = c == DAGGER || c == DOUBLE_DAGGER ? STARS_MAX + 1 + (c - DAGGER) : 0;
    } else if (number > STARS_MAX) {
        number = 0;
    }
    *mark = make(MARK_STARS, number, offset, end);
    return number > 0;
}

static size_t code_length(uint32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static bool is_small_letter(uint32_t c)
{
    return utf8_is_letter(c) && !utf8_is_upper(c);
}

static bool is_closing(uint32_t c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '?' || c == '!' || c == ')' ||
           c == '"' || c == '\'' || c == 0x2019 || c == 0x201D || c == 0x2026;
}

/* Letters, and the apostrophe of `foto’s`. */
static bool is_word_part(uint32_t c)
{
    return utf8_is_letter(c) || c == '\'' || c == 0x2019;
}

/* Whether a word of `least` letters or more ends at `offset`, before closing signs: `d.d.` and
 * `5.c.` end in shorter ones. */
static bool ends_word(struct str text, size_t offset, size_t least)
{
    uint32_t c = 0;
    size_t letters = 0;
    while (offset && is_closing(c = utf8_before(text, offset)) && offset > code_length(c))
        offset -= code_length(c);
    while (offset && letters < least && is_word_part(c = utf8_before(text, offset))) {
        offset -= offset > code_length(c) ? code_length(c) : offset;
        letters++;
    }
    return letters == least;
}

/* Whether a year ends at `offset`: `2019.1` is one with a reference, `1.1` and `10.1` are numbers.
 */
static bool is_year(struct str text, size_t offset)
{
    if (offset < 4 || (offset > 4 && text.data[offset - 5] != ' '))
        return false;
    for (size_t i = offset - 4; i < offset; i++)
        if (!str_is_digit(text.data[i]))
            return false;
    return true;
}

/* The word or punctuation that a mark at `offset` is glued to, as a manner; MARK_MANNERS for none.
 */
static enum mark_manner glue_at(struct str text, size_t offset)
{
    uint32_t c = utf8_before(text, offset);
    size_t len = code_length(c);
    if (len >= offset)
        return MARK_MANNERS;
    uint32_t before = utf8_before(text, offset - len);
    if (is_small_letter(c))
        return is_small_letter(before) ? MARK_GLUED : MARK_MANNERS;
    if (utf8_is_upper(c))
        return utf8_is_letter(before) ? MARK_LOOSE : MARK_MANNERS;
    if (!is_closing(c))
        return MARK_MANNERS;
    if (utf8_is_letter(before) || is_closing(before))
        return c != '.' || ends_word(text, offset, GLUED_LETTERS) ? MARK_GLUED
               : before == ')'                                    ? MARK_LOOSE
                                                                  : MARK_MANNERS;
    if (!utf8_is_digit(before))
        return MARK_MANNERS;
    if (c != '.' && c != ',' && c != ':')
        return MARK_GLUED;
    return is_year(text, offset - 1) ? MARK_LOOSE : MARK_MANNERS;
}

/* Length of the unit at the end of `text`, with which `m²` and `km2` are no references; 0 for none.
 */
static size_t unit_length(struct str text)
{
    static const struct str units[] = {{"m", 1}, {"km", 2}, {"cm", 2}, {"dm", 2}, {"mm", 2}};
    size_t start = text.len;
    while (start && text.len - start < 3 && (str_is_alnum(text.data[start - 1])) &&
           !str_is_digit(text.data[start - 1]))
        start--;
    struct str word = str_from_offset(text, start);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal(word, units[i]))
            return word.len;
    return 0;
}

/* Whether the digits that end at `end` go on as another kind of number or word. */
static bool goes_on(struct str text, size_t end)
{
    if (end >= text.len)
        return false;
    size_t next = end;
    uint32_t c = utf8_next(text, &next);
    bool more = next < text.len && str_is_digit(text.data[next]);
    return utf8_is_letter(c) || utf8_is_digit(c) || c == '-' || c == '/' || c == '%' || c == '@' ||
           c == '_' || c == '=' || c == '(' || c == 0x2013 || c == 0x20AC || c == 0xB0 ||
           ((c == '.' || c == ',' || c == ':') && more);
}

/* The manner of a number at `offset` with a space before it. */
static enum mark_manner apart_at(struct str text, size_t offset, size_t end)
{
    uint32_t c = offset > 1 ? utf8_before(text, offset - 1) : ' ';
    bool soft = c == ',' || c == ':', word = utf8_is_letter(c);
    if (is_closing(c)) {
        word = ends_word(text, offset - 1, WORD_LETTERS);
        if (word && !soft)
            return MARK_APART;
        word |= !soft && ends_word(text, offset - 1, GLUED_LETTERS);
    }
    word |= offset > 4 && is_year(text, offset - 1);
    bool free = end == text.len || text.data[end] == ' ' ||
                (is_closing((unsigned char)text.data[end]) && text.data[end] != ':');
    return word && free ? MARK_LOOSE : MARK_MANNERS;
}

/* A year with a number glued to it, at `offset`: `20194` before a sign or a space. */
static bool year_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end;
    struct str century = str_slice(text, offset, 2);
    if ((!str_equal(century, STR("19")) && !str_equal(century, STR("20"))) ||
        (offset && text.data[offset - 1] != ' ') || text.len < offset + 5)
        return false;
    uint32_t number = plain_number(text, offset + 4, &end);
    if (!number || end - offset > 6 || goes_on(text, end))
        return false;
    *mark = make(MARK_LOOSE, number, offset + 4, end);
    return true;
}

/* A plain number in the text. */
static bool digits_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end;
    if (year_at(text, offset, mark))
        return true;
    if (!offset)
        return false;
    uint32_t number = plain_number(text, offset, &end);
    if (!number || end - offset > GLUED_DIGITS || goes_on(text, end))
        return false;
    bool space = text.data[offset - 1] == ' ';
    enum mark_manner manner = space ? apart_at(text, offset, end) : glue_at(text, offset);
    if (manner == MARK_MANNERS || (!space && unit_length(str_slice(text, 0, offset))))
        return false;
    *mark = make(manner, number, space ? offset - 1 : offset, end);
    return true;
}

static bool mark_at(struct str text, size_t i, struct mark *mark)
{
    unsigned char c = (unsigned char)text.data[i];
    if (str_is_digit((char)c))
        return (!i || !str_is_digit(text.data[i - 1])) && digits_at(text, i, mark);
    if (c == '[' || (c == '(' && i))
        return brackets_at(text, i, mark);
    if (c == '*')
        return i && text.data[i - 1] != '*' && glue_at(text, i) < MARK_MANNERS &&
               stars_at(text, i, mark) && !goes_on(text, i + mark->len);
    if (c != 0xC2 && c != 0xE2)
        return false;
    if (superscript_at(text, i, mark))
        return !unit_length(str_slice(text, 0, i));
    return c == 0xE2 && i && stars_at(text, i, mark);
}

static size_t address_end(struct str text, size_t start)
{
    while (start < text.len && text.data[start] != ' ')
        start++;
    return start;
}

/* Whether a mark may begin with that byte: letters, of which a text is made, begin none. */
static bool begins_mark(char c)
{
    return str_is_digit(c) || c == '[' || c == '(' || c == '*' || (c & 0x80);
}

/* The first byte from `at` on where a mark or an address may begin; text.len for none. */
static size_t next_candidate(struct str text, size_t at)
{
    /* A step takes one byte less than it looks at, so that no two letters are seen apart. */
    for (; at + LANES <= text.len; at += LANES - 1) {
        uint64_t lanes = lanes_load(text.data + at), ascii = lanes & ~LANES_HIGH;
        uint64_t signs = lanes_between(ascii, '0', '9') | lanes_between(ascii, '(', '*') |
                         lanes_equal(ascii, '[') | (lanes & LANES_HIGH);
        uint64_t found = signs | address_may_start_lanes(lanes);
        if (found)
            return at + lanes_before(found);
    }
    while (at < text.len && !begins_mark(text.data[at]) && !address_may_start(text, at))
        at++;
    return at;
}

bool mark_next(struct str text, size_t *offset, struct mark *mark)
{
    for (size_t i = next_candidate(text, *offset); i < text.len; i = next_candidate(text, i + 1)) {
        if (address_may_start(text, i) && address_starts(str_slice(text, i, 8)))
            i = address_end(text, i);
        else if (begins_mark(text.data[i]) && mark_at(text, i, mark)) {
            *offset = mark->offset + mark->len;
            return true;
        }
    }
    return false;
}

/* `1`, `1 Een`, `1 een`, `1Een`, `1. Een`, `1) Een`. */
static bool leading_number(struct str text, struct mark *mark, enum mark_form *form)
{
    size_t end;
    uint32_t number = plain_number(text, 0, &end);
    if (!number)
        return false;
    *mark = make(MARK_GLUED, number, 0, end);
    *form = MARK_FORM_ALONE;
    if (end == text.len)
        return true;
    bool dotted = text.data[end] == '.' || text.data[end] == ')';
    mark->len += dotted;
    bool space = mark->len < text.len && text.data[mark->len] == ' ';
    struct str rest = str_from_offset(text, mark->len + space);
    bool begins = line_starts_upper(rest) || address_starts(rest);
    if (!rest.len || (!space && (dotted || !begins)))
        return false;
    *form = dotted   ? MARK_FORM_DOTTED
            : !space ? MARK_FORM_TIGHT
            : begins ? MARK_FORM_UPPER
                     : MARK_FORM_OTHER;
    return *form != MARK_FORM_OTHER || line_starts_lower(rest);
}

bool mark_leading(struct str text, struct mark *mark, enum mark_form *form)
{
    unsigned char c = (unsigned char)text.data[0];
    *form = MARK_FORM_SIGN;
    if (str_is_digit((char)c))
        return leading_number(text, mark, form);
    bool sign = c == '[' || c == '(' ? brackets_at(text, 0, mark)
                : c == 0xC2 || c == 0xE2 || c == '*'
                    ? superscript_at(text, 0, mark) || stars_at(text, 0, mark)
                    : false;
    if (sign && mark->len == text.len)
        *form = MARK_FORM_ALONE;
    return sign;
}
