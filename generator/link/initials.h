/* Whether an abbreviation can stand for words: its letters come in order from them.
 *
 * After Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions in
 * biomedical text, PSB 2003), with a price for what fits less well, so that the best of several
 * ways is found and Dutch compounds fit: a letter inside a word (`jeugdzorg`: JZ) costs one, a word
 * that gives no letter costs one, small words (`van`, `en`) nothing. */
#ifndef NASLAG_LINK_INITIALS_H
#define NASLAG_LINK_INITIALS_H

#include "base/str.h"

#include <stdint.h>

enum {
    INITIALS_MAX = 12,    /* letters of an abbreviation: a longer one is a word in capitals */
    INITIALS_WINDOW = 200 /* characters that are looked through for its words */
};

/* Whether a word looks like an abbreviation: `IGJ`, `JenV`, `JZ+`, and short ones with one capital,
 * as of laws: `Awb`. */
bool initials_are(struct str word);

/* Where in `text` the words begin that the abbreviation stands for, or STR_NONE. They end where
 * `text` ends, but for words without a letter in it. */
ptrdiff_t initials_find(struct str abbreviation, struct str text);

#endif
