/* A borrowed span of bytes, usually UTF-8: text is never NUL-terminated and may hold any byte.
 *
 * A `struct str` is passed by value and owns nothing; whoever gave it says how long it lives.
 * `data` may be NULL only where `len` is 0. */
#ifndef NASLAG_BASE_STR_H
#define NASLAG_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

struct str {
    const char *data;
    size_t len; /* bytes */
};

/* For printf("%.*s", STR_ARGS(text)). */
#define STR_ARGS(text) (int)(text).len, (text).len ? (text).data : ""

/* A string literal as a span. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

enum { STR_NONE = -1 };

struct str str_from(const char *text); /* of a NUL-terminated string; NULL gives an empty span */
struct str str_copy(struct arena *arena, struct str text);
char *str_cstring(struct arena *arena, struct str text); /* NUL-terminated copy */

/* Both, one behind the other. */
struct str str_join(struct arena *arena, struct str a, struct str b);

/* printf into an arena. */
struct str str_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

bool str_equal(struct str a, struct str b);
bool str_equal_nocase(struct str a, struct str b); /* ASCII letters only */
int str_compare(struct str a, struct str b);       /* by bytes, as memcmp */

/* Part of `text` from `start` for `len` bytes, both cut to what there is. */
static inline struct str str_slice(struct str text, size_t start, size_t len)
{
    if (start >= text.len)
        return (struct str){"", 0};
    if (len > text.len - start)
        len = text.len - start;
    return (struct str){text.data + start, len};
}

static inline struct str str_from_offset(struct str text, size_t start)
{
    return str_slice(text, start, text.len);
}

static inline bool str_starts(struct str text, struct str prefix)
{
    return text.len >= prefix.len && (!prefix.len || !memcmp(text.data, prefix.data, prefix.len));
}

static inline bool str_ends(struct str text, struct str suffix)
{
    return text.len >= suffix.len &&
           str_starts(str_from_offset(text, text.len - suffix.len), suffix);
}

/* Byte offset of the first (last) occurrence, or STR_NONE. */
ptrdiff_t str_find(struct str text, struct str needle);
ptrdiff_t str_find_char(struct str text, char c);
ptrdiff_t str_find_last(struct str text, char c);

/* Without ASCII white space at both ends (at the end only). */
struct str str_trim(struct str text);
struct str str_trim_end(struct str text);

/* Cuts off and returns what stands before the first `separator`; `*rest` becomes what follows it.
 * Without a separator all of `*rest` is returned, and `*rest` has no data (NULL). */
struct str str_cut(struct str *rest, char separator);

/* Where the line that `start` is in ends: the offset of its LF or CR, or of the text's end. */
size_t str_line_end(struct str text, size_t start);

/* The next line of `*rest` without its line end (LF, CRLF or CR); data NULL at the end. */
struct str str_line(struct str *rest);

/* Classes of single bytes, of ASCII; asked of every byte that is read. */
static inline bool str_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool str_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char str_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool str_is_alnum(char c)
{
    char lower = (char)(c | ('a' - 'A'));
    return str_is_digit(c) || (lower >= 'a' && lower <= 'z');
}

/* Reads a decimal number that fills all of `text`. Returns false where it does not or is too large.
 */
bool str_to_long(struct str text, long *out);

/* Whether one letter more, less or other makes one of the other, without regard to case. */
bool str_is_one_edit(struct str a, struct str b);

/* The candidate nearest to `text` by edit distance, if near enough to be a slip of the pen, else an
 * empty span. For "did you mean". */
struct str str_nearest(struct str text, const struct str *candidates, size_t count);

#endif
