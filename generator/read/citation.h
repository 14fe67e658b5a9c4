/* One citation of those that share brackets, by Pandoc's syntax: `zie @key, p. 3`, `@key p. 3` and
 * `-@key`. */
#ifndef NASLAG_READ_CITATION_H
#define NASLAG_READ_CITATION_H

#include "base/str.h"

/* All of it is borrowed. What follows the locator (`p. 3, en verder`) is left with it. */
struct citation {
    struct str prefix, key, locator;
};

/* Whether a key may have this byte. */
bool citation_is_key(char c);

/* Returns false where `part` is no citation: an `@` inside a word makes an address of it. */
bool citation_read(struct str part, struct citation *out);

#endif
