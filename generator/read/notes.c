#include "read/notes.h"

#include "base/arena.h"
#include "read/address.h"
#include "read/mark.h"
#include "read/marker.h"
#include "read/words.h"

enum {
    GLUED_DISTANCE = 200, /* lines between a plain digit and its note, where pages are not known */
    FOOT_MAX = 60,        /* lines of notes at the foot of one page */
    CHAIN_MAX = 64,       /* unanswered references to one number that are looked at */
    ALONE_GAP = 2,        /* empty lines between a number and its note's text */
    TAIL_MAX = 16,        /* numbers without text at the foot of one page */
    SCRAP_WORDS = 4,      /* with the number before it */
    NOTE_LINES = 60,      /* a note that is longer is none */
    NOTE_FULL = 90,       /* percent of the measure: a line with which a note may go on */
    HEADING_SHORT = 80,   /* percent of the measure that a heading's line may fill */
    NUMBERS = 100,        /* of which is noted together what is known of them */
};

/* What is known of a number. */
struct number {
    uint32_t waiting[MARK_MANNERS]; /* index + 1 of the newest reference that waits for its note */
    size_t lowest;                  /* the page's last line that begins with it, without a stop */
};

struct search {
    struct arena *arena;
    struct lines *lines;
    struct notes *notes;
    struct number
        *numbers[MARK_NUMBER_MAX / NUMBERS + 1]; /* by so many; NULL where none came yet */
    VEC(uint32_t) before; /* by each reference: the one before it that waits for the same number */
    bool paged;           /* where pages break is known */
    bool endnotes;        /* a heading says that notes follow */
    size_t page, former;  /* the first line of this page and of the one before */
    size_t foot;          /* from here to the end of the page notes may stand; 0: not known */
    size_t tail;          /* behind the page's last line of text: numbers that lost theirs */
    size_t end;           /* the first line of the next page */
    size_t last, after;   /* the first line of the last note, and the line behind it */
    bool dotted;          /* its number has a stop */
    uint32_t number;      /* of the last note; 0 before the first */
    uint32_t bound;       /* index + 1 of the reference of the last note; 0 for none */
};

/* What a line begins with that may be a note. */
struct start {
    struct mark mark;
    enum mark_form form;
};

static struct number *number_at(struct search *search, uint32_t number)
{
    struct number **numbers = &search->numbers[number / NUMBERS];
    if (!*numbers)
        *numbers = arena_new_array(search->arena, NUMBERS, struct number);
    return &(*numbers)[number % NUMBERS];
}

static struct number number_of(const struct search *search, uint32_t number)
{
    const struct number *numbers = search->numbers[number / NUMBERS];
    return numbers ? numbers[number % NUMBERS] : (struct number){.lowest = 0};
}

static void add_reference(struct search *search, size_t line, const struct mark *mark)
{
    uint32_t *slot = &number_at(search, mark->number)->waiting[mark->manner];
    *vec_push(&search->before, search->arena) = *slot;
    *vec_push(&search->notes->references, search->arena) =
        (struct note_reference){.line = line, .offset = mark->offset, .len = mark->len};
    *slot = (uint32_t)search->notes->references.count;
}

/* Whether a line is of a table of contents: its numbers are of chapters and pages. */
static bool is_contents(struct str text)
{
    return str_find(text, STR("....")) >= 0 || str_find(text, STR(". . .")) >= 0 ||
           str_find(text, STR("……")) >= 0;
}

/* Collects the references in a line, up to a manner: numbers in notes are mostly other numbers. */
static void scan(struct search *search, size_t line, size_t start, enum mark_manner most)
{
    struct mark mark;
    struct str text = search->lines->items[line].text;
    size_t offset = start;
    bool found = mark_next(text, &offset, &mark) && !is_contents(text);
    for (; found; found = mark_next(text, &offset, &mark))
        if (mark.manner <= most)
            add_reference(search, line, &mark);
}

