#include "read/shield.h"

#include "base/arena.h"

#include <assert.h>
#include <string.h>

/* The bytes of a mark: two that are the same for all, and one that tells which character it is. */
static const struct str lead = {"\xEF\xB7", 2};
enum { FIRST = 0x92, MARK = 3, CHARACTERS = sizeof SHIELD_CHARACTERS - 1 };

/* The character whose mark stands at `offset`, or 0. */
static char marked(struct str text, size_t offset)
{
    if (offset + MARK > text.len || !str_starts(str_from_offset(text, offset), lead))
        return 0;
    unsigned index = (unsigned char)text.data[offset + 2] - (unsigned)FIRST;
    return index < CHARACTERS ? SHIELD_CHARACTERS[index] : 0;
}

/* Offset of the next mark at or behind `from`, or STR_NONE. */
static ptrdiff_t next_mark(struct str text, size_t from)
{
    while (from < text.len) {
        ptrdiff_t found = str_find(str_from_offset(text, from), lead);
        if (found == STR_NONE)
            break;
        from += (size_t)found;
        if (marked(text, from))
            return (ptrdiff_t)from;
        from += lead.len;
    }
    return STR_NONE;
}

struct str shield_clean(struct arena *arena, struct str text)
{
    ptrdiff_t at = next_mark(text, 0);
    if (at == STR_NONE)
        return text;
    char *clean = arena_text(arena, text.len);
    memcpy(clean, text.data, text.len);
    for (; at != STR_NONE; at = next_mark(text, (size_t)at + MARK))
        memcpy(clean + at, "\xEF\xBF\xBD", MARK);
    return (struct str){clean, text.len};
}

void shield_init(struct shield *shield, struct arena *arena, struct str text)
{
    *shield = (struct shield){.text = text, .arena = arena};
}

void shield_mark(struct shield *shield, size_t offset)
{
    const char *found = memchr(SHIELD_CHARACTERS, shield->text.data[offset], CHARACTERS);
    assert(found && offset >= shield->done);
    if (!shield->copy.arena)
        buf_init(&shield->copy, shield->arena);
    buf_put(&shield->copy, str_slice(shield->text, shield->done, offset - shield->done));
    buf_put(&shield->copy, lead);
    buf_put_char(&shield->copy, (char)(FIRST + (found - SHIELD_CHARACTERS)));
    shield->done = offset + 1;
}

struct str shield_finish(struct shield *shield)
{
    if (!shield->done)
        return shield->text;
    buf_put(&shield->copy, str_from_offset(shield->text, shield->done));
    return buf_str(&shield->copy);
}

struct str shield_restore(struct arena *arena, struct str text)
{
    ptrdiff_t at = next_mark(text, 0);
    size_t done = 0;
    struct buf restored;
    if (at == STR_NONE)
        return text;
    buf_init(&restored, arena);
    for (; at != STR_NONE; at = next_mark(text, done)) {
        buf_put(&restored, str_slice(text, done, (size_t)at - done));
        buf_put_char(&restored, marked(text, (size_t)at));
        done = (size_t)at + MARK;
    }
    buf_put(&restored, str_from_offset(text, done));
    return buf_str(&restored);
}
