#include "read/address.h"

#include "read/lines.h"
#include "read/words.h"

/* What signs within a word weigh, and how much makes it a part of an address: two, or three
 * hyphens.
 */
enum { HYPHEN = 2, SIGN = 3, ENOUGH = 5 };

bool address_starts(struct str text)
{
    return str_starts(text, STR("http://")) || str_starts(text, STR("https://")) ||
           str_starts(text, STR("www."));
}

/* Signs behind and before which an address is broken. */
static bool is_joint(char c)
{
    return str_find_char(STR("/-_=&?%"), c) >= 0;
}

static unsigned weigh_signs(struct str word)
{
    unsigned weight = 0;
    for (size_t i = 0; i + 1 < word.len && weight < ENOUGH; i++) {
        if (word.data[i] == '-')
            weight += HYPHEN;
        else if (is_joint(word.data[i]) || str_find_char(STR(".#~"), word.data[i]) >= 0)
            weight += SIGN;
    }
    return weight;
}

/* Small words of a sentence, which follow an address that ends in a sign. */
static bool is_plain_word(struct str word)
{
    return words_have(WORDS_OPEN, word) || words_have(WORDS_VERB, word) ||
           words_have(WORDS_JOINING, word) || words_have(WORDS_PARTICLE, word);
}

/* `inlichtingen.html` or `gemeente.nl/brug` */
static bool has_inner_stop(struct str word)
{
    for (size_t i = 1; i + 2 < word.len; i++)
        if (word.data[i] == '.' && str_is_alnum(word.data[i - 1]) &&
            str_is_alnum(word.data[i + 1]) && str_is_alnum(word.data[i + 2]))
            return true;
    return false;
}

bool address_goes_on(struct str word, struct str rest)
{
    while (word.len && str_find_char(STR("(<[\"'"), word.data[0]) >= 0)
        word = str_from_offset(word, 1);
    if (!address_starts(word) || !rest.len || address_starts(rest) || is_plain_word(rest))
        return false;
    char last = word.data[word.len - 1], first = rest.data[0];
    if (str_find_char(STR(",;:)>]\"'"), last) >= 0 || str_find_char(rest, '@') >= 0)
        return false;
    bool signs = weigh_signs(rest) >= ENOUGH;
    if (is_joint(first) && rest.len > 1 && str_is_alnum(rest.data[1]))
        return last != '.';
    if (!str_is_alnum(first) || (line_starts_upper(rest) && !signs))
        return false;
    return is_joint(last) || signs || has_inner_stop(rest);
}
