#include "read/citation.h"

#include <string.h>

static bool is_key(char c)
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

bool citation_read(struct str part, struct citation *out)
{
    size_t start = 0;
    part = str_trim(part);
    ptrdiff_t mark = find_mark(part, &start);
    if (mark == STR_NONE || str_find_char(str_slice(part, 0, (size_t)mark), '[') != STR_NONE)
        return false;
    size_t end = start;
    while (end < part.len && is_key(part.data[end]))
        end++;
    struct str rest = str_trim(str_from_offset(part, end));
    *out = (struct citation){.prefix = str_trim(str_slice(part, 0, (size_t)mark)),
                             .key = str_slice(part, start, end - start)};
    if (!out->key.len || (rest.len && rest.data[0] != ','))
        return false;
    out->locator = str_trim(str_from_offset(rest, 1));
    return true;
}
