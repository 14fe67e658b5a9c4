#include "link/when.h"

enum { MONTHS = 12, QUARTER = 3, YEAR_FIRST = WHEN_YEAR_FIRST, YEAR_LAST = WHEN_YEAR_LAST };

enum {
    YEAR_ALONE_FIRST = 1900, /* a number alone is more often something else before that */
    SHORT_YEARS_OLD = 50     /* `'50` and later are of the century before */
};

/* A date as it stands, with 0 for what is not said, and the token behind it. */
struct point {
    struct date date;
    size_t end;
};

/* -- One date --------------------------------------------------------------------------------- */

/* The number of a token of `digits_max` digits and nothing else; 0 where it is none. */
static unsigned plain_number(const struct tokens *tokens, size_t index, size_t digits_max)
{
    struct str text = tokens_text(tokens, index);
    long number;
    if (tokens_at(tokens, index)->kind != TOKEN_NUMBER || text.len > digits_max ||
        !str_to_long(text, &number))
        return 0;
    return (unsigned)number;
}

/* Whether `index` is behind the slash of `2023/2024`. */
static bool is_behind_slash(const struct tokens *tokens, size_t index)
{
    return index > 1 && tokens_is_sign(tokens, index - 1, '/') &&
           plain_number(tokens, index - 2, 4) >= YEAR_FIRST;
}

/* The year at `index`, where something may go on behind it: 0 where there is none. */
static unsigned year_at(const struct tokens *tokens, size_t index)
{
    unsigned year = plain_number(tokens, index, 4);
    if (year < YEAR_FIRST || year > YEAR_LAST || tokens_is_compound(tokens, index) ||
        (!tokens_is_free_before(tokens, index) && !is_behind_slash(tokens, index)))
        return 0;
    const struct token *behind = tokens_at(tokens, index + 1);
    bool joined = behind->kind == TOKEN_SIGN && behind->glued &&
                  (behind->sign == '-' || behind->sign == '/') &&
                  tokens_at(tokens, index + 2)->kind == TOKEN_NUMBER;
    return joined || tokens_ends_free(tokens, index) ? year : 0;
}

/* The year at `index`, also one cut short behind an apostrophe: `12 mei '24`. `*behind`: the token
 * behind it, or `index` where there is none. */
static unsigned year_behind_month(const struct tokens *tokens, size_t index, size_t *behind)
{
    const struct token *mark = tokens_at(tokens, index);
    unsigned year = year_at(tokens, index);
    bool cut = !year && mark->kind == TOKEN_SIGN && (mark->sign == '\'' || mark->sign == 0x2019) &&
               tokens_text(tokens, index + 1).len == 2 && tokens_at(tokens, index + 1)->glued &&
               tokens_ends_free(tokens, index + 1);
    if (cut && tokens_at(tokens, index + 1)->kind == TOKEN_NUMBER) {
        year = plain_number(tokens, index + 1, 2);
        year += year < SHORT_YEARS_OLD ? 2000 : 1900;
    }
    *behind = !year ? index : cut ? index + 2 : index + 1;
    return year;
}

static bool is_real(struct date date)
{
    return date.month > MONTHS || !date.day || date.day <= date_days_in(date.year, date.month);
}

static bool make(struct point *point, unsigned year, unsigned month, unsigned day, size_t end)
{
    *point = (struct point){{(uint16_t)year, (uint8_t)month, (uint8_t)day}, end};
    return !year || is_real(point->date);
}

/* `index` or, where a comma stands there, behind it. */
static size_t over_comma(const struct tokens *tokens, size_t index)
{
    return tokens_is_sign(tokens, index, ',') ? index + 1 : index;
}

static size_t over_ordinal(const struct tokens *tokens, size_t index)
{
    bool ordinal = tokens_is_word(tokens, index, WORD_ORDINAL) && tokens_at(tokens, index)->glued;
    return ordinal ? index + 1 : index;
}

