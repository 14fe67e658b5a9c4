/* Words, as the index counts them: of texts and of queries alike.
 *
 * A word is a run of letters and digits. An apostrophe between two of them stays (`regio's`,
 * however it is written), a full stop or a comma between two digits does (`1.234,5`), marks and
 * soft hyphens are as if they were not there. A hyphen between two letters or digits sets words
 * apart, but what it joins is a word as well: `ZIKOS-afdelingen` gives `zikos`, `afdelingen` and,
 * joined, `zikosafdelingen`, so that it is found however it is written. Numbers are not joined:
 * `1-2` is no 12.
 *
 * Part of the reader of the index: needs no library and no memory but the struct. */
#ifndef NASLAG_SEARCH_WORDS_H
#define NASLAG_SEARCH_WORDS_H

#include "base/str.h"

#include <stdint.h>

enum {
    /* Bytes of a form. What is longer is no word but an address or a row of letters: of that the
     * first bytes are taken, and nothing is joined. */
    WORDS_FORM_MAX = 64
};

struct word {
    uint32_t start, end; /* bytes in the text */
    uint32_t position;   /* from 0, counting words that are not joined */
    struct str form;     /* folded, see letters.h; good until the next call */
    bool joined;         /* of the words from `position` on that lie between start and end */
};

/* All members are private. */
struct words {
    struct str text;
    size_t offset;
    uint32_t position; /* of the next word */
    bool cut;          /* the form in hand is longer than there is room for */
    size_t len;
    char form[WORDS_FORM_MAX];
    struct {
        uint32_t start, end, position;
        uint32_t parts;
        bool open; /* a hyphen and another part follow */
        bool cut, has_letter;
        size_t len;
        char form[WORDS_FORM_MAX];
    } chain; /* what hyphens join */
};

/* `text`, of less than 4 GB, must live as long as it is read. */
void words_begin(struct words *words, struct str text);

/* The next word; false at the end. A joined one comes behind its parts. */
bool words_next(struct words *words, struct word *word);

#endif
