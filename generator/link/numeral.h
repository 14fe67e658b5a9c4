/* Numbers in words that are put together: `vijfentwintig`, `drieëntwintig`, `tweehonderdvijftig`,
 * `zesduizend`, `twenty-five`. */
#ifndef NASLAG_LINK_NUMERAL_H
#define NASLAG_LINK_NUMERAL_H

#include "base/str.h"

#include <stdint.h>

/* The number that a word is, its ASCII letters in any case, from 21 to 999,999; 0 where it is none,
 * or a simple one such as `twintig`, which the vocabulary has. */
int64_t numeral_read(struct str word);

#endif
