/* Where sentences begin, and whether a capital there is a name's.
 *
 * At the beginning of a sentence any word has a capital. A proper name that is also an ordinary
 * word
 * (`Zetten`) counts there only if what follows shows it: a sign or the end, `en` or `of` and
 * another capital, or a verb in the singular such as `is` or `heeft`. */
#ifndef NASLAG_LINK_SENTENCE_H
#define NASLAG_LINK_SENTENCE_H

#include "base/str.h"

/* Whether text[start, end), a word with a capital, may be a name. */
bool sentence_names(struct str text, size_t start, size_t end);

#endif
