/* What forms of one word have in common, so that whoever looks for `brief` finds `brieven`.
 *
 * Dutch: singular and plural, genitive, diminutive, adjectives with and without -e, and of regular
 * verbs those forms that no noun looks like. Another word stays another word: `regeling` is not
 * found by `regel`, nor `overheid` by `over`. Which words go together and which do not, and where
 * this fails, is specified in tests/spec/stems.md. English: plurals, 's, -ing and -ed.
 *
 * A stem is only good to be compared with other stems of its language: it need be no word, and
 * has no stem of its own. Any bytes are taken; only ASCII letters are ever changed. Freestanding:
 * part of the reader of the index. */
#ifndef NASLAG_SEARCH_STEM_H
#define NASLAG_SEARCH_STEM_H

#include "base/str.h"

enum stem_language { STEM_NONE, STEM_DUTCH, STEM_ENGLISH };

enum { STEM_EXTRA = 4 }; /* bytes that a stem may be longer than its form */

/* The stem of a folded form, in `out` (room for form.len + STEM_EXTRA bytes; not the form itself);
 * returns its length, at least 1 where form.len is. Under STEM_NONE it is the form. */
size_t stem_find(enum stem_language language, struct str form, char *out);

#endif
