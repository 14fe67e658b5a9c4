#include "link/variance.h"

#include "base/arena.h"

#include <string.h>

enum {
    COMPARED_MAX = 40, /* words of a quotation that are compared at once */
    MARGIN = 12,       /* words of the source before and behind that may belong to them */
    GUESSES_MAX = 96,  /* places at which they are compared */
    WINDOW_MAX = COMPARED_MAX + 2 * MARGIN,
    SHOWN_MAX = 160 /* bytes of text in a message */
};

/* Words as they stand between spaces. */
struct words {
    struct str items[WINDOW_MAX];
    unsigned count;
};

/* The alignment of a quotation's words (rows) with those of a window (columns), which may begin and
 * end anywhere in it. */
struct table {
    unsigned cost[COMPARED_MAX + 1][WINDOW_MAX + 1];
};

static void cut(struct str text, unsigned max, struct words *words)
{
    words->count = 0;
    while (text.len && words->count < max) {
        size_t len = 0;
        while (len < text.len && text.data[len] != ' ')
            len++;
        if (len)
            words->items[words->count++] = str_slice(text, 0, len);
        text = str_from_offset(text, len + 1);
    }
}

/* The first word may have a sign before it in the source, the last one behind it. */
static bool is_same(const struct words *quoted, unsigned row, struct str there)
{
    struct str word = quoted->items[row];
    if (row == 0)
        while (there.len > word.len && strchr("'(", there.data[0]))
            there = str_from_offset(there, 1);
    if (row + 1 == quoted->count)
        while (there.len > word.len && strchr("'.,;:!?)", there.data[there.len - 1]))
            there.len--;
    return str_equal(word, there);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Fills the table; returns the column at which the cheapest alignment ends. */
static unsigned align(struct table *table, const struct words *quoted, const struct words *said)
{
    unsigned rows = quoted->count, best = 0;
    for (unsigned j = 0; j <= said->count; j++)
        table->cost[0][j] = 0;
    for (unsigned i = 1; i <= rows; i++) {
        table->cost[i][0] = i;
        for (unsigned j = 1; j <= said->count; j++) {
            bool same = is_same(quoted, i - 1, said->items[j - 1]);
            unsigned cost = table->cost[i - 1][j - 1] + !same;
            cost = least(cost, table->cost[i - 1][j] + 1);
            table->cost[i][j] = least(cost, table->cost[i][j - 1] + 1);
        }
    }
    for (unsigned j = 1; j <= said->count; j++)
        if (table->cost[rows][j] <= table->cost[rows][best])
            best = j;
    return best;
}

/* One step back from [i][j] on the cheapest way; whether the two words there are the same. */
static bool step_back(const struct table *table, const struct words *quoted,
                      const struct words *said, unsigned *i, unsigned *j)
{
    unsigned cost = table->cost[*i][*j];
    bool both = *i && *j, same = both && is_same(quoted, *i - 1, said->items[*j - 1]);
    if (both && cost == table->cost[*i - 1][*j - 1] + !same) {
        --*i;
        --*j;
        return same;
    }
    if (*i && cost == table->cost[*i - 1][*j] + 1)
        --*i;
    else
        --*j;
    return false;
}

/* Words [first, last) with what stands between them. */
static struct str stretch_of(const struct words *words, unsigned first, unsigned last)
{
    if (first >= last)
        return STR("");
    const struct str *end = &words->items[last - 1];
    struct str text = {words->items[first].data,
                       (size_t)(end->data + end->len - words->items[first].data)};
    return str_slice(text, 0, SHOWN_MAX);
}

/* The first run of steps that are no agreement. */
static void tell(const struct table *table, const struct words *quoted, const struct words *said,
                 unsigned column, struct str text, struct variance *variance)
{
    unsigned i = quoted->count, j = column, last_i = 0, last_j = 0, first_i = 0, first_j = 0;
    bool differing = false;
    while (i) {
        unsigned old_i = i, old_j = j;
        bool same = step_back(table, quoted, said, &i, &j);
        if (!same && !differing) {
            last_i = old_i;
            last_j = old_j;
        }
        if (!same) {
            first_i = i;
            first_j = j;
        }
        differing = !same;
    }
    variance->quoted = stretch_of(quoted, first_i, last_i);
    variance->said = stretch_of(said, first_j, last_j);
    struct str place = said->items[first_j < said->count ? first_j : said->count - 1];
    variance->at = (uint32_t)(place.data - text.data);
}

/* The window around the word at which the quotation would begin. */
static void open_window(const struct wording *wording, uint32_t word, uint32_t from, uint32_t limit,
                        unsigned rows, struct words *said)
{
    uint32_t first = word > MARGIN ? word - MARGIN : 0;
    uint32_t start = wording->words[first];
    if (start < from)
        start = from;
    while (start && wording->text.data[start - 1] != ' ')
        start--;
    cut(str_slice(wording->text, start, limit > start ? limit - start : 0), rows + 2 * MARGIN,
        said);
}

static bool compare(struct wording *wording, struct arena *scratch, struct str text, uint32_t from,
                    uint32_t limit, struct variance *variance)
{
    uint32_t places[GUESSES_MAX], best_place = NOWHERE;
    struct words quoted, said;
    struct table *table = arena_new(scratch, struct table);
    cut(text, COMPARED_MAX, &quoted);
    unsigned best = quoted.count / 2 + 1, column = 0;
    unsigned count = wording_guess(wording, scratch, text, from, limit, places, GUESSES_MAX);
    for (unsigned i = 0; i < count && !wording_is_spent(wording); i++) {
        open_window(wording, places[i], from, limit, quoted.count, &said);
        unsigned end = align(table, &quoted, &said);
        wording->work += sizeof *table;
        if (!said.count || table->cost[quoted.count][end] >= best)
            continue;
        best = table->cost[quoted.count][end];
        best_place = places[i];
    }
    if (best_place == NOWHERE || !best)
        return false;
    open_window(wording, best_place, from, limit, quoted.count, &said);
    column = align(table, &quoted, &said);
    tell(table, &quoted, &said, column, wording->text, variance);
    return true;
}

/* Bytes that the next words take: COMPARED_MAX, or all where hardly more are left. */
static size_t portion(struct str text)
{
    size_t len = 0;
    for (unsigned words = 0; len < text.len; len++)
        if (text.data[len] == ' ' && ++words == COMPARED_MAX)
            break;
    return len;
}

bool variance_find(struct wording *wording, struct arena *scratch, struct str text, uint32_t from,
                   uint32_t limit, struct variance *variance)
{
    while (text.len && !wording_is_spent(wording)) {
        struct piece piece = {.text = str_slice(text, 0, portion(text))};
        text = str_from_offset(text, piece.text.len + 1);
        if (wording_find(wording, scratch, &piece, 1, from, limit) == NOWHERE &&
            compare(wording, scratch, piece.text, from, limit, variance))
            return true;
    }
    return false;
}
