#include "link/sentence.h"

#include "base/utf8.h"

/* Dutch and English verbs, in the third person singular, that often follow a name. */
static const char verbs[] =
    " is was wordt werd heeft had ligt lag staat stond krijgt kreeg kan kon moet moest wil wilde "
    "zal "
    "zou blijft bleef gaat ging komt kwam doet deed biedt bood sluit sloot opent opende telt telde "
    "has does will would can could must may stays stands lies ";

static bool is_verb(struct str word)
{
    struct str all = {verbs, sizeof verbs - 1};
    for (struct str verb; all.len;) {
        verb = str_cut(&all, ' ');
        if (verb.len && str_equal(verb, word))
            return true;
    }
    return false;
}

static bool begins_sentence(struct str text, size_t at)
{
    while (at) {
        uint32_t c = utf8_before(text, at);
        if (utf8_is_letter(c) || utf8_is_digit(c) || c == ',' || c == ':' || c == ';' || c == '-' ||
            c == '/')
            return false;
        if (c == '.' || c == '!' || c == '?' || c == 0x2026)
            return true;
        at--;
        while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
    }
    return true;
}

static struct str word_at(struct str text, size_t *at)
{
    while (*at < text.len && str_is_space(text.data[*at]))
        ++*at;
    size_t start = *at, next = *at;
    while (*at < text.len && utf8_is_letter(utf8_next(text, &next)))
        *at = next;
    return str_slice(text, start, *at - start);
}

static bool has_capital(struct str word)
{
    size_t at = 0;
    return word.len && utf8_is_upper(utf8_next(word, &at));
}

bool sentence_names(struct str text, size_t start, size_t end)
{
    if (!begins_sentence(text, start))
        return true;
    struct str word = word_at(text, &end);
    if (!word.len || is_verb(word))
        return true;
    bool joined = str_equal(word, STR("en")) || str_equal(word, STR("of"));
    return joined && has_capital(word_at(text, &end));
}
