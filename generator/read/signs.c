#include "read/signs.h"

#include "base/arena.h"
#include "base/utf8.h"

enum {
    RUN_LEAST = 3,     /* items that make a list */
    ITEM_LINES = 16,   /* lines of one item: what is farther apart is no list */
    NUMBER_DIGITS = 2, /* of the number of an item */
    SHORT = 80,        /* percent of the measure: a line that leaves more was ended on purpose */
};

/* Items that may be a list, one behind the other. */
struct run {
    VEC(size_t) starts; /* lines */
    uint32_t sign;      /* of all of them; 0 for numbers that count */
    uint32_t number;    /* of the last one */
    size_t prose;       /* how many are sentences, and no headings */
    size_t cells;       /* how many may be rows of a table */
    size_t age;         /* lines of text since the last one began */
};

struct finding {
    struct arena *arena;
    struct lines *lines;
    size_t before; /* the last line of text; lines->count: none */
    struct run numbers, signs;
};

/* What a bullet of a symbol font is where only its code is left. */
static bool is_sign(uint32_t c)
{
    return c == 'v' || c == 'q' || c == 0xA7 || c == 0xD8 || c == 0xFC || (c >= '3' && c <= '9');
}

/* The sign that a text begins with and its number, which is 0 for none; returns its length with the
 * space behind it. */
static size_t sign_at(struct str text, uint32_t *sign, uint32_t *number)
{
    size_t len = 0;
    long value = 0;
    while (len < text.len && len <= NUMBER_DIGITS && str_is_digit(text.data[len]))
        len++;
    if (len && len <= NUMBER_DIGITS && text.data[0] != '0')
        (void)str_to_long(str_slice(text, 0, len), &value);
    *number = (uint32_t)value;
    size_t offset = 0;
    *sign = text.len ? utf8_next(text, &offset) : 0;
    if (!is_sign(*sign) || len > 1)
        *sign = 0;
    len = *sign ? offset : len;
    struct str rest = str_from_offset(text, len + 1);
    bool apart = len && len < text.len && text.data[len] == ' ';
    bool begins = line_starts_upper(rest) || (!*number && line_starts_lower(rest));
    return apart && begins && (*sign || *number) ? len + 1 : 0;
}

/* Whether cells of a table stand beside each other behind the sign. */
static bool has_cells(const struct line *line)
{
    struct str raw = str_trim(line->raw);
    size_t start = 0;
    while (start < raw.len && raw.data[start] != ' ')
        start++;
    while (start < raw.len && raw.data[start] == ' ')
        start++;
    return str_find(str_from_offset(raw, start), STR("   ")) >= 0;
}

/* Whether a line begins something: the one before it was ended, or is set apart. */
static bool begins_anew(const struct finding *finding, size_t index)
{
    const struct lines *lines = finding->lines;
    if (finding->before == lines->count)
        return true;
    const struct line *line = &lines->items[index], *before = &lines->items[finding->before];
    return line->gap > (lines->double_spaced ? 1u : 0u) || line_ends_sentence(before->text) ||
           str_ends(before->text, STR(":")) || str_ends(before->text, STR(";")) ||
           line_is_short(lines, before, line, SHORT);
}

/* Whether a line is a sentence, or the first of several. */
static bool is_prose(const struct lines *lines, size_t index)
{
    size_t next = index + 1;
    const struct line *line = &lines->items[index];
    if (line_ends_sentence(line->text) || str_ends(line->text, STR(":")) ||
        str_ends(line->text, STR(";")))
        return true;
    return next < lines->count && lines->items[next].fate == LINE_TEXT && !lines->items[next].gap &&
           !line_is_short(lines, line, &lines->items[next], SHORT);
}

/* Ends a run: what it is long enough for is a list. */
static void finish(struct finding *finding, struct run *run)
{
    bool figure = !run->sign || run->sign <= '9';
    size_t count = run->starts.count;
    if (count >= RUN_LEAST && run->cells * 4 < count && (!figure || run->prose * 4 >= count * 3))
        for (size_t i = 0; i < count; i++) {
            struct line *line = &finding->lines->items[run->starts.items[i]];
            uint32_t sign, number;
            line->sign = (uint8_t)sign_at(line->text, &sign, &number);
            line->counts = !run->sign;
        }
    *run = (struct run){.sign = 0};
}

static void add(struct finding *finding, struct run *run, size_t index)
{
    *vec_push(&run->starts, finding->arena) = index;
    run->prose += is_prose(finding->lines, index);
    run->cells += has_cells(&finding->lines->items[index]);
    run->age = 0;
}

static void take(struct finding *finding, size_t index)
{
    uint32_t sign, number;
    const struct line *line = &finding->lines->items[index];
    size_t len = sign_at(line->text, &sign, &number);
    bool begins = len && !line->heading && begins_anew(finding, index);
    if (++finding->numbers.age > ITEM_LINES || (begins && number == 1))
        finish(finding, &finding->numbers);
    if (++finding->signs.age > ITEM_LINES || (begins && sign && sign != finding->signs.sign))
        finish(finding, &finding->signs);
    if (begins && number == finding->numbers.number + 1) {
        finding->numbers.number = number;
        add(finding, &finding->numbers, index);
    } else if (begins && sign) {
        finding->signs.sign = sign;
        add(finding, &finding->signs, index);
    }
    finding->before = index;
}

void signs_find(struct arena *arena, struct lines *lines)
{
    struct finding finding = {.arena = arena, .lines = lines, .before = lines->count};
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].fate == LINE_TEXT)
            take(&finding, i);
    finish(&finding, &finding.numbers);
    finish(&finding, &finding.signs);
}

struct marker signs_marker(const struct line *line)
{
    uint32_t sign, number;
    if (!line->sign)
        return marker_parse(line->text);
    (void)sign_at(line->text, &sign, &number);
    if (line->counts)
        return (struct marker){MARKER_NUMBER, line->sign, number, 1, 0, false};
    return (struct marker){MARKER_BULLET, line->sign, 0, 1, sign, false};
}
