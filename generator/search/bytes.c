#include "search/bytes.h"

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

uint64_t bytes_hash(struct bytes *bytes)
{
    struct str digits = bytes_take(bytes, BYTES_HASH_SIZE);
    uint64_t hash = 0;
    for (size_t i = digits.len; i > 0; i--)
        hash = hash << 8 | (uint8_t)digits.data[i - 1];
    return hash;
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
    uint32_t count = bytes_number(bytes);
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

void bytes_put_hash(struct buf *out, uint64_t hash)
{
    for (int i = 0; i < BYTES_HASH_SIZE; i++, hash >>= 8)
        buf_put_char(out, (char)(hash & 0xff));
}

void bytes_put_text(struct buf *out, struct str text)
{
    bytes_put_number(out, (uint32_t)text.len);
    buf_put(out, text);
}
