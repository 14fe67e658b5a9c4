#include "read/furniture.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/map.h"
#include "base/utf8.h"
#include "read/letter.h"
#include "read/marker.h"
#include "read/words.h"

#include <stdlib.h>

enum {
    BARE_MAX = 40,     /* bytes; a page number with its words is no longer */
    INNER_EDGE = 2,    /* and that many below those that were */
    PEELS = 2,         /* times that is looked again */
    MARGIN_LINE = 45,  /* a line of the column beside a letter is no wider */
    MARGIN_LINES = 10, /* such lines that stand together */
    MARGIN_DIGITS = 3,
    ROMAN_MAX = 40,
    EDGE = 4,            /* lines at the top and foot of a page that may be furniture */
    FRONT_MAX = 20,      /* pages before the one with number 1 */
    NO_EDGE = 1 << 20,   /* lines from an edge: at none */
    HEAD_WIDTH = 160,    /* a running head is no wider */
    HEAD_LETTERS = 8,    /* a line that is known by its growing number has as many letters */
    PAGE_MAX = 5000,     /* a larger number is no page's */
    CLUTTER_SURE = 2,    /* as often, where a line of them is one of a letterhead */
    CLUTTER_REPEATS = 3, /* groups of lines that come back as often are letterhead */
    CLUTTER_WIDTH = 300, /* and no wider in all */
    CLUTTER_LINE = 60,   /* and each of their lines no wider */
    NUMBERS_NEAR = 8,    /* numbers at edges before one that it may count on from */
    NUMBER_DISTANCE = 8, /* lines between bare page numbers, where there are no page breaks */
};

/* What is known of all lines that are the same but for their numbers. */
struct repeat {
    uint32_t count, edges; /* how many there are; on how many pages one is at an edge */
    uint32_t pages, page;  /* on how many pages one is; the last of them */
    uint32_t edge_page;    /* the last such page */
    uint32_t number;       /* the number at the end or start of the last one */
    uint32_t growing;      /* how often that number grew */
};

struct edges {
    uint32_t from_top, from_foot; /* how many lines of its page stand above and below a line */
};

struct search {
    struct arena *arena;
    struct lines *lines;
    struct edges *edges;
    struct repeat **repeats; /* of each line; NULL for a line that can't be furniture */
    uint32_t *numbers;       /* the page number that a dropped line shows; 0 for none */
    uint32_t *outer;         /* the outer number of each line that has a repeat */
    struct map groups;       /* the repeats by their keys */
    struct repeat *unused;   /* room for those of the lines that are left */
    bool *peeled;            /* lines that were found to be furniture in an earlier look */
    size_t dropped;          /* how many there were in the last look but for the first */
    struct map values;       /* of dates and references: how often each comes */
    uint32_t edge;           /* how many lines are one */
    uint32_t share;          /* on one page in so many a head must be */
};

/* A line with every number made `#`; the line itself where it has none. */
static struct str key_of(struct arena *arena, struct str text)
{
    if (!line_has_digit(text))
        return text;
    char *key = arena_text(arena, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!str_is_digit(text.data[i]))
            key[len++] = text.data[i];
        else if (!len || key[len - 1] != '#')
            key[len++] = '#';
    }
    return (struct str){key, len};
}

/* Lines that were furniture already are not counted, so that what stands below a head comes to the
 * edge; nor is a margin, which stands beside the text and is at no edge. */
static void find_edges(struct search *search)
{
    const struct lines *lines = search->lines;
    uint32_t seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].opens_page)
            seen = 0;
        bool margin = lines->items[i].margin;
        search->edges[i].from_top = margin ? NO_EDGE : seen;
        seen += !search->peeled[i] && !margin;
    }
    seen = 0;
    for (size_t i = lines->count; i-- > 0;) {
        bool margin = lines->items[i].margin;
        search->edges[i].from_foot = margin ? NO_EDGE : seen;
        seen += !search->peeled[i] && !margin;
        if (lines->items[i].opens_page)
            seen = 0;
    }
}

static bool is_edge(const struct search *search, size_t index)
{
    return search->lines->pages > 1 && (search->edges[index].from_top < search->edge ||
                                        search->edges[index].from_foot < search->edge);
}

