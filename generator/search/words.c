#include "search/words.h"

#include "search/letters.h"

#include <string.h>

void words_begin(struct words *words, struct str text)
{
    *words = (struct words){.text = text};
}

/* The first code point from there on that is no mark, or 0 at the end; moves to it. */
static uint32_t peek(const struct words *words, size_t *offset)
{
    while (*offset < words->text.len) {
        size_t behind = *offset;
        uint32_t c = letters_next(words->text, &behind);
        if (letters_class(c) != LETTER_MARK)
            return c;
        *offset = behind;
    }
    return 0;
}

static bool is_digit(uint32_t c)
{
    return c < 0x80 && str_is_digit((char)c);
}

static bool is_word(uint32_t c)
{
    return letters_class(c) == LETTER_WORD;
}

/* Whether it goes on a word: `previous` stands before it, another at `behind`. */
static bool goes_on(const struct words *words, uint32_t previous, uint32_t c, size_t behind)
{
    enum letter_class class = letters_class(c);
    if (class == LETTER_WORD || class == LETTER_MARK)
        return true;
    if (class == LETTER_APOSTROPHE)
        return is_word(previous) && is_word(peek(words, &behind));
    return (c == '.' || c == ',') && is_digit(previous) && is_digit(peek(words, &behind));
}

static void put(struct words *words, uint32_t c)
{
    char folded[LETTERS_MAX];
    size_t len = letters_fold(c, folded);
    words->cut |= words->len + len > sizeof words->form;
    if (words->cut)
        return;
    memcpy(words->form + words->len, folded, len);
    words->len += len;
}

static bool is_ascii_word(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

/* What most texts are made of; the rest of a form may follow. Returns the last character, or 0. */
static uint32_t read_ascii(struct words *words)
{
    const char *text = words->text.data;
    size_t first = words->offset, at = first;
    while (at < words->text.len && words->len < sizeof words->form && is_ascii_word(text[at])) {
        char c = text[at++];
        words->form[words->len++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    words->offset = at;
    return at > first ? (uint32_t)text[at - 1] : 0;
}

static void read_form(struct words *words)
{
    words->len = 0;
    words->cut = false;
    uint32_t previous = read_ascii(words);
    while (words->offset < words->text.len) {
        size_t behind = words->offset;
        if (words->text.data[behind] == ' ')
            break;
        uint32_t c = letters_next(words->text, &behind);
        if (!goes_on(words, previous, c, behind))
            break;
        put(words, c);
        words->offset = behind;
        if (letters_class(c) != LETTER_MARK)
            previous = c;
    }
}

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

/* To the first letter or digit; false where there is none. */
static bool skip(struct words *words)
{
    while (words->offset < words->text.len) {
        size_t behind = words->offset;
        char c = words->text.data[behind];
        if (is_ascii_word(c) || (!is_ascii(c) && is_word(letters_next(words->text, &behind))))
            return true;
        words->offset = is_ascii(c) ? words->offset + 1 : behind;
    }
    return false;
}

static bool has_letter(struct str form)
{
    for (size_t i = 0; i < form.len; i++)
        if ((form.data[i] >= 'a' && form.data[i] <= 'z') || (form.data[i] & 0x80))
            return true;
    return false;
}

static void join(struct words *words, const struct word *word)
{
    if (!words->chain.parts++) {
        words->chain.start = word->start;
        words->chain.position = word->position;
        words->chain.len = 0;
        words->chain.cut = words->chain.has_letter = false;
    }
    words->chain.end = word->end;
    words->chain.has_letter |= has_letter(word->form);
    words->chain.cut |= words->cut || words->chain.len + word->form.len > sizeof words->chain.form;
    if (words->chain.cut)
        return;
    memcpy(words->chain.form + words->chain.len, word->form.data, word->form.len);
    words->chain.len += word->form.len;
}

/* Whether a hyphen and another word follow; moves to that. */
static bool pass_hyphen(struct words *words)
{
    size_t behind = words->offset;
    if (behind >= words->text.len)
        return false;
    char c = words->text.data[behind];
    if ((is_ascii(c) && c != '-') ||
        letters_class(letters_next(words->text, &behind)) != LETTER_HYPHEN ||
        !is_word(peek(words, &behind)))
        return false;
    words->offset = behind;
    return true;
}

static bool end_chain(struct words *words, struct word *word)
{
    bool is_joined = words->chain.parts > 1 && !words->chain.cut && words->chain.has_letter;
    words->chain.parts = 0;
    if (is_joined)
        *word = (struct word){.start = words->chain.start,
                              .end = words->chain.end,
                              .position = words->chain.position,
                              .form = {words->chain.form, words->chain.len},
                              .joined = true};
    return is_joined;
}

bool words_next(struct words *words, struct word *word)
{
    if (!words->chain.open && end_chain(words, word))
        return true;
    if (!skip(words))
        return false;
    uint32_t start = (uint32_t)words->offset;
    read_form(words);
    *word = (struct word){.start = start,
                          .end = (uint32_t)words->offset,
                          .position = words->position++,
                          .form = {words->form, words->len}};
    words->chain.open = pass_hyphen(words);
    if (words->chain.parts || words->chain.open)
        join(words, word);
    return true;
}
