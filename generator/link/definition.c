#include "link/definition.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "link/initials.h"
#include "link/matcher.h"
#include "link/names.h"
#include "link/phrase.h"

enum { MEANING_WORDS = 8 }; /* that are looked back through for what a name stands for */

struct finder {
    struct str text;
    uint32_t passage;
    struct arena *arena;
    struct definitions *out;
};

/* Part of the text, without what does not belong to it at both ends. */
struct span {
    size_t start, end;
};

static struct str cut(const struct finder *finder, struct span span)
{
    return str_slice(finder->text, span.start, span.end - span.start);
}

static size_t before(struct str text, size_t at)
{
    do
        at--;
    while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80);
    return at;
}

static bool is_loose(uint32_t c)
{
    return utf8_is_space(c) || utf8_is_format(c) || phrase_is_quote(c) || c == '*' || c == '_';
}

static struct span trim(const struct finder *finder, struct span span)
{
    while (span.start < span.end) {
        size_t at = span.start;
        if (!is_loose(utf8_next(finder->text, &at)))
            break;
        span.start = at;
    }
    while (span.start < span.end) {
        uint32_t c = utf8_before(finder->text, span.end);
        if (!is_loose(c) && c != '.' && c != ',' && c != ';' && c != ':')
            break;
        span.end = before(finder->text, span.end);
    }
    return span;
}

/* Without an article; says whether there was one. */
static struct span drop_article(const struct finder *finder, struct span span, bool *article)
{
    size_t len = phrase_start(PHRASE_ARTICLES, cut(finder, span));
    *article = len && span.start + len < span.end;
    if (*article)
        span.start += len;
    return trim(finder, span);
}

/* Without what may end a definition, and without the ending of a plural abbreviation: `GI's`. */
static struct span drop_ending(const struct finder *finder, struct span span)
{
    for (size_t at = span.end; at > span.start; at = before(finder->text, at))
        if (finder->text.data[at - 1] == ' ' &&
            phrase_start(PHRASE_ENDING, str_slice(finder->text, at, span.end - at)) ==
                span.end - at)
            return trim(finder, (struct span){span.start, at});
    struct str name = cut(finder, span);
    static const struct str plurals[] = {{"'s", 2}, {"\xE2\x80\x99s", 4}};
    for (size_t i = 0; i < 2; i++)
        if (str_ends(name, plurals[i]) &&
            matcher_is_abbreviation(str_slice(name, 0, name.len - plurals[i].len)))
            span.end -= plurals[i].len;
    return span;
}

static size_t count_words(struct str name)
{
    size_t words = 1;
    for (size_t at = 0; at < name.len;)
        words += utf8_is_space(utf8_next(name, &at));
    return words;
}

static bool has_capital(struct str name)
{
    for (size_t at = 0; at < name.len;)
        if (utf8_is_upper(utf8_next(name, &at)))
            return true;
    return false;
}

/* Whether it can be a name: letters, not many words, no sentence. */
static bool is_name(struct str name)
{
    size_t letters = 0;
    if (!name.len || name.len > DEFINED_LENGTH_MAX || count_words(name) > DEFINED_WORDS_MAX)
        return false;
    for (size_t at = 0; at < name.len;) {
        uint32_t c = utf8_next(name, &at);
        if (c == ':' || c == '|' || c == '=' || c == '[' || c == ']' || c == '/' || c == '@')
            return false;
        letters += utf8_is_letter(c);
    }
    return letters > 1 && !phrase_has(PHRASE_NO_NAME, name) && !phrase_has(PHRASE_CALENDAR, name);
}

/* Where the phrase that ends at `end` can begin at the earliest: behind a bracket, the end of a
 * sentence, or far enough back. */
