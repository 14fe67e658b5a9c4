/* What a form is looked for by: its stem, where a posting can tell the one by the other. Part of
 * the reader. */
#ifndef NASLAG_SEARCH_LEXEME_H
#define NASLAG_SEARCH_LEXEME_H

#include "search/posting.h"
#include "search/stem.h"
#include "search/words.h"

struct lexeme {
    char text[WORDS_FORM_MAX + STEM_EXTRA];
    size_t len;
};

struct str lexeme_str(const struct lexeme *lexeme);

/* `form` has at most WORDS_FORM_MAX bytes. */
void lexeme_find(struct lexeme *lexeme, enum stem_language language, struct str form);

/* How a form differs from its stem; `added` borrows the form. */
struct posting_form lexeme_change(struct str stem, struct str form);

#endif
