#include "link/quantity.h"

enum {
    DECIMALS_MAX = 4,
    DIGITS_MAX = 13,
    ADJECTIVES_MAX = 2,
    ADJECTIVE_LEAST = 4,
    DAY_HOURS = 24,
    YEAR_DIGITS = 4
};

/* The largest number that is read, in ones: behind it a product could overflow. */
static const int64_t number_max = INT64_C(100000000000000);

static bool has_groups(struct str text, char separator)
{
    size_t digits = 0, groups = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != separator) {
            digits++;
            continue;
        }
        if (groups ? digits != 3 : !digits || digits > 3)
            return false;
        groups++;
        digits = 0;
    }
    return !groups || digits == 3;
}

/* Where the decimals begin, as an offset of their separator; text.len where there are none. */
static size_t decimal_point(struct str text)
{
    ptrdiff_t comma = str_find_last(text, ','), stop = str_find_last(text, '.');
    ptrdiff_t last = comma > stop ? comma : stop;
    if (last < 0)
        return text.len;
    bool both = comma >= 0 && stop >= 0;
    bool once = str_find_char(text, text.data[last]) == last;
    bool three = text.len - (size_t)last == 4 && last <= 3 && text.data[0] != '0';
    return once && (both || !three) ? (size_t)last : text.len;
}

