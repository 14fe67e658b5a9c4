#include "read/escapes.h"

#include "base/buf.h"

static const struct str lead = {"\xEF\xB7", 2};
static const struct str escaped = {"=#^", 3};
enum { FIRST = 0xA8, MARK = 3 };

struct str escapes_hide(struct arena *arena, struct str body)
{
    struct buf out;
    size_t done = 0;
    if (str_find_char(body, '\\') == STR_NONE)
        return body;
    buf_init(&out, arena);
    for (size_t i = 0; i + 1 < body.len; i++) {
        if (body.data[i] != '\\')
            continue;
        ptrdiff_t which = str_find_char(escaped, body.data[i + 1]);
        if (which >= 0) {
            buf_put(&out, str_slice(body, done, i - done));
            buf_put(&out, lead);
            buf_put_char(&out, (char)(FIRST + which));
            done = i + 2;
        }
        i++;
    }
    buf_put(&out, str_from_offset(body, done));
    return buf_str(&out);
}

struct str escapes_show(struct arena *arena, struct str text, bool backslash)
{
    struct buf out;
    size_t done = 0;
    if (str_find(text, lead) == STR_NONE)
        return text;
    buf_init(&out, arena);
    for (size_t i = 0; i + MARK <= text.len; i++) {
        unsigned which = (unsigned char)text.data[i + 2] - (unsigned)FIRST;
        if (!str_starts(str_from_offset(text, i), lead) || which >= escaped.len)
            continue;
        buf_put(&out, str_slice(text, done, i - done));
        if (backslash)
            buf_put_char(&out, '\\');
        buf_put_char(&out, escaped.data[which]);
        done = i + MARK;
        i = done - 1;
    }
    buf_put(&out, str_from_offset(text, done));
    return buf_str(&out);
}
