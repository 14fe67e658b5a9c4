#include "write/moment.h"

enum { DAY = 24 * 60 * 60 };

/* The civil date of a day counted from 1970-01-01, after Howard Hinnant's days_from_civil:
 * https://howardhinnant.github.io/date_algorithms.html */
static void civil(int64_t day, int64_t *year, unsigned *month, unsigned *day_of_month)
{
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097;
    unsigned of_era = (unsigned)(day - era * 146097);
    unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned shifted = (5 * of_year + 2) / 153;
    *day_of_month = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = (int64_t)year_of_era + era * 400 + (*month <= 2);
}

/* Seconds since 1970 on the wall clock, kept within the years that four digits can write. */
static int64_t local(struct moment moment)
{
    const int64_t last = 253402300799; /* 9999-12-31 23:59:59 */
    if (moment.time < 0 || moment.time > last)
        return moment.time < 0 ? 0 : last;
    int64_t time = moment.time + (int64_t)moment.offset * 60;
    return time < 0 ? 0 : time > last ? last : time;
}

struct date moment_date(struct moment moment)
{
    int64_t year;
    unsigned month, day;
    civil(local(moment) / DAY, &year, &month, &day);
    return (struct date){(uint16_t)year, (uint8_t)month, (uint8_t)day};
}

struct str moment_iso(struct arena *arena, struct moment moment)
{
    struct date date = moment_date(moment);
    unsigned second = (unsigned)(local(moment) % DAY);
    unsigned offset = (unsigned)(moment.offset < 0 ? -moment.offset : moment.offset) % (24 * 60);
    return str_format(arena, "%04u-%02u-%02uT%02u:%02u:%02u%c%02u:%02u", (unsigned)date.year,
                      (unsigned)date.month, (unsigned)date.day, second / 3600, second / 60 % 60,
                      second % 60, moment.offset < 0 ? '-' : '+', offset / 60, offset % 60);
}
