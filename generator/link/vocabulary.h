/* The Dutch and English words that tell what a number beside them is: names of months and seasons,
 * number words, scales, currencies, and words that are no counted thing although they end like a
 * plural. One table for both languages: a document need not say which it is in. */
#ifndef NASLAG_LINK_VOCABULARY_H
#define NASLAG_LINK_VOCABULARY_H

#include "base/str.h"

#include <stdint.h>

struct arena;

enum word_class {
    WORD_OTHER,
    WORD_MONTH,     /* value: 1 to 12 */
    WORD_MONTH_CUT, /* the same, cut short: `jan`; a month only beside a number */
    WORD_SEASON,    /* value: 21 to 24, spring to winter, as in EDTF */
    WORD_NUMBER,    /* value */
    WORD_ONE,       /* a number before a scale only: `een miljoen` */
    WORD_HALVES,    /* value: how many; before a scale: `anderhalf miljoen`, `half` */
    WORD_SCALE,     /* value: what to multiply by */
    WORD_SCALE_CUT, /* the same, only behind a currency: `€ 5 m` */
    WORD_CURRENCY,  /* value: enum currency */
    WORD_PERCENT,
    WORD_ORDINAL, /* behind a day: `1e`, `3rd` */
    WORD_TO,      /* between the ends of a range */
    WORD_WITH,    /* the `met` of `tot en met` */
    WORD_AND,
    WORD_BETWEEN,
    WORD_OF,
    WORD_AT,    /* in, since, before: a date may follow */
    WORD_THE,   /* the article of a season */
    WORD_ABOUT, /* about, over: a quantity follows */
    WORD_LAST,  /* value: 1: of a year as well: `vorig jaar` */
    WORD_THIS,
    WORD_NEXT,       /* value: 1: of a year as well: `volgend jaar` */
    WORD_YEAR,       /* `jaar` */
    WORD_NTH,        /* value: 1 to 4; before a part of a year: `eerste` */
    WORD_PART,       /* of a year; value: its months: `kwartaal`, `helft` */
    WORD_QUARTER,    /* value: 1 to 4: `Q3` */
    WORD_PAST_DAY,   /* behind a day: `jl.` */
    WORD_COMING_DAY, /* behind a day: `a.s.` */
    WORD_LABEL,      /* a number behind it is a name: `artikel 6` */
    WORD_CITED,      /* numbers behind it are a reference: `Kamerstukken II, 2024-2025` */
    WORD_HOUR,       /* `uur`: a count, or a time of day */
    WORD_PLURAL,     /* a plural that does not look like one, or a measure: `fte`, `hectare` */
    WORD_ADJECTIVE,  /* one that ends like a plural: `gesloten` */
    WORD_NO_THING    /* neither noun nor adjective, whatever it ends in */
};

enum currency { CURRENCY_NONE, CURRENCY_EUR, CURRENCY_USD, CURRENCY_GBP };

struct word_table;

/* The table, made ready to be looked into: made once, and then shared by threads. */
const struct word_table *vocabulary_table(struct arena *arena);

/* The class of a word, which may be a number that is put together (`link/numeral.h`), without
 * regard to the case of ASCII letters, and its value, which is 0 where the class has none. */
enum word_class vocabulary_find(const struct word_table *vocabulary, struct str word,
                                int64_t *value);

/* The table, for its test: word `index`, which is empty behind the last. */
struct str vocabulary_word(size_t index);

#endif