static uint32_t to_number(struct str digits)
{
    long number;
    if (digits.len > 4 || !str_to_long(digits, &number) || number > PAGE_MAX)
        return 0;
    return (uint32_t)number;
}

/* What stands between a page's number and how many there are. */
static bool is_total_sign(struct str word)
{
    return str_equal_nocase(word, STR("van")) || str_equal_nocase(word, STR("of")) ||
           str_equal(word, STR("/"));
}

/* `12`, `- 12 -`, `pagina 3 van 12`, `3/12`, `3 / 12`, `3 | 12`: the first number of a line that
 * has nothing else. `*said` tells whether it says that it is a page. */
static uint32_t bare_number(struct str text, bool *said)
{
    uint32_t numbers[2] = {0};
    size_t count = 0;
    *said = false;
    if (text.len > BARE_MAX || !line_has_digit(text))
        return 0;
    for (struct str rest = text; rest.data;) {
        struct str word = str_cut(&rest, ' ');
        ptrdiff_t slash = str_find_char(word, '/');
        struct str first = slash > 0 ? str_slice(word, 0, (size_t)slash) : word;
        uint32_t number = to_number(first);
        if (number && (slash < 0 || to_number(str_from_offset(word, (size_t)slash + 1)))) {
            if (count == 2)
                return 0;
            numbers[count++] = number;
        } else if (words_have(WORDS_PAGE, word)) {
            *said = true;
        } else if (!str_equal(word, STR("-")) && !str_equal(word, STR("|")) &&
                   !str_equal(word, STR("–")) && !(count == 1 && is_total_sign(word))) {
            return 0;
        }
    }
    return count == 2 && numbers[0] > numbers[1] ? 0 : numbers[0];
}

/* The number that stands before or behind the words of a line, or after `pagina`. */
static uint32_t outer_number(struct str text)
{
    if (!line_has_digit(text))
        return 0;
    uint32_t number = to_number(line_first_word(text));
    if (!number)
        number = to_number(line_last_word(text));
    for (struct str rest = text; rest.data && !number;) {
        struct str word = str_cut(&rest, ' ');
        if (rest.len && str_is_digit(rest.data[0]) && words_have(WORDS_PAGE, word))
            number = to_number(line_first_word(rest));
    }
    return number;
}

/* Gives a line that can be furniture its repeat. */
static void group_line(struct search *search, size_t index)
{
    const struct line *line = &search->lines->items[index];
    if (line->width > HEAD_WIDTH)
        return;
    bool numbers = line_has_digit(line->text);
    search->outer[index] = numbers ? outer_number(line->text) : 0;
    if ((search->lines->pages == 1 && !search->outer[index]) ||
        marker_parse(line->text).kind == MARKER_BULLET)
        return;
    struct str key = numbers ? key_of(search->arena, line->text) : line->text;
    void **slot = map_at_hash(&search->groups, key, digest_of(key).low);
    if (!*slot)
        *slot = search->unused++;
    search->repeats[index] = *slot;
}

static void count_repeats(struct search *search)
{
    for (size_t i = 0; i < search->lines->count; i++)
        if (search->repeats[i])
            *search->repeats[i] = (struct repeat){0};
        else
            group_line(search, i);
    for (size_t i = 0; i < search->lines->count; i++) {
        const struct line *line = &search->lines->items[i];
        struct repeat *repeat = search->repeats[i];
        if (!repeat)
            continue;
        repeat->count++;
        repeat->pages += repeat->page != line->page;
        repeat->page = line->page;
        if (is_edge(search, i) && repeat->edge_page != line->page) {
            repeat->edges++;
            repeat->edge_page = line->page;
        }
        uint32_t number = search->outer[i];
        repeat->growing += number > repeat->number && repeat->number;
        repeat->number = number;
    }
}

static uint32_t letters_in(struct str text)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < text.len; i++)
        letters +=
            (text.data[i] & 0x80) || (str_is_alnum(text.data[i]) && !str_is_digit(text.data[i]));
    return letters;
}

/* A line that comes back at the edges of pages, on most of the pages where it stands. In a long
 * document a head may belong to one chapter, so that few pages are enough. */