/* A month's name at `index`; `*behind` is the token behind it and the full stop of a cut one. */
static unsigned month_at(const struct tokens *tokens, size_t index, size_t *behind)
{
    const struct token *token = tokens_at(tokens, index);
    bool cut = token->word == WORD_MONTH_CUT;
    if (token->kind != TOKEN_WORD || token->glued || (token->word != WORD_MONTH && !cut))
        return 0;
    bool stop =
        cut && tokens_is_sign(tokens, index + 1, '.') && tokens_at(tokens, index + 1)->glued;
    *behind = index + (stop ? 2 : 1);
    return (unsigned)token->value;
}

/* `17-01-2025`, `17/01/2025`: with a slash only where it can be read in one way. */
static bool by_numbers(const struct tokens *tokens, size_t index, struct point *point)
{
    const struct token *first = tokens_at(tokens, index + 1),
                       *second = tokens_at(tokens, index + 3);
    unsigned day = plain_number(tokens, index, 2), month = plain_number(tokens, index + 2, 2);
    unsigned year = plain_number(tokens, index + 4, 4);
    if (first->kind != TOKEN_SIGN || (first->sign != '-' && first->sign != '/') ||
        second->kind != TOKEN_SIGN || second->sign != first->sign)
        return false;
    for (size_t i = index + 1; i <= index + 4; i++)
        if (!tokens_at(tokens, i)->glued)
            return false;
    if (first->sign == '/' && month > MONTHS && day <= MONTHS) {
        unsigned swapped = day;
        day = month;
        month = swapped;
    } else if (first->sign == '/' && day <= MONTHS && day != month) {
        return false;
    }
    const struct token *behind = tokens_at(tokens, index + 5);
    bool ends = !behind->glued ||
                (behind->kind == TOKEN_SIGN && behind->sign != '-' && behind->sign != '/');
    return ends && day && month && month <= MONTHS && year >= YEAR_FIRST && year <= YEAR_LAST &&
           make(point, year, month, day, index + 5);
}

/* `2025-01-17`, whatever time is written on to it. */
static bool iso(const struct tokens *tokens, size_t index, struct point *point)
{
    unsigned year = plain_number(tokens, index, 4), month = plain_number(tokens, index + 2, 2);
    unsigned day = plain_number(tokens, index + 4, 2);
    for (size_t i = index + 1; i <= index + 4; i++)
        if (!tokens_at(tokens, i)->glued || tokens_is_sign(tokens, i, '-') != (i - index) % 2)
            return false;
    const struct token *behind = tokens_at(tokens, index + 5);
    return year >= YEAR_FIRST && year <= YEAR_LAST && month && month <= MONTHS && day &&
           !(behind->glued && tokens_is_sign(tokens, index + 5, '-')) &&
           make(point, year, month, day, index + 5);
}

/* `17.01.2025`, which is one token. */
static bool dotted(const struct tokens *tokens, size_t index, struct point *point)
{
    struct str text = tokens_text(tokens, index);
    ptrdiff_t first = str_find_char(text, '.'), last = str_find_last(text, '.');
    struct date date;
    if (first < 1 || first == last || text.len - (size_t)last != 5 || text.len > 10 ||
        str_find_char(text, ',') >= 0 || !tokens_is_free(tokens, index) || !date_parse(text, &date))
        return false;
    return date.day && date.year >= YEAR_FIRST && date.year <= YEAR_LAST &&
           make(point, date.year, date.month, date.day, index + 1);
}

/* `17 januari 2025`, `1e januari`, `3rd of May, 2024`. */
static bool day_month(const struct tokens *tokens, size_t index, unsigned day, struct point *point)
{
    size_t at = over_ordinal(tokens, index + 1), behind, skipped;
    if (tokens_is_word(tokens, at, WORD_OF))
        at++;
    unsigned month = month_at(tokens, at, &behind);
    if (!month)
        return false;
    unsigned year = year_behind_month(tokens, over_comma(tokens, behind), &skipped);
    return make(point, year, month, day, year ? skipped : behind);
}

