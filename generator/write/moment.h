/* Moments as text: by the clock of who made the commit, whatever the zone and locale of this
 * machine. */
#ifndef NASLAG_WRITE_MOMENT_H
#define NASLAG_WRITE_MOMENT_H

#include "base/str.h"
#include "read/meta.h"
#include "repo/snapshot.h"

struct arena;

struct date moment_date(struct moment moment);

/* RFC 3339: `2025-01-17T09:30:00+01:00`. */
struct str moment_iso(struct arena *arena, struct moment moment);

#endif
