#include "read/notes.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/marker.h"

enum {
    NUMBER_MAX = 9999,    /* a larger number is no footnote's */
    GLUED_DISTANCE = 200, /* lines between a glued digit and its note: about two pages */
};

/* How a number is marked, in the text and before the note alike. */
enum manner { SUPERSCRIPT, BRACKETS, GLUED, MANNERS };

struct mark {
    enum manner manner;
    uint32_t number, offset, len;
};

struct search {
    struct arena *arena;
    struct lines *lines;
    struct notes *notes;
    /* Chains of references that still wait for their note: index + 1 of the newest by manner and
     * number, and by each reference the one before it. */
    uint32_t *waiting[MANNERS];
    VEC(uint32_t) before;
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

/* A run of superscript digits at `offset`. */
static bool superscript_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end = offset, digits = 0;
    uint32_t number = 0;
    while (end < text.len && digits < 5) {
        size_t next = end;
        int digit = superscript_digit(utf8_next(text, &next));
        if (digit < 0)
            break;
        number = number * 10 + (uint32_t)digit;
        end = next;
        digits++;
    }
    if (!number || number > NUMBER_MAX)
        return false;
    *mark = (struct mark){SUPERSCRIPT, number, (uint32_t)offset, (uint32_t)(end - offset)};
    return true;
}

/* ASCII digits at `offset`, at most four. */
static uint32_t plain_number(struct str text, size_t offset, size_t *end)
{
    uint32_t number = 0;
    for (*end = offset; *end < text.len && *end - offset < 5 && str_is_digit(text.data[*end]);
         ++*end)
        number = number * 10 + (uint32_t)(text.data[*end] - '0');
    return number <= NUMBER_MAX ? number : 0;
}

static bool brackets_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end;
    uint32_t number = plain_number(text, offset + 1, &end);
    if (!number || end >= text.len || text.data[end] != ']')
        return false;
    *mark = (struct mark){BRACKETS, number, (uint32_t)offset, (uint32_t)(end + 1 - offset)};
    return true;
}

static bool is_small_letter(uint32_t c)
{
    return utf8_is_letter(c) && !utf8_is_upper(c);
}

/* Whether a digit may be glued to what ends at `offset`: a word of small letters, or punctuation or
 * a quotation mark behind a word. */
static bool may_be_glued(struct str text, size_t offset)
{
    uint32_t c = utf8_before(text, offset);
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (len >= offset)
        return false;
    uint32_t before = utf8_before(text, offset - len);
    if (is_small_letter(c))
        return is_small_letter(before);
    bool closing = c == '.' || c == ',' || c == ';' || c == ':' || c == '?' || c == '!' ||
                   c == ')' || c == '"' || c == 0x2019 || c == 0x201D;
    return closing &&
           (utf8_is_letter(before) || before == ')' || before == 0x2019 || before == 0x201D);
}

static bool glued_at(struct str text, size_t offset, struct mark *mark)
{
    size_t end;
    uint32_t number = plain_number(text, offset, &end);
    if (!number || end - offset > 3 || text.data[offset] == '0' || !may_be_glued(text, offset))
        return false;
    if (end < text.len) {
        size_t next = end;
        uint32_t c = utf8_next(text, &next);
        bool decimal =
            (c == '.' || c == ',' || c == ':') && next < text.len && str_is_digit(text.data[next]);
        if (utf8_is_letter(c) || utf8_is_digit(c) || c == '-' || c == '/' || c == '%' || decimal)
            return false;
    }
    *mark = (struct mark){GLUED, number, (uint32_t)offset, (uint32_t)(end - offset)};
    return true;
}

/* `m²` is no reference. */
static bool is_unit(struct str text, size_t offset)
{
    static const struct str units[] = {{"m", 1}, {"km", 2}, {"cm", 2}, {"dm", 2}, {"mm", 2}};
    struct str word = line_last_word(str_slice(text, 0, offset));
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal(word, units[i]))
            return true;
    return false;
}

/* The next mark in `text` at or behind `*offset`, which moves behind it. */
static bool next_mark(struct str text, size_t *offset, struct mark *mark)
{
    for (size_t i = *offset; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool found = false;
        if (str_is_digit((char)c) && i && !str_is_digit(text.data[i - 1]))
            found = glued_at(text, i, mark);
        else if (c == '[')
            found = brackets_at(text, i, mark);
        else if (c == 0xC2 || c == 0xE2)
            found = superscript_at(text, i, mark) && !is_unit(text, i);
        if (found) {
            *offset = i + mark->len;
            return true;
        }
    }
    return false;
}

