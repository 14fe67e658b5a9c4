#include "link/tokens.h"

#include "base/arena.h"
#include "base/lanes.h"
#include "base/utf8.h"

enum { EURO = 0x20AC, POUND = 0xA3, DOLLAR = '$', NO_BREAK_HYPHEN = 0x2011, MINUS = 0x2212 };

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2BC;
}

static bool is_dash(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == MINUS || c == '-';
}

static uint32_t peek(struct str text, size_t at)
{
    return at < text.len ? utf8_next(text, &at) : 0;
}

static bool is_letter_at(struct str text, size_t at)
{
    uint32_t c = peek(text, at);
    return c && utf8_is_letter(c);
}

/* A full stop is inside `d.d` and `a.s`: behind a single letter and before a letter. */
static bool is_inner(struct str text, size_t start, size_t at, uint32_t c, size_t behind)
{
    bool digit_follows = behind < text.len && str_is_digit(text.data[behind]);
    if (c == '.')
        return (at - start == 1 || text.data[at - 2] == '.') && is_letter_at(text, behind);
    return (is_apostrophe(c) || c == '-' || c == NO_BREAK_HYPHEN || c == '_') &&
           (is_letter_at(text, behind) || digit_follows);
}

/* Behind the letters and digits at `at` that are ASCII. */
static inline size_t over_letters(struct str text, size_t at)
{
    for (; at + LANES <= text.len; at += LANES) {
        uint64_t others = ~lanes_alnum(lanes_load(text.data + at)) & LANES_HIGH;
        if (others)
            return at + lanes_before(others);
    }
    while (at < text.len && str_is_alnum(text.data[at]))
        at++;
    return at;
}

static size_t word_end(struct str text, size_t start)
{
    size_t at = start;
    for (;;) {
        at = over_letters(text, at);
        if (at == text.len || text.data[at] == ' ')
            break;
        size_t behind = at;
        uint32_t c = utf8_next(text, &behind);
        bool more = utf8_is_letter(c) || utf8_is_digit(c) || utf8_is_format(c) ||
                    is_inner(text, start, at, c, behind);
        if (!more)
            break;
        at = behind;
    }
    return at;
}

static size_t number_end(struct str text, size_t start)
{
    size_t at = start;
    while (at < text.len) {
        bool separator = text.data[at] == '.' || text.data[at] == ',';
        if (!str_is_digit(text.data[at]) &&
            !(separator && at + 1 < text.len && str_is_digit(text.data[at + 1])))
            break;
        at++;
    }
    return at;
}

/* Whether an address may be anywhere in it. */
static bool may_hold_address(struct str text)
{
    return str_find_char(text, '@') != STR_NONE || str_find(text, STR("://")) != STR_NONE ||
           str_find(text, STR("www.")) != STR_NONE;
}

/* The end of an address that begins here, else `start`. Signs around it may go with it. */
static size_t address_end(struct str text, size_t start)
{
    size_t end = start;
    while (end < text.len && !str_is_space(text.data[end]))
        end++;
    return may_hold_address(str_slice(text, start, end - start)) ? end : start;
}

static void set_sign(struct token *token, uint32_t c)
{
    token->kind = TOKEN_SIGN;
    token->sign = is_dash(c) ? '-' : c;
    if (c == '%')
        token->word = WORD_PERCENT;
    if (c == 0xA7) /* § */
        token->word = WORD_LABEL;
    if (c != EURO && c != POUND && c != DOLLAR)
        return;
    token->word = WORD_CURRENCY;
    token->value = c == EURO ? CURRENCY_EUR : c == POUND ? CURRENCY_GBP : CURRENCY_USD;
}

static bool is_ascii_letter(char c)
{
    return str_is_alnum(c) && !str_is_digit(c);
}

/* The token at `at`, which is no address. */
static size_t cut_one(struct token *token, const struct word_table *vocabulary, struct str text,
                      size_t at)
{
    size_t behind = at;
    if (str_is_digit(text.data[at])) {
        token->kind = TOKEN_NUMBER;
        return number_end(text, at);
    }
    bool ascii = is_ascii_letter(text.data[at]);
    uint32_t c = ascii ? 0 : utf8_next(text, &behind);
    if (ascii || utf8_is_letter(c)) {
        size_t end = word_end(text, at);
        token->kind = TOKEN_WORD;
        token->word = vocabulary_find(vocabulary, str_slice(text, at, end - at), &token->value);
        return end;
    }
    set_sign(token, c);
    return behind;
}

/* Behind the white space and the invisible characters at `at`; `*glued` becomes false where there
 * was white space. */
static size_t skip_space(struct str text, size_t at, bool *glued)
{
    while (at < text.len) {
        if (text.data[at] == ' ') {
            *glued = false;
            at++;
            continue;
        }
        size_t behind = at;
        if (str_is_alnum(text.data[at]))
            break;
        uint32_t c = utf8_next(text, &behind);
        if (!utf8_is_space(c) && !utf8_is_format(c))
            break;
        *glued = *glued && utf8_is_format(c);
        at = behind;
    }
    return at;
}