/* The line of the newest reference in this manner that waits; lines->count for none. */
static size_t newest(const struct search *search, enum mark_manner manner, uint32_t number)
{
    uint32_t slot = number_of(search, number).waiting[manner];
    return slot ? search->notes->references.items[slot - 1].line : search->lines->count;
}

/* Whether such a reference waits on the page of `line`, or near it. */
static bool waits_here(const struct search *search, size_t line, enum mark_manner manner,
                       uint32_t number)
{
    size_t from = newest(search, manner, number);
    if (from == search->lines->count)
        return false;
    return search->paged ? from >= search->page : line - from <= GLUED_DISTANCE;
}

static bool waits_near(const struct search *search, size_t line, enum mark_manner manner,
                       uint32_t number)
{
    size_t from = newest(search, manner, number);
    if (from == search->lines->count)
        return false;
    return search->endnotes || line - from <= GLUED_DISTANCE ||
           (search->paged && from >= search->former);
}

static bool is_awaited(const struct search *search, size_t line, uint32_t number)
{
    return waits_near(search, line, MARK_SUPERSCRIPT, number) ||
           waits_near(search, line, MARK_GLUED, number);
}

static bool is_awaited_here(const struct search *search, size_t line, uint32_t number)
{
    return waits_here(search, line, MARK_SUPERSCRIPT, number) ||
           waits_here(search, line, MARK_GLUED, number);
}

static bool is_page_number(const struct line *line)
{
    return line->fate == LINE_DROPPED && str_equal(str_from(line->reason), STR("page number"));
}

/* Notes that are alike but for their numbers look like a running head. */
static bool is_head(const struct line *line)
{
    return line->fate == LINE_DROPPED && str_equal(str_from(line->reason), STR("running head"));
}

/* Whether the lines from `first` to the end of their page can all be notes: behind the last
 * number that counts on no new paragraph begins that is none. */
static bool look_at_foot(const struct search *search, size_t first)
{
    const struct lines *lines = search->lines;
    uint32_t near = lines->double_spaced ? 1 : 0;
    struct mark mark, next;
    enum mark_form form, other;
    size_t before = first;
    bool doubt = false;
    if (!mark_leading(lines->items[first].text, &mark, &form))
        mark.number = 0;
    form = MARK_FORM_ALONE;
    for (size_t i = first + 1; i < lines->count && !lines->items[i].opens_page; i++) {
        const struct line *line = &lines->items[i];
        if (i - first > FOOT_MAX)
            return false;
        if (line->fate != LINE_TEXT)
            continue;
        bool leads = mark_leading(line->text, &next, &other);
        doubt |= !leads && line->gap > near && form != MARK_FORM_ALONE &&
                 line_starts_upper(line->text) && line_ends_sentence(lines->items[before].text);
        if (leads && next.number == mark.number + 1) {
            mark = next;
            doubt = false;
        }
        form = leads ? other : MARK_FORM_OTHER;
        before = i;
    }
    return search->paged && !doubt;
}

static bool is_foot(struct search *search, size_t line)
{
    if (search->foot && line >= search->foot)
        return true;
    if (!line || !look_at_foot(search, line))
        return false;
    search->foot = line;
    return true;
}

/* Whether the note counts on from the last one, or begins anew. */
static bool is_next(const struct search *search, uint32_t number)
{
    return number == search->number + 1 || number == 1;
}

/* A number that could be anything is a reference where notes have begun and it counts on. */
static bool waits_loose(const struct search *search, size_t line, uint32_t number)
{
    return search->number && number == search->number + 1 &&
           waits_here(search, line, MARK_LOOSE, number);
}

/* Whether a line may be a heading or a cell of a table: a word or two that end no sentence. */
static bool is_scrap(struct str text)
{
    size_t words = 1;
    for (size_t i = 0; i < text.len && words <= SCRAP_WORDS; i++)
        words += text.data[i] == ' ';
    return words <= SCRAP_WORDS && !line_ends_sentence(text) && str_find(text, STR("://")) < 0;
}

