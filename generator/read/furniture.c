#include "read/furniture.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"
#include "read/marker.h"
#include "read/words.h"

#include <stdlib.h>

enum {
    BARE_MAX = 40,       /* bytes; a page number with its words is no longer */
    EDGE = 4,            /* lines at the top and foot of a page that may be furniture */
    HEAD_WIDTH = 160,    /* a running head is no wider */
    HEAD_LETTERS = 8,    /* a line that is known by its growing number has as many letters */
    PAGE_MAX = 5000,     /* a larger number is no page's */
    CLUTTER_REPEATS = 3, /* groups of lines that come back as often are letterhead */
    CLUTTER_WIDTH = 300, /* and no wider in all */
    CLUTTER_LINE = 60,   /* and each of their lines no wider */
    NUMBER_DISTANCE = 8, /* lines between bare page numbers, where there are no page breaks */
};

/* What is known of all lines that are the same but for their numbers. */
struct repeat {
    uint32_t count, edges; /* how many there are; on how many pages one is at an edge */
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
};

/* A line with every number made `#`. */
static struct str key_of(struct arena *arena, struct str text)
{
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

/* A margin is at no edge: it stands beside the text. */
static void find_edges(struct search *search)
{
    const struct lines *lines = search->lines;
    uint32_t seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        bool margin = lines->items[i].margin;
        seen = lines->items[i].opens_page ? 0 : seen;
        search->edges[i].from_top = margin ? EDGE : seen++;
    }
    seen = 0;
    for (size_t i = lines->count; i-- > 0;) {
        bool margin = lines->items[i].margin;
        search->edges[i].from_foot = margin ? EDGE : seen++;
        if (lines->items[i].opens_page)
            seen = 0;
    }
}

static bool is_edge(const struct search *search, size_t index)
{
    return search->lines->pages > 1 &&
           (search->edges[index].from_top < EDGE || search->edges[index].from_foot < EDGE);
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (str_is_digit(text.data[i]))
            return true;
    return false;
}

static uint32_t to_number(struct str digits)
{
    long number;
    if (digits.len > 4 || !str_to_long(digits, &number) || number > PAGE_MAX)
        return 0;
    return (uint32_t)number;
}

/* `12`, `- 12 -`, `pagina 3 van 12`, `3/12`, `3 | 12`: the first number of a line that has nothing
 * else. `*said` tells whether it says that it is a page. */
static uint32_t bare_number(struct str text, bool *said)
{
    uint32_t numbers[2] = {0};
    size_t count = 0;
    *said = false;
    if (text.len > BARE_MAX || !has_digit(text))
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
                   !str_equal(word, STR("–")) &&
                   !(count == 1 &&
                     (str_equal_nocase(word, STR("van")) || str_equal_nocase(word, STR("of"))))) {
            return 0;
        }
    }
    return count == 2 && numbers[0] > numbers[1] ? 0 : numbers[0];
}

/* The number that stands before or behind the words of a line, or after `pagina`. */
static uint32_t outer_number(struct str text)
{
    if (!has_digit(text))
        return 0;
    uint32_t number = to_number(line_first_word(text));
    if (!number)
        number = to_number(line_last_word(text));
    for (struct str rest = text; rest.data && !number;) {
        struct str word = str_cut(&rest, ' ');
        if (words_have(WORDS_PAGE, word))
            number = to_number(line_first_word(rest));
    }
    return number;
}

