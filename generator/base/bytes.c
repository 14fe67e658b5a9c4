#include "base/bytes.h"

enum { DIGIT_BITS = 7, DIGIT_MORE = 0x80 };

void bytes_begin(struct bytes *bytes, struct str data)
{
    const uint8_t *start = (const uint8_t *)(data.len ? data.data : "");
    *bytes = (struct bytes){.next = start, .end = start + data.len};
}

bool bytes_at_end(const struct bytes *bytes)
{
    return bytes->next == bytes->end;
}

static void fail(struct bytes *bytes)
{
    bytes->failed = true;
    bytes->next = bytes->end;
}

static uint32_t read_long_number(struct bytes *bytes)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 32 && bytes->next < bytes->end; shift += DIGIT_BITS) {
        uint8_t byte = *bytes->next++;
        number |= (uint64_t)(byte & (DIGIT_MORE - 1)) << shift;
        if (byte & DIGIT_MORE)
            continue;
        if (number <= UINT32_MAX)
            return (uint32_t)number;
        break;
    }
    fail(bytes);
    return 0;
}

uint32_t bytes_number(struct bytes *bytes)
{
    if (bytes->next < bytes->end && *bytes->next < DIGIT_MORE)
        return *bytes->next++;
    return read_long_number(bytes);
}

static uint64_t read_fixed(struct bytes *bytes, size_t size)
{
    struct str digits = bytes_take(bytes, size);
    uint64_t number = 0;
    for (size_t i = digits.len; i > 0; i--)
        number = number << 8 | (uint8_t)digits.data[i - 1];
    return number;
}

uint64_t bytes_long(struct bytes *bytes)
{
    return read_fixed(bytes, sizeof(uint64_t));
}

uint64_t bytes_hash(struct bytes *bytes)
{
    return read_fixed(bytes, BYTES_HASH_SIZE);
}

uint32_t bytes_short(struct bytes *bytes)
{
    return (uint32_t)read_fixed(bytes, BYTES_SHORT_SIZE);
}

struct str bytes_take(struct bytes *bytes, size_t size)
{
    if ((size_t)(bytes->end - bytes->next) < size) {
        fail(bytes);
        return (struct str){"", 0};
    }
    struct str taken = {(const char *)bytes->next, size};
    bytes->next += size;
    return taken;
}

struct str bytes_text(struct bytes *bytes)
{
    return bytes_take(bytes, bytes_number(bytes));
}

uint32_t bytes_count(struct bytes *bytes, size_t least)
{
    return bytes_count_of(bytes, bytes_number(bytes), least);
}

uint32_t bytes_count_of(struct bytes *bytes, uint32_t count, size_t least)
{
    if (count <= (size_t)(bytes->end - bytes->next) / least)
        return count;
    fail(bytes);
    return 0;
}

void bytes_put_number(struct buf *out, uint32_t number)
{
    char *to = buf_reserve(out, 5);
    size_t len = 0;
    for (; number >= DIGIT_MORE; number >>= DIGIT_BITS)
        to[len++] = (char)(number | DIGIT_MORE);
    to[len++] = (char)number;
    out->len += len;
}

static void put_fixed(struct buf *out, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++, number >>= 8)
        buf_put_char(out, (char)(number & 0xff));
}

void bytes_put_long(struct buf *out, uint64_t number)
{
    put_fixed(out, number, sizeof number);
}

void bytes_put_hash(struct buf *out, uint64_t hash)
{
    put_fixed(out, hash, BYTES_HASH_SIZE);
}

void bytes_put_short(struct buf *out, uint32_t hash)
{
    put_fixed(out, hash, BYTES_SHORT_SIZE);
}

void bytes_put_text(struct buf *out, struct str text)
{
    bytes_put_number(out, (uint32_t)text.len);
    buf_put(out, text);
}
