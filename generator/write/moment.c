#include "write/moment.h"

#include "base/arena.h"
#include "base/buf.h"

enum { DAY = 24 * 60 * 60, OFFSET_MAX = 23 * 60 + 59 };

/* The first second of the year 1 and the last of the year 9999. */
static const int64_t time_min = -62135596800, time_max = 253402300799;

static int64_t clamp(int64_t number, int64_t least, int64_t most)
{
    return number < least ? least : number > most ? most : number;
}

static int64_t offset_of(struct moment moment)
{
    return clamp(moment.offset, -OFFSET_MAX, OFFSET_MAX);
}

/* Seconds since 1970 as the clock on the wall shows them. */
static int64_t local_time(struct moment moment)
{
    int64_t time = clamp(moment.time, time_min, time_max);
    return clamp(time + offset_of(moment) * 60, time_min, time_max);
}

/* Days since 1970 to a date of the Gregorian calendar. Years are counted from March, so that the
 * leap day comes last, and days from 1 March of the year 0, in spans of 400 years. */
static struct date date_of(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = shifted / 146097, day = shifted % 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t day_of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    bool next_year = month >= 10;
    return (struct date){.year = (uint16_t)(era * 400 + year + next_year),
                         .month = (uint8_t)(next_year ? month - 9 : month + 3),
                         .day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1)};
}

static int64_t days_of(int64_t time)
{
    return (time - time_min) / DAY + time_min / DAY;
}

struct date moment_date(struct moment moment)
{
    return date_of(days_of(local_time(moment)));
}

/* Two digits behind a sign. */
static void put_part(struct buf *out, char sign, int number)
{
    const char part[] = {sign, (char)('0' + number / 10), (char)('0' + number % 10)};
    buf_put(out, (struct str){part, sizeof part});
}

/* By hand: each page has some, and printf takes ten times as long. */
struct str moment_iso(struct arena *arena, struct moment moment)
{
    struct date date = moment_date(moment);
    int second = (int)((local_time(moment) - time_min) % DAY);
    int offset = (int)offset_of(moment);
    int distance = offset < 0 ? -offset : offset;
    struct buf out;
    buf_init(&out, arena);
    buf_put_char(&out, (char)('0' + date.year / 1000));
    buf_put_char(&out, (char)('0' + date.year / 100 % 10));
    buf_put_char(&out, (char)('0' + date.year / 10 % 10));
    buf_put_char(&out, (char)('0' + date.year % 10));
    put_part(&out, '-', date.month);
    put_part(&out, '-', date.day);
    put_part(&out, 'T', second / 3600);
    put_part(&out, ':', second / 60 % 60);
    put_part(&out, ':', second % 60);
    put_part(&out, offset < 0 ? '-' : '+', distance / 60);
    put_part(&out, ':', distance % 60);
    return buf_str(&out);
}
