/* Eight bytes of text at once, for loops that look at every byte of it: SIMD without SIMD.
 *
 * A mask has the highest bit of each byte that it says something of, and no other. The bytes must
 * be ASCII where nothing else is said. */
#ifndef NASLAG_BASE_LANES_H
#define NASLAG_BASE_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 8 };

#define LANES_ALL(byte) ((uint64_t)(byte)*0x0101010101010101u)
#define LANES_HIGH LANES_ALL(0x80)

/* The eight bytes at `text`, all of which must be readable. */
static inline uint64_t lanes_load(const char *text)
{
    uint64_t lanes;
    memcpy(&lanes, text, sizeof lanes);
    return lanes;
}

static inline void lanes_store(char *text, uint64_t lanes)
{
    memcpy(text, &lanes, sizeof lanes);
}

/* The bytes that are `first` or more, and `last` or less; both are ASCII. */
static inline uint64_t lanes_between(uint64_t lanes, unsigned first, unsigned last)
{
    return (lanes + LANES_ALL(0x80 - first)) & ~(lanes + LANES_ALL(0x7F - last)) & LANES_HIGH;
}

static inline uint64_t lanes_equal(uint64_t lanes, unsigned byte)
{
    return ~((lanes ^ LANES_ALL(byte)) + LANES_ALL(0x7F)) & LANES_HIGH;
}

/* Of any bytes: those that are ASCII letters or digits, of either case. */
static inline uint64_t lanes_alnum(uint64_t lanes)
{
    uint64_t ascii = lanes & ~LANES_HIGH;
    return (lanes_between(ascii | LANES_ALL(0x20), 'a', 'z') | lanes_between(ascii, '0', '9')) &
           ~lanes;
}

static inline uint64_t lanes_lower(uint64_t lanes)
{
    return lanes | lanes_between(lanes, 'A', 'Z') >> 2;
}

/* The first `count` of eight bytes; fewer than eight. */
static inline uint64_t lanes_first(uint64_t lanes, size_t count)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return lanes & (((uint64_t)1 << count * 8) - 1);
#else
    return lanes & ~(UINT64_MAX >> count * 8);
#endif
}

/* The bytes of which the next one is in a mask; never the last. */
static inline uint64_t lanes_followed(uint64_t mask)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return mask >> 8;
#else
    return mask << 8;
#endif
}

/* How many bytes are in a mask. */
static inline size_t lanes_count(uint64_t mask)
{
    return (size_t)((mask >> 7) * LANES_ALL(1) >> 56);
}

/* How many bytes stand before the first one of a mask, which must not be empty. */
static inline size_t lanes_before(uint64_t mask)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(mask) / 8;
#else
    return (size_t)__builtin_clzll(mask) / 8;
#endif
}

#endif
