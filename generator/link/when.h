/* Dates in running text, Dutch and English: days, months, seasons and years, ranges of them, and
 * such as are told against the date of the document. */
#ifndef NASLAG_LINK_WHEN_H
#define NASLAG_LINK_WHEN_H

#include "link/tokens.h"
#include "read/date.h"

/* Seasons stand in a date's month, by the numbers of the Extended Date/Time Format (ISO 8601-2,
 * https://www.loc.gov/standards/datetime/): then date_format() writes them as it has them. A winter
 * goes by the year in which it begins. */
enum { SEASON_SPRING = 21, SEASON_SUMMER, SEASON_AUTUMN, SEASON_WINTER };

enum { WHEN_YEAR_FIRST = 1800, WHEN_YEAR_LAST = 2099 };

/* From the beginning of `from` to the end of `until`; the two are equal where it is one date. */
struct when {
    struct date from, until;
};

struct whens {
    struct when items[2]; /* `3 en 17 mei 2024` is two dates, which share their text */
    unsigned count;
    bool said;    /* whether the text has the year */
    bool assumed; /* the year is the one nearest to the date of the document */
};

/* The dates that token `index` begins. `written` is the date of the document; what is told against
 * it is found only where that is known as exactly as it takes. Returns the token behind them, or
 * `index` where there are none. */
size_t when_find(const struct tokens *tokens, size_t index, struct date written, struct whens *out);

#endif