static bool is_running(const struct search *search, size_t index)
{
    const struct repeat *repeat = search->repeats[index];
    uint32_t enough = search->lines->pages > 5 ? 3 : 2;
    const struct edges *edges = &search->edges[index];
    if (!is_edge(search, index) || repeat->edges < enough || repeat->edges * 2 <= repeat->count ||
        (uint64_t)repeat->edges * search->share < search->lines->pages)
        return false;
    /* A heading that any document has comes back by itself. */
    if (edges->from_top && edges->from_foot &&
        words_have(WORDS_SECTION, search->lines->items[index].text))
        return false;
    return search->edge != INNER_EDGE || !line_ends_sentence(search->lines->items[index].text);
}

/* A line that differs from others in a number that grows and in nothing else. */
static bool is_numbered(const struct search *search, size_t index)
{
    const struct repeat *repeat = search->repeats[index];
    const struct line *line = &search->lines->items[index];
    if (search->lines->form_feeds && !is_edge(search, index))
        return false;
    return repeat->count >= 2 && repeat->growing + 1 == repeat->count && outer_number(line->text) &&
           letters_in(line->text) >= HEAD_LETTERS && marker_parse(line->text).kind == MARKER_NONE &&
           !line_ends_sentence(line->text);
}

/* The running head without its page number. */
static struct str without_number(struct str text)
{
    struct str first = line_first_word(text), last = line_last_word(text);
    if (to_number(first))
        return str_trim(str_from_offset(text, first.len));
    if (to_number(last) && to_number(last) < 1900)
        return str_trim(str_slice(text, 0, text.len - last.len));
    return text;
}

static void drop_heads(struct search *search, struct furniture *out)
{
    for (size_t i = 0; i < search->lines->count; i++) {
        struct line *line = &search->lines->items[i];
        if (line->fate != LINE_TEXT || !search->repeats[i])
            continue;
        bool said;
        if ((!is_running(search, i) && !is_numbered(search, i)) || bare_number(line->text, &said) ||
            !letters_in(line->text))
            continue;
        search->numbers[i] = outer_number(line->text);
        line_drop(line, "running head");
        if (!out->head_line && letters_in(line->text) >= HEAD_LETTERS) {
            out->head = without_number(line->text);
            out->head_line = line->number;
        }
    }
}

static void drop_page_number(struct search *search, size_t index, uint32_t number)
{
    search->numbers[index] = number;
    line_drop(&search->lines->items[index], "page number");
}

/* The bare number at an edge of a page that says itself no page; 0 for any other line. */
static uint32_t edge_number(const struct search *search, size_t index)
{
    const struct line *line = &search->lines->items[index];
    bool said;
    bool candidate = line->fate == LINE_TEXT && search->lines->form_feeds && is_edge(search, index);
    uint32_t number = candidate ? bare_number(line->text, &said) : 0;
    return number < 1900 && number && !said ? number : 0;
}

/* Whether a running head stands just above or below a line. */
static bool is_by_head(const struct lines *lines, size_t index)
{
    return (index && lines->items[index - 1].fate == LINE_DROPPED) ||
           (index + 1 < lines->count && lines->items[index + 1].fate == LINE_DROPPED);
}

/* Whether two numbers count up as their pages do, by two where a page shows two of paper; or are
 * the same one beside the running heads of pages, or of left pages, that follow each other. */
static bool counts_up(const struct search *search, size_t first, size_t second)
{
    const struct lines *lines = search->lines;
    uint32_t pages = lines->items[second].page - lines->items[first].page;
    uint32_t before = search->numbers[first], number = search->numbers[second];
    if (number == before)
        return pages && pages <= 2 && is_by_head(lines, first) && is_by_head(lines, second);
    return pages && number > before && (number - before == pages || number - before == pages * 2);
}

/* Numbers at the edges of pages are theirs where they count up with the pages around them: figures
 * of a table that runs on to the edge don't. */
