/* Facts: dates and figures that stand in a passage's text, with their values made regular.
 *
 * Found in one pass over the text, with a look a few words back and ahead. What is not surely a
 * date or a figure is left: numbers of pages, articles, files, telephones, times of day, versions,
 * references to parliamentary papers. */
#ifndef NASLAG_LINK_FACTS_H
#define NASLAG_LINK_FACTS_H

#include "base/vec.h"
#include "link/quantity.h"
#include "link/when.h"

struct arena;

enum fact_kind { FACT_DATE, FACT_AMOUNT, FACT_PERCENTAGE, FACT_COUNT };
enum { FACT_KINDS = 4 };

enum {
    /* Of one document: more is a table of figures, which is better read as such. */
    FACTS_MAX = 5000,
    FACT_LENGTH_MAX = 200 /* bytes: longer has something else between its words */
};

/* Bytes [start, start + len) of its passage's text. Kept for every fact of the site, so small. */
struct fact {
    int64_t from, until; /* a date's year, month and day as digits, see fact_date(); else a number
                            in parts of QUANTITY_ONE. The two are equal where it is no range. */
    uint32_t passage;
    uint32_t start;
    uint16_t len;
    uint16_t unit;    /* of a count: where in it the noun begins, with the words before that */
    uint8_t kind;     /* enum fact_kind */
    uint8_t currency; /* enum currency, of an amount */
};

struct facts {
    VEC(struct fact) items;
};

/* Adds the facts of a passage, in order. `written` is the date of its document. `scratch` is used
 * while it runs. */
void facts_find(struct arena *scratch, const struct word_table *vocabulary, struct str text,
                uint32_t passage, struct date written, struct arena *arena, struct facts *out);

/* One end of a date; the month may be a season, as in when.h. */
struct date fact_date(int64_t digits);

/* Where a date stands among others, as a number: by what it begins with, the less exact first, a
 * season before its first month; then by its end. */
uint64_t fact_date_key(const struct fact *fact);

/* The value as the data has it: `2024-05-03`, `2026-22`, `2021/2022`, `176000000`, `11.4`, `10/20`.
 */
struct str fact_value(struct arena *arena, const struct fact *fact);

/* `EUR`, `%`, what is counted as the text has it, or nothing. `text` is the passage's. */
struct str fact_unit(const struct fact *fact, struct str text);

/* The sentence in which a fact stands, as bytes of the passage's text; of one that is very long the
 * words around the fact. */
void fact_sentence(const struct fact *fact, struct str text, uint32_t *start, uint32_t *end);

#endif
