/* Bytes of unknown origin to clean UTF-8: the first stage of the plain-text reader.
 *
 * UTF-8 with and without byte order mark, UTF-16 and Windows-1252 are told apart by what the bytes
 * are. The result is well-formed; its lines end in LF and its pages in form feeds; NUL and other
 * control characters, zero-width characters and soft hyphens inside words are gone, a soft hyphen
 * at a line's end is a hyphen, ligatures are letters, white space of other kinds is a space. */
#ifndef NASLAG_READ_CHARSET_H
#define NASLAG_READ_CHARSET_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Decodes `bytes`, which stand in the file `path`, into `out`. What is not plain UTF-8 is a note
 * (`charset`) that says what it was taken for. Returns false, with an error (`not-text`) and an
 * empty `out`, where the bytes are no text. */
bool charset_decode(struct arena *arena, struct str path, struct str bytes, struct str *out,
                    struct diags *diags);

#endif