static void drop_edge_numbers(struct search *search)
{
    const struct lines *lines = search->lines;
    uint32_t *candidates = arena_new_array(search->arena, lines->count + 1, uint32_t);
    size_t recent[NUMBERS_NEAR] = {0}, seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        uint32_t number = candidates[i] = edge_number(search, i);
        uint32_t shown = search->numbers[i] = number ? number : search->numbers[i];
        bool agrees = number == lines->items[i].page;
        for (size_t k = 0; shown && k < NUMBERS_NEAR && k < seen; k++) {
            size_t before = recent[k];
            if (!counts_up(search, before, i))
                continue;
            agrees = true;
            if (candidates[before])
                drop_page_number(search, before, candidates[before]);
            candidates[before] = 0;
        }
        if (shown)
            recent[seen++ % NUMBERS_NEAR] = i;
        if (number && agrees) {
            drop_page_number(search, i, number);
            candidates[i] = 0;
        }
    }
    for (size_t i = 0; i < lines->count; i++)
        if (candidates[i])
            search->numbers[i] = 0;
}

/* Where a page shows two of paper, the number of the first stands amid its text: alone, and one
 * less than the number of the second. */
static void drop_inner_numbers(struct search *search)
{
    const struct lines *lines = search->lines;
    uint32_t *shown = arena_new_array(search->arena, lines->pages + 2, uint32_t);
    for (size_t i = 0; i < lines->count; i++)
        if (search->numbers[i] && lines->items[i].page <= lines->pages)
            shown[lines->items[i].page] = search->numbers[i];
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct line *line = &lines->items[i];
        uint32_t page = line->page <= lines->pages ? line->page : 0;
        bool said, spread = page && shown[page] > 2 && shown[page] == shown[page - 1] + 2;
        if (spread && line->fate == LINE_TEXT && line->gap && line[1].gap &&
            bare_number(line->text, &said) == shown[page] - 1)
            drop_page_number(search, i, shown[page] - 1);
    }
}

/* A number alone is a page's where it says so, or where it counts up with its neighbours at the
 * edges of pages. */
static void drop_page_numbers(struct search *search)
{
    for (size_t i = 0; i < search->lines->count; i++) {
        const struct line *line = &search->lines->items[i];
        bool said;
        uint32_t number = line->fate == LINE_TEXT ? bare_number(line->text, &said) : 0;
        if (number && number < 1900 && said)
            drop_page_number(search, i, number);
    }
    drop_edge_numbers(search);
    if (search->lines->form_feeds)
        drop_inner_numbers(search);
}

/* Without page breaks, numbers that stand alone and count up by one, far enough apart. */
static void drop_counted_numbers(struct search *search)
{
    struct lines *lines = search->lines;
    size_t count = 0, last = 0;
    uint32_t expected = 0;
    size_t *found = arena_new_array(search->arena, lines->count + 1, size_t);
    for (size_t i = 0; i < lines->count; i++) {
        bool said;
        uint32_t number =
            lines->items[i].fate == LINE_TEXT ? bare_number(lines->items[i].text, &said) : 0;
        if (!number || (expected && (number != expected || i - last < NUMBER_DISTANCE)))
            continue;
        if (!expected && number > 3)
            continue;
        found[count++] = last = i;
        expected = number + 1;
    }
    for (size_t i = 0; i < count && count >= 3; i++) {
        bool said;
        search->numbers[found[i]] = bare_number(lines->items[found[i]].text, &said);
        line_drop(&lines->items[found[i]], "page number");
    }
}

/* `iv` as 4; 0 for what is no small Roman number. */
static uint32_t roman_number(struct str text)
{
    static const char digits[] = "ivxl";
    static const uint32_t values[] = {1, 5, 10, 50};
    uint32_t sum = 0, last = 0;
    if (text.len > 7)
        return 0;
    for (size_t i = text.len; i-- > 0;) {
        ptrdiff_t digit = str_find_char((struct str){digits, 4}, text.data[i]);
        if (digit < 0)
            return 0;
        uint32_t value = values[digit];
        sum = value < last ? sum - value : sum + value;
        last = value > last ? value : last;
    }
    return sum <= ROMAN_MAX ? sum : 0;
}

/* Roman numbers at the edges of pages that count up with them: of a preface. */
static void drop_roman_numbers(struct search *search)
{
    struct lines *lines = search->lines;
    struct line *before = NULL;
    uint32_t last = 0;
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->items[i];
        uint32_t number = is_edge(search, i) ? roman_number(line->text) : 0;
        if (!number)
            continue;
        if (before && number > last && line->page - before->page == number - last) {
            line_drop(before, "page number");
            line_drop(line, "page number");
        }
        before = line;
        last = number;
    }
}

