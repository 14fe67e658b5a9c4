/* Calendar dates that may be known in part. */
#ifndef NASLAG_READ_DATE_H
#define NASLAG_READ_DATE_H

#include "base/str.h"

#include <stdint.h>

struct arena;

/* A date with its precision: month and day are 0 where they are not known; year 0: no date. */
struct date {
    uint16_t year;
    uint8_t month, day;
};

/* Reads `2025-01-17`, `2025-01`, `2025`, `17-01-2025` or `17 januari 2025` (Dutch and English month
 * names, in full or cut to three letters, also `January 17, 2025` and `januari 2025`). A time of
 * day behind an ISO date is left aside. Returns false where the text is no date or names a day that
 * does not exist; then `*out` is not touched. */
bool date_parse(struct str text, struct date *out);

/* ISO 8601 with as much as is known: `2025-01-17`, `2025-01`, `2025`, or empty. */
struct str date_format(struct arena *arena, struct date date);

/* How many days a month has, from 1 to 12. */
unsigned date_days_in(unsigned year, unsigned month);

/* Earlier first; a date with less precision stands before those it spans; none at all first. */
int date_compare(struct date a, struct date b);

#endif
