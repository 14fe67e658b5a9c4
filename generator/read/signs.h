/* Items of lists that only the company they keep shows: `1 Een brug` where `2 Een pont` and `3 Een
 * sluis` follow, and bullets of symbol fonts that came out as the letter or digit in whose place
 * they stood: `v`, `§`, `6`.
 *
 * One such line may be anything, three that begin anew near each other are a list. */
#ifndef NASLAG_READ_SIGNS_H
#define NASLAG_READ_SIGNS_H

#include "read/lines.h"
#include "read/marker.h"

struct arena;

/* Says of the lines of running text which begin with such a sign. */
void signs_find(struct arena *arena, struct lines *lines);

/* The marker of an item that `line` begins with, by its sign or by its looks. */
struct marker signs_marker(const struct line *line);

#endif
