#include "search/keys.h"

#include "base/arena.h"
#include "search/words.h"

#include <string.h>

struct str keys_make(struct key *key, enum key_kind kind, struct str text)
{
    if (text.len > KEY_TEXT_MAX)
        text.len = KEY_TEXT_MAX;
    key->text[0] = (char)kind;
    if (text.len)
        memcpy(key->text + 1, text.data, text.len);
    return (struct str){key->text, text.len + 1};
}

void keys_put_folded(struct buf *out, struct str text)
{
    struct words words;
    struct word word;
    size_t before = out->len;
    words_begin(&words, text);
    while (words_next(&words, &word)) {
        if (word.joined)
            continue;
        if (out->len > before)
            buf_put_char(out, ' ');
        buf_put(out, word.form);
    }
}

struct str keys_name(struct str id)
{
    ptrdiff_t slash = str_find_last(id, '/');
    return slash == STR_NONE ? id : str_from_offset(id, (size_t)slash + 1);
}

struct str keys_slug(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    keys_put_folded(&out, text);
    for (size_t i = 0; i < out.len; i++)
        if (out.data[i] == ' ')
            out.data[i] = '-';
    return buf_str(&out);
}

struct str keys_short_id(struct arena *arena, struct str id, struct str title)
{
    struct str name = keys_name(id);
    if (str_equal(name, keys_slug(arena, title)))
        id.len -= name.len;
    return id;
}

struct str keys_long_id(struct arena *arena, struct str id, struct str title)
{
    struct buf out;
    if (id.len && id.data[id.len - 1] != '/')
        return id;
    buf_init(&out, arena);
    buf_put(&out, id);
    buf_put(&out, keys_slug(arena, title));
    return buf_str(&out);
}

struct str keys_reversed(struct arena *arena, struct str text)
{
    char *out = arena_text(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.data[text.len - 1 - i];
    return (struct str){out, text.len};
}