/* The next line of text on the same page; lines->count for none. */
static size_t line_below(const struct search *search, size_t line)
{
    const struct lines *lines = search->lines;
    for (size_t i = line + 1; i < lines->count && !lines->items[i].opens_page; i++)
        if (lines->items[i].fate == LINE_TEXT)
            return i;
    return lines->count;
}

/* Whether the line goes on counting right behind the last note: then it is a note, though its
 * reference was not found. */
static bool is_in_group(struct search *search, size_t line, const struct start *start)
{
    return search->after == line && start->mark.number == search->number + 1 &&
           (search->endnotes ||
            (search->number && search->last >= search->page &&
             search->dotted == (start->form == MARK_FORM_DOTTED) && is_foot(search, line)));
}

/* Whether there is a note's text below a number that stands alone. */
static bool has_text(const struct search *search, size_t line)
{
    size_t below = line_below(search, line);
    struct mark mark;
    enum mark_form form;
    return below < search->lines->count && search->lines->items[below].gap <= ALONE_GAP &&
           !is_contents(search->lines->items[below].text) &&
           !mark_leading(search->lines->items[below].text, &mark, &form);
}

static bool is_note_alone(struct search *search, size_t line, uint32_t number)
{
    struct str text = search->lines->items[line_below(search, line)].text;
    bool begins = line_starts_upper(text) || address_starts(text);
    if (is_awaited_here(search, line, number))
        return begins && (is_foot(search, line) || (search->paged && is_next(search, number)));
    if (!is_foot(search, line))
        return false;
    return waits_here(search, line, MARK_APART, number) ||
           (begins && waits_loose(search, line, number));
}

/* Whether a line below on the page begins with the same number and stands at the foot: that is the
 * note, and this one a heading, an item or the row of a table. */
static bool is_outdone(struct search *search, size_t line, uint32_t number)
{
    size_t lower = number_of(search, number).lowest;
    return search->paged && lower > line && is_foot(search, lower);
}

/* Whether the line is a heading with a number: what follows begins anew, though it would have had
 * room on the line. */
static bool is_numbered_heading(const struct search *search, size_t line)
{
    const struct lines *lines = search->lines;
    size_t below = line_below(search, line);
    return below < lines->count && !line_ends_sentence(lines->items[line].text) &&
           line_starts_upper(lines->items[below].text) &&
           line_is_short(lines, &lines->items[line], &lines->items[below], HEADING_SHORT);
}

static bool is_note_plain(struct search *search, size_t line, const struct start *start)
{
    uint32_t number = start->mark.number;
    if (is_outdone(search, line, number))
        return false;
    bool here = is_awaited_here(search, line, number);
    switch (start->form) {
    case MARK_FORM_UPPER:
        if (!is_foot(search, line))
            return is_awaited(search, line, number) &&
                   !(search->paged && is_scrap(search->lines->items[line].text));
        return is_awaited(search, line, number) || waits_here(search, line, MARK_APART, number) ||
               waits_loose(search, line, number);
    case MARK_FORM_DOTTED:
        if (search->endnotes)
            return is_awaited(search, line, number) && is_next(search, number);
        return here && is_next(search, number) && !is_numbered_heading(search, line) &&
               is_foot(search, line);
    case MARK_FORM_ALONE:
        return is_note_alone(search, line, number);
    default:
        return here && is_foot(search, line);
    }
}

/* Whether what a line begins with makes it a note. */
static bool is_note(struct search *search, size_t line, const struct start *start)
{
    uint32_t number = start->mark.number;
    enum mark_manner manner = start->mark.manner;
    if (start->form == MARK_FORM_ALONE ? !has_text(search, line)
                                       : is_page_number(&search->lines->items[line]))
        return false;
    if (is_head(&search->lines->items[line]))
        return start->form == MARK_FORM_UPPER && is_foot(search, line) &&
               (is_awaited_here(search, line, number) ||
                waits_here(search, line, MARK_APART, number));
    if (manner == MARK_SUPERSCRIPT || manner == MARK_BRACKETS)
        return number_of(search, number).waiting[manner] ||
               (manner == MARK_SUPERSCRIPT && waits_near(search, line, MARK_GLUED, number));
    if (manner == MARK_PARENTHESES || manner == MARK_STARS)
        return start->form == MARK_FORM_SIGN && waits_here(search, line, manner, number) &&
               search->paged && is_foot(search, line);
    return is_note_plain(search, line, start) || is_in_group(search, line, start);
}

