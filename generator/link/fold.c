#include "link/fold.h"

#include "base/arena.h"
#include "base/lanes.h"
#include "base/utf8.h"

#include <string.h>

/* A text can grow: the worst letters of two bytes come apart into six. */
enum { GROWTH = 3 };

struct fold {
    char *text;
    uint32_t *offsets;
    size_t len;
    bool strict;
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

static bool is_glue(const struct fold *fold, struct str text, size_t behind)
{
    if (fold->strict || !fold->len || behind >= text.len)
        return false;
    char last = fold->text[fold->len - 1];
    uint32_t next = utf8_next(text, &behind);
    return (str_is_alnum(last) || (last & 0x80)) && (utf8_is_letter(next) || utf8_is_digit(next));
}

static void put_hyphen(struct fold *fold, struct str text, size_t offset, size_t behind)
{
    if (is_glue(fold, text, behind))
        put_space(fold, offset);
    else
        put(fold, '-', offset);
}

/* An accent on a Latin letter. */
static bool is_accent(const struct fold *fold, uint32_t c)
{
    return !fold->strict && c >= 0x300 && c <= 0x36F && fold->len &&
           str_is_alnum(fold->text[fold->len - 1]);
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

static void put_wide(struct fold *fold, struct str text, size_t offset, size_t *behind)
{
    uint32_t parts[UTF8_DECOMPOSED_MAX], c = utf8_next(text, behind);
    if (plain(c) == '-') {
        put_hyphen(fold, text, offset, *behind);
    } else if (plain(c)) {
        put(fold, plain(c), offset);
    } else if (utf8_is_space(c)) {
        put_space(fold, offset);
    } else if (!utf8_is_format(c)) {
        size_t count = utf8_decompose(c, parts);
        for (size_t i = 0; i < count; i++)
            if (!is_accent(fold, parts[i]))
                put_code_point(fold, parts[i], offset);
    }
}

/* Puts the eight bytes at `at` behind the `len` that there are, where they need no more than small
 * letters: they are ASCII without control characters, hyphens and spaces in a row. */
static inline bool put_lanes(char *out, size_t len, struct str text, size_t at)
{
    if (text.len - at < LANES)
        return false;
    uint64_t lanes = lanes_load(text.data + at), spaces = lanes_equal(lanes, ' ');
    uint64_t others = (lanes & LANES_HIGH) | lanes_between(lanes, 0, ' ' - 1) |
                      lanes_equal(lanes, '-') | (spaces & spaces << 8);
    bool repeated = ((len ? out[len - 1] : 0) == ' ') & (text.data[at] == ' ');
    if (others || repeated)
        return false;
    lanes_store(out + len, lanes_lower(lanes));
    return true;
}

/* ASCII, of which each byte stays in its place: all but a space behind another. Returns how far it
 * got, at most to `end`. */
static size_t put_bytes(char *out, struct str text, size_t at, size_t end, bool strict)
{
    for (; at < end; at++) {
        char c = text.data[at], last = at ? out[at - 1] : 0;
        if (c & 0x80)
            return at;
        if (c == '-' && !strict && at + 1 < text.len && str_is_alnum(last) &&
            str_is_alnum(text.data[at + 1]))
            c = ' ';
        else if (str_is_space(c))
            c = ' ';
        if (c == ' ' && last == ' ')
            return at;
        out[at] = str_lower(c);
    }
    return end;
}

static size_t run_ascii(char *out, struct str text, bool strict)
{
    for (size_t at = 0; at < text.len;) {
        if (put_lanes(out, at, text, at)) {
            at += LANES;
            continue;
        }
        size_t end = text.len - at < LANES ? text.len : at + LANES;
        at = put_bytes(out, text, at, end, strict);
        if (at < end)
            return at;
    }
    return text.len;
}

static void put_next(struct fold *fold, struct str text, size_t *at)
{
    size_t start = *at;
    unsigned char c = (unsigned char)text.data[start];
    if (c >= 0x80) {
        put_wide(fold, text, start, at);
        return;
    }
    ++*at;
    if (str_is_space((char)c))
        put_space(fold, start);
    else if (c == '-')
        put_hyphen(fold, text, start, *at);
    else
        put(fold, str_lower((char)c), start);
}

static struct folded run_wide(struct arena *arena, struct str text, bool strict)
{
    size_t capacity = text.len + 1;
    for (size_t i = 0; i < text.len; i++)
        capacity += text.data[i] & 0x80 ? GROWTH - 1 : 0;
    struct fold fold = {.text = arena_text(arena, capacity + FOLD_PADDING),
                        .offsets = (uint32_t *)arena_alloc(arena, capacity * sizeof *fold.offsets),
                        .strict = strict};
    for (size_t at = 0; at < text.len;) {
        if (!put_lanes(fold.text, fold.len, text, at)) {
            size_t end = text.len - at < LANES ? text.len : at + LANES;
            while (at < end)
                put_next(&fold, text, &at);
            continue;
        }
        for (size_t i = 0; i < LANES; i++)
            fold.offsets[fold.len++] = (uint32_t)at++;
    }
    fold.offsets[fold.len] = (uint32_t)text.len;
    memset(fold.text + fold.len, 0, FOLD_PADDING);
    return (struct folded){{fold.text, fold.len}, fold.offsets};
}

static struct folded run(struct arena *arena, struct str text, bool strict)
{
    char *plain = arena_text(arena, text.len + FOLD_PADDING);
    if (run_ascii(plain, text, strict) < text.len)
        return run_wide(arena, text, strict);
    memset(plain + text.len, 0, FOLD_PADDING);
    return (struct folded){{plain, text.len}, NULL};
}

struct folded fold_text(struct arena *arena, struct str text)
{
    return run(arena, text, false);
}

struct str fold_strictly(struct arena *arena, struct str text)
{
    return run(arena, text, true).text;
}
