/* What names are made of: words with capitals, small words between them, and quotation marks. Dutch
 * and English, as data; a document need not say which it is in. */
#ifndef NASLAG_LINK_PHRASE_H
#define NASLAG_LINK_PHRASE_H

#include "base/str.h"

#include <stdint.h>

enum phrase_words {
    PHRASE_PARTICLES,  /* inside names: `van`, `de`, `en` */
    PHRASE_ARTICLES,   /* before a thing that is known: `de`, `the` */
    PHRASE_POINTING,   /* the same, and `deze`, `that`: before a name that is also a word */
    PHRASE_OWNING,     /* make what follows a part of something else: `rapport van` */
    PHRASE_INTRODUCED, /* begin a definition: `hierna` */
    PHRASE_DOUBTFUL,   /* begin one only with a colon or quotation marks: `verder` */
    PHRASE_FILLING,    /* follow them: `te noemen`, `aangeduid als` */
    PHRASE_ENDING,     /* may end one: `genoemd` */
    PHRASE_OR,         /* between two names: `of`, `dan wel` */
    PHRASE_NO_NAME,    /* words that begin no name though a capital begins them: `Artikel`, `In` */
    PHRASE_CALENDAR,   /* months, days and the like: capitals in English, no names */
    PHRASE_LISTS
};

/* Whether the list has that word, in any case of ASCII letters. */
bool phrase_has(enum phrase_words list, struct str word);

/* Length of the longest entry of the list that `text` begins with, up to a word's end; or 0. */
size_t phrase_start(enum phrase_words list, struct str text);

bool phrase_is_particle(struct str word);

/* Whether it is a quotation mark of any kind. */
bool phrase_is_quote(uint32_t c);

/* Where the word ends that begins at `at`: letters and digits, and `-`, `'`, `&`, `.` and `_`
 * between them, `+` behind them. `at` itself where none begins. */
size_t phrase_word_end(struct str text, size_t at);

/* Where the word begins that ends at `end`. */
size_t phrase_word_start(struct str text, size_t end);

/* Whether the character at `at` is a capital. */
bool phrase_is_capital(struct str text, size_t at);

/* Where the name ends that begins with a capital at `at`: further words with a capital or digit,
 * and small words that one follows. */
size_t phrase_name_end(struct str text, size_t at);

#endif
