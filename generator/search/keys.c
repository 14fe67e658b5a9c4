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

struct str keys_reversed(struct arena *arena, struct str text)
{
    char *out = arena_text(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.data[text.len - 1 - i];
    return (struct str){out, text.len};
}