static size_t count_digits(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += str_is_digit(text.data[i]);
    return digits;
}

static bool is_date(struct str text)
{
    struct date date;
    return letter_date(text, &date) && date.month;
}

/* Whether a line is one that could stand beside a letter on each page. */
static bool is_margin_line(const struct search *search, size_t index)
{
    const struct line *line = &search->lines->items[index];
    const struct repeat *repeat = search->repeats[index];
    return line->fate == LINE_TEXT && line->width <= MARGIN_LINE && repeat && repeat->pages >= 2 &&
           repeat->count <= repeat->pages + repeat->pages / 2 && letters_in(line->text) > 2 &&
           str_find_char(line->text, '%') < 0 && !line_ends_sentence(line->text);
}

/* The label of a field that letters repeat on each page, alone on its line. */
static bool is_margin_label(struct str text)
{
    const struct label *label = words_label(text);
    return label && !label->weak && label->text.len + 1 >= text.len &&
           (label->field == FIELD_DATE || label->field == FIELD_REFERENCE);
}

/* The value below the label of a date or a reference; empty where the line is no such label. */
static struct str margin_value(const struct lines *lines, size_t index)
{
    const struct line *line = &lines->items[index], *next = line + 1;
    bool follows = line->width <= MARGIN_LINE && is_margin_label(line->text) &&
                   index + 1 < lines->count && !next->gap;
    bool value = follows && (is_date(next->text) || count_digits(next->text) >= MARGIN_DIGITS);
    return value && next->width <= MARGIN_LINE ? next->text : (struct str){0};
}

/* How often each value of a date or a reference stands below its label: a letter's own come back,
 * those of a form or a table differ. */
static void count_values(struct search *search)
{
    map_init(&search->values, search->arena);
    for (size_t i = 0; i < search->lines->count; i++) {
        struct str value = margin_value(search->lines, i);
        if (!value.len)
            continue;
        void **slot = map_at(&search->values, value);
        if (!*slot)
            *slot = arena_new(search->arena, uint32_t);
        ++*(uint32_t *)*slot;
    }
}

/* Whether a line shows that it belongs to a letterhead: the sender's part, or a field. */
static bool is_margin_seed(const struct search *search, size_t index)
{
    const struct line *line = &search->lines->items[index];
    if (!is_margin_line(search, index))
        return false;
    if (!is_margin_label(line->text))
        return words_start(WORDS_MARGIN, line->text) > 0;
    struct str value = margin_value(search->lines, index);
    const uint32_t *count = value.len ? map_get(&search->values, value) : NULL;
    return count && *count >= 2;
}

/* Whether the line on `index` belongs to the letterhead that its neighbour `beside` is of. */
static bool goes_on_margin(const struct search *search, size_t index, size_t beside)
{
    const struct line *line = &search->lines->items[index];
    if (is_margin_line(search, index))
        return true;
    return index > beside && line->fate == LINE_TEXT && line->width <= MARGIN_LINE &&
           is_margin_label(search->lines->items[beside].text) &&
           (is_date(line->text) || count_digits(line->text) >= MARGIN_DIGITS);
}

/* The column that stands beside each page of a letter comes out anywhere in the text of the page:
 * it begins with a line that shows it, and goes on over lines that come back as well. */
static void drop_margins(struct search *search)
{
    struct lines *lines = search->lines;
    count_values(search);
    for (size_t i = 0; i < lines->count; i++) {
        if (!is_margin_seed(search, i))
            continue;
        size_t start = i, end = i + 1;
        while (start && i - start < MARGIN_LINES && !lines->items[start].gap &&
               !lines->items[start].opens_page && goes_on_margin(search, start - 1, start))
            start--;
        while (end < lines->count && end - i < MARGIN_LINES && !lines->items[end].gap &&
               !lines->items[end].opens_page && goes_on_margin(search, end, end - 1))
            end++;
        for (size_t k = start; k < end; k++)
            line_drop(&lines->items[k], "repeated letterhead");
    }
}

/* Lines from `start` that stand together, between empty lines. */
static size_t group_end(const struct lines *lines, size_t start)
{
    size_t end = start + 1;
    while (end < lines->count && !lines->items[end].gap && !lines->items[end].opens_page)
        end++;
    return end;
}

