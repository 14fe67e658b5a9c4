#include "write/escape.h"

#include "base/lanes.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* A set of bytes, one bit each. */
struct bytes {
    uint64_t bits[4];
};

#define BIT(c) ((uint64_t)1 << ((c)&63))
#define CONTROLS ((uint64_t)0xffffffff)
#define NON_ASCII UINT64_MAX, UINT64_MAX

static bool holds(const struct bytes *set, char c)
{
    unsigned char byte = (unsigned char)c;
    return set->bits[byte >> 6] >> (byte & 63) & 1;
}

/* Where the next byte of `set` stands at or behind `at`, or the end. */
static size_t next_of(struct str text, size_t at, const struct bytes *set)
{
    while (at < text.len && !holds(set, text.data[at]))
        at++;
    return at;
}

/* Eight bytes at once, for most of a text is plain (lanes.h). Of a byte that may be in the set the
 * highest bit is set, of one that is not it is clear up to the first that is. */

/* The eight bytes that are one of two which differ in the bits of `but` alone. */
static inline uint64_t either(uint64_t bytes, unsigned byte, unsigned but)
{
    return ((bytes | LANES_ALL(but)) ^ LANES_ALL(byte)) - LANES_ALL(1);
}

/* Those that are no ASCII or a control character. */
static inline uint64_t odd(uint64_t bytes)
{
    return bytes | (bytes - LANES_ALL(0x20)) | either(bytes, 0x7F, 0);
}

/* `&` and `'` differ in one bit, and so do `<` and `>`. */
static inline uint64_t html(uint64_t bytes)
{
    return odd(bytes) | either(bytes, '"', 0) | either(bytes, '\'', 1) | either(bytes, '>', 2);
}

static inline uint64_t json(uint64_t bytes)
{
    return odd(bytes) | either(bytes, '"', 0) | either(bytes, '\\', 0);
}

/* As next_of(), where `any` tells which of eight bytes may be in the set. The last eight are looked
 * at once more where fewer are left. */
static inline size_t next_by_eight(struct str text, size_t at, const struct bytes *set,
                                   uint64_t (*any)(uint64_t))
{
    for (; text.len - at >= LANES; at += LANES) {
        uint64_t found = any(lanes_load(text.data + at)) & LANES_HIGH;
        if (!found)
            continue;
        for (size_t i = at + lanes_before(found); i < at + LANES; i++)
            if (holds(set, text.data[i]))
                return i;
    }
    if (text.len >= LANES && !(any(lanes_load(text.data + text.len - LANES)) & LANES_HIGH))
        return text.len;
    return next_of(text, at, set);
}

static size_t next_html(struct str text, size_t at, const struct bytes *set)
{
    return next_by_eight(text, at, set, html);
}

static size_t next_json(struct str text, size_t at, const struct bytes *set)
{
    return next_by_eight(text, at, set, json);
}

/* Puts what stands before `at` and was not put yet. */
static void put_span(struct buf *out, struct str text, size_t start, size_t at)
{
    if (at > start)
        buf_put(out, (struct str){text.data + start, at - start});
}

static bool is_valid_at(struct str text, size_t at, size_t end, uint32_t code_point)
{
    return code_point != UTF8_REPLACEMENT ||
           (end - at == 3 && (unsigned char)text.data[at] == 0xEF);
}

/* What HTML calls noncharacters and controls; XML forbids some of each. */
static bool is_forbidden(uint32_t code_point)
{
    return (code_point < 0x20 && code_point != '\t' && code_point != '\n' && code_point != '\r') ||
           (code_point >= 0x7F && code_point < 0xA0) ||
           (code_point >= 0xFDD0 && code_point <= 0xFDEF) || (code_point & 0xFFFE) == 0xFFFE;
}

static const char *html_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    }
    return NULL;
}

void escape_html(struct buf *out, struct str text)
{
    static const struct bytes special = {{(CONTROLS & ~(BIT('\t') | BIT('\n') | BIT('\r'))) |
                                              BIT('&') | BIT('<') | BIT('>') | BIT('"') | BIT('\''),
                                          BIT(0x7F), NON_ASCII}};
    size_t start = 0;
    for (size_t at = next_html(text, 0, &special); at < text.len;
         at = next_html(text, at, &special)) {
        const char *entity = html_entity(text.data[at]);
        size_t end = at;
        uint32_t code_point = utf8_next(text, &end);
        if (entity || is_forbidden(code_point) || !is_valid_at(text, at, end, code_point)) {
            put_span(out, text, start, at);
            buf_put_cstring(out, entity ? entity : "\xEF\xBF\xBD");
            start = end;
        }
        at = end;
    }
    put_span(out, text, start, text.len);
}