static bool find_start(const struct search *search, size_t line, struct start *start)
{
    const struct line *at = &search->lines->items[line];
    return (at->fate == LINE_TEXT || is_page_number(at) || is_head(at)) &&
           mark_leading(at->text, &start->mark, &start->form) && !is_contents(at->text);
}

/* A reference at the end of its line is glued to its word, so that later stages see the sentence
 * end before it. */
static void close_up(struct search *search, struct note_reference *reference)
{
    struct line *line = &search->lines->items[reference->line];
    size_t offset = reference->offset;
    if (line->text.data[offset] != ' ' || offset + reference->len != line->text.len)
        return;
    line->text = str_format(search->arena, "%.*s%.*s", STR_ARGS(str_slice(line->text, 0, offset)),
                            STR_ARGS(str_from_offset(line->text, offset + 1)));
    reference->len--;
}

static void bind_one(struct search *search, uint32_t index)
{
    struct note_reference *reference = &search->notes->references.items[index - 1];
    reference->note = (uint32_t)search->notes->items.count;
    search->bound = index;
    search->notes->items.items[reference->note - 1].awaited = true;
    close_up(search, reference);
}

/* The reference to `number` that stands nearest behind that of the last note: references come in
 * order. Where none stands behind it, the newest; 0 where none may be meant. */
static uint32_t choose(const struct search *search, size_t line, enum mark_manner manner,
                       uint32_t number)
{
    uint32_t best = number_of(search, number).waiting[manner], index = best;
    bool sure = manner < MARK_APART;
    if (!best || !(sure ? waits_near(search, line, manner, number)
                        : waits_here(search, line, manner, number)))
        return 0;
    if (!sure && best <= search->bound)
        return 0;
    for (int i = 0; i < CHAIN_MAX && index > search->bound; i++) {
        size_t from = search->notes->references.items[index - 1].line;
        if (search->paged && !search->endnotes && from < search->page)
            break;
        best = index;
        index = search->before.items[index - 1];
    }
    return best;
}

/* Binds all references in a manner that stands for nothing else. */
static bool bind_all(struct search *search, enum mark_manner manner, uint32_t number)
{
    uint32_t *slot = &number_at(search, number)->waiting[manner], first = *slot;
    for (uint32_t i = first; i; i = search->before.items[i - 1])
        bind_one(search, i);
    *slot = 0;
    if (first)
        search->bound = first;
    return first;
}

/* Binds one reference of plain digits: what else stands there may be another number. */
static void bind_plain(struct search *search, size_t line, uint32_t number)
{
    bool found = bind_all(search, MARK_SUPERSCRIPT, number);
    for (enum mark_manner manner = MARK_GLUED; manner < MARK_MANNERS; manner++) {
        uint32_t index = found ? 0 : choose(search, line, manner, number);
        if (index)
            bind_one(search, index);
        found |= index > 0;
        number_at(search, number)->waiting[manner] = 0;
    }
}

/* Binds references to the newest note. */
static void bind(struct search *search, size_t line, const struct mark *mark)
{
    bool found = mark->manner < MARK_GLUED && bind_all(search, mark->manner, mark->number);
    if (!found && (mark->manner == MARK_GLUED || mark->manner == MARK_SUPERSCRIPT))
        bind_plain(search, line, mark->number);
    search->number = mark->number;
}