void tokens_cut(struct tokens *tokens, struct arena *arena, const struct word_table *vocabulary,
                struct str text)
{
    bool glued = false, addresses = may_hold_address(text);
    *tokens = (struct tokens){.text = text};
    for (size_t at = 0; at < text.len;) {
        if (!str_is_alnum(text.data[at]))
            at = skip_space(text, at, &glued);
        if (at == text.len)
            break;
        struct token *token = vec_push(&tokens->items, arena);
        size_t end = addresses && !glued ? address_end(text, at) : at;
        if (end > at)
            token->kind = TOKEN_ADDRESS;
        else
            end = cut_one(token, vocabulary, text, at);
        token->glued = glued;
        token->start = (uint32_t)at;
        token->end = (uint32_t)end;
        at = end;
        glued = true;
    }
    struct token *last = vec_push(&tokens->items, arena);
    last->start = last->end = (uint32_t)text.len;
}

const struct token *tokens_at(const struct tokens *tokens, size_t index)
{
    size_t last = tokens->items.count - 1;
    return &tokens->items.items[index < last ? index : last];
}

struct str tokens_text(const struct tokens *tokens, size_t index)
{
    const struct token *token = tokens_at(tokens, index);
    return str_slice(tokens->text, token->start, token->end - token->start);
}

bool tokens_is_sign(const struct tokens *tokens, size_t index, uint32_t sign)
{
    const struct token *token = tokens_at(tokens, index);
    return token->kind == TOKEN_SIGN && token->sign == sign;
}

bool tokens_is_word(const struct tokens *tokens, size_t index, enum word_class word)
{
    const struct token *token = tokens_at(tokens, index);
    return token->kind != TOKEN_END && token->word == word;
}

static bool opens(uint32_t sign)
{
    return sign == '(' || sign == '[' || sign == '"' || sign == '\'' || sign == '-' ||
           sign == '~' || sign == '|' || (sign >= 0x2018 && sign <= 0x201F) || sign == 0xAB ||
           sign == EURO || sign == POUND || sign == DOLLAR;
}

bool tokens_is_free_before(const struct tokens *tokens, size_t index)
{
    const struct token *token = &tokens->items.items[index];
    const struct token *before = index ? token - 1 : NULL;
    if (!before)
        return true;
    if (!token->glued)
        return before->kind != TOKEN_NUMBER;
    return before->kind == TOKEN_SIGN && opens(before->sign);
}

/* Signs that end a number; such as can also stand inside one only where nothing is glued to them.
 */
bool tokens_ends_free(const struct tokens *tokens, size_t index)
{
    const struct token *behind = tokens_at(tokens, index + 1);
    const struct token *next = tokens_at(tokens, index + 2);
    if (behind->kind == TOKEN_NUMBER)
        return false;
    if (behind->kind == TOKEN_END || !behind->glued)
        return true;
    if (behind->kind != TOKEN_SIGN || behind->sign == '/')
        return false;
    if (behind->sign == '.' || behind->sign == ',' || behind->sign == ':')
        return next->kind == TOKEN_END || !next->glued || next->kind == TOKEN_SIGN;
    return behind->sign != '_' && behind->sign != '=' && behind->sign != '*';
}

bool tokens_is_free(const struct tokens *tokens, size_t index)
{
    return tokens_at(tokens, index)->kind == TOKEN_NUMBER && tokens_is_free_before(tokens, index) &&
           tokens_ends_free(tokens, index);
}

bool tokens_is_compound(const struct tokens *tokens, size_t index)
{
    const struct token *next = tokens_at(tokens, index + 2);
    return tokens_is_sign(tokens, index + 1, '-') && tokens_at(tokens, index + 1)->glued &&
           next->kind == TOKEN_WORD && next->glued;
}

size_t tokens_behind_range(const struct tokens *tokens, size_t index)
{
    if (tokens_is_sign(tokens, index, '-'))
        return index + 1;
    if (str_equal(tokens_text(tokens, index), STR("t")) && tokens_is_sign(tokens, index + 1, '/') &&
        str_equal(tokens_text(tokens, index + 2), STR("m")))
        return index + 3;
    if (!tokens_is_word(tokens, index, WORD_TO))
        return 0;
    if (tokens_is_word(tokens, index + 1, WORD_AND) && tokens_is_word(tokens, index + 2, WORD_WITH))
        return index + 3;
    return index + 1;
}

static bool has_lower(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] >= 'a' && word.data[i] <= 'z')
            return true;
    return false;
}

/* `GI's` has its ending set off; else a capital ending is an abbreviation's. */
bool tokens_is_plural(const struct tokens *tokens, size_t index)
{
    const struct token *token = tokens_at(tokens, index);
    struct str word = tokens_text(tokens, index);
    if (token->kind != TOKEN_WORD || token->glued)
        return false;
    if (token->word == WORD_PLURAL)
        return true;
    if (token->word != WORD_OTHER || word.len < 4 || !has_lower(word))
        return false;
    for (size_t i = 0; i < word.len; i++)
        if (str_is_digit(word.data[i]))
            return false;
    if (str_ends(word, STR("ss")) || str_ends(word, STR("us")) || str_ends(word, STR("is")))
        return false;
    return str_ends(word, STR("en")) || str_ends(word, STR("s"));
}

bool tokens_is_label(const struct tokens *tokens, size_t index)
{
    bool stop = index && tokens_is_sign(tokens, index, '.');
    if (stop)
        index--;
    /* `al. 3` is an alinea, but `al drie jaar` is not. */
    return tokens_is_word(tokens, index, WORD_LABEL) &&
           (stop || !str_equal_nocase(tokens_text(tokens, index), STR("al")));
}
