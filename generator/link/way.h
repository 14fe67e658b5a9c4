/* The way from one place of the content to another, as a relative link has it. */
#ifndef NASLAG_LINK_WAY_H
#define NASLAG_LINK_WAY_H

#include "base/str.h"

struct arena;

/* The folder of a path, with `/` at its end; empty at the top. Borrowed. */
struct str way_folder(struct str path);

/* From a folder (empty, or with `/` at its end) to a file, both below the content folder. */
struct str way_to(struct arena *arena, struct str folder, struct str path);

#endif
