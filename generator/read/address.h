/* Web addresses that were broken over lines. */
#ifndef NASLAG_READ_ADDRESS_H
#define NASLAG_READ_ADDRESS_H

#include "base/lanes.h"
#include "base/str.h"

#include <stdbool.h>

/* Whether `text` begins with a web address. */
bool address_starts(struct str text);

/* Whether a web address may begin at byte `i`: almost always the second letter tells. */
static inline bool address_may_start(struct str text, size_t i)
{
    char c = text.data[i], next = i + 1 < text.len ? text.data[i + 1] : 0;
    return (c == 'h' && next == 't') || (c == 'w' && next == 'w');
}

/* The same of each of eight bytes, but for the last. */
static inline uint64_t address_may_start_lanes(uint64_t lanes)
{
    uint64_t ascii = lanes & ~LANES_HIGH, w = lanes_equal(ascii, 'w');
    return (lanes_equal(ascii, 'h') & lanes_followed(lanes_equal(ascii, 't'))) |
           (w & lanes_followed(w));
}

/* Whether the address that `word` ends in goes on with `rest`, the first word of the next line: it
 * was broken behind a sign, or what follows can be no word of a sentence. */
bool address_goes_on(struct str word, struct str rest);

#endif
