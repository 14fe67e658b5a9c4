#include "link/initials.h"

#include "base/utf8.h"
#include "link/matcher.h"
#include "link/phrase.h"

enum { NEVER = 1000, LAW_LETTERS_MAX = 6 };

struct place_in_word {
    uint32_t letter, offset;
    unsigned word;  /* from 0 */
    unsigned price; /* 0: begins a word, or is a capital inside one */
    bool start;
};

struct window {
    struct place_in_word places[INITIALS_WINDOW];
    unsigned content[INITIALS_WINDOW + 2]; /* by word: how many before it are no small words */
    size_t count;
    unsigned words;
};

static size_t letters_of(struct str word, uint32_t *letters)
{
    size_t count = 0;
    for (size_t at = 0; at < word.len;) {
        uint32_t c = utf8_next(word, &at);
        if (!utf8_is_letter(c) && !utf8_is_digit(c))
            continue;
        if (count == INITIALS_MAX)
            return 0;
        letters[count++] = utf8_lower(c);
    }
    return count;
}

static size_t count_capitals(struct str word)
{
    size_t count = 0;
    for (size_t at = 0; at < word.len;)
        count += utf8_is_upper(utf8_next(word, &at));
    return count;
}

bool initials_are(struct str word)
{
    uint32_t letters[INITIALS_MAX];
    size_t count = letters_of(word, letters), at = 0;
    if (count < 2 || phrase_word_end(word, 0) != word.len || str_is_digit(word.data[0]))
        return false;
    if (matcher_is_abbreviation(word))
        return true;
    return count >= 3 && count <= LAW_LETTERS_MAX && utf8_is_upper(utf8_next(word, &at));
}

/* The last characters of the text, from the beginning of a word on. */
static struct str last_part(struct str text)
{
    size_t at = text.len, count = 0;
    while (at && count++ < INITIALS_WINDOW) {
        do
            at--;
        while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80);
    }
    return str_from_offset(text, at);
}

static void add_place(struct window *window, struct str text, uint32_t c, size_t at, bool start)
{
    struct place_in_word *place = &window->places[window->count++];
    size_t end = at;
    if (start) {
        while (end < text.len && utf8_is_letter(utf8_next(text, &end)))
            ;
        struct str word = str_trim(str_slice(text, at, end - at));
        window->content[window->words + 1] =
            window->content[window->words] + !phrase_is_particle(word);
        window->words++;
    }
    *place = (struct place_in_word){.letter = utf8_lower(c),
                                    .offset = (uint32_t)at,
                                    .word = window->words - 1,
                                    .price = !start && !utf8_is_upper(c),
                                    .start = start};
}

static void look(struct window *window, struct str text)
{
    bool inside = false;
    window->count = 0;
    window->words = 0;
    window->content[0] = 0;
    for (size_t at = 0; at < text.len && window->count < INITIALS_WINDOW;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        bool letter = utf8_is_letter(c) || utf8_is_digit(c);
        if (letter)
            add_place(window, text, c, start, !inside);
        inside = letter;
    }
}

/* prices[p] becomes the price of `letter` at place p and of those behind it, whose prices were
 * there. One sweep from behind: the cheapest of what follows in the same word, and of what follows
 * in later words, with the words before it that are passed over. */
static void sweep(const struct window *window, uint32_t letter, bool last, unsigned *prices)
{
    unsigned same = NEVER, later = NEVER, word = window->words;
    unsigned behind = window->content[window->words];
    for (size_t p = window->count; p-- > 0;) {
        const struct place_in_word *place = &window->places[p];
        unsigned follows = prices[p];
        if (place->word != word) {
            later = same != NEVER && same + window->content[word] < later
                        ? same + window->content[word]
                        : later;
            same = NEVER;
            word = place->word;
        }
        unsigned passed = window->content[place->word + 1];
        unsigned rest = last ? behind - passed : later >= NEVER ? NEVER : later - passed;
        if (!last && same < rest)
            rest = same;
        prices[p] = place->letter == letter && rest < NEVER ? rest + place->price : NEVER;
        same = follows < same ? follows : same;
    }
}

/* Whether a name can begin there: not with a single letter, nor with the abbreviation itself, nor
 * with the `van` of `Vereniging van Gemeenten`; but `De Bruggenbouwers` can. */
static bool can_begin(struct str text, size_t at, struct str abbreviation)
{
    size_t end = phrase_word_end(text, at), first = at;
    struct str word = str_slice(text, at, end - at);
    utf8_next(text, &first);
    if (phrase_is_particle(word) && !phrase_has(PHRASE_ARTICLES, word))
        return false;
    return first < end && !str_equal(word, abbreviation);
}

ptrdiff_t initials_find(struct str abbreviation, struct str text)
{
    struct window window;
    uint32_t letters[INITIALS_MAX];
    unsigned prices[INITIALS_WINDOW] = {0};
    size_t count = letters_of(abbreviation, letters);
    struct str part = last_part(text);
    unsigned most = count_capitals(abbreviation) < 2 ? 1 : (unsigned)(count + 1) / 2;
    ptrdiff_t found = STR_NONE;
    if (!count)
        return STR_NONE;
    look(&window, part);
    for (size_t i = count; i-- > 0;)
        sweep(&window, letters[i], i == count - 1, prices);
    for (size_t p = window.count; p-- > 0;)
        if (window.places[p].start && prices[p] <= most &&
            (found == STR_NONE || prices[p] < most) &&
            can_begin(part, window.places[p].offset, abbreviation)) {
            most = prices[p];
            found = (ptrdiff_t)(text.len - part.len + window.places[p].offset);
        }
    return found;
}