/* `January 17, 2025`, `januari 2025`, `januari`. */
static bool month_first(const struct tokens *tokens, size_t index, struct point *point)
{
    size_t behind, end;
    unsigned month = month_at(tokens, index, &behind);
    if (!month)
        return false;
    unsigned year = year_behind_month(tokens, behind, &end), day = plain_number(tokens, behind, 2);
    if (year)
        return make(point, year, month, 0, end);
    size_t at = over_comma(tokens, over_ordinal(tokens, behind + 1));
    year = day ? year_at(tokens, at) : 0;
    if (year)
        return make(point, year, month, day, at + 1);
    return tokens_is_word(tokens, index, WORD_MONTH) && make(point, 0, month, 0, index + 1);
}

/* `zomer van 2026`, `winter 2023-2024`, `zomer`. */
static bool season(const struct tokens *tokens, size_t index, struct point *point)
{
    const struct token *token = tokens_at(tokens, index);
    size_t at = tokens_is_word(tokens, index + 1, WORD_OF) ? index + 2 : index + 1;
    unsigned year = year_at(tokens, at);
    if (token->glued)
        return false;
    if (!year)
        return make(point, 0, (unsigned)token->value, 0, index + 1);
    bool over = token->value == SEASON_WINTER &&
                (tokens_is_sign(tokens, at + 1, '-') || tokens_is_sign(tokens, at + 1, '/')) &&
                year_at(tokens, at + 2) == year + 1;
    return make(point, year, (unsigned)token->value, 0, over ? at + 3 : at + 1);
}

/* What begins at `index`, with what it does not say left 0: a number alone is a day or a year. */
static bool read_point(const struct tokens *tokens, size_t index, struct point *point)
{
    const struct token *token = tokens_at(tokens, index);
    if (token->word == WORD_SEASON)
        return season(tokens, index, point);
    if (token->kind == TOKEN_WORD)
        return month_first(tokens, index, point);
    if (token->kind != TOKEN_NUMBER ||
        (!tokens_is_free_before(tokens, index) && !is_behind_slash(tokens, index)))
        return false;
    if (iso(tokens, index, point) || by_numbers(tokens, index, point) ||
        dotted(tokens, index, point))
        return true;
    unsigned day = plain_number(tokens, index, 2), year = year_at(tokens, index);
    if (year)
        return make(point, year, 0, 0, index + 1);
    if (!day || day > 31)
        return false;
    return day_month(tokens, index, day, point) ||
           make(point, 0, 0, day, over_ordinal(tokens, index + 1));
}

/* -- Told against the date of the document ---------------------------------------------------- */

/* Months since the year 0, of a month or of a season's first month. */
static int months_of(struct date date)
{
    int month = date.month <= MONTHS ? date.month : (date.month - SEASON_SPRING) * 3 + 3;
    return date.year * MONTHS + month - 1;
}

/* The year that makes a date without one the last before (`way` -1), the next after (1) or the one
 * nearest to (0) the date of the document. False where that is not known as exactly as it takes. */
static bool choose_year(struct date *date, struct date written, int way)
{
    if (!written.year || !written.month || written.month > MONTHS)
        return false;
    date->year = written.year;
    int months = months_of(*date) - months_of(written);
    bool later = months > 0 || (!months && date->day > written.day && written.day);
    bool earlier = months < 0 || (!months && date->day && date->day < written.day);
    if (way < 0 ? later : !way && months > MONTHS / 2)
        date->year--;
    else if (way > 0 ? earlier : !way && months < -MONTHS / 2)
        date->year++;
    return date->month > MONTHS || is_real(*date);
}

static bool is_lower(const struct tokens *tokens, size_t index)
{
    struct str text = tokens_text(tokens, index);
    return text.len && text.data[0] == str_lower(text.data[0]);
}

/* `jl.` or `a.s.` behind a day; moves `*end` over it. */
static int direction(const struct tokens *tokens, size_t *end)
{
    int way = tokens_is_word(tokens, *end, WORD_PAST_DAY)     ? -1
              : tokens_is_word(tokens, *end, WORD_COMING_DAY) ? 1
                                                              : 0;
    if (!way)
        return 0;
    /* The full stop of `jl.`, but not the sentence's behind `aanstaande`. */
    bool cut = tokens_text(tokens, *end).len <= STR("a.s").len;
    ++*end;
    if (cut && tokens_is_sign(tokens, *end, '.') && tokens_at(tokens, *end)->glued)
        ++*end;
    return way;
}

