#include "read/date.h"

#include "base/arena.h"

enum { MONTHS = 12, PARTS_MAX = 3, SHORT_NAME = 3, ISO_LENGTH = 10, DATE_LONGEST = 64 };

static bool is_separator(char c)
{
    return str_is_space(c) || c == '-' || c == '/' || c == '.' || c == ',';
}

/* Cuts `text` at runs of separators. Returns how many parts there are, at most PARTS_MAX + 1. */
static size_t split(struct str text, struct str parts[PARTS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        while (i < text.len && !is_separator(text.data[i]))
            i++;
        if (i > start && count == PARTS_MAX)
            return PARTS_MAX + 1;
        if (i > start)
            parts[count++] = str_slice(text, start, i - start);
        while (i < text.len && is_separator(text.data[i]))
            i++;
    }
    return count;
}

/* From 1, or 0 for what is no month's name. */
static unsigned month_by_name(struct str name)
{
    static const char *const names[MONTHS][2] = {
        {"januari", "january"}, {"februari", "february"}, {"maart", "march"},
        {"april", "april"},     {"mei", "may"},           {"juni", "june"},
        {"juli", "july"},       {"augustus", "august"},   {"september", "september"},
        {"oktober", "october"}, {"november", "november"}, {"december", "december"},
    };
    if (str_equal_nocase(name, STR("mrt")))
        return 3;
    for (unsigned i = 0; i < MONTHS; i++)
        for (unsigned language = 0; language < 2; language++) {
            struct str full = str_from(names[i][language]);
            if (str_equal_nocase(name, full) ||
                str_equal_nocase(name, str_slice(full, 0, SHORT_NAME)))
                return i + 1;
        }
    return 0;
}

static bool to_year(struct str part, unsigned *out)
{
    long year;
    if (part.len != 4 || !str_to_long(part, &year) || !year)
        return false;
    *out = (unsigned)year;
    return true;
}

static bool to_small(struct str part, unsigned max, unsigned *out)
{
    long number;
    if (part.len > 2 || !str_to_long(part, &number) || number < 1 || number > (long)max)
        return false;
    *out = (unsigned)number;
    return true;
}

static bool to_month(struct str part, unsigned *out)
{
    *out = month_by_name(part);
    return *out || to_small(part, MONTHS, out);
}

unsigned date_days_in(unsigned year, unsigned month)
{
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month == 2)
        return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Reads parts that are known to be in the order year, month, day. */
static bool assemble(struct str year, struct str month, struct str day, struct date *out)
{
    unsigned y, m = 0, d = 0;
    if (!to_year(year, &y) || (month.len && !to_month(month, &m)))
        return false;
    if (day.len && !to_small(day, date_days_in(y, m), &d))
        return false;
    *out = (struct date){(uint16_t)y, (uint8_t)m, (uint8_t)d};
    return true;
}

static struct str without_time(struct str text)
{
    bool iso = text.len > ISO_LENGTH + 1 && text.data[4] == '-' && text.data[7] == '-';
    if (!iso || !str_is_digit(text.data[ISO_LENGTH + 1]))
        return text;
    char mark = str_lower(text.data[ISO_LENGTH]);
    return mark == 't' || mark == ' ' ? str_slice(text, 0, ISO_LENGTH) : text;
}

bool date_parse(struct str text, struct date *out)
{
    const struct str none = {"", 0};
    struct str parts[PARTS_MAX];
    text = without_time(str_trim(text));
    if (!text.len || text.len > DATE_LONGEST || is_separator(text.data[0]))
        return false;
    size_t count = split(text, parts);
    if (count == 1)
        return assemble(parts[0], none, none, out);
    if (count == 2 && parts[0].len == 4 && str_is_digit(parts[0].data[0]))
        return assemble(parts[0], parts[1], none, out);
    if (count == 2)
        return assemble(parts[1], parts[0], none, out);
    if (count != 3)
        return false;
    if (parts[0].len == 4 && str_is_digit(parts[0].data[0]))
        return assemble(parts[0], parts[1], parts[2], out);
    if (month_by_name(parts[0]))
        return assemble(parts[2], parts[0], parts[1], out);
    return assemble(parts[2], parts[1], parts[0], out);
}

struct str date_format(struct arena *arena, struct date date)
{
    if (!date.year)
        return (struct str){"", 0};
    if (!date.month)
        return str_format(arena, "%04u", (unsigned)date.year);
    if (!date.day)
        return str_format(arena, "%04u-%02u", (unsigned)date.year, (unsigned)date.month);
    return str_format(arena, "%04u-%02u-%02u", (unsigned)date.year, (unsigned)date.month,
                      (unsigned)date.day);
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}
