#include "link/numeral.h"

#include <string.h>

enum {
    LENGTH_LEAST = 9, /* `fifty-one`: most words are shorter and cost nothing */
    LENGTH_MAX = 64
};

struct simple {
    struct str text;
    int64_t value;
};

#define SIMPLE(word, value)                                                                        \
    {                                                                                              \
        {word, sizeof(word) - 1}, value                                                            \
    }

/* A word stands before those that it begins with: `vijftien` before `vijf`. */
static const struct simple dutch[] = {
    SIMPLE("vijftien", 15), SIMPLE("vijftig", 50), SIMPLE("zeventien", 17), SIMPLE("zeventig", 70),
    SIMPLE("zestien", 16),  SIMPLE("zestig", 60),  SIMPLE("achttien", 18),  SIMPLE("negentien", 19),
    SIMPLE("negentig", 90), SIMPLE("dertien", 13), SIMPLE("dertig", 30),    SIMPLE("veertien", 14),
    SIMPLE("veertig", 40),  SIMPLE("twintig", 20), SIMPLE("tachtig", 80),   SIMPLE("een", 1),
    SIMPLE("één", 1),       SIMPLE("twee", 2),     SIMPLE("drie", 3),       SIMPLE("vier", 4),
    SIMPLE("vijf", 5),      SIMPLE("zes", 6),      SIMPLE("zeven", 7),      SIMPLE("acht", 8),
    SIMPLE("negen", 9),     SIMPLE("tien", 10),    SIMPLE("elf", 11),       SIMPLE("twaalf", 12)};

static const struct simple english_tens[] = {
    SIMPLE("twenty-", 20), SIMPLE("thirty-", 30),  SIMPLE("forty-", 40),  SIMPLE("fifty-", 50),
    SIMPLE("sixty-", 60),  SIMPLE("seventy-", 70), SIMPLE("eighty-", 80), SIMPLE("ninety-", 90)};

static const struct simple english_ones[] = {
    SIMPLE("one", 1), SIMPLE("two", 2),   SIMPLE("three", 3), SIMPLE("four", 4), SIMPLE("five", 5),
    SIMPLE("six", 6), SIMPLE("seven", 7), SIMPLE("eight", 8), SIMPLE("nine", 9)};

static bool eat(struct str *word, struct str start)
{
    if (!start.len || !word->len || word->data[0] != start.data[0] || !str_starts(*word, start))
        return false;
    *word = str_from_offset(*word, start.len);
    return true;
}

static int64_t eat_simple(struct str *word, const struct simple *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (eat(word, words[i].text))
            return words[i].value;
    return 0;
}

/* `vijf`, `vijfentwintig`, `tweeëntwintig`. */
static int64_t eat_below_hundred(struct str *word)
{
    enum { DUTCH = sizeof dutch / sizeof *dutch };
    int64_t number = eat_simple(word, dutch, DUTCH);
    struct str rest = *word;
    if (!number || number > 9 || (!eat(&rest, STR("en")) && !eat(&rest, STR("ën"))))
        return number;
    int64_t tens = eat_simple(&rest, dutch, DUTCH);
    if (tens < 20)
        return number;
    *word = rest;
    return tens + number;
}

/* What follows a hundred or thousand, with `en` or without; of `honderden` nothing. */
static int64_t eat_rest(struct str *word, int64_t (*eat_number)(struct str *word))
{
    struct str rest = *word;
    int64_t number = eat_number(&rest);
    if (!number && eat(&rest, STR("en")))
        number = eat_number(&rest);
    if (number)
        *word = rest;
    return number;
}

/* `honderd`, `tweehonderdvijftig`, `vierentwintighonderd`, `honderdentien`. */
static int64_t eat_below_thousand(struct str *word)
{
    int64_t number = eat_below_hundred(word);
    if (!eat(word, STR("honderd")))
        return number;
    return (number ? number * 100 : 100) + eat_rest(word, eat_below_hundred);
}

static int64_t read_dutch(struct str word)
{
    int64_t number = eat_below_thousand(&word);
    if (eat(&word, STR("duizend")))
        number = (number ? number * 1000 : 1000) + eat_rest(&word, eat_below_thousand);
    return word.len ? 0 : number;
}

static int64_t read_english(struct str word)
{
    int64_t tens = eat_simple(&word, english_tens, sizeof english_tens / sizeof *english_tens);
    int64_t ones =
        tens ? eat_simple(&word, english_ones, sizeof english_ones / sizeof *english_ones) : 0;
    return ones && !word.len ? tens + ones : 0;
}

/* Whether it has one of the parts that no number is put together without: a ten, `honderd`,
 * `duizend`, or a hyphen. Almost no word has. */
static bool may_be_number(struct str word)
{
    if (str_ends(word, STR("tig")))
        return true;
    for (size_t i = 1; i < word.len; i++) {
        char before = word.data[i - 1], c = word.data[i];
        if (c == '-' || (before == 'h' && c == 'o') || (before == 'd' && c == 'u'))
            return true;
    }
    return false;
}

/* Whether a number begins with its first two bytes. */
static bool begins_number(struct str word)
{
    static const char *const seconds[] = {
        ['a' - 'a'] = "c",  ['d' - 'a'] = "eru", ['e' - 'a'] = "eil", ['f' - 'a'] = "io",
        ['h' - 'a'] = "o",  ['n' - 'a'] = "ei",  ['s' - 'a'] = "ei",  ['t' - 'a'] = "wahi",
        ['v' - 'a'] = "ei", ['z' - 'a'] = "e"};
    char first = str_lower(word.data[0]), second = str_lower(word.data[1]);
    if (first < 'a' || first > 'z')
        return (first & 0x80) != 0;
    const char *letters = seconds[first - 'a'];
    return letters && strchr(letters, second) && second;
}

int64_t numeral_read(struct str word)
{
    char lower[LENGTH_MAX];
    if (word.len < LENGTH_LEAST || word.len > LENGTH_MAX || !begins_number(word))
        return 0;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = str_lower(word.data[i]);
    word.data = lower;
    if (!may_be_number(word))
        return 0;
    int64_t number = read_dutch(word);
    return number > 20 ? number : read_english(word);
}
