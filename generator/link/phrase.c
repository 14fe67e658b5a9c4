#include "link/phrase.h"

#include "base/utf8.h"

enum { SMALL_WORDS_MAX = 3 }; /* in a row, inside a name: `van`, `der`, `de` */

static const char *const particles[] = {"van", "de",  "der", "den", "het", "voor", "en",
                                        "in",  "op",  "te",  "ten", "ter", "tot",  "bij",
                                        "of",  "and", "the", "for", "to",  NULL};
static const char *const articles[] = {"de", "het", "een", "the", "a", "an", NULL};
static const char *const pointing[] = {"de",   "het", "deze", "dit",   "die",  "dat",
                                       "onze", "the", "this", "these", "that", NULL};
static const char *const owning[] = {"van", "of", NULL};
static const char *const introduced[] = {
    "hierna",      "ook wel",   "ook bekend als", "nader te noemen", "te noemen", "afgekort",
    "hereinafter", "hereafter", "also known as",  "abbreviated",     NULL};
static const char *const doubtful[] = {"verder", "voortaan", "kortweg",    "in het vervolg",
                                       "ook",    "kort",     "henceforth", NULL};
static const char *const filling[] = {
    "ook wel",           "ook",     "verder",      "te noemen",      "genoemd",    "aangeduid als",
    "aan te duiden als", "kortweg", "gezamenlijk", "tezamen",        "samen",      "afgekort",
    "afgekort als",      "als",     "tot",         "referred to as", "called",     "known as",
    "collectively",      "as",      "steeds",      "nader",          "bekend als", "to be called",
    "aangehaald als",    "also",    NULL};
static const char *const ending[] = {"genoemd", "te noemen", "of kortweg", NULL};
static const char *const or_words[] = {"of", "dan wel", "danwel", "or", NULL};
static const char *const no_name[] = {
    "aan",       "al",          "alle",    "alleen",    "als",       "artikel",  "artikelen",
    "beste",     "bij",         "bijlage", "bijlagen",  "blz",       "daar",     "daarbij",
    "daarmee",   "daarnaast",   "daarom",  "daarop",    "dan",       "dat",      "de",
    "deze",      "die",         "dit",     "door",      "dr",        "drs",      "echter",
    "een",       "eerste",      "en",      "er",        "ere",       "figuur",   "geachte",
    "gelet",     "haar",        "heer",    "het",       "hierbij",   "hiermee",  "hoe",
    "hoofdstuk", "hoogachtend", "hun",     "ik",        "in",        "indien",   "is",
    "ja",        "lid",         "maar",    "mag",       "met",       "mevrouw",  "mr",
    "na",        "naar",        "naast",   "nee",       "niet",      "nr",       "nu",
    "of",        "om",          "omdat",   "onder",     "ons",       "onze",     "ook",
    "op",        "over",        "pagina",  "paragraaf", "per",       "sinds",    "tabel",
    "te",        "tegen",       "ten",     "tevens",    "tijdens",   "toen",     "tot",
    "tussen",    "u",           "uit",     "uw",        "van",       "vanaf",    "vanuit",
    "verder",    "via",         "volgens", "voor",      "vraag",     "waar",     "wanneer",
    "was",       "wat",         "we",      "welke",     "wie",       "wij",      "wordt",
    "zie",       "zij",         "zijn",    "zo",        "zoals",     "zodat",    "zonder",
    "a",         "all",         "an",      "and",       "annex",     "appendix", "article",
    "as",        "at",          "but",     "by",        "chapter",   "dear",     "figure",
    "for",       "from",        "he",      "however",   "i",         "if",       "it",
    "mr",        "mrs",         "ms",      "no",        "on",        "our",      "page",
    "section",   "see",         "she",     "since",     "table",     "that",     "the",
    "their",     "these",       "they",    "this",      "to",        "under",    "we",
    "what",      "when",        "where",   "which",     "who",       "with",     "you",
    "antwoord",  "ad",          "hij",     "je",        "mijn",      "jouw",     "kunt",
    "kan",       "heeft",       "hebben",  "gaat",      "waarom",    "waarbij",  "hierdoor",
    "daardoor",  "dus",         "want",    "beide",     "twee",      "drie",     "vier",
    "vijf",      "elke",        "elk",     "iedere",    "ieder",     "geen",     "meer",
    "veel",      "enkele",      "sommige", "andere",    "binnen",    "buiten",   "gezien",
    "conform",   "wel",         "dhr",     "mw",        "ing",       "ir",       "prof",
    "stap",      "deel",        "punt",    "hiervoor",  "hiernaast", "ondanks",  "mede",
    NULL};
