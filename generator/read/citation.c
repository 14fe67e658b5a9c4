#include "read/citation.h"

#include <string.h>

enum { PLACE_WORD_MAX = 10 }; /* bytes: `bladzijde`, `paragraaf` */

bool citation_is_key(char c)
{
    return str_is_alnum(c) || (unsigned char)c >= 0x80 || (c && strchr("_-./:", c));
}

/* The mark of a key: at the start or behind a space, maybe with a hyphen. */
static ptrdiff_t find_mark(struct str part, size_t *end)
{
    ptrdiff_t at = str_find_char(part, '@');
    if (at == STR_NONE)
        return STR_NONE;
    *end = (size_t)at + 1;
    if (at && part.data[at - 1] == '-')
        at--;
    return !at || str_is_space(part.data[at - 1]) ? at : STR_NONE;
}

static bool is_letter(char c)
{
    return str_is_alnum(c) && !str_is_digit(c);
}

/* Whether a number begins behind at most one word: `p. 3`, `blz. 3-5`, `¶12`, `33`. */
static bool is_place(struct str text)
{
    size_t at = 0;
    while (at < text.len && at < PLACE_WORD_MAX && is_letter(text.data[at]))
        at++;
    for (; at < text.len && !str_is_digit(text.data[at]); at++)
        if (is_letter(text.data[at]))
            return false;
    return at < text.len;
}

bool citation_read(struct str part, struct citation *out)
{
    size_t start = 0;
    part = str_trim(part);
    ptrdiff_t mark = find_mark(part, &start);
    if (mark == STR_NONE || str_find_char(str_slice(part, 0, (size_t)mark), '[') != STR_NONE)
        return false;
    size_t end = start;
    while (end < part.len && citation_is_key(part.data[end]))
        end++;
    struct str rest = str_trim(str_from_offset(part, end));
    *out = (struct citation){.prefix = str_trim(str_slice(part, 0, (size_t)mark)),
                             .key = str_slice(part, start, end - start)};
    bool comma = rest.len && rest.data[0] == ',';
    if (!out->key.len || (rest.len && !comma && !is_place(rest)))
        return false;
    out->locator = str_trim(str_from_offset(rest, comma));
    return true;
}
