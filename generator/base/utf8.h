/* Unicode text: walking, folding and comparing. The only door to utf8proc.
 *
 * Input may hold any bytes: a byte that is not part of a well-formed sequence reads as U+FFFD. */
#ifndef NASLAG_BASE_UTF8_H
#define NASLAG_BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

struct arena;
struct buf;

enum { UTF8_REPLACEMENT = 0xFFFD };

/* What utf8_next() and utf8_before() do with a byte that is not ASCII. */
uint32_t utf8_next_wide(struct str text, size_t *offset);
uint32_t utf8_before_wide(struct str text, size_t offset);

/* The code point at `*offset`, which must be less than text.len; moves `*offset` behind it. */
static inline uint32_t utf8_next(struct str text, size_t *offset)
{
    unsigned char byte = (unsigned char)text.data[*offset];
    if (byte >= 0x80)
        return utf8_next_wide(text, offset);
    ++*offset;
    return byte;
}

/* The code point that ends at `offset`; U+FFFD, which is no letter, where that is 0. */
static inline uint32_t utf8_before(struct str text, size_t offset)
{
    if (!offset)
        return UTF8_REPLACEMENT;
    unsigned char byte = (unsigned char)text.data[offset - 1];
    return byte < 0x80 ? byte : utf8_before_wide(text, offset);
}

void utf8_put(struct buf *buf, uint32_t code_point);

/* Length of the longest start of `text` that is ASCII. */
size_t utf8_ascii_length(struct str text);

/* Length of the longest well-formed start of `text`. */
size_t utf8_valid_length(struct str text);

/* `text` itself where it is well-formed, else a copy with U+FFFD for what is not. */
struct str utf8_repair(struct arena *arena, struct str text);

/* Classes by Unicode's general category. */
bool utf8_is_letter(uint32_t code_point); /* letters and combining marks */
bool utf8_is_upper(uint32_t code_point);  /* upper and title case */
bool utf8_is_digit(uint32_t code_point);  /* decimal digits */
bool utf8_is_space(uint32_t code_point);  /* white space, no-break and zero-width space included */
bool utf8_is_format(uint32_t code_point); /* invisible: soft hyphen, joiners, byte order mark */

/* Columns that it takes on a terminal: 0, 1 or 2. */
unsigned utf8_width(uint32_t code_point);

/* Upper or lower case of one code point, where there is a one-to-one mapping. */
uint32_t utf8_lower(uint32_t code_point);
uint32_t utf8_upper(uint32_t code_point);

enum { UTF8_DECOMPOSED_MAX = 8 };

/* Canonical decomposition of one code point, without case; ligatures of Latin letters come apart
 * too. Returns how many code points it is. */
size_t utf8_decompose(uint32_t code_point, uint32_t out[UTF8_DECOMPOSED_MAX]);

/* How many code points well-formed text has. */
size_t utf8_count(struct str text);

/* Composed, without case: equal for texts that differ in case or in composition only. */
struct str utf8_fold(struct arena *arena, struct str text);

/* Composed (NFC). */
struct str utf8_compose(struct arena *arena, struct str text);

/* Sort key for a Dutch or English reader: without case, accents and punctuation; digits first. */
struct str utf8_sort_key(struct arena *arena, struct str text);

/* Slug for headings and file names alike: lower case, accents of Latin letters dropped, apostrophes
 * dropped, every other run of what is no letter, digit or `_` one hyphen, none at the ends. May be
 * empty. "Één: hulp/zorg & 'n plek" gives "een-hulp-zorg-n-plek". */
struct str utf8_slug(struct arena *arena, struct str text);

#endif