/* Whether a line that begins with a number is the next note, so that the one above it ends. */
static bool begins_note(struct search *search, size_t last, size_t next)
{
    struct start start;
    if (!find_start(search, next, &start))
        return false;
    if (start.form == MARK_FORM_ALONE || start.form == MARK_FORM_OTHER)
        return start.mark.number == search->number + 1 || is_note(search, next, &start);
    if (start.mark.manner != MARK_GLUED || start.mark.number == search->number + 1)
        return true;
    const struct lines *lines = search->lines;
    const struct line *before = &lines->items[last];
    return line_ends_sentence(before->text) || is_note(search, next, &start) ||
           line_is_short(lines, before, &lines->items[next], 80);
}

/* Whether a note goes on behind empty lines, as the lines of small print have between them where
 * text is laid out on a grid. */
static bool goes_on_at_foot(const struct lines *lines, const struct line *before,
                            const struct line *line)
{
    if (line_ends_sentence(before->text))
        return false;
    if (line_starts_lower(line->text) ||
        address_goes_on(line_last_word(before->text), line_first_word(line->text)))
        return true;
    return line_starts_upper(line->text) && !line_is_short(lines, before, line, NOTE_FULL);
}

/* Whether the note that goes up to line `last` goes on with line `next`. */
static bool note_continues(struct search *search, size_t first, size_t last, size_t next)
{
    const struct lines *lines = search->lines;
    const struct line *before = &lines->items[last], *line = &lines->items[next];
    if (line->fate != LINE_TEXT || line->opens_page || line->opens_column ||
        next - first > NOTE_LINES || begins_note(search, last, next))
        return false;
    if (marker_parse(line->text).kind == MARKER_BULLET)
        return false;
    if (!line->gap)
        return lines->wrapped;
    if (is_foot(search, first) && line->gap <= 2)
        return goes_on_at_foot(lines, before, line);
    if (!lines->double_spaced || line->gap > 1)
        return false;
    return !line_ends_sentence(before->text);
}

static size_t note_end(struct search *search, size_t first, const struct start *start)
{
    size_t last = first;
    if (start->form == MARK_FORM_ALONE)
        last = line_below(search, first);
    while (last + 1 < search->lines->count && note_continues(search, first, last, last + 1))
        last++;
    return last;
}

static size_t take_note(struct search *search, size_t first, const struct start *start)
{
    struct lines *lines = search->lines;
    uint32_t skip = start->mark.len;
    struct str text = lines->items[first].text;
    while (skip < text.len && (text.data[skip] == ' ' || text.data[skip] == ')'))
        skip++;
    *vec_push(&search->notes->items, search->arena) =
        (struct note){.first = first, .last = first, .skip = skip};
    bind(search, first, &start->mark);
    lines->items[first].fate = LINE_NOTE;
    lines->items[first].reason = NULL;
    size_t last = note_end(search, first, start);
    search->notes->items.items[search->notes->items.count - 1].last = last;
    for (size_t i = first; i <= last; i++) {
        if (i > first && lines->items[i].fate != LINE_TEXT)
            continue;
        lines->items[i].fate = LINE_NOTE;
        scan(search, i, i == first ? skip : 0, MARK_BRACKETS);
    }
    search->last = first;
    search->after = last + 1;
    search->dotted = start->form == MARK_FORM_DOTTED;
    return last;
}

/* A number that stands alone. */
static bool is_number(const struct search *search, size_t line, uint32_t *number)
{
    struct start start;
    bool alone = find_start(search, line, &start) && start.form == MARK_FORM_ALONE &&
                 start.mark.manner == MARK_GLUED;
    *number = alone ? start.mark.number : 0;
    return alone;
}

/* A line of the page that begins as a note at its foot does, with a number that no stop follows. */
static void see_start(struct search *search, size_t line)
{
    struct start start;
    if (find_start(search, line, &start) && start.mark.manner == MARK_GLUED &&
        start.form == MARK_FORM_UPPER)
        number_at(search, start.mark.number)->lowest = line;
}

/* Finds the end of the page that begins at `line`, and the numbers that stand there alone: programs
 * that order text by its height put a small raised number behind its note. */
