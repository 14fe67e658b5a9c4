/* Addresses inside the site: always relative, so that it works from any folder, host and disk. */
#ifndef NASLAG_WRITE_URL_H
#define NASLAG_WRITE_URL_H

#include "base/buf.h"

struct arena;

/* The way from the page `id` to the site's root: `../` for each folder; empty at the root. */
struct str url_root(struct arena *arena, struct str id);

/* `root` + page + `.html`, with `#anchor` where there is one; escaped as a URL, not as HTML. */
void url_put_page(struct buf *out, struct str root, struct str id, struct str anchor);
struct str url_page(struct arena *arena, struct str root, struct str id, struct str anchor);

/* `root` + folder + `/` + path: a file that is copied to the site. */
struct str url_file(struct arena *arena, struct str root, struct str folder, struct str path);

#endif
