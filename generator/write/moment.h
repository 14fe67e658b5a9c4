/* A moment of history as a date and as text, by the clock of whoever made it: neither the zone nor
 * the locale of this process matters.
 *
 * A committer's clock may say anything. Moments outside the years 1 to 9999 are brought to the
 * nearest that is inside, and offsets to less than a day. */
#ifndef NASLAG_WRITE_MOMENT_H
#define NASLAG_WRITE_MOMENT_H

#include "read/meta.h"
#include "repo/snapshot.h"

/* The day. */
struct date moment_date(struct moment moment);

/* ISO 8601 as RFC 3339 has it, with seconds and offset: `2025-01-17T09:30:00+01:00`. */
struct str moment_iso(struct arena *arena, struct moment moment);

#endif