/* Whether a line begins with a number and has more behind wide space: a row of an inventory. */
static bool is_row(const struct line *line)
{
    return to_number(line_first_word(line->text)) && str_find(str_trim(line->raw), STR("   ")) > 0;
}

/* Whether a group of lines could be letterhead. */
static bool may_be_clutter(const struct lines *lines, size_t start, size_t end)
{
    uint32_t width = 0;
    for (size_t i = start; i < end; i++) {
        const struct line *line = &lines->items[i];
        width += line->width;
        if (line->width > CLUTTER_LINE || width > CLUTTER_WIDTH || is_row(line) ||
            marker_parse(line->text).kind == MARKER_BULLET)
            return false;
    }
    return end - start > 1 || words_start(WORDS_LETTERHEAD, lines->items[start].text);
}

/* What the lines of a group have in common with those of others. */
static struct str group_key(struct search *search, size_t start, size_t end, struct buf *key)
{
    buf_clear(key);
    for (size_t i = start; i < end; i++) {
        buf_put(key, key_of(search->arena, search->lines->items[i].text));
        buf_put_char(key, '\n');
    }
    return str_copy(search->arena, buf_str(key));
}

static void drop_group(struct lines *lines, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (lines->items[i].fate == LINE_TEXT)
            line_drop(&lines->items[i], "repeated letterhead");
}

/* How many groups are like the one that begins on a line; NULL for a line that begins none. */
static uint32_t **count_groups(struct search *search)
{
    struct lines *lines = search->lines;
    struct map groups;
    struct buf key;
    uint32_t **counts = arena_new_array(search->arena, lines->count + 1, uint32_t *);
    map_init(&groups, search->arena);
    buf_init(&key, search->arena);
    for (size_t i = 0; i < lines->count;) {
        size_t end = group_end(lines, i);
        if (may_be_clutter(lines, i, end)) {
            void **slot = map_at(&groups, group_key(search, i, end, &key));
            if (!*slot)
                *slot = arena_new(search->arena, uint32_t);
            counts[i] = *slot;
            ++*counts[i];
        }
        i = end;
    }
    return counts;
}

/* Whether half the lines of a group say themselves that they are letterhead. */
static bool is_letterhead(const struct lines *lines, size_t start, size_t end)
{
    size_t signs = 0;
    for (size_t i = start; i < end; i++)
        signs += words_start(WORDS_LETTERHEAD, lines->items[i].text) > 0;
    return end - start > 1 && signs * 2 >= end - start;
}

static void drop_clutter(struct search *search)
{
    struct lines *lines = search->lines;
    if (lines->double_spaced)
        return;
    uint32_t **counts = count_groups(search);
    for (size_t i = 0; i < lines->count;) {
        size_t end = group_end(lines, i);
        uint32_t count = counts[i] ? *counts[i] : 0;
        if (count >= CLUTTER_REPEATS || (count >= CLUTTER_SURE && is_letterhead(lines, i, end)))
            drop_group(lines, i, end);
        i = end;
    }
}

/* What is left of letterhead beside the text. */
static void drop_beside(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].margin && lines->items[i].fate == LINE_TEXT)
            line_drop(&lines->items[i], "letterhead");
}

/* Pages before number 1 (a cover, a preface with Roman numbers) have none. */
static void number_pages(struct lines *lines, int64_t first)
{
    int64_t page = first;
    for (size_t i = 0; i < lines->count; i++) {
        page += lines->items[i].opens_page;
        lines->items[i].page = page > 0 ? (uint32_t)page : 0;
    }
}

/* Form feeds are certain: the numbers that are shown only tell with which number they begin. */
static void number_by_feeds(struct search *search)
{
    struct lines *lines = search->lines;
    uint32_t agreed = 0, other = 0;
    int64_t first = 1;
    for (size_t i = 0; i < lines->count; i++) {
        if (!search->numbers[i])
            continue;
        int64_t start = (int64_t)search->numbers[i] + 1 - lines->items[i].page;
        if (start < -FRONT_MAX)
            continue;
        if (!agreed || start == first) {
            first = start;
            agreed++;
        } else if (++other > agreed) {
            first = start;
            agreed = 1;
            other = 0;
        }
    }
    number_pages(lines, agreed >= (first > 0 ? 2u : 3u) ? first : 1);
}