/* `in oktober`: an English month has its capital, since `may` and `march` are words. */
static bool month_alone(const struct tokens *tokens, size_t index, struct date written,
                        struct date *date)
{
    struct str text = tokens_text(tokens, index);
    if (!index || str_equal(text, STR("may")) || str_equal(text, STR("march")))
        return false;
    if (tokens_is_word(tokens, index - 1, WORD_LAST))
        return choose_year(date, written, -1);
    return tokens_is_word(tokens, index - 1, WORD_AT) && choose_year(date, written, 0);
}

/* `rond de zomer`: of the year of the document, as long as that season is not over. */
static bool season_alone(const struct tokens *tokens, size_t index, struct date written,
                         struct date *date)
{
    bool article = index >= 2 && (str_equal(tokens_text(tokens, index - 1), STR("de")) ||
                                  str_equal(tokens_text(tokens, index - 1), STR("het")) ||
                                  tokens_is_word(tokens, index - 1, WORD_THE));
    if (!article || !tokens_is_word(tokens, index - 2, WORD_AT) || !is_lower(tokens, index) ||
        date->month == SEASON_WINTER || !written.month || written.month > MONTHS)
        return false;
    date->year = written.year;
    return months_of(*date) + 2 >= months_of(written);
}

/* `vorig jaar`, `dit jaar`, `volgend jaar` at `index`: the year, or 0. */
static unsigned year_told(const struct tokens *tokens, size_t index, struct date written)
{
    const struct token *word = tokens_at(tokens, index);
    int way = word->word == WORD_LAST ? -1 : word->word == WORD_NEXT ? 1 : 0;
    bool tells = word->word == WORD_THIS || (way && word->value);
    return written.year && tells && tokens_is_word(tokens, index + 1, WORD_YEAR)
               ? (unsigned)(written.year + way)
               : 0;
}

/* `afgelopen zomer`, `dit najaar`, `vorig jaar`, with the word at `index` that says which. */
static size_t told(const struct tokens *tokens, size_t index, struct date written, struct when *out)
{
    const struct token *word = tokens_at(tokens, index), *what = tokens_at(tokens, index + 1);
    int way = word->word == WORD_LAST ? -1 : word->word == WORD_NEXT ? 1 : 0;
    struct date date = {.year = written.year};
    bool known = false;
    if (!written.year || tokens_is_free(tokens, index + 2))
        return index;
    unsigned year = year_told(tokens, index, written);
    if (year) {
        date.year = (uint16_t)year;
        known = true;
    } else if (what->word == WORD_SEASON && is_lower(tokens, index + 1) && written.month &&
               written.month <= MONTHS) {
        date.month = (uint8_t)what->value;
        known = way ? choose_year(&date, written, way) : date.month != SEASON_WINTER;
    }
    *out = (struct when){date, date};
    return known ? index + 2 : index;
}

/* `mei vorig jaar`, `de zomer van dit jaar`: moves `*end` over what tells the year. */
static bool year_follows(const struct tokens *tokens, struct point *point, struct date written)
{
    size_t at = tokens_is_word(tokens, point->end, WORD_OF) ? point->end + 1 : point->end;
    unsigned year = year_told(tokens, at, written);
    if (!year)
        return false;
    point->date.year = (uint16_t)year;
    point->end = at + 2;
    return is_real(point->date);
}

/* Gives a date its year, where it has none. */
static bool complete(const struct tokens *tokens, size_t index, struct point *point,
                     struct date written)
{
    int way = point->date.day && point->date.month ? direction(tokens, &point->end) : 0;
    if (point->date.year || !point->date.month)
        return point->date.year;
    if (!way && year_follows(tokens, point, written))
        return true;
    if (point->date.month > MONTHS)
        return season_alone(tokens, index, written, &point->date);
    if (!point->date.day)
        return month_alone(tokens, index, written, &point->date);
    return choose_year(&point->date, written, way);
}

