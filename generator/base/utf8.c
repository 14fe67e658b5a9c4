#include "base/utf8.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Decodes by table 3-7 of the Unicode Standard (well-formed byte sequences). Returns the length of
 * the sequence, or 0 where there is none. */
static size_t decode(const unsigned char *bytes, size_t len, uint32_t *out)
{
    static const struct {
        unsigned char mask, lead, length;
        uint32_t least;
    } forms[] = {{0xE0, 0xC0, 2, 0x80}, {0xF0, 0xE0, 3, 0x800}, {0xF8, 0xF0, 4, 0x10000}};
    if (bytes[0] < 0x80) {
        *out = bytes[0];
        return 1;
    }
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if ((bytes[0] & forms[f].mask) != forms[f].lead)
            continue;
        if (len < forms[f].length)
            return 0;
        uint32_t value = bytes[0] & (unsigned char)~forms[f].mask;
        for (size_t i = 1; i < forms[f].length; i++) {
            if ((bytes[i] & 0xC0) != 0x80)
                return 0;
            value = value << 6 | (bytes[i] & 0x3F);
        }
        if (value < forms[f].least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
            return 0;
        *out = value;
        return forms[f].length;
    }
    return 0;
}

uint32_t utf8_next_wide(struct str text, size_t *offset)
{
    uint32_t value;
    size_t len = decode((const unsigned char *)text.data + *offset, text.len - *offset, &value);
    *offset += len ? len : 1;
    return len ? value : UTF8_REPLACEMENT;
}

uint32_t utf8_before_wide(struct str text, size_t offset)
{
    for (size_t back = 1; back <= 4 && back <= offset; back++) {
        uint32_t value;
        const unsigned char *start = (const unsigned char *)text.data + offset - back;
        if (decode(start, back, &value) == back)
            return value;
    }
    return UTF8_REPLACEMENT;
}

void utf8_put(struct buf *buf, uint32_t code_point)
{
    utf8proc_uint8_t bytes[4];
    if (code_point < 0x80) {
        buf_put_char(buf, (char)code_point);
        return;
    }
    utf8proc_ssize_t len = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
    buf_put(buf, (struct str){(const char *)bytes, len > 0 ? (size_t)len : 0});
}

size_t utf8_ascii_length(struct str text)
{
    const uint64_t high_bits = 0x8080808080808080u;
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= text.len; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        if (word & high_bits)
            break;
    }
    while (at < text.len && (unsigned char)text.data[at] < 0x80)
        at++;
    return at;
}

size_t utf8_valid_length(struct str text)
{
    size_t at = 0;
    for (;;) {
        uint32_t value;
        at += utf8_ascii_length(str_from_offset(text, at));
        if (at >= text.len)
            return text.len;
        size_t len = decode((const unsigned char *)text.data + at, text.len - at, &value);
        if (!len)
            return at;
        at += len;
    }
}

struct str utf8_repair(struct arena *arena, struct str text)
{
    size_t valid = utf8_valid_length(text);
    if (valid == text.len)
        return text;
    struct buf repaired;
    buf_init(&repaired, arena);
    buf_put(&repaired, str_slice(text, 0, valid));
    for (size_t at = valid; at < text.len;)
        utf8_put(&repaired, utf8_next(text, &at));
    return buf_str(&repaired);
}

static utf8proc_category_t category(uint32_t code_point)
{
    return utf8proc_category((utf8proc_int32_t)code_point);
}

bool utf8_is_letter(uint32_t code_point)
{
    if (code_point < 0x80)
        return str_lower((char)code_point) >= 'a' && str_lower((char)code_point) <= 'z';
    utf8proc_category_t c = category(code_point);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool utf8_is_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z';
    utf8proc_category_t c = category(code_point);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool utf8_is_digit(uint32_t code_point)
{
    if (code_point < 0x80)
        return str_is_digit((char)code_point);
    return category(code_point) == UTF8PROC_CATEGORY_ND;
}

bool utf8_is_space(uint32_t code_point)
{
    if (code_point < 0x80)
        return str_is_space((char)code_point);
    utf8proc_category_t c = category(code_point);
    return (c >= UTF8PROC_CATEGORY_ZS && c <= UTF8PROC_CATEGORY_ZP) || code_point == 0x85 ||
           code_point == 0x200B;
}

bool utf8_is_format(uint32_t code_point)
{
    return code_point >= 0x80 && code_point != 0x200B &&
           category(code_point) == UTF8PROC_CATEGORY_CF;
}

unsigned utf8_width(uint32_t code_point)
{
    return (unsigned)utf8proc_charwidth((utf8proc_int32_t)code_point);
}

uint32_t utf8_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return (unsigned char)str_lower((char)code_point);
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

uint32_t utf8_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z' ? code_point - ('a' - 'A') : code_point;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point);
}

