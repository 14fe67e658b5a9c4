#include "read/charset.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/lanes.h"
#include "base/utf8.h"

#include <string.h>

enum encoding { UTF8, UTF8_MARK, UTF8_BROKEN, UTF16_LITTLE, UTF16_BIG, WINDOWS_1252 };

/* How files begin that are often taken for text by their name only. */
static const struct {
    struct str start;
    const char *name;
} magic[] = {
    {{"%PDF-", 5}, "a PDF file"},
    {{"PK\003\004", 4}, "a ZIP or office file"},
    {{"\x89PNG", 4}, "a PNG image"},
    {{"\xFF\xD8\xFF", 3}, "a JPEG image"},
    {{"GIF8", 4}, "a GIF image"},
    {{"\xD0\xCF\x11\xE0", 4}, "an old office file"},
    {{"\x1F\x8B", 2}, "a gzip file"},
    {{"\x7F"
      "ELF",
      4},
     "a program"},
    {{"SQLite format 3", 15}, "a database"},
};

/* 0x80 to 0x9F of Windows-1252; what is not assigned there is the replacement character. */
static const uint16_t high_controls[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"}; /* U+FB00… */

static const char *known_binary(struct str bytes)
{
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (str_starts(bytes, magic[i].start))
            return magic[i].name;
    return NULL;
}

/* UTF-16 without a mark shows in western text: every other byte is NUL. */
static enum encoding guess_utf16(struct str bytes)
{
    size_t sample = bytes.len < 4096 ? bytes.len & ~(size_t)1 : 4096;
    size_t even = 0, odd = 0;
    if (str_find_char(str_slice(bytes, 0, sample), '\0') == STR_NONE)
        return UTF8;
    for (size_t i = 0; i + 1 < sample; i += 2) {
        even += !bytes.data[i];
        odd += !bytes.data[i + 1];
    }
    if (odd * 10 > sample * 4 && !even)
        return UTF16_LITTLE;
    return even * 10 > sample * 4 && !odd ? UTF16_BIG : UTF8;
}

/* Between UTF-8 with a few bad bytes and Windows-1252 the majority decides. */
static enum encoding guess_bytes(struct str bytes)
{
    if (utf8_valid_length(bytes) == bytes.len)
        return UTF8;
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < bytes.len;) {
        size_t start = i;
        uint32_t c = utf8_next(bytes, &i);
        if (c == UTF8_REPLACEMENT)
            bad++;
        else
            good += i - start > 1;
    }
    return good > bad ? UTF8_BROKEN : WINDOWS_1252;
}

static enum encoding guess(struct str bytes)
{
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        return UTF8_MARK;
    if (str_starts(bytes, STR("\xFF\xFE")))
        return UTF16_LITTLE;
    if (str_starts(bytes, STR("\xFE\xFF")))
        return UTF16_BIG;
    enum encoding wide = guess_utf16(bytes);
    return wide != UTF8 ? wide : guess_bytes(bytes);
}

static uint32_t unit_at(struct str bytes, size_t i, bool big)
{
    unsigned a = (unsigned char)bytes.data[i], b = (unsigned char)bytes.data[i + 1];
    return big ? a << 8 | b : b << 8 | a;
}

static struct str from_utf16(struct arena *arena, struct str bytes, bool big)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i + 1 < bytes.len; i += 2) {
        uint32_t c = unit_at(bytes, i, big);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.len) {
            uint32_t low = unit_at(bytes, i + 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        utf8_put(&out, c >= 0xD800 && c < 0xE000 ? UTF8_REPLACEMENT : c);
    }
    if (bytes.len % 2)
        utf8_put(&out, UTF8_REPLACEMENT);
    return buf_str(&out);
}

static struct str from_windows(struct arena *arena, struct str bytes)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        utf8_put(&out, c >= 0x80 && c < 0xA0 ? high_controls[c - 0x80] : c);
    }
    return buf_str(&out);
}

static struct str to_utf8(struct arena *arena, struct str bytes, enum encoding encoding)
{
    switch (encoding) {
    case UTF8_BROKEN:
        return utf8_repair(arena, bytes);
    case UTF8_MARK:
        return utf8_repair(arena, str_from_offset(bytes, 3));
    case UTF16_LITTLE:
    case UTF16_BIG:
        return from_utf16(arena, bytes, encoding == UTF16_BIG);
    case WINDOWS_1252:
        return from_windows(arena, bytes);
    default:
        return bytes;
    }
}

