/* Amounts of money, percentages and counted things in running text, Dutch and English. */
#ifndef NASLAG_LINK_QUANTITY_H
#define NASLAG_LINK_QUANTITY_H

#include "link/tokens.h"

/* Numbers are in ten-thousandths: what a text gives more exactly than that is left aside. */
enum { QUANTITY_ONE = 10000 };

enum quantity_kind { QUANTITY_AMOUNT, QUANTITY_PERCENTAGE, QUANTITY_COUNT };

struct quantity {
    enum quantity_kind kind;
    enum currency currency; /* of an amount */
    int64_t low, high;      /* the two are equal where it is no range */
    size_t unit;            /* of a count: the token that its noun or the word before that begins */
};

/* Reads `1.274,50`, `1,274.50`, `1.700`, `0,5`: where one separator stands before three digits it
 * parts thousands. False for what is no number, such as `007` and `2.3.1`. */
bool quantity_number(struct str text, int64_t *out);

/* The quantity that token `index` begins. `begins`: token 0 may be the number of a section or of a
 * list. Returns the token behind it, or `index` where there is none. */
size_t quantity_find(const struct tokens *tokens, size_t index, struct quantity *out);

#endif