/* -- Two dates -------------------------------------------------------------------------------- */

static bool follows(struct date a, struct date b)
{
    if (a.day)
        return a.year == b.year && a.month == b.month && a.day + 1 == b.day;
    return a.month <= MONTHS && months_of(a) + 1 == months_of(b);
}

static bool same_precision(struct date a, struct date b)
{
    return !a.day == !b.day && !a.month == !b.month && (a.month > MONTHS) == (b.month > MONTHS);
}

/* The second year of `2023-24`. */
static bool short_year(const struct tokens *tokens, size_t index, struct date first,
                       struct point *point)
{
    if (tokens_is_sign(tokens, index, '\'') || tokens_is_sign(tokens, index, 0x2019))
        index++;
    struct str text = tokens_text(tokens, index);
    unsigned year = plain_number(tokens, index, 2);
    return first.year && !first.month && text.len == 2 && tokens_at(tokens, index)->glued &&
           tokens_is_free(tokens, index) && year == (first.year + 1u) % 100 &&
           make(point, first.year + 1u, 0, 0, index + 1);
}

/* What the first of two dates leaves to the second: `3 en 4 mei 2024`, `januari en mei 2024`. */
static bool lend(struct date *first, struct date second, bool range)
{
    if (first->day && !first->month)
        first->month = second.month;
    if (!same_precision(*first, second) || !second.year)
        return false;
    if (!first->year) {
        first->year = second.year;
        if (range && date_compare(*first, second) > 0)
            first->year--;
    }
    return is_real(*first);
}

/* Where `first` and what stands behind it are a range or a pair; else returns `first->end`. */
static size_t pair(const struct tokens *tokens, size_t index, struct point *first,
                   struct date written, struct whens *out)
{
    bool joined = tokens_is_word(tokens, first->end, WORD_AND);
    bool between = joined && index && tokens_is_word(tokens, index - 1, WORD_BETWEEN);
    bool and = joined && !between;
    bool years = first->date.year && !first->date.month;
    bool slash = years && tokens_is_sign(tokens, first->end, '/');
    size_t at = joined || slash ? first->end + 1 : tokens_behind_range(tokens, first->end);
    struct point second;
    struct date from = first->date;
    if (!at || (and&&from.year))
        return first->end;
    if (!short_year(tokens, at, from, &second) &&
        (!read_point(tokens, at, &second) || (second.date.day && !second.date.month)))
        return first->end;
    bool open = !second.date.year && !from.year && second.date.day && from.day;
    if (open && !complete(tokens, at, &second, written))
        return first->end;
    if (!lend(&from, second.date, !and) || date_compare(from, second.date) >= 0)
        return first->end;
    if (and&&!follows(from, second.date))
        *out = (struct whens){{{from, from}, {second.date, second.date}}, 2, !open, false};
    else
        *out = (struct whens){{{from, second.date}}, 1, !open, false};
    return second.end;
}

/* -- Quarters and halves ---------------------------------------------------------------------- */

/* The part of a year that begins at `index`: `eerste kwartaal`, `2e helft`, `Q3`. `*months` is how
 * long it is. Returns which one it is, from 1, or 0. */
static unsigned part_at(const struct tokens *tokens, size_t index, unsigned *months, size_t *behind)
{
    const struct token *token = tokens_at(tokens, index);
    size_t at = index + 1;
    unsigned part = (unsigned)token->value;
    *months = QUARTER;
    *behind = at;
    if (token->kind == TOKEN_WORD && token->word == WORD_QUARTER)
        return part;
    if (token->kind == TOKEN_NUMBER) {
        part = plain_number(tokens, index, 1);
        at = over_ordinal(tokens, index + 1);
        if (at == index + 1 || !tokens_is_free_before(tokens, index))
            return 0;
    } else if (token->word != WORD_NTH) {
        return 0;
    }
    bool half = str_equal_nocase(tokens_text(tokens, at), STR("half"));
    if (!half && !tokens_is_word(tokens, at, WORD_PART))
        return 0;
    *months = half ? MONTHS / 2 : (unsigned)tokens_at(tokens, at)->value;
    *behind = at + 1;
    return part * *months <= MONTHS ? part : 0;
}