static const char *const calendar[] = {
    "januari",  "februari",  "maart",    "april",    "mei",      "juni",    "juli",
    "augustus", "september", "oktober",  "november", "december", "maandag", "dinsdag",
    "woensdag", "donderdag", "vrijdag",  "zaterdag", "zondag",   "january", "february",
    "march",    "may",       "june",     "july",     "august",   "october", "monday",
    "tuesday",  "wednesday", "thursday", "friday",   "saturday", "sunday",  NULL};

static const char *const *const lists[PHRASE_LISTS] = {
    [PHRASE_PARTICLES] = particles, [PHRASE_ARTICLES] = articles,     [PHRASE_POINTING] = pointing,
    [PHRASE_OWNING] = owning,       [PHRASE_INTRODUCED] = introduced, [PHRASE_DOUBTFUL] = doubtful,
    [PHRASE_FILLING] = filling,     [PHRASE_ENDING] = ending,         [PHRASE_OR] = or_words,
    [PHRASE_NO_NAME] = no_name,     [PHRASE_CALENDAR] = calendar};

bool phrase_has(enum phrase_words list, struct str word)
{
    for (const char *const *entry = lists[list]; *entry; entry++)
        if (str_equal_nocase(word, str_from(*entry)))
            return true;
    return false;
}

static bool is_word_char(struct str text, size_t at)
{
    if (at >= text.len)
        return false;
    uint32_t c = utf8_next(text, &at);
    return utf8_is_letter(c) || utf8_is_digit(c);
}

size_t phrase_start(enum phrase_words list, struct str text)
{
    size_t longest = 0;
    for (const char *const *entry = lists[list]; *entry; entry++) {
        struct str words = str_from(*entry);
        if (words.len > longest && str_equal_nocase(str_slice(text, 0, words.len), words) &&
            !is_word_char(text, words.len))
            longest = words.len;
    }
    return longest;
}

bool phrase_is_particle(struct str word)
{
    return phrase_has(PHRASE_PARTICLES, word);
}

bool phrase_is_quote(uint32_t c)
{
    return c == '\'' || c == '"' || c == '`' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB ||
           c == 0xBB || c == 0x2039 || c == 0x203A;
}

/* Signs that stand inside words. */
static bool joins(uint32_t c)
{
    return c == '-' || c == '\'' || c == '&' || c == '.' || c == '_' || c == 0x2019 || c == 0x2011;
}

size_t phrase_word_end(struct str text, size_t at)
{
    size_t start = at;
    while (at < text.len) {
        size_t behind = at;
        uint32_t c = utf8_next(text, &behind);
        bool more = utf8_is_letter(c) || utf8_is_digit(c) || utf8_is_format(c) ||
                    (at > start && joins(c) && is_word_char(text, behind));
        if (!more)
            break;
        at = behind;
    }
    while (at > start && at < text.len && text.data[at] == '+')
        at++;
    return at;
}

size_t phrase_word_start(struct str text, size_t end)
{
    size_t at = end;
    while (at) {
        uint32_t c = utf8_before(text, at);
        size_t before = at - 1;
        while (before && ((unsigned char)text.data[before] & 0xC0) == 0x80)
            before--;
        if (!utf8_is_letter(c) && !utf8_is_digit(c) && c != '+' && !utf8_is_format(c) &&
            !(joins(c) && at < end))
            break;
        at = before;
    }
    return at;
}

bool phrase_is_capital(struct str text, size_t at)
{
    return at < text.len && utf8_is_upper(utf8_next(text, &at));
}

/* Behind the one space at `at`, or `at` itself where there is none. */
static size_t behind_space(struct str text, size_t at)
{
    size_t behind = at;
    return at < text.len && utf8_is_space(utf8_next(text, &behind)) ? behind : at;
}

size_t phrase_name_end(struct str text, size_t at)
{
    size_t end = phrase_word_end(text, at), last = end;
    unsigned small = 0;
    for (;;) {
        size_t next = behind_space(text, last);
        if (next == last || next >= text.len)
            return end;
        last = text.data[next] == '&' ? next + 1 : phrase_word_end(text, next);
        if (phrase_is_capital(text, next)) {
            end = last;
            small = 0;
        } else if (++small > SMALL_WORDS_MAX ||
                   (text.data[next] != '&' &&
                    !phrase_is_particle(str_slice(text, next, last - next)))) {
            return end;
        }
    }
}
