/* Changes of front matter that leave all the rest of it as it was written.
 *
 * What a change comes to is read again, so that nothing but what was asked for becomes another
 * value: where that can't be had in the way in which it is written, nothing is changed. */
#ifndef NASLAG_READ_FRONTMATTER_H
#define NASLAG_READ_FRONTMATTER_H

#include "read/meta.h"

struct arena;

/* Adds `value` to the list under `key`, `aliases` or `redirect_from`, which may not be there yet,
 * as may the front matter; nothing is added that is there. False where that can't be done. */
bool frontmatter_add(struct arena *arena, struct str source, const char *key, struct str value,
                     struct str *out);

/* Gives `title` another value. False where there is none, or where it can't be done. */
bool frontmatter_title(struct arena *arena, struct str source, struct str title, struct str *out);

/* The names of documents in front matter: sources, relations, links, what it
 * translates. NULL behind the last. */
const struct meta_text *frontmatter_name(const struct meta *meta, size_t index);

/* In the name `index` the part `from` becomes `to`. False where it can't be done. */
bool frontmatter_rename(struct arena *arena, struct str source, size_t index, struct str from,
                        struct str to, struct str *out);

#endif