static void add_reference(struct search *search, size_t line, const struct mark *mark)
{
    uint32_t *slot = &search->waiting[mark->manner][mark->number];
    *vec_push(&search->before, search->arena) = *slot;
    *vec_push(&search->notes->references, search->arena) =
        (struct note_reference){.line = line, .offset = mark->offset, .len = mark->len};
    *slot = (uint32_t)search->notes->references.count;
}

static void scan(struct search *search, size_t line, size_t start)
{
    struct mark mark;
    struct str text = search->lines->items[line].text;
    for (size_t offset = start; next_mark(text, &offset, &mark);)
        add_reference(search, line, &mark);
}

/* The mark that a note begins with; text must follow. */
static bool leading_mark(struct str text, struct mark *mark)
{
    size_t end;
    if (superscript_at(text, 0, mark) || (text.data[0] == '[' && brackets_at(text, 0, mark)))
        return mark->len < text.len;
    uint32_t number = plain_number(text, 0, &end);
    if (!number || text.data[0] == '0' || end + 2 >= text.len || text.data[end] != ' ')
        return false;
    struct str rest = str_from_offset(text, end + 1);
    *mark = (struct mark){GLUED, number, 0, (uint32_t)end};
    return line_starts_upper(rest) || str_starts(rest, STR("http")) ||
           str_starts(rest, STR("www."));
}

/* Whether the text above refers to this mark. A plain number may be referred to by a superscript
 * that kept its form. */
static bool is_awaited(struct search *search, size_t line, struct mark *mark)
{
    uint32_t newest = search->waiting[mark->manner][mark->number];
    if (!newest && mark->manner == GLUED) {
        mark->manner = SUPERSCRIPT;
        newest = search->waiting[SUPERSCRIPT][mark->number];
    }
    if (!newest)
        return false;
    size_t from = search->notes->references.items[newest - 1].line;
    return mark->manner != GLUED || line - from <= GLUED_DISTANCE;
}

/* Binds references to the newest note. Digits that are glued to words are bound only once: what
 * stands farther up may be something else. */
static void bind(struct search *search, const struct mark *mark)
{
    uint32_t *slot = &search->waiting[mark->manner][mark->number];
    for (uint32_t i = *slot; i; i = search->before.items[i - 1]) {
        search->notes->references.items[i - 1].note = (uint32_t)search->notes->items.count;
        if (mark->manner == GLUED)
            break;
    }
    *slot = 0;
}

/* Whether the note that goes up to line `last` goes on with line `next`. */
static bool note_continues(const struct lines *lines, size_t last, size_t next)
{
    const struct line *before = &lines->items[last], *line = &lines->items[next];
    struct mark mark;
    if (line->fate != LINE_TEXT || line->opens_page || line->opens_column || next != last + 1 ||
        leading_mark(line->text, &mark))
        return false;
    if (marker_parse(line->text).kind == MARKER_BULLET)
        return false;
    if (!line->gap)
        return lines->wrapped;
    if (!lines->double_spaced || line->gap > 1)
        return false;
    return !line_ends_sentence(before->text);
}

static size_t take_note(struct search *search, size_t first, const struct mark *mark)
{
    size_t last = first;
    while (last + 1 < search->lines->count && note_continues(search->lines, last, last + 1))
        last++;
    uint32_t skip = mark->len;
    struct str text = search->lines->items[first].text;
    while (skip < text.len && text.data[skip] == ' ')
        skip++;
    *vec_push(&search->notes->items, search->arena) =
        (struct note){.first = first, .last = last, .skip = skip};
    bind(search, mark);
    for (size_t i = first; i <= last; i++) {
        search->lines->items[i].fate = LINE_NOTE;
        scan(search, i, i == first ? skip : 0);
    }
    return last;
}

void notes_find(struct arena *arena, struct lines *lines, struct notes *out)
{
    struct search search = {.arena = arena, .lines = lines, .notes = out};
    *out = (struct notes){0};
    for (size_t i = 0; i < MANNERS; i++)
        search.waiting[i] = arena_new_array(arena, NUMBER_MAX + 1, uint32_t);
    for (size_t i = 0; i < lines->count; i++) {
        struct mark mark;
        if (lines->items[i].fate != LINE_TEXT)
            continue;
        if (leading_mark(lines->items[i].text, &mark) && is_awaited(&search, i, &mark))
            i = take_note(&search, i, &mark);
        else
            scan(&search, i, 0);
    }
}