bool quantity_number(struct str text, int64_t *out)
{
    size_t point = decimal_point(text), decimals = 0, digits = 0;
    struct str whole = str_slice(text, 0, point);
    char separator = str_find_char(whole, '.') >= 0 ? '.' : ',';
    int64_t number = 0;
    if (!has_groups(whole, separator) || !whole.len || text.len > DIGITS_MAX * 2 ||
        (whole.len > 1 && whole.data[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (i == point || (i < point && text.data[i] == separator))
            continue;
        if (!str_is_digit(text.data[i]) || ++digits > DIGITS_MAX)
            return false;
        number = number * 10 + (text.data[i] - '0');
        decimals += i > point;
    }
    if (decimals > DECIMALS_MAX || (point < text.len && !decimals))
        return false;
    for (; decimals < DECIMALS_MAX; decimals++) {
        if (number > number_max)
            return false;
        number *= 10;
    }
    *out = number;
    return true;
}

/* A number as it stands. */
struct number {
    int64_t value;
    size_t end;
    int64_t scale; /* 1 where it has none */
};

static bool is_scale(const struct tokens *tokens, size_t index, bool money)
{
    return (!tokens_at(tokens, index)->glued ||
            tokens_at(tokens, index - 1)->kind == TOKEN_NUMBER) &&
           (tokens_is_word(tokens, index, WORD_SCALE) ||
            (money && tokens_is_word(tokens, index, WORD_SCALE_CUT)));
}

static bool multiply(int64_t *value, int64_t scale)
{
    if (*value > number_max / scale * QUANTITY_ONE)
        return false;
    *value *= scale;
    return true;
}

/* Behind `12,-` and `12,--`. */
static size_t over_dash(const struct tokens *tokens, size_t index)
{
    if (!tokens_is_sign(tokens, index, ',') || !tokens_is_sign(tokens, index + 1, '-') ||
        !tokens_at(tokens, index)->glued || !tokens_at(tokens, index + 1)->glued)
        return index;
    return tokens_is_sign(tokens, index + 2, '-') ? index + 3 : index + 2;
}

/* Whether the number at `index` ends where a scale or an hour is written on to it: `€ 5m`,
 * `2,5mln`, `48uur`. */
static bool ends_in_unit(const struct tokens *tokens, size_t index, bool money)
{
    const struct token *next = tokens_at(tokens, index + 1);
    return tokens_is_free_before(tokens, index) &&
           (is_scale(tokens, index + 1, money) || next->word == WORD_HOUR);
}

static bool read_number(const struct tokens *tokens, size_t index, bool money, struct number *out)
{
    const struct token *token = tokens_at(tokens, index);
    bool word = token->word == WORD_NUMBER && !token->glued;
    bool one = token->word == WORD_ONE && is_scale(tokens, index + 1, false);
    *out = (struct number){token->value * QUANTITY_ONE, index + 1, 1};
    if (token->kind == TOKEN_NUMBER) {
        bool ends = tokens_is_free(tokens, index) || ends_in_unit(tokens, index, money);
        if (!ends || tokens_is_compound(tokens, index) ||
            !quantity_number(tokens_text(tokens, index), &out->value))
            return false;
        out->end = money ? over_dash(tokens, index + 1) : index + 1;
    } else if (token->word == WORD_HALVES && is_scale(tokens, index + 1, false)) {
        out->value /= 2;
    } else if (token->kind != TOKEN_WORD || (!word && !one)) {
        return false;
    }
    if (is_scale(tokens, out->end, money)) {
        out->scale = tokens_at(tokens, out->end++)->value;
        if (!multiply(&out->value, out->scale))
            return false;
        /* The full stop of `mln.`, but not the sentence's. */
        bool more = tokens_at(tokens, out->end + 1)->kind == TOKEN_WORD &&
                    tokens_is_word(tokens, out->end + 1, WORD_CURRENCY);
        if (tokens_is_sign(tokens, out->end, '.') && more)
            out->end++;
    }
    return true;
}

/* The end of a range that begins with `*low`, of which only the second may have the scale. */
static void read_range(const struct tokens *tokens, size_t first, bool money, struct number *low,
                       struct number *high)
{
    size_t before = first && str_equal_nocase(tokens_text(tokens, first - 1), STR("de")) ? 2 : 1;
    bool between = first >= before && tokens_is_word(tokens, first - before, WORD_BETWEEN) &&
                   tokens_is_word(tokens, low->end, WORD_AND);
    size_t at = between ? low->end + 1 : tokens_behind_range(tokens, low->end);
    *high = *low;
    if (!at)
        return;
    if (money && tokens_is_word(tokens, at, WORD_CURRENCY))
        at++;
    struct number second, scaled = *low;
    if (!read_number(tokens, at, money, &second))
        return;
    if (low->scale == 1 && !multiply(&scaled.value, second.scale))
        return;
    if (scaled.value >= second.value)
        return;
    *low = scaled;
    *high = second;
}

/* Whether the number at `index` is the second of a ratio: `één op de vijf`, `1 in 5`. */
static bool ends_ratio(const struct tokens *tokens, size_t index)
{
    size_t at = index;
    if (at && str_equal_nocase(tokens_text(tokens, at - 1), STR("de")))
        at--;
    if (at < 2)
        return false;
    struct str joins = tokens_text(tokens, at - 1);
    const struct token *first = tokens_at(tokens, at - 2);
    return (str_equal_nocase(joins, STR("op")) || str_equal_nocase(joins, STR("in"))) &&
           (first->kind == TOKEN_NUMBER ? first->end - first->start < YEAR_DIGITS
                                        : first->word == WORD_NUMBER || first->word == WORD_ONE);
}

/* Whether the number at `index` may be a quantity: it follows no label and is no end of a range
 * whose beginning was no number. */
static bool stands_alone(const struct tokens *tokens, size_t index)
{
    if (!index)
        return true;
    if (tokens_is_label(tokens, index - 1) || ends_ratio(tokens, index))
        return false;
    if (tokens_is_sign(tokens, index - 1, '-') && tokens_at(tokens, index)->glued)
        return false;
    bool joins = tokens_is_word(tokens, index - 1, WORD_TO) ||
                 tokens_is_word(tokens, index - 1, WORD_AND) ||
                 tokens_is_word(tokens, index - 1, WORD_OF);
    return !joins || index < 2 || tokens_at(tokens, index - 2)->kind != TOKEN_NUMBER ||
           (tokens_is_word(tokens, index - 1, WORD_OF) &&
            str_equal_nocase(tokens_text(tokens, index - 1), STR("van")));
}

static bool is_adjective(const struct tokens *tokens, size_t index)
{
    const struct token *token = tokens_at(tokens, index);
    struct str word = tokens_text(tokens, index);
    if (token->kind != TOKEN_WORD || token->glued)
        return false;
    if (token->word == WORD_ADJECTIVE)
        return true;
    return (token->word == WORD_OTHER || token->word == WORD_NTH) && word.len >= ADJECTIVE_LEAST &&
           str_ends(word, STR("e")) && word.data[0] >= 'a' && word.data[0] <= 'z';
}

/* A number before `uur` is a time of day where it can be one and a preposition says when. */
static bool is_hours(const struct tokens *tokens, size_t index, const struct number *number)
{
    enum word_class before = index ? tokens_at(tokens, index - 1)->word : WORD_AT;
    bool time = before == WORD_AT || before == WORD_TO || before == WORD_OF ||
                before == WORD_BETWEEN || before == WORD_AND;
    return tokens_is_word(tokens, number->end, WORD_HOUR) &&
           (!time || number->value > (int64_t)DAY_HOURS * QUANTITY_ONE);
}

/* A number at the very beginning is that of a section or of an item where a capital follows. */
static bool is_numbering(const struct tokens *tokens, size_t index, size_t next)
{
    struct str word = tokens_text(tokens, next);
    return !index && tokens_at(tokens, 0)->kind == TOKEN_NUMBER && word.len &&
           word.data[0] >= 'A' && word.data[0] <= 'Z';
}

/* `2024 jongeren` may be cut from "in 2024 jongeren": only `ruim 2024 jongeren` is sure. */
static bool may_be_year(const struct tokens *tokens, size_t index)
{
    struct str text = tokens_text(tokens, index);
    bool about = index && tokens_is_word(tokens, index - 1, WORD_ABOUT);
    return !about && text.len == 4 &&
           (str_starts(text, STR("18")) || str_starts(text, STR("19")) ||
            str_starts(text, STR("20")));
}

/* `vijf jaar`: Dutch has no plural for it behind a number. */
static bool is_singular_unit(const struct tokens *tokens, size_t index)
{
    return tokens_is_word(tokens, index, WORD_YEAR) &&
           str_equal_nocase(tokens_text(tokens, index), STR("jaar"));
}

/* The token behind the noun that is counted, or 0. */
static size_t behind_noun(const struct tokens *tokens, size_t index, const struct number *low,
                          const struct number *high)
{
    size_t at = high->end;
    bool one = tokens_is_word(tokens, index, WORD_ONE) && low->scale == 1;
    struct str text = tokens_text(tokens, index);
    size_t point = decimal_point(text);
    /* `2.3 Resultaten` is a section. */
    bool fraction = low->scale == 1 && tokens_at(tokens, index)->kind == TOKEN_NUMBER &&
                    point < text.len && text.data[point] == '.';
    if (one || fraction || !low->value || high->value == QUANTITY_ONE ||
        is_numbering(tokens, index, at) || (low->scale == 1 && may_be_year(tokens, index)))
        return 0;
    if (is_hours(tokens, index, high))
        return at + 1;
    /* `artikel 3, 4 leden`, but `in 2024, 4 leden` */
    if (index > 1 && tokens_is_sign(tokens, index - 1, ',') &&
        tokens_at(tokens, index - 2)->kind == TOKEN_NUMBER && !may_be_year(tokens, index - 2))
        return 0;
    for (unsigned i = 0; i < ADJECTIVES_MAX && is_adjective(tokens, at); i++)
        at++;
    return tokens_is_plural(tokens, at) || is_singular_unit(tokens, at) ? at + 1 : 0;
}

static size_t with_currency(const struct tokens *tokens, size_t index, struct quantity *out)
{
    struct number low, high;
    if (!read_number(tokens, index + 1, true, &low))
        return index;
    read_range(tokens, index + 1, true, &low, &high);
    *out = (struct quantity){.kind = QUANTITY_AMOUNT,
                             .currency = (enum currency)tokens_at(tokens, index)->value,
                             .low = low.value,
                             .high = high.value};
    return high.end;
}

/* `euro 12` is an amount, but `12 euro 5 …` begins with its number. */
static bool leads(const struct tokens *tokens, size_t index)
{
    const struct token *token = tokens_at(tokens, index);
    struct str text = tokens_text(tokens, index);
    return token->word == WORD_CURRENCY &&
           (token->kind == TOKEN_SIGN || (text.len == 3 && text.data[0] < 'a'));
}

size_t quantity_find(const struct tokens *tokens, size_t index, struct quantity *out)
{
    struct number low, high;
    if (leads(tokens, index))
        return with_currency(tokens, index, out);
    if (!stands_alone(tokens, index) || !read_number(tokens, index, false, &low))
        return index;
    read_range(tokens, index, false, &low, &high);
    size_t end = high.end, noun;
    *out = (struct quantity){.low = low.value, .high = high.value};
    if (tokens_is_word(tokens, end, WORD_CURRENCY) && !leads(tokens, end + 1)) {
        out->kind = QUANTITY_AMOUNT;
        out->currency = (enum currency)tokens_at(tokens, end)->value;
        return end + 1;
    }
    if (tokens_is_word(tokens, end, WORD_PERCENT)) {
        out->kind = QUANTITY_PERCENTAGE;
        return end + 1;
    }
    noun = behind_noun(tokens, index, &low, &high);
    if (!noun)
        return index;
    out->kind = QUANTITY_COUNT;
    out->unit = end;
    return noun;
}