static bool is_control(unsigned char c)
{
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1B;
}

/* Needs no cleaning. */
static bool is_printable(char c)
{
    return (c >= ' ' && c <= '~') || c == '\n';
}

/* Behind the bytes at `at` that need no cleaning. */
static size_t printable_end(struct str text, size_t at)
{
    for (; at + LANES <= text.len; at += LANES) {
        uint64_t lanes = lanes_load(text.data + at), ascii = lanes & ~LANES_HIGH;
        uint64_t printable = lanes_between(ascii, ' ', '~') | lanes_equal(ascii, '\n');
        uint64_t others = (~printable | lanes) & LANES_HIGH;
        if (others)
            return at + lanes_before(others);
    }
    while (at < text.len && is_printable(text.data[at]))
        at++;
    return at;
}

/* Whether only blanks stand between `offset` and the line's end. */
static bool at_line_end(struct str text, size_t offset)
{
    while (offset < text.len && (text.data[offset] == ' ' || text.data[offset] == '\t'))
        offset++;
    return offset == text.len || text.data[offset] == '\n' || text.data[offset] == '\r';
}

static void clean_ascii(struct buf *out, struct str text, size_t i)
{
    char c = text.data[i];
    if (c == '\r') {
        if (i + 1 == text.len || text.data[i + 1] != '\n')
            buf_put_char(out, '\n');
    } else if (c == '\v') {
        buf_put_char(out, '\n');
    } else if (!is_control((unsigned char)c) && c != 0x7F && c != 0x1B) {
        buf_put_char(out, c);
    }
}

static void clean_wide(struct buf *out, struct str text, struct str bytes, size_t end, uint32_t c)
{
    if (c == 0xAD) {
        if (at_line_end(text, end))
            buf_put_char(out, '-');
    } else if (c == 0x2028 || c == 0x2029 || c == 0x85) {
        buf_put_char(out, '\n');
    } else if (c >= 0xFB00 && c <= 0xFB06) {
        buf_put_cstring(out, ligatures[c - 0xFB00]);
    } else if (c == 0x2011) { /* a hyphen that does not break */
        buf_put_char(out, '-');
    } else if (c < 0xA0 || utf8_is_format(c) || c == 0x200B) {
        return;
    } else if (utf8_is_space(c)) {
        buf_put_char(out, ' ');
    } else {
        buf_put(out, bytes);
    }
}

/* `*controls` counts the control characters. */
static struct str clean(struct arena *arena, struct str text, size_t *controls)
{
    struct buf out;
    *controls = 0;
    buf_init(&out, arena);
    buf_reserve(&out, text.len);
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        i = printable_end(text, i);
        buf_put(&out, str_slice(text, start, i - start));
        start = i;
        if (i == text.len)
            break;
        if ((unsigned char)text.data[i] < 0x80) {
            *controls += is_control((unsigned char)text.data[i]);
            clean_ascii(&out, text, i++);
            continue;
        }
        uint32_t c = utf8_next(text, &i);
        clean_wide(&out, text, str_slice(text, start, i - start), i, c);
    }
    return buf_str(&out);
}

static void say_encoding(struct str path, enum encoding encoding, struct diags *diags)
{
    static const char *const names[] = {NULL,
                                        "UTF-8 with a byte order mark",
                                        "UTF-8 with broken bytes, which now read U+FFFD",
                                        "UTF-16, little-endian",
                                        "UTF-16, big-endian",
                                        "Windows-1252"};
    if (names[encoding])
        diag_add(diags, DIAG_NOTE, "charset", (struct place){.path = path}, "read as %s",
                 names[encoding]);
}

bool charset_decode(struct arena *arena, struct str path, struct str bytes, struct str *out,
                    struct diags *diags)
{
    *out = (struct str){0};
    const char *name = known_binary(bytes);
    enum encoding encoding = guess(bytes);
    struct str text = to_utf8(arena, bytes, encoding), cleaned = {0};
    size_t controls = 0;
    if (!name)
        cleaned = clean(arena, text, &controls);
    /* Text has hardly any control characters; one in twenty is beyond any slip. */
    if (controls * 20 > text.len)
        name = "binary data";
    if (name) {
        diag_add(diags, DIAG_ERROR, "not-text", (struct place){.path = path},
                 "this is %s, not text; nothing of it was read", name);
        return false;
    }
    say_encoding(path, encoding, diags);
    *out = cleaned;
    return true;
}
