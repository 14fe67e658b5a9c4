#include "link/facts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum {
    REFERENCE_MAX = 16, /* tokens of a reference such as `Kamerstukken II, 2024-2025, 31 839` */
    REFERENCE_WORD = 4, /* bytes: `XVI`, `nr` */
    SENTENCE_MAX = 320, /* bytes before and behind a fact */
    YEAR_REACH = 60,    /* tokens: some three sentences on, another year is spoken of */
    MONTHS = 12
};

/* -- Finding ---------------------------------------------------------------------------------- */

static int64_t digits_of(struct date date)
{
    return date.year * INT64_C(10000) + date.month * 100 + date.day;
}

struct date fact_date(int64_t digits)
{
    return (struct date){(uint16_t)(digits / 10000), (uint8_t)(digits / 100 % 100),
                         (uint8_t)(digits % 100)};
}

/* What all facts of a passage share. */
struct finding {
    const struct tokens *tokens;
    struct arena *arena;
    struct facts *out;
    uint32_t passage;
    unsigned year;  /* the last one that the passage said; 0 at its beginning */
    size_t year_at; /* the token behind it */
};

/* A new fact from token `first` up to `end`; NULL where that is too long. */
static struct fact *add(const struct finding *finding, size_t first, size_t end)
{
    uint32_t start = tokens_at(finding->tokens, first)->start;
    uint32_t len = tokens_at(finding->tokens, end - 1)->end - start;
    if (len > FACT_LENGTH_MAX)
        return NULL;
    struct fact *fact = vec_push(&finding->out->items, finding->arena);
    *fact = (struct fact){.passage = finding->passage, .start = start, .len = (uint16_t)len};
    return fact;
}

/* `In 2024 was … In oktober …`: that October is hardly the one nearest to the document's date. */
static void add_whens(struct finding *finding, size_t first, size_t end, const struct whens *whens)
{
    unsigned year = whens->items[0].from.year;
    bool near = finding->year && first < finding->year_at + YEAR_REACH;
    if (whens->assumed && near && finding->year != year)
        return;
    if (whens->said) {
        finding->year = year;
        finding->year_at = end;
    }
    for (unsigned i = 0; i < whens->count; i++) {
        struct fact *fact = add(finding, first, end);
        if (!fact)
            return;
        fact->kind = FACT_DATE;
        fact->from = digits_of(whens->items[i].from);
        fact->until = digits_of(whens->items[i].until);
    }
}

static void add_quantity(const struct finding *finding, size_t first, size_t end,
                         const struct quantity *quantity)
{
    static const enum fact_kind kinds[] = {[QUANTITY_AMOUNT] = FACT_AMOUNT,
                                           [QUANTITY_PERCENTAGE] = FACT_PERCENTAGE,
                                           [QUANTITY_COUNT] = FACT_COUNT};
    struct fact *fact = add(finding, first, end);
    if (!fact)
        return;
    fact->kind = (uint8_t)kinds[quantity->kind];
    fact->currency = (uint8_t)quantity->currency;
    fact->from = quantity->low;
    fact->until = quantity->high;
    if (fact->kind == FACT_COUNT)
        fact->unit = (uint16_t)(tokens_at(finding->tokens, quantity->unit)->start - fact->start);
}

/* The token behind a reference whose first word is at `index`. */
static size_t over_reference(const struct tokens *tokens, size_t index)
{
    size_t at = index + 1;
    for (; at < index + REFERENCE_MAX; at++) {
        const struct token *token = tokens_at(tokens, at);
        bool sign = token->kind == TOKEN_SIGN && (token->sign == ',' || token->sign == '-' ||
                                                  token->sign == '.' || token->sign == '/');
        bool word = token->kind == TOKEN_WORD && token->word != WORD_AND &&
                    token->end - token->start <= REFERENCE_WORD;
        if (!sign && !word && token->kind != TOKEN_NUMBER)
            break;
        if (sign && token->sign == '.' && tokens_at(tokens, at - 1)->kind == TOKEN_NUMBER)
            break;
    }
    return at;
}

void facts_find(struct arena *scratch, const struct word_table *vocabulary, struct str text,
                uint32_t passage, struct date written, struct arena *arena, struct facts *out)
{
    struct tokens tokens;
    struct finding finding = {&tokens, arena, out, passage, 0, 0};
    tokens_cut(&tokens, scratch, vocabulary, text);
    for (size_t i = 0; tokens_at(&tokens, i)->kind != TOKEN_END;) {
        struct whens whens;
        struct quantity quantity;
        const struct token *token = tokens_at(&tokens, i);
        size_t end;
        if (token->word == WORD_CITED) {
            i = over_reference(&tokens, i);
        } else if (token->word == WORD_OTHER && token->kind != TOKEN_NUMBER) {
            i++;
        } else if ((end = when_find(&tokens, i, written, &whens)) > i) {
            add_whens(&finding, i, end, &whens);
            i = end;
        } else if ((end = quantity_find(&tokens, i, &quantity)) > i) {
            add_quantity(&finding, i, end, &quantity);
            i = end;
        } else {
            i++;
        }
    }
}

/* -- Values ----------------------------------------------------------------------------------- */