static void count_repeats(struct search *search)
{
    struct map map;
    map_init(&map, search->arena);
    for (size_t i = 0; i < search->lines->count; i++) {
        const struct line *line = &search->lines->items[i];
        if (line->width > HEAD_WIDTH || (search->lines->pages == 1 && !outer_number(line->text)) ||
            marker_parse(line->text).kind == MARKER_BULLET)
            continue;
        void **slot = map_at(&map, key_of(search->arena, line->text));
        if (!*slot)
            *slot = arena_new(search->arena, struct repeat);
        struct repeat *repeat = search->repeats[i] = *slot;
        repeat->count++;
        if (is_edge(search, i) && repeat->edge_page != line->page) {
            repeat->edges++;
            repeat->edge_page = line->page;
        }
        uint32_t number = outer_number(line->text);
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
    return is_edge(search, index) && repeat->edges >= enough && repeat->edges * 2 > repeat->count;
}

/* A line that differs from others in a number that grows and in nothing else. */
static bool is_numbered(const struct search *search, size_t index)
{
    const struct repeat *repeat = search->repeats[index];
    const struct line *line = &search->lines->items[index];
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

/* A number alone is a page's where it says so, or where it stands at the edge of a page. */
static void drop_page_numbers(struct search *search)
{
    for (size_t i = 0; i < search->lines->count; i++) {
        struct line *line = &search->lines->items[i];
        bool said;
        uint32_t number = line->fate == LINE_TEXT ? bare_number(line->text, &said) : 0;
        if (!number || number >= 1900)
            continue;
        if (!said && !(search->lines->form_feeds && is_edge(search, i)))
            continue;
        search->numbers[i] = number;
        line_drop(line, "page number");
    }
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

/* Lines from `start` that stand together, between empty lines. */
static size_t group_end(const struct lines *lines, size_t start)
{
    size_t end = start + 1;
    while (end < lines->count && !lines->items[end].gap && !lines->items[end].opens_page)
        end++;
    return end;
}

/* Whether a group of lines could be letterhead. */
static bool may_be_clutter(const struct lines *lines, size_t start, size_t end)
{
    uint32_t width = 0;
    if (end - start == 1 && !words_start(WORDS_LETTERHEAD, lines->items[start].text))
        return false;
    for (size_t i = start; i < end; i++) {
        const struct line *line = &lines->items[i];
        width += line->width;
        if (line->width > CLUTTER_LINE || width > CLUTTER_WIDTH ||
            marker_parse(line->text).kind == MARKER_BULLET)
            return false;
    }
    return true;
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

static void drop_clutter(struct search *search)
{
    struct lines *lines = search->lines;
    if (lines->double_spaced)
        return;
    uint32_t **counts = count_groups(search);
    for (size_t i = 0; i < lines->count;) {
        size_t end = group_end(lines, i);
        if (counts[i] && *counts[i] >= CLUTTER_REPEATS)
            drop_group(lines, i, end);
        i = end;
    }
}

/* What is left of letterhead beside the text. */
static void drop_margins(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].margin && lines->items[i].fate == LINE_TEXT)
            line_drop(&lines->items[i], "letterhead");
}

static void number_pages(struct lines *lines, uint32_t first)
{
    uint32_t page = first;
    for (size_t i = 0; i < lines->count; i++) {
        page += lines->items[i].opens_page;
        lines->items[i].page = page;
    }
}

/* Form feeds are certain: the numbers that are shown only tell with which number they begin. */
static void number_by_feeds(struct search *search)
{
    struct lines *lines = search->lines;
    uint32_t agreed = 0, other = 0, first = 1;
    for (size_t i = 0; i < lines->count; i++) {
        uint32_t number = search->numbers[i], page = lines->items[i].page;
        if (!number || number + 1 < page)
            continue;
        uint32_t start = number + 1 - page;
        if (!agreed || start == first) {
            first = start;
            agreed++;
        } else if (++other > agreed) {
            first = start;
            agreed = 1;
            other = 0;
        }
    }
    number_pages(lines, agreed >= 2 && first ? first : 1);
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

void furniture_remove(struct arena *arena, struct lines *lines, struct furniture *out)
{
    *out = (struct furniture){0};
    struct search search = {
        .arena = arena,
        .lines = lines,
        .edges = arena_new_array(arena, lines->count + 1, struct edges),
        .repeats = arena_new_array(arena, lines->count + 1, struct repeat *),
        .numbers = arena_new_array(arena, lines->count + 1, uint32_t),
    };
    find_edges(&search);
    count_repeats(&search);
    drop_heads(&search, out);
    drop_page_numbers(&search);
    if (!lines->form_feeds && lines->pages == 1)
        drop_counted_numbers(&search);
    drop_margins(lines);
    drop_clutter(&search);
    if (lines->form_feeds)
        number_by_feeds(&search);
    else
        number_by_shown(&search);
    count_pages(lines);
}
