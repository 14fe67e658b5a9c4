/* Other names of documents as addresses: a page at the slug of an alias, in the folder of its
 * document, that leads there; and one at each address that a document says it had
 * (`redirect_from`). Never where another page is: of two claims the first document's
 * holds. */
#ifndef NASLAG_WRITE_REDIRECTS_H
#define NASLAG_WRITE_REDIRECTS_H

#include "write/page.h"

enum { REDIRECTS_PER_DOCUMENT = 50 }; /* more names are no help to anyone */

struct redirect {
    struct str id;
    uint32_t document;
};

struct redirects {
    VEC(struct redirect) items;
};

/* `naming` is the site's. */
void redirects_choose(struct redirects *redirects, struct arena *arena, const struct web *web,
                      const struct naming *naming);

/* The page of one. */
void redirects_page(struct page *page, const struct redirect *redirect);

#endif
