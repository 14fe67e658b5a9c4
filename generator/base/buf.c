#include "base/buf.h"

#include "base/arena.h"
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_SIZE = 64 };

void buf_init(struct buf *buf, struct arena *arena)
{
    *buf =
        (struct buf){.data = arena_text(arena, FIRST_SIZE), .capacity = FIRST_SIZE, .arena = arena};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

static void grow(struct buf *buf, size_t least)
{
    size_t capacity = buf->capacity * 2;
    if (capacity < least)
        capacity = least;
    char *moved = arena_resize(buf->arena, buf->data, buf->capacity, capacity);
    if (!moved) {
        moved = arena_text(buf->arena, capacity);
        memcpy(moved, buf->data, buf->len);
    }
    buf->data = moved;
    buf->capacity = capacity;
}

static inline char *reserve(struct buf *buf, size_t size)
{
    if (size > SIZE_MAX / 4 - buf->len)
        err_out_of_memory();
    if (buf->capacity - buf->len < size)
        grow(buf, buf->len + size);
    return buf->data + buf->len;
}

char *buf_reserve(struct buf *buf, size_t size)
{
    return reserve(buf, size);
}

void buf_put(struct buf *buf, struct str text)
{
    if (!text.len)
        return;
    memcpy(reserve(buf, text.len), text.data, text.len);
    buf->len += text.len;
}

void buf_put_char(struct buf *buf, char c)
{
    *reserve(buf, 1) = c;
    buf->len++;
}

void buf_put_cstring(struct buf *buf, const char *text)
{
    buf_put(buf, str_from(text));
}

/* By hand: pages hold many numbers, and printf takes ten times as long. */
void buf_put_number(struct buf *buf, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        digits[--at] = '-';
    buf_put(buf, (struct str){digits + at, sizeof digits - at});
}

void buf_put_hex(struct buf *buf, const unsigned char *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    char *out = reserve(buf, 2 * count);
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    buf->len += 2 * count;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (len < 0)
        err_out_of_memory();
    vsnprintf(buf_reserve(buf, (size_t)len + 1), (size_t)len + 1, format, again);
    va_end(again);
    buf->len += (size_t)len;
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->data, buf->len};
}
