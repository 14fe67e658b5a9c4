/* From a page's values to its file. */
#ifndef NASLAG_WRITE_RENDERING_H
#define NASLAG_WRITE_RENDERING_H

#include "write/page.h"
#include "write/publish.h"

/* Renders a page and publishes it; its origin is noted with the file. */
void rendering_make(struct page *page, struct publish *publish, const char *template,
                    struct str path, struct origin origin);

/* The same of a page that is made of its values alone, unless it is there already. `grounds`: see
 * grounds.h; DIGEST_NONE where nobody asked for them. */
void rendering_publish(struct page *page, struct publish *publish, const char *template,
                       struct str path);
void rendering_publish_on(struct page *page, struct publish *publish, const char *template,
                          struct digest grounds);
void rendering_publish_at(struct page *page, struct publish *publish, const char *template,
                          struct str path, struct digest grounds);

/* Whether the page with that id is there and rests on the same as before: then nothing is made. */
bool rendering_rests(struct publish *publish, struct arena *arena, struct str id,
                     struct digest grounds);

/* The path of a page's file: its id, with `.html`. */
struct str rendering_path(struct page *page);

#endif
