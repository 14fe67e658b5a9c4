/* Web addresses that were broken over lines. */
#ifndef NASLAG_READ_ADDRESS_H
#define NASLAG_READ_ADDRESS_H

#include "base/str.h"

#include <stdbool.h>

/* Whether `text` begins with a web address. */
bool address_starts(struct str text);

/* Whether the address that `word` ends in goes on with `rest`, the first word of the next line: it
 * was broken behind a sign, or what follows can be no word of a sentence. */
bool address_goes_on(struct str word, struct str rest);

#endif