static void find_tail(struct search *search, size_t line)
{
    const struct lines *lines = search->lines;
    uint32_t number;
    search->end = line;
    do
        see_start(search, search->end++);
    while (search->end < lines->count && !lines->items[search->end].opens_page);
    search->tail = search->end;
    while (search->tail > line && (lines->items[search->tail - 1].fate != LINE_TEXT ||
                                   is_number(search, search->tail - 1, &number)))
        search->tail--;
}

/* The number in the tail that the note at `line` lost: the lowest that is waited for. 0 for none.
 */
static uint32_t lost_number(const struct search *search, size_t line)
{
    uint32_t least = 0, number;
    for (size_t i = search->tail; i < search->end && i < search->tail + TAIL_MAX; i++)
        if (is_number(search, i, &number) && is_awaited_here(search, line, number) &&
            (!least || number < least))
            least = number;
    return least;
}

/* Whether the lines from `line`, set apart by an empty one, up to the next number are a note of
 * which the number stands in the tail. */
static bool is_headless(struct search *search, size_t line, struct start *start)
{
    const struct lines *lines = search->lines;
    const struct line *at = &lines->items[line];
    struct start other;
    if (!search->paged || lines->double_spaced || !at->gap || at->fate != LINE_TEXT ||
        line + FOOT_MAX < search->tail || line >= search->tail ||
        (!line_starts_upper(at->text) && !address_starts(at->text)))
        return false;
    uint32_t number = lost_number(search, line);
    bool above = true;
    for (size_t i = line + 1; i < search->tail; i++) {
        bool starts = find_start(search, i, &other);
        above &= !starts;
        if ((starts && other.mark.number == number) ||
            (above && lines->items[i].gap && lines->items[i].fate == LINE_TEXT))
            return false;
    }
    *start = (struct start){{MARK_GLUED, number, 0, 0}, MARK_FORM_UPPER};
    return number && is_foot(search, line);
}

/* The text of numbers that count on from the last note's and have none of their own was run
 * together with it. */
static void take_tail(struct search *search, size_t line, size_t from)
{
    uint32_t number;
    for (size_t i = from; i < search->end && i < from + TAIL_MAX; i++) {
        if (!is_number(search, i, &number))
            continue;
        if (number == search->number + 1 && is_awaited_here(search, line, number))
            bind(search, line, &(struct mark){MARK_GLUED, number, 0, 0});
        else if (number != search->number)
            continue;
        line_drop(&search->lines->items[i], "number of a footnote");
    }
}

/* Lines that are no text stand in no note's way. */
static void pass(struct search *search, size_t line)
{
    if (search->after == line)
        search->after++;
}

static bool has_pages(const struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].opens_page)
            return true;
    return lines->form_feeds;
}

static void look_at(struct search *search, size_t *line)
{
    struct start start;
    const struct line *at = &search->lines->items[*line];
    if (at->opens_page) {
        search->former = search->page;
        search->page = *line;
        search->foot = 0;
    }
    if (search->paged && (at->opens_page || !*line))
        find_tail(search, *line);
    if (at->fate == LINE_TEXT && words_have(WORDS_NOTES, at->text)) {
        search->endnotes = true;
        search->after = *line + 1;
        search->number = search->bound = 0;
    }
    size_t first = *line;
    if ((find_start(search, first, &start) && is_note(search, first, &start)) ||
        is_headless(search, first, &start)) {
        *line = take_note(search, first, &start);
        take_tail(search, first, search->tail);
    } else if (at->fate == LINE_TEXT)
        scan(search, first, 0, MARK_LOOSE);
    else
        pass(search, first);
}

void notes_find(struct arena *arena, struct lines *lines, struct notes *out)
{
    struct search search = {
        .arena = arena, .lines = lines, .notes = out, .paged = has_pages(lines)};
    *out = (struct notes){0};
    for (size_t i = 0; i < lines->count; i++)
        look_at(&search, &i);
}