static size_t earliest(struct str text, size_t end)
{
    size_t at = end, least = end > MEANING_LENGTH_MAX ? end - MEANING_LENGTH_MAX : 0;
    for (; at > least; at--) {
        char c = text.data[at - 1];
        bool stop = c == '.' || c == '?' || c == '!' || c == ';' || c == ':' || c == '|';
        if (c == '(' || c == ')' || (stop && at < end && text.data[at] == ' '))
            break;
    }
    while (at < end && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Where the name begins that goes on to the left of `at` with capitals. */
static size_t widen(const struct finder *finder, size_t at, size_t least)
{
    for (unsigned words = 0; words < MEANING_WORDS && at > least + 1; words++) {
        size_t start = phrase_word_start(finder->text, at - 1);
        struct str word = str_slice(finder->text, start, at - 1 - start);
        if (finder->text.data[at - 1] != ' ' || start < least ||
            !phrase_is_capital(finder->text, start) || phrase_has(PHRASE_NO_NAME, word))
            break;
        at = start;
    }
    return at;
}

/* The last word before `end` that is the name's last word or ends in it: `Arbeidsinspectie` of
 * `Inspectie`. */
static bool find_word(const struct finder *finder, struct str name, struct span phrase,
                      size_t *from)
{
    struct str last = str_from_offset(name, phrase_word_start(name, name.len));
    unsigned words = 0;
    if (last.len < 3)
        return false;
    for (size_t end = phrase.end; end > phrase.start && words < 2 * MEANING_WORDS; words++) {
        size_t start = phrase_word_start(finder->text, end);
        size_t tail = end - start < last.len ? start : end - last.len;
        if (start < phrase.start)
            return false;
        if (start < end && (str_equal_nocase(str_slice(finder->text, tail, end - tail), last) ||
                            str_equal_nocase(str_slice(finder->text, start, last.len), last))) {
            *from =
                phrase_is_capital(finder->text, start) ? widen(finder, start, phrase.start) : start;
            return true;
        }
        end = start < end ? start : before(finder->text, end);
    }
    return false;
}

/* Where a name with capitals begins that ends where the phrase does, else what follows the last
 * article, else a few words. */
static size_t guess(const struct finder *finder, struct span phrase, bool *name)
{
    size_t capital = phrase.end, article = phrase.end, start = phrase.end;
    unsigned words = 0;
    for (size_t end = phrase.end; end > phrase.start && words < MEANING_WORDS;) {
        start = phrase_word_start(finder->text, end);
        struct str word = str_slice(finder->text, start, end - start);
        if (start < phrase.start)
            break;
        words += word.len > 0;
        if (phrase_is_capital(finder->text, start) && !phrase_has(PHRASE_NO_NAME, word) &&
            phrase_name_end(finder->text, start) >= phrase.end)
            capital = start;
        if (article == phrase.end && phrase_has(PHRASE_ARTICLES, word) && words > 1)
            article = end;
        end = start < end ? start : before(finder->text, end);
    }
    *name = capital < phrase.end;
    return *name                  ? capital
           : article < phrase.end ? article
           : start > phrase.start ? start
                                  : phrase.start;
}

static void add(struct finder *finder, struct span name, struct span meaning, bool sure, bool noun)
{
    meaning = trim(finder, meaning);
    if (finder->out->items.count >= DEFINITIONS_MAX || meaning.start >= meaning.end)
        return;
    *vec_push(&finder->out->items, finder->arena) =
        (struct definition){.passage = finder->passage,
                            .start = (uint32_t)name.start,
                            .end = (uint32_t)name.end,
                            .from = (uint32_t)meaning.start,
                            .until = (uint32_t)meaning.end,
                            .topic = NO_TOPIC,
                            .sure = sure,
                            .noun = noun,
                            .name = cut(finder, name),
                            .meaning = cut(finder, meaning)};
}

/* A name that was introduced in so many words, for the phrase that ends at `phrase_end`. */
static void add_introduced(struct finder *finder, struct span name, size_t phrase_end)
{
    bool article, sure = false;
    name = drop_ending(finder, drop_article(finder, trim(finder, name), &article));
    struct str text = cut(finder, name);
    if (!is_name(text))
        return;
    struct span phrase = {earliest(finder->text, phrase_end), phrase_end};
    ptrdiff_t letters = initials_are(text) ? initials_find(text, cut(finder, phrase)) : STR_NONE;
    size_t from = phrase.start;
    if (letters != STR_NONE)
        from = phrase.start + (size_t)letters;
    if (letters != STR_NONE || find_word(finder, text, phrase, &from))
        sure = true;
    else
        from = guess(finder, phrase, &sure);
    add(finder, name, (struct span){from, phrase_end}, sure, !has_capital(text));
}

/* Names with `or` between them. */
static void add_names(struct finder *finder, struct span names, size_t phrase_end)
{
    size_t start = names.start;
    for (size_t at = names.start; at < names.end; at++) {
        struct str rest = str_slice(finder->text, at + 1, names.end - at - 1);
        size_t len = finder->text.data[at] == ' ' ? phrase_start(PHRASE_OR, rest) : 0;
        if (!len)
            continue;
        add_introduced(finder, (struct span){start, at}, phrase_end);
        start = at + 1 + len;
        at += len;
    }
    add_introduced(finder, (struct span){start, names.end}, phrase_end);
}

static size_t skip_spaces(struct str text, size_t at)
{
    while (at < text.len && str_is_space(text.data[at]))
        at++;
    return at;
}

/* Length of the words that introduce a name at the beginning of `text`, with what follows them; 0
 * where there are none. Words that mean something else as well want a colon or quotation marks. */
static size_t introduction(struct str text)
{
    size_t len = phrase_start(PHRASE_INTRODUCED, text), filling;
    bool sure = false, doubtful = !len;
    if (doubtful && !(len = phrase_start(PHRASE_DOUBTFUL, text)))
        return 0;
    size_t at = skip_spaces(text, len);
    for (; (filling = phrase_start(PHRASE_FILLING, str_from_offset(text, at))); sure = !doubtful)
        at = skip_spaces(text, at + filling);
    if (at < text.len && text.data[at] == ':') {
        at = skip_spaces(text, at + 1);
        sure = true;
    }
    size_t mark = at;
    if (at < text.len && phrase_is_quote(utf8_next(text, &mark)))
        sure = true;
    bool named = !doubtful && (phrase_is_capital(text, at) ||
                               phrase_start(PHRASE_ARTICLES, str_from_offset(text, at)));
    return sure || named ? at : 0;
}

/* An abbreviation in brackets of what stands before them. */
static bool try_abbreviation(struct finder *finder, struct span part, size_t phrase_end)
{
    part = drop_ending(finder, trim(finder, part));
    struct str name = cut(finder, part);
    struct span phrase = {earliest(finder->text, phrase_end), phrase_end};
    if (!initials_are(name) || phrase_has(PHRASE_CALENDAR, name))
        return false;
    ptrdiff_t from = initials_find(name, cut(finder, phrase));
    if (from == STR_NONE)
        return false;
    add(finder, part, (struct span){phrase.start + (size_t)from, phrase_end}, true, false);
    return true;
}

/* What an abbreviation before the brackets stands for. */
static void try_meaning(struct finder *finder, struct span part, size_t phrase_end)
{
    bool article;
    part = drop_article(finder, trim(finder, part), &article);
    struct span name = {phrase_word_start(finder->text, phrase_end), phrase_end};
    struct str word = cut(finder, name);
    if (!initials_are(word) || !matcher_is_abbreviation(word) ||
        initials_find(word, cut(finder, part)) != 0)
        return;
    add(finder, name, part, true, false);
}

/* The parts of what stands in brackets, set off by commas and semicolons. */
static void try_bracket(struct finder *finder, struct span inside, size_t phrase_end)
{
    bool introduced = false, first = true;
    while (inside.start < inside.end) {
        struct str rest = cut(finder, inside);
        size_t len = 0;
        while (len < rest.len && rest.data[len] != ',' && rest.data[len] != ';')
            len++;
        struct span part = trim(finder, (struct span){inside.start, inside.start + len});
        size_t behind = introduction(cut(finder, part));
        introduced |= behind > 0;
        if (behind)
            add_names(finder, (struct span){part.start + behind, part.end}, phrase_end);
        else if (introduced && phrase_is_capital(finder->text, part.start))
            add_introduced(finder, part, phrase_end);
        else if (first && !try_abbreviation(finder, part, phrase_end))
            try_meaning(finder, part, phrase_end);
        first = false;
        inside.start += len + (len < rest.len);
    }
}

/* The bracket that closes the one at `open`, or 0. */
static size_t closing(struct str text, size_t open)
{
    for (size_t at = open + 1; at < text.len && at - open <= DEFINITION_BRACKET_MAX; at++) {
        if (text.data[at] == '(')
            return 0;
        if (text.data[at] == ')')
            return at;
    }
    return 0;
}

/* Where a name ends that was introduced behind a comma: with its quotation marks, its capitals, or
 * as one word. */
static size_t name_end(struct str text, size_t at)
{
    size_t next = at, end;
    if (at < text.len && phrase_is_quote(utf8_next(text, &next))) {
        for (end = next; end < text.len && end - next <= DEFINED_LENGTH_MAX;) {
            size_t behind = end;
            if (phrase_is_quote(utf8_next(text, &behind)) &&
                phrase_word_end(text, behind) == behind)
                return behind;
            end = behind;
        }
        return next;
    }
    size_t article = phrase_start(PHRASE_ARTICLES, str_from_offset(text, at));
    at = article ? skip_spaces(text, at + article) : at;
    if (article && at < text.len && phrase_is_quote(utf8_next(text, &next)))
        return name_end(text, at);
    return phrase_is_capital(text, at) ? phrase_name_end(text, at) : phrase_word_end(text, at);
}

/* Behind a comma, at `comma`. Without a colon or the like the name must stand alone up to the next
 * sign: `hierna` is also an ordinary word. */
static size_t try_comma(struct finder *finder, size_t comma)
{
    size_t at = skip_spaces(finder->text, comma + 1);
    size_t behind = introduction(str_slice(finder->text, at, DEFINITION_BRACKET_MAX));
    if (!behind)
        return comma;
    size_t start = at + behind, end = name_end(finder->text, start);
    struct str tail = str_from_offset(finder->text, end);
    if (!tail.len || str_find_char(STR(",.;:)"), tail.data[0]) != STR_NONE ||
        phrase_is_capital(finder->text, start) ||
        phrase_start(PHRASE_ENDING, str_trim(str_slice(tail, 0, DEFINED_LENGTH_MAX))))
        add_introduced(finder, (struct span){start, end}, comma);
    return end > comma ? end - 1 : comma;
}

void definitions_find(struct str text, uint32_t passage, struct arena *arena,
                      struct definitions *out)
{
    struct finder finder = {text, passage, arena, out};
    for (size_t at = 0; at < text.len; at++) {
        if (text.data[at] == ',')
            at = try_comma(&finder, at);
        if (at >= text.len || text.data[at] != '(')
            continue;
        size_t close = closing(text, at);
        struct span phrase = trim(&finder, (struct span){earliest(text, at), at});
        if (!close || phrase.start >= phrase.end)
            continue;
        try_bracket(&finder, (struct span){at + 1, close}, phrase.end);
        at = close;
    }
}