static void put_percent(struct buf *out, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    char code[] = {'%', digits[byte >> 4], digits[byte & 15]};
    buf_put(out, (struct str){code, sizeof code});
}

/* RFC 3986, section 2.3, and the slash. A second slash at the start would make a host of what
 * follows. */
void escape_path(struct buf *out, struct str path)
{
    static const struct bytes special = {
        {~(((uint64_t)0x3ff << '0') | BIT('-') | BIT('.') | BIT('/')),
         ~(((uint64_t)0x3ffffff << ('A' & 63)) | ((uint64_t)0x3ffffff << ('a' & 63)) | BIT('_') |
           BIT('~')),
         NON_ASCII}};
    size_t start = 0;
    if (path.len > 1 && path.data[0] == '/' && path.data[1] == '/') {
        buf_put(out, STR("/%2F"));
        start = 2;
    }
    for (size_t at = next_of(path, start, &special); at < path.len;
         at = next_of(path, at + 1, &special)) {
        put_span(out, path, start, at);
        put_percent(out, path.data[at]);
        start = at + 1;
    }
    put_span(out, path, start, path.len);
}

static bool is_hex(char c)
{
    return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'f');
}

static bool is_percent_code(struct str url, size_t at)
{
    return url.len - at > 2 && is_hex(url.data[at + 1]) && is_hex(url.data[at + 2]);
}

/* RFC 3986, section 2: all but reserved and unreserved characters. */
void escape_url(struct buf *out, struct str url)
{
    static const struct bytes special = {
        {CONTROLS | BIT(' ') | BIT('"') | BIT('%') | BIT('<') | BIT('>'),
         BIT('\\') | BIT('^') | BIT('`') | BIT('{') | BIT('|') | BIT('}') | BIT(0x7F), NON_ASCII}};
    size_t start = 0;
    for (size_t at = next_of(url, 0, &special); at < url.len; at = next_of(url, at + 1, &special)) {
        if (url.data[at] == '%' && is_percent_code(url, at))
            continue;
        put_span(out, url, start, at);
        put_percent(out, url.data[at]);
        start = at + 1;
    }
    put_span(out, url, start, url.len);
}

/* Puts a quote twice, and what is no UTF-8 as U+FFFD. */
void escape_csv(struct buf *out, struct str text)
{
    static const struct bytes quoted = {{BIT('"') | BIT(',') | BIT('\n') | BIT('\r')}};
    static const struct bytes special = {{BIT('"'), 0, NON_ASCII}};
    bool in_quotes = next_of(text, 0, &quoted) < text.len;
    size_t start = 0;
    if (in_quotes)
        buf_put_char(out, '"');
    for (size_t at = next_of(text, 0, &special); at < text.len; at = next_of(text, at, &special)) {
        size_t end = at;
        uint32_t code_point = utf8_next(text, &end);
        if (code_point == '"' || !is_valid_at(text, at, end, code_point)) {
            put_span(out, text, start, at);
            buf_put_cstring(out, code_point == '"' ? "\"\"" : "\xEF\xBF\xBD");
            start = end;
        }
        at = end;
    }
    put_span(out, text, start, text.len);
    if (in_quotes)
        buf_put_char(out, '"');
}

static void put_json_escape(struct buf *out, char c)
{
    switch (c) {
    case '"':
    case '\\':
        buf_put_char(out, '\\');
        buf_put_char(out, c);
        return;
    case '\n':
        buf_put_cstring(out, "\\n");
        return;
    case '\r':
        buf_put_cstring(out, "\\r");
        return;
    case '\t':
        buf_put_cstring(out, "\\t");
        return;
    }
    if ((unsigned char)c < 0x20)
        buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    else
        buf_put_cstring(out, "\xEF\xBF\xBD");
}

void escape_yaml(struct buf *out, struct str text)
{
    buf_put_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            buf_put_char(out, '\\');
        buf_put_char(out, text.data[i]);
    }
    buf_put_char(out, '"');
}

void escape_json(struct buf *out, struct str text)
{
    static const struct bytes special = {{CONTROLS | BIT('"'), BIT('\\'), NON_ASCII}};
    size_t start = 0;
    buf_put_char(out, '"');
    for (size_t at = next_json(text, 0, &special); at < text.len;
         at = next_json(text, at, &special)) {
        size_t end = at;
        uint32_t code_point = utf8_next(text, &end);
        if (code_point < 0x80 || !is_valid_at(text, at, end, code_point)) {
            put_span(out, text, start, at);
            put_json_escape(out, text.data[at]);
            start = end;
        }
        at = end;
    }
    put_span(out, text, start, text.len);
    buf_put_char(out, '"');
}
