#include "base/str.h"

#include "base/arena.h"
#include "base/err.h"

#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

struct str str_copy(struct arena *arena, struct str text)
{
    if (!text.len)
        return (struct str){"", 0};
    char *copy = arena_text(arena, text.len);
    memcpy(copy, text.data, text.len);
    return (struct str){copy, text.len};
}

struct str str_join(struct arena *arena, struct str a, struct str b)
{
    char *text = arena_text(arena, a.len + b.len);
    if (a.len)
        memcpy(text, a.data, a.len);
    if (b.len)
        memcpy(text + a.len, b.data, b.len);
    return (struct str){text, a.len + b.len};
}

char *str_cstring(struct arena *arena, struct str text)
{
    char *copy = arena_text(arena, text.len + 1);
    if (text.len)
        memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    return copy;
}

struct str str_format(struct arena *arena, const char *format, ...)
{
    enum { USUAL = 256 };
    va_list arguments, again;
    char usual[USUAL];
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(usual, sizeof usual, format, arguments);
    va_end(arguments);
    if (len < 0)
        err_out_of_memory();
    char *text = arena_text(arena, (size_t)len + 1);
    if (len < USUAL)
        memcpy(text, usual, (size_t)len + 1);
    else
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return (struct str){text, (size_t)len};
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

bool str_equal_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (str_lower(a.data[i]) != str_lower(b.data[i]))
            return false;
    return true;
}

int str_compare(struct str a, struct str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

enum { SHORT_NEEDLE = 8 }; /* bytes: comparing them where the first fits stays linear */

/* The C library's memmem() looks at every byte; its memchr() at many at once. */
static ptrdiff_t find_short(struct str text, struct str needle)
{
    size_t last = text.len - needle.len;
    for (size_t at = 0; at <= last; at++) {
        const char *found = memchr(text.data + at, needle.data[0], last - at + 1);
        if (!found)
            break;
        at = (size_t)(found - text.data);
        if (!memcmp(found, needle.data, needle.len))
            return (ptrdiff_t)at;
    }
    return STR_NONE;
}

ptrdiff_t str_find(struct str text, struct str needle)
{
    if (!needle.len)
        return 0;
    if (text.len < needle.len)
        return STR_NONE;
    if (needle.len <= SHORT_NEEDLE)
        return find_short(text, needle);
    const char *found = memmem(text.data, text.len, needle.data, needle.len);
    return found ? found - text.data : STR_NONE;
}

ptrdiff_t str_find_char(struct str text, char c)
{
    const char *found = text.len ? memchr(text.data, c, text.len) : NULL;
    return found ? found - text.data : STR_NONE;
}

ptrdiff_t str_find_last(struct str text, char c)
{
    const char *found = text.len ? memrchr(text.data, c, text.len) : NULL;
    return found ? found - text.data : STR_NONE;
}

struct str str_trim(struct str text)
{
    while (text.len && str_is_space(text.data[0]))
        text = str_from_offset(text, 1);
    return str_trim_end(text);
}

struct str str_trim_end(struct str text)
{
    while (text.len && str_is_space(text.data[text.len - 1]))
        text.len--;
    return text;
}

struct str str_cut(struct str *rest, char separator)
{
    struct str whole = *rest;
    ptrdiff_t at = str_find_char(whole, separator);
    if (at == STR_NONE) {
        *rest = (struct str){NULL, 0};
        return whole;
    }
    *rest = (struct str){whole.data + at + 1, whole.len - (size_t)at - 1};
    return (struct str){whole.data, (size_t)at};
}

/* Whether one of eight bytes is 0: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
 */
static bool has_zero(uint64_t bytes)
{
    return (bytes - 0x0101010101010101u) & ~bytes & 0x8080808080808080u;
}

/* Eight bytes at a time. A search for either end alone would go to the end of a text that has but
 * the other. */
size_t str_line_end(struct str text, size_t start)
{
    size_t at = start;
    for (uint64_t bytes; at + sizeof bytes <= text.len; at += sizeof bytes) {
        memcpy(&bytes, text.data + at, sizeof bytes);
        if (has_zero(bytes ^ 0x0A0A0A0A0A0A0A0Au) || has_zero(bytes ^ 0x0D0D0D0D0D0D0D0Du))
            break;
    }
    while (at < text.len && text.data[at] != '\n' && text.data[at] != '\r')
        at++;
    return at;
}

struct str str_line(struct str *rest)
{
    if (!rest->len)
        return (struct str){NULL, 0};
    size_t end = str_line_end(*rest, 0);
    struct str line = {rest->data, end};
    size_t skip = end < rest->len ? 1 : 0;
    if (skip && rest->data[end] == '\r' && end + 1 < rest->len && rest->data[end + 1] == '\n')
        skip = 2;
    *rest = (struct str){rest->data + end + skip, rest->len - end - skip};
    return line;
}

bool str_to_long(struct str text, long *out)
{
    long value = 0;
    if (!text.len)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!str_is_digit(text.data[i]) || value > (LONG_MAX - 9) / 10)
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *out = value;
    return true;
}

enum { NEAREST_MAX = 64 }; /* bytes: a longer word is no slip of the pen, and has no bit for each */

/* A text to be compared with many: for each byte, the places where it stands. */
struct pattern {
    uint64_t places[UCHAR_MAX + 1];
    size_t len;
};

static void make_pattern(struct pattern *pattern, struct str text)
{
    *pattern = (struct pattern){.len = text.len};
    for (size_t i = 0; i < text.len; i++)
        pattern->places[(unsigned char)str_lower(text.data[i])] |= (uint64_t)1 << i;
}

/* Levenshtein's distance, a column at a time: a bit tells where it grows by one from a place of the
 * pattern to the next, another where it falls. G. Myers, A fast bit-vector algorithm for
 * approximate string matching (1999), as H. Hyyrö has it for whole texts (2003). */
static size_t distance(const struct pattern *pattern, struct str text)
{
    uint64_t grows = UINT64_MAX, falls = 0, last = (uint64_t)1 << (pattern->len - 1);
    size_t distance = pattern->len;
    for (size_t i = 0; i < text.len; i++) {
        uint64_t same = pattern->places[(unsigned char)str_lower(text.data[i])];
        uint64_t keeps = same | falls;
        uint64_t diagonal = (((same & grows) + grows) ^ grows) | same;
        uint64_t more = falls | ~(diagonal | grows), less = grows & diagonal;
        distance += (more & last) != 0;
        distance -= (less & last) != 0;
        more = more << 1 | 1;
        less <<= 1;
        grows = less | ~(keeps | more);
        falls = more & keeps;
    }
    return distance;
}

static size_t apart(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

bool str_is_one_edit(struct str a, struct str b)
{
    struct pattern pattern;
    if (!a.len || a.len > NEAREST_MAX || apart(a.len, b.len) > 1)
        return !a.len && b.len == 1;
    make_pattern(&pattern, a);
    return distance(&pattern, b) == 1;
}

struct str str_nearest(struct str text, const struct str *candidates, size_t count)
{
    struct str nearest = {"", 0};
    struct pattern pattern;
    size_t least = (text.len + 1) / 3 + 1; /* one edit in three or four letters, two in five, … */
    if (!text.len || text.len > NEAREST_MAX)
        return nearest;
    make_pattern(&pattern, text);
    for (size_t i = 0; i < count; i++) {
        size_t len = candidates[i].len;
        if (len > NEAREST_MAX || apart(text.len, len) >= least)
            continue;
        size_t edits = distance(&pattern, candidates[i]);
        if (edits < least && edits < len) {
            least = edits;
            nearest = candidates[i];
        }
    }
    return nearest;
}
