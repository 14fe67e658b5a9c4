#include "read/letter.h"

#include "base/arena.h"
#include "read/head.h"
#include "read/words.h"

enum {
    HEAD_MAX = 80,         /* lines; a longer head is none */
    SALUTATION_WIDTH = 90, /* nor is a salutation */
    CUT_WIDTH = 45,        /* nor is one without its comma */
    SIGNATURE_MAX = 14,    /* lines */
    SIGNATURE_WIDTH = 60,
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

/* `Geachte heer`, whose name was blacked out, or stands on the next line. */
static bool is_cut_salutation(const struct line *line)
{
    return line->width <= CUT_WIDTH && words_start(WORDS_ADDRESS, line->text) &&
           !line_ends_sentence(line->text);
}

static bool is_salutation(const struct line *line)
{
    if (line->width > SALUTATION_WIDTH || !words_start(WORDS_SALUTATION, line->text))
        return false;
    char last = line->text.data[line->text.len - 1];
    return last == ',' || last == ':' || is_cut_salutation(line);
}

static size_t find_salutation(const struct lines *lines)
{
    for (size_t i = 0; i < lines->count && i < HEAD_MAX; i++)
        if (is_salutation(&lines->items[i]))
            return i;
    return lines->count;
}

/* The comma behind a name that was blacked out, on a line of its own, goes back to its place. */
static void close_salutation(struct arena *arena, struct lines *lines, size_t index)
{
    struct line *line = &lines->items[index], *next = line + 1;
    if (index + 1 >= lines->count || !str_equal(next->text, STR(",")))
        return;
    line->text = str_format(arena, "%.*s,", STR_ARGS(line->text));
    line->width++;
    line_drop(next, "part of the salutation");
}

static bool is_closing(const struct line *line)
{
    return line->fate == LINE_TEXT && line->width <= SIGNATURE_WIDTH &&
           words_start(WORDS_CLOSING, line->text);
}

/* The first closing behind the salutation, for mails may follow a letter; without one, the last of
 * the text. */
static size_t find_closing_line(const struct lines *lines, const struct letter *letter)
{
    for (size_t i = letter->salutation; i < lines->count; i++)
        if (is_closing(&lines->items[i]))
            return i;
    if (letter->salutation == lines->count)
        for (size_t i = lines->count; i-- > 0;)
            if (is_closing(&lines->items[i]))
                return i;
    return lines->count;
}

static void find_closing(const struct lines *lines, struct letter *letter)
{
    size_t closing = letter->closing = letter->end = find_closing_line(lines, letter);
    if (closing == lines->count)
        return;
    for (letter->end = closing + 1; letter->end < lines->count; letter->end++) {
        const struct line *next = &lines->items[letter->end];
        if (next->width > SIGNATURE_WIDTH || letter->end - closing > SIGNATURE_MAX ||
            next->opens_page || str_find(next->text, STR("://")) >= 0)
            break;
    }
}

static bool is_name_word(struct str word)
{
    return words_have(WORDS_PARTICLE, word) || line_starts_upper(word);
}

/* Whether a word of the text is an office: `Divisiehoofd Juridische Zaken`. */
static bool has_office(struct str text)
{
    for (struct str rest = text; rest.data;) {
        struct str word = str_cut(&rest, ' ');
        if (words_end(WORDS_OFFICE_END, word))
            return true;
    }
    return words_start(WORDS_OFFICE, text) > 0;
}

/* Two to six words, each with a capital or a small word of a name, and no office. */
static bool is_name(struct str text)
{
    size_t words = 0;
    if (has_office(text) || line_has_digit(text) || words_start(WORDS_ORGANISATION, text) ||
        str_ends(text, STR(",")))
        return false;
    for (struct str rest = text; rest.data; words++) {
        struct str word = str_cut(&rest, ' ');
        if (!is_name_word(word))
            return false;
    }
    return words >= 2 && words <= 6;
}

/* Below a name, for whom it stands there: no office, no part of what follows the letter. */
static bool is_signing_organisation(struct str text)
{
    return !has_office(text) && !line_has_digit(text) && line_starts_upper(text) &&
           str_find_char(text, ' ') > 0 && str_find_char(text, '.') < 0 &&
           !words_start(WORDS_SECTION, text) && !words_have(WORDS_VERB, line_last_word(text)) &&
           !words_label(text) && !str_ends(text, STR(":"));
}

/* Who signed, and for whom: the name, and a last line below it that is no office. */
static void read_signature(const struct lines *lines, struct letter *letter)
{
    bool named = false;
    struct str last = {0};
    uint32_t last_line = 0;
    for (size_t i = letter->closing + 1; i < letter->end; i++) {
        struct str text = lines->items[i].text;
        if (lines->items[i].fate != LINE_TEXT)
            continue;
        last = (struct str){0};
        if (!named && is_name(text)) {
            named = true;
            if (!letter->author.len) {
                letter->author = text;
                letter->basis.author = (struct evidence){lines->items[i].number, "signature", {0}};
            }
        } else if (named && is_signing_organisation(text)) {
            last = text;
            last_line = lines->items[i].number;
        }
    }
    if (!letter->issuer.len && last.len) {
        letter->issuer = last;
        letter->basis.issuer = (struct evidence){last_line, "signature", {0}};
    }
}

void letter_read(struct arena *arena, struct lines *lines, struct letter *out)
{
    *out = (struct letter){0};
    size_t salutation = out->salutation = find_salutation(lines);
    if (salutation < lines->count)
        close_salutation(arena, lines, salutation);
    size_t limit = salutation < lines->count ? salutation : head_without_salutation(lines);
    if (limit && head_is_letter(lines, limit))
        head_read_letter(arena, lines, out, limit);
    else
        head_read_fields(arena, lines, out);
    find_closing(lines, out);
    if (out->closing < lines->count)
        read_signature(lines, out);
}
