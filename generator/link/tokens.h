/* A passage's text as words, numbers and signs, as the finders of facts see it.
 *
 * What is an address or holds an `@` is one token of no class, so that nothing in it is taken for a
 * number. */
#ifndef NASLAG_LINK_TOKENS_H
#define NASLAG_LINK_TOKENS_H

#include "base/vec.h"
#include "link/vocabulary.h"

struct arena;

enum token_kind {
    TOKEN_END,    /* behind the last: its place is that of the text's end */
    TOKEN_WORD,   /* letters, and digits, hyphens and apostrophes between them; `d.d` */
    TOKEN_NUMBER, /* digits, and full stops and commas between them */
    TOKEN_SIGN,   /* one other character */
    TOKEN_ADDRESS
};

struct token {
    enum token_kind kind;
    enum word_class word; /* of a TOKEN_WORD; of a currency or percent sign likewise */
    bool glued;           /* no white space before it */
    uint32_t start, end;  /* bytes */
    uint32_t sign;        /* code point of a TOKEN_SIGN; every dash is a hyphen */
    int64_t value;        /* of the word, by its class */
};

struct tokens {
    struct str text;
    VEC(struct token) items;
};

/* Cuts the text; the tokens are the arena's and borrow the text. */
void tokens_cut(struct tokens *tokens, struct arena *arena, const struct word_table *vocabulary,
                struct str text);

/* Token `index`; the end where there is none. */
const struct token *tokens_at(const struct tokens *tokens, size_t index);

struct str tokens_text(const struct tokens *tokens, size_t index);

/* Whether token `index` is that sign, or a word of that class. */
bool tokens_is_sign(const struct tokens *tokens, size_t index, uint32_t sign);
bool tokens_is_word(const struct tokens *tokens, size_t index, enum word_class word);

/* Whether token `index` is a number that nothing is written on to: not a part of `14:30`, `10.2.e`,
 * `A-12` or `31 839`. A hyphen or dash on its left or right is for the caller to judge. */
bool tokens_is_free(const struct tokens *tokens, size_t index);

/* The same of its left side alone, where a range goes on behind it, and of its right side. */
bool tokens_is_free_before(const struct tokens *tokens, size_t index);
bool tokens_ends_free(const struct tokens *tokens, size_t index);

/* Whether a word follows that is written on to token `index` by a hyphen: `24-jarige`. */
bool tokens_is_compound(const struct tokens *tokens, size_t index);

/* Where the end of a range begins, when at `index` stands what joins it to its beginning: a dash,
 * `tot`, `tot en met`, `t/m`, `to`; else 0. */
size_t tokens_behind_range(const struct tokens *tokens, size_t index);

/* Whether token `index` looks like a plural noun: `plaatsingen`, `regio's`, `people`. */
bool tokens_is_plural(const struct tokens *tokens, size_t index);

/* Whether token `index` has a class that makes the number behind it a name: `artikel`, `nr.`. */
bool tokens_is_label(const struct tokens *tokens, size_t index);

#endif