/* `eerste kwartaal van 2025`, `Q3 2024`, `tweede helft van dit jaar`: an interval of months. */
static size_t part_of_year(const struct tokens *tokens, size_t index, struct date written,
                           struct whens *out)
{
    size_t behind;
    unsigned months, part = part_at(tokens, index, &months, &behind);
    if (!part)
        return index;
    size_t at = tokens_is_word(tokens, behind, WORD_OF) ? behind + 1 : behind;
    unsigned said = year_at(tokens, at), year = said ? said : year_told(tokens, at, written);
    if (!year)
        return index;
    struct date from = {(uint16_t)year, (uint8_t)((part - 1) * months + 1), 0};
    struct date until = {(uint16_t)year, (uint8_t)(part * months), 0};
    *out = (struct whens){{{from, until}}, 1, said, false};
    return said ? at + 1 : at + 2;
}

/* -- Finding ---------------------------------------------------------------------------------- */

/* Whether the year that is all there is at `index` is one: not a count, number or postal code. */
static bool is_year(const struct tokens *tokens, size_t index)
{
    const struct token *next = tokens_at(tokens, index + 1);
    enum word_class before = index ? tokens_at(tokens, index - 1)->word : WORD_OTHER;
    bool dated = before == WORD_AT || before == WORD_OF || before == WORD_TO ||
                 before == WORD_AND || before == WORD_YEAR || before == WORD_BETWEEN;
    if (plain_number(tokens, index, 4) < YEAR_ALONE_FIRST || !tokens_is_free(tokens, index))
        return false;
    if (index &&
        (tokens_is_label(tokens, index - 1) || before == WORD_CURRENCY || before == WORD_ABOUT))
        return false;
    if (index > 1 && tokens_is_sign(tokens, index - 1, '-') &&
        (tokens_at(tokens, index - 1)->glued || tokens_at(tokens, index - 2)->kind == TOKEN_NUMBER))
        return false;
    if (next->word == WORD_SCALE || next->word == WORD_PERCENT || next->word == WORD_CURRENCY ||
        next->word == WORD_YEAR || next->word == WORD_HOUR)
        return false;
    struct str word = tokens_text(tokens, index + 1);
    bool capitals = word.len == 2 && word.data[0] >= 'A' && word.data[0] <= 'Z' &&
                    word.data[1] >= 'A' && word.data[1] <= 'Z';
    return dated || (!capitals && !tokens_is_plural(tokens, index + 1));
}

size_t when_find(const struct tokens *tokens, size_t index, struct date written, struct whens *out)
{
    const struct token *token = tokens_at(tokens, index);
    struct point first;
    *out = (struct whens){.count = 0};
    if (token->word == WORD_LAST || token->word == WORD_THIS || token->word == WORD_NEXT) {
        size_t end = told(tokens, index, written, &out->items[0]);
        out->count = end > index;
        return end;
    }
    size_t behind_part = part_of_year(tokens, index, written, out);
    if (behind_part > index)
        return behind_part;
    bool possible = token->kind == TOKEN_NUMBER || token->word == WORD_MONTH ||
                    token->word == WORD_MONTH_CUT || token->word == WORD_SEASON;
    if (!possible || !read_point(tokens, index, &first))
        return index;
    if (token->kind == TOKEN_NUMBER && index && tokens_is_label(tokens, index - 1))
        return index;
    size_t end = pair(tokens, index, &first, written, out);
    if (out->count)
        return end;
    bool assumed = !first.date.year;
    if (!complete(tokens, index, &first, written))
        return index;
    if (!first.date.month && !is_year(tokens, index))
        return index;
    out->items[0] = (struct when){first.date, first.date};
    out->count = 1;
    out->said = !assumed;
    out->assumed = assumed && first.end == end;
    return first.end;
}