size_t utf8_decompose(uint32_t code_point, uint32_t out[UTF8_DECOMPOSED_MAX])
{
    utf8proc_int32_t parts[UTF8_DECOMPOSED_MAX];
    int last_class = 0;
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
    if (code_point >= 0xFB00 && code_point <= 0xFB06)
        options |= UTF8PROC_COMPAT;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code_point, parts,
                                                     UTF8_DECOMPOSED_MAX, options, &last_class);
    if (count < 1 || count > UTF8_DECOMPOSED_MAX) {
        out[0] = code_point;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++)
        out[i] = (uint32_t)parts[i];
    return (size_t)count;
}

static bool is_ascii(struct str text)
{
    return utf8_ascii_length(text) == text.len;
}

/* utf8proc's mapping of well-formed or repaired text, copied into the arena. */
static struct str map(struct arena *arena, struct str text, utf8proc_option_t options)
{
    text = utf8_repair(arena, text);
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.data,
                                        (utf8proc_ssize_t)text.len, &mapped, options);
    if (len == UTF8PROC_ERROR_NOMEM)
        err_out_of_memory();
    if (len < 0)
        return text;
    struct str copy = str_copy(arena, (struct str){(const char *)mapped, (size_t)len});
    free(mapped);
    return copy;
}

static struct str lower_ascii(struct arena *arena, struct str text)
{
    char *lower = arena_text(arena, text.len);
    for (size_t i = 0; i < text.len; i++)
        lower[i] = str_lower(text.data[i]);
    return (struct str){lower, text.len};
}

struct str utf8_fold(struct arena *arena, struct str text)
{
    if (is_ascii(text))
        return lower_ascii(arena, text);
    return map(arena, text,
               UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

struct str utf8_compose(struct arena *arena, struct str text)
{
    return is_ascii(text) ? text : map(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* Decomposed and without case. */
static struct str decompose(struct arena *arena, struct str text)
{
    if (is_ascii(text))
        return lower_ascii(arena, text);
    return map(arena, text,
               UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                   UTF8PROC_IGNORE);
}

static bool is_mark(uint32_t code_point)
{
    if (code_point < 0x80)
        return false;
    utf8proc_category_t c = category(code_point);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

/* Marks above and below Latin letters; those of other scripts carry meaning and stay. */
static bool is_accent(uint32_t code_point)
{
    return code_point >= 0x300 && code_point < 0x370;
}

static bool is_number(uint32_t code_point)
{
    if (code_point < 0x80)
        return str_is_digit((char)code_point);
    utf8proc_category_t c = category(code_point);
    return c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO;
}

static bool is_apostrophe(uint32_t code_point)
{
    return code_point == '\'' || code_point == 0x2018 || code_point == 0x2019 ||
           code_point == 0x02BC;
}

struct str utf8_sort_key(struct arena *arena, struct str text)
{
    struct str plain = decompose(arena, text);
    struct buf key;
    buf_init(&key, arena);
    for (size_t at = 0; at < plain.len;) {
        uint32_t c = utf8_next(plain, &at);
        if (is_mark(c) || is_apostrophe(c))
            continue;
        if (utf8_is_letter(c) || is_number(c))
            utf8_put(&key, c);
        else if (key.len && key.data[key.len - 1] != ' ')
            buf_put_char(&key, ' ');
    }
    return str_trim(buf_str(&key));
}

static struct str slug_ascii(struct arena *arena, struct str text)
{
    char *slug = arena_text(arena, text.len);
    size_t len = 0;
    bool gap = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = str_lower(text.data[i]);
        if (c == '\'')
            continue;
        if (!str_is_alnum(c) && c != '_') {
            gap = len > 0;
            continue;
        }
        if (gap)
            slug[len++] = '-';
        gap = false;
        slug[len++] = c;
    }
    return (struct str){slug, len};
}

size_t utf8_count(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

struct str utf8_slug(struct arena *arena, struct str text)
{
    if (is_ascii(text))
        return slug_ascii(arena, text);
    struct str plain = decompose(arena, text);
    struct buf slug;
    buf_init(&slug, arena);
    bool gap = false;
    for (size_t at = 0; at < plain.len;) {
        uint32_t c = utf8_next(plain, &at);
        if (is_accent(c) || is_apostrophe(c))
            continue;
        if (!utf8_is_letter(c) && !is_number(c) && c != '_') {
            gap = slug.len > 0;
            continue;
        }
        if (gap)
            buf_put_char(&slug, '-');
        gap = false;
        utf8_put(&slug, c);
    }
    return utf8_compose(arena, buf_str(&slug));
}