/* Whether numbers stand at the foot of their pages: then the first has about a page of text above
 * it, and no more than a page's number of pages. */
static bool numbers_are_feet(const struct search *search, size_t first)
{
    const struct lines *lines = search->lines;
    size_t last = first, count = 0;
    for (size_t i = first; i < lines->count; i++)
        if (search->numbers[i]) {
            last = i;
            count++;
        }
    if (!first)
        return false;
    if (search->numbers[first] == 1 || count < 2)
        return true;
    size_t page = (last - first) / (count - 1);
    return first * 2 > page * 3;
}

/* Marks the line behind `index` as the first of a page. */
static void open_page_behind(struct lines *lines, size_t index)
{
    if (index + 1 < lines->count)
        lines->items[index + 1].opens_page = true;
}

/* Without form feeds a shown number is itself a page break, unless a break that was seen already
 * made it so. */
static void number_by_shown(struct search *search)
{
    struct lines *lines = search->lines;
    size_t first = 0;
    while (first < lines->count && !search->numbers[first])
        first++;
    bool breaks = lines->pages > 1;
    if (first == lines->count) {
        number_pages(lines, breaks ? 1 : 0);
        return;
    }
    bool feet = !breaks && numbers_are_feet(search, first);
    uint32_t shown = search->numbers[first];
    uint32_t start = breaks ? 1 : feet || !first ? shown : shown - 1;
    uint32_t page = start;
    for (size_t i = 0; i < lines->count; i++) {
        uint32_t number = search->numbers[i];
        page += lines->items[i].opens_page;
        if (number && !feet && number == page + 1 && !lines->items[i].opens_page) {
            lines->items[i].opens_page = i > 0;
            page += i > 0;
        } else if (number == page && feet) {
            open_page_behind(lines, i);
        }
    }
    number_pages(lines, start);
}

/* A page whose first line was dropped begins with the first line of text that is left. */
static void count_pages(struct lines *lines)
{
    lines->pages = 1;
    for (size_t i = 0; i < lines->count; i++)
        lines->pages += lines->items[i].opens_page;
}

/* Notes which lines were found to be furniture; false where no more were than the last time. */
static bool note_dropped(struct search *search, bool first)
{
    size_t dropped = 0;
    for (size_t i = 0; i < search->lines->count; i++)
        dropped += search->peeled[i] = search->lines->items[i].fate == LINE_DROPPED;
    bool more = first || dropped > search->dropped;
    search->dropped = dropped;
    return more;
}

/* What stands below a head that was found, and above a foot, may itself be one: a head of many
 * lines, or with a number between. */
static void peel(struct search *search, struct furniture *out)
{
    search->edge = INNER_EDGE;
    search->share = 4;
    find_edges(search);
    count_repeats(search);
    drop_heads(search, out);
    drop_page_numbers(search);
}

static void look(struct search *search, struct furniture *out)
{
    find_edges(search);
    count_repeats(search);
    drop_heads(search, out);
    drop_beside(search->lines);
    drop_page_numbers(search);
    drop_roman_numbers(search);
    drop_margins(search);
    for (int i = 0; i < PEELS && search->lines->pages > 1 && note_dropped(search, !i); i++)
        peel(search, out);
    if (!search->lines->form_feeds && search->lines->pages == 1)
        drop_counted_numbers(search);
    drop_clutter(search);
}

void furniture_remove(struct arena *arena, struct lines *lines, struct furniture *out)
{
    *out = (struct furniture){0};
    struct search search = {
        .arena = arena,
        .lines = lines,
        .edges = arena_new_array(arena, lines->count + 1, struct edges),
        .repeats = arena_new_array(arena, lines->count + 1, struct repeat *),
        .numbers = arena_new_array(arena, lines->count + 1, uint32_t),
        .outer = arena_new_array(arena, lines->count + 1, uint32_t),
        .unused = arena_new_array(arena, lines->count + 1, struct repeat),
        .peeled = arena_new_array(arena, lines->count + 1, bool),
        .edge = EDGE,
        .share = UINT32_MAX,
    };
    map_init(&search.groups, arena);
    look(&search, out);
    if (lines->form_feeds)
        number_by_feeds(&search);
    else
        number_by_shown(&search);
    count_pages(lines);
}
