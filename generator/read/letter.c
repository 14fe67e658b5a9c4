#include "read/letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/words.h"

enum {
    HEAD_MAX = 80,         /* lines; a longer head is none */
    FIELDS_MAX = 40,       /* lines, where no salutation ends the head */
    HEAD_WIDTH = 90,       /* a line of a head is no wider */
    SALUTATION_WIDTH = 90, /* nor is a salutation */
    BARE_WIDTH = 40,       /* nor one without a comma */
    VALUE_LINES = 4,       /* a field's value goes over no more lines */
    SIGNATURE_MAX = 14,    /* lines */
    SIGNATURE_WIDTH = 60,
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

bool letter_date(struct str text, struct date *out)
{
    text = str_trim(text);
    if (text.len > 60)
        return false;
    if (str_ends(text, STR(".")))
        text.len--;
    if (date_parse(text, out))
        return true;
    ptrdiff_t comma = str_find_char(text, ',');
    return comma >= 0 && date_parse(str_trim(str_from_offset(text, (size_t)comma + 1)), out);
}

/* In a letter with letterhead beside it the name may have been struck out, comma and all. */
static size_t find_salutation(const struct lines *lines)
{
    for (size_t i = 0; i < lines->count && i < HEAD_MAX; i++) {
        const struct line *line = &lines->items[i];
        if (line->width > SALUTATION_WIDTH)
            continue;
        char last = line->text.data[line->text.len - 1];
        bool ended = last == ',' || last == ':';
        bool bare = lines->items[0].margin && line->width < BARE_WIDTH;
        if (words_start(WORDS_SALUTATION, line->text) && (ended || bare))
            return i;
    }
    return lines->count;
}

/* A field of the head: its label and what of the value stands on the same line. */
struct entry {
    const struct label *label;
    struct str value;
};

/* A weak label (`Van`, `Aan`) needs a colon, a tab or two spaces; or, in a letter, `Aan` begins the
 * address. */
static struct entry parse_field(const struct line *line, bool letter)
{
    struct entry none = {0};
    const struct label *label = words_label(line->text);
    if (!label)
        return none;
    struct str rest = str_from_offset(line->text, label->text.len);
    struct str wide = str_from_offset(str_trim(line->raw), label->text.len);
    bool colon = str_starts(str_trim(rest), STR(":"));
    bool apart = str_starts(wide, STR("  ")) || str_starts(wide, STR("\t"));
    bool address =
        letter && label->field == FIELD_ADDRESSEE && line->gap && line_starts_upper(line->text);
    if (label->weak && !colon && !apart && !address)
        return none;
    if (!letter && !colon && !apart && rest.len)
        return none;
    rest = str_trim(rest);
    return (struct entry){label, str_trim(str_from_offset(rest, colon))};
}

static bool is_address(const struct line *line)
{
    struct str text = line->text;
    if (words_start(WORDS_LETTERHEAD, text))
        return true;
    /* `2500 EA DEN HAAG` */
    if (text.len < 7)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (!str_is_digit(text.data[i]))
            return false;
    size_t i = 4 + (text.data[4] == ' ');
    return text.data[i] >= 'A' && text.data[i] <= 'Z' && text.data[i + 1] >= 'A' &&
           text.data[i + 1] <= 'Z' && text.data[i + 2] == ' ';
}

/* Behind which line the value of the field on line `index` ends: it goes on over lines without an
 * empty one between them, and begins below a label that stands alone. */
static size_t value_end(const struct lines *lines, size_t index, size_t limit, bool empty,
                        bool letter)
{
    size_t end = index + 1;
    for (; end < limit && end - index < VALUE_LINES; end++) {
        const struct line *line = &lines->items[end];
        bool first = empty && end == index + 1;
        if (line->gap > (first ? 1u : 0u) || line->margin != lines->items[index].margin ||
            line->width > HEAD_WIDTH * 2 || parse_field(line, letter).label || is_address(line))
            break;
        if (!letter && !first)
            break;
    }
    return end;
}

static struct str gather(struct arena *arena, const struct lines *lines, struct str start,
                         size_t from, size_t to)
{
    if (from == to)
        return start;
    struct buf text;
    buf_init(&text, arena);
    buf_put(&text, start);
    for (size_t i = from; i < to; i++) {
        if (text.len)
            buf_put_char(&text, ' ');
        buf_put(&text, lines->items[i].text);
    }
    return buf_str(&text);
}

static struct str *field_of(struct letter *letter, enum field field)
{
    switch (field) {
    case FIELD_TITLE:
        return &letter->title;
    case FIELD_AUTHOR:
        return &letter->author;
    case FIELD_ADDRESSEE:
        return &letter->addressee;
    case FIELD_REFERENCE:
        return &letter->reference;
    case FIELD_ISSUER:
        return &letter->issuer;
    default:
        return NULL;
    }
}

static void keep_value(struct letter *letter, enum field field, struct str value, uint32_t line)
{
    struct str *slot = field_of(letter, field);
    if (field == FIELD_DATE && !letter->date.year)
        (void)letter_date(value, &letter->date);
    if (!slot || slot->len || value.len < 2)
        return;
    *slot = value;
    if (field == FIELD_TITLE)
        letter->title_line = line;
}

static void drop_lines(struct lines *lines, size_t from, size_t to, const char *reason)
{
    for (size_t i = from; i < to; i++)
        line_drop(&lines->items[i], reason);
}

/* Takes the field on line `index`; returns the line behind it, or `index` where there is none. */
static size_t take_field(struct arena *arena, struct lines *lines, struct letter *letter,
                         size_t index, size_t limit)
{
    bool in_letter = letter->salutation < lines->count || lines->items[index].margin;
    struct entry entry = parse_field(&lines->items[index], in_letter);
    if (!entry.label)
        return index;
    size_t end = value_end(lines, index, limit, !entry.value.len, in_letter);
    struct str value = gather(arena, lines, entry.value, index + 1, end);
    uint32_t line = lines->items[entry.value.len || end == index + 1 ? index : index + 1].number;
    keep_value(letter, entry.label->field, value, line);
    drop_lines(lines, index, end, reasons[entry.label->field]);
    return end;
}

/* A line that is nothing but a kind of document: `MEMO`. */
static bool take_kind(struct line *line, struct letter *letter)
{
    struct str kind = words_kind(line->text);
    bool apart = line->gap || line->number == 1;
    if (!kind.len || !apart || str_find_char(line->text, ' ') >= 0)
        return false;
    if (!letter->kind.len)
        letter->kind = kind;
    line_drop(line, reasons[FIELD_KIND]);
    return true;
}

static bool take_date(struct line *line, struct letter *letter)
{
    struct date date;
    if (letter->date.year || !letter_date(line->text, &date) || !date.month)
        return false;
    letter->date = date;
    line_drop(line, reasons[FIELD_DATE]);
    return true;
}

/* The name of an organisation; a line that ends in a comma goes on. */
static size_t take_issuer(struct arena *arena, struct lines *lines, struct letter *letter,
                          size_t index, size_t limit)
{
    if (letter->issuer.len || !words_start(WORDS_ORGANISATION, lines->items[index].text))
        return index;
    size_t end = index + 1;
    while (end < limit && !lines->items[end].gap && str_ends(lines->items[end - 1].text, STR(",")))
        end++;
    letter->issuer = gather(arena, lines, (struct str){0}, index, end);
    drop_lines(lines, index, end, reasons[FIELD_ISSUER]);
    return end;
}

/* Takes what stands on line `index` of the head of a letter; returns the line behind it. */
static size_t take_head(struct arena *arena, struct lines *lines, struct letter *letter,
                        size_t index, size_t limit)
{
    struct line *line = &lines->items[index];
    size_t end = take_field(arena, lines, letter, index, limit);
    if (end == index)
        end = take_issuer(arena, lines, letter, index, limit);
    if (end != index)
        return end;
    if (!take_kind(line, letter) && !take_date(line, letter) && line->width <= HEAD_WIDTH)
        line_drop(line, reasons[FIELD_NONE]);
    return index + 1;
}

/* Takes the lines up to `limit`, which are all letterhead. */
static void take_heads(struct arena *arena, struct lines *lines, struct letter *letter,
                       size_t limit)
{
    for (size_t i = 0; i < limit;)
        i = take_head(arena, lines, letter, i, limit);
}

/* How many lines of the first page's margin there are: they come first. */
static size_t count_margin(const struct lines *lines)
{
    size_t count = 0;
    while (count < lines->count && lines->items[count].margin)
        count++;
    return count;
}

/* The fields with which a text without salutation begins. */
static void take_fields(struct arena *arena, struct lines *lines, struct letter *letter,
                        size_t start)
{
    size_t limit = lines->count < start + FIELDS_MAX ? lines->count : start + FIELDS_MAX;
    for (size_t i = start; i < limit;) {
        struct line *line = &lines->items[i];
        size_t end = take_field(arena, lines, letter, i, limit);
        if (end == i && words_start(WORDS_DISPOSITION, line->text) && line->width < 40) {
            line_drop(line, reasons[FIELD_NONE]);
            end = i + 1;
        }
        if (end == i && !take_kind(line, letter) && !take_date(line, letter))
            return;
        i = end == i ? i + 1 : end;
    }
}

static void find_closing(const struct lines *lines, struct letter *letter)
{
    letter->closing = letter->end = lines->count;
    for (size_t i = lines->count; i-- > 0;) {
        const struct line *line = &lines->items[i];
        if (line->fate != LINE_TEXT || line->width > SIGNATURE_WIDTH ||
            !words_start(WORDS_CLOSING, line->text))
            continue;
        letter->closing = i;
        for (letter->end = i + 1; letter->end < lines->count; letter->end++) {
            const struct line *next = &lines->items[letter->end];
            if (next->width > SIGNATURE_WIDTH || letter->end - i > SIGNATURE_MAX ||
                next->opens_page || str_find(next->text, STR("://")) >= 0)
                break;
        }
        return;
    }
}

static bool is_name_word(struct str word)
{
    return words_have(WORDS_PARTICLE, word) || line_starts_upper(word);
}

/* Two to six words, each with a capital or a small word of a name, and no office. */
static bool is_name(struct str text)
{
    size_t words = 0;
    if (words_start(WORDS_OFFICE, text) || words_start(WORDS_ORGANISATION, text) ||
        str_ends(text, STR(",")))
        return false;
    for (struct str rest = text; rest.data; words++) {
        struct str word = str_cut(&rest, ' ');
        if (!is_name_word(word) || str_is_digit(word.data[word.len - 1]))
            return false;
    }
    return words >= 2 && words <= 6;
}

/* Who signed, and for whom: the name, and a last line below it that is no office. */
static void read_signature(const struct lines *lines, struct letter *letter)
{
    bool named = false;
    struct str last = {0};
    for (size_t i = letter->closing + 1; i < letter->end; i++) {
        struct str text = lines->items[i].text;
        if (lines->items[i].fate != LINE_TEXT)
            continue;
        last = (struct str){0};
        if (!named && is_name(text)) {
            named = true;
            if (!letter->author.len)
                letter->author = text;
        } else if (named && !words_start(WORDS_OFFICE, text) && line_starts_upper(text)) {
            last = text;
        }
    }
    if (!letter->issuer.len && last.len)
        letter->issuer = last;
}

void letter_read(struct arena *arena, struct lines *lines, struct letter *out)
{
    *out = (struct letter){0};
    out->salutation = find_salutation(lines);
    size_t margin = count_margin(lines);
    if (out->salutation < lines->count) {
        take_heads(arena, lines, out, out->salutation);
    } else {
        take_heads(arena, lines, out, margin);
        take_fields(arena, lines, out, margin);
    }
    find_closing(lines, out);
    if (out->closing < lines->count)
        read_signature(lines, out);
}