/* A month as a place in its year: a season stands before its first month. */
static int place_in_year(struct date date)
{
    if (date.month <= MONTHS)
        return date.month * 2;
    return ((date.month - SEASON_SPRING) * 3 + 3) * 2 - 1;
}

static uint64_t key_of(struct date date)
{
    return (uint64_t)date.year << 16 | (uint64_t)(uint8_t)place_in_year(date) << 8 | date.day;
}

uint64_t fact_date_key(const struct fact *fact)
{
    return key_of(fact_date(fact->from)) << 32 | key_of(fact_date(fact->until));
}

static void put_number(struct buf *out, int64_t number)
{
    int64_t rest = number % QUANTITY_ONE;
    buf_put_number(out, number / QUANTITY_ONE);
    if (!rest)
        return;
    buf_put_char(out, '.');
    for (int64_t place = QUANTITY_ONE / 10; rest; place /= 10) {
        buf_put_char(out, (char)('0' + rest / place));
        rest %= place;
    }
}

static void put_value(struct buf *out, const struct fact *fact, int64_t value)
{
    if (fact->kind == FACT_DATE)
        buf_put(out, date_format(out->arena, fact_date(value)));
    else
        put_number(out, value);
}

struct str fact_value(struct arena *arena, const struct fact *fact)
{
    struct buf out;
    buf_init(&out, arena);
    put_value(&out, fact, fact->from);
    if (fact->until != fact->from) {
        buf_put_char(&out, '/');
        put_value(&out, fact, fact->until);
    }
    return buf_str(&out);
}

struct str fact_unit(const struct fact *fact, struct str text)
{
    static const char *const codes[] = {[CURRENCY_NONE] = "",
                                        [CURRENCY_EUR] = "EUR",
                                        [CURRENCY_USD] = "USD",
                                        [CURRENCY_GBP] = "GBP"};
    if (fact->kind == FACT_AMOUNT)
        return str_from(codes[fact->currency]);
    if (fact->kind == FACT_PERCENTAGE)
        return STR("%");
    if (fact->kind == FACT_COUNT)
        return str_slice(text, fact->start + fact->unit, (size_t)fact->len - fact->unit);
    return STR("");
}

/* -- Sentences -------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Whether the word that ends at `end`, where a full stop stands, is cut short: `nr`, `d.d`, `B`. */
static bool is_abbreviation(struct str text, size_t end)
{
    static const struct str others[] = {{"art", 3}, {"ca", 2},   {"ing", 3}, {"ir", 2},
                                        {"no", 2},  {"prof", 4}, {"vs", 2}};
    size_t start = end;
    bool vowel = false;
    for (; start && is_letter(text.data[start - 1]); start--) {
        char c = str_lower(text.data[start - 1]);
        vowel |= (unsigned char)c >= 0x80 || str_find_char(STR("aeiouy"), c) >= 0;
    }
    struct str word = str_slice(text, start, end - start);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_equal_nocase(word, others[i]))
            return true;
    return word.len && (word.len == 1 || !vowel || (start && text.data[start - 1] == '.'));
}

/* Whether a sentence ends before the space at `at`: behind a mark, before a capital, and not behind
 * an abbreviation. A sentence too long does no harm. */
static bool ends_sentence(struct str text, size_t at)
{
    size_t mark = at, next = at;
    while (mark && (text.data[mark - 1] == ')' || text.data[mark - 1] == '"' ||
                    text.data[mark - 1] == '\''))
        mark--;
    if (!mark ||
        (text.data[mark - 1] != '.' && text.data[mark - 1] != '?' && text.data[mark - 1] != '!'))
        return false;
    while (next < text.len && str_is_space(text.data[next]))
        next++;
    if (next == text.len || !(utf8_is_upper(utf8_next(text, &(size_t){next}))))
        return false;
    return text.data[mark - 1] != '.' || !is_abbreviation(text, mark - 1);
}

/* Off a byte in the middle of a letter, and to the beginning of a word. */
static size_t to_word(struct str text, size_t at)
{
    while (at < text.len && !str_is_space(text.data[at]))
        at++;
    return at;
}

void fact_sentence(const struct fact *fact, struct str text, uint32_t *start, uint32_t *end)
{
    size_t from = fact->start, last = (size_t)fact->start + fact->len;
    size_t least = from > SENTENCE_MAX ? from - SENTENCE_MAX : 0;
    size_t most = text.len - last > SENTENCE_MAX ? last + SENTENCE_MAX : text.len;
    while (from > least && !(str_is_space(text.data[from - 1]) && ends_sentence(text, from - 1)))
        from--;
    while (last < most && !(str_is_space(text.data[last]) && ends_sentence(text, last)))
        last++;
    if (from == least && least)
        from = to_word(text, from);
    if (last == most && most < text.len)
        while (last > (size_t)fact->start + fact->len && !str_is_space(text.data[last]))
            last--;
    while (from < fact->start && str_is_space(text.data[from]))
        from++;
    while (last > (size_t)fact->start + fact->len &&
           (str_is_space(text.data[last - 1]) || text.data[last - 1] == '|'))
        last--;
    *start = (uint32_t)(from > fact->start ? fact->start : from);
    *end = (uint32_t)last;
}
