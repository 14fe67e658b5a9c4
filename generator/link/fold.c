#include "link/fold.h"

#include "base/arena.h"
#include "base/utf8.h"

/* A text can grow: the worst letters of two bytes come apart into six. */
enum { GROWTH = 3 };

struct fold {
    char *text;
    uint32_t *offsets;
    size_t len;
};

static void put(struct fold *fold, char c, size_t offset)
{
    fold->offsets[fold->len] = (uint32_t)offset;
    fold->text[fold->len++] = c;
}

static void put_space(struct fold *fold, size_t offset)
{
    if (!fold->len || fold->text[fold->len - 1] != ' ')
        put(fold, ' ', offset);
}

/* The ASCII character that a typographic one stands for, or 0. */
static char plain(uint32_t c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x2032 || c == 0x00B4)
        return '\'';
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    return 0;
}

static void put_code_point(struct fold *fold, uint32_t c, size_t offset)
{
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (c < 0x80) {
        put(fold, (char)c, offset);
        return;
    }
    unsigned size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    put(fold, (char)(leads[size] | c >> 6 * (size - 1)), offset);
    for (unsigned i = size - 1; i-- > 0;)
        put(fold, (char)(0x80 | (c >> 6 * i & 0x3F)), offset);
}

static void put_wide(struct fold *fold, uint32_t c, size_t offset)
{
    uint32_t parts[UTF8_DECOMPOSED_MAX];
    if (plain(c)) {
        put(fold, plain(c), offset);
    } else if (utf8_is_space(c)) {
        put_space(fold, offset);
    } else if (!utf8_is_format(c)) {
        size_t count = utf8_decompose(c, parts);
        for (size_t i = 0; i < count; i++)
            put_code_point(fold, parts[i], offset);
    }
}

struct folded fold_text(struct arena *arena, struct str text)
{
    size_t capacity = (utf8_ascii_length(text) == text.len ? text.len : text.len * GROWTH) + 1;
    struct fold fold = {.text = arena_text(arena, capacity),
                        .offsets = arena_alloc(arena, capacity * sizeof *fold.offsets)};
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        unsigned char c = (unsigned char)text.data[at];
        if (c >= 0x80) {
            put_wide(&fold, utf8_next(text, &at), start);
            continue;
        }
        at++;
        if (str_is_space((char)c))
            put_space(&fold, start);
        else
            put(&fold, str_lower((char)c), start);
    }
    fold.offsets[fold.len] = (uint32_t)text.len;
    return (struct folded){{fold.text, fold.len}, fold.offsets};
}
