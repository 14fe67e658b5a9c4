/* How wide a text is in print, in thousandths of an em.
 *
 * Letters are not equally wide, so how full a line was can't be told by counting them. The widths
 * are those of Helvetica (Adobe's Core 14 font metrics), which the sans serifs of letters and
 * reports are all drawn after; a serif's differ, but in proportion. */
#ifndef NASLAG_READ_EXTENT_H
#define NASLAG_READ_EXTENT_H

#include "base/str.h"

#include <stdint.h>

enum { EXTENT_SPACE = 278 };

uint32_t extent_of(struct str text);

#endif
