/* The pictures of a site, for those who share an address of it: one of each topic, source and note,
 * and one of each edition for all other pages. There are such only where the site knows its own
 * address (`base_url`), as no other site takes a relative one.
 *
 * A picture stands beside its page and has its name, with `.png`: no slug has a full stop, so
 * that it is the name of nothing else, and it goes when the page goes. */
#ifndef NASLAG_WRITE_PICTURES_H
#define NASLAG_WRITE_PICTURES_H

#include "base/pool.h"
#include "write/page.h"
#include "write/picture.h"
#include "write/publish.h"

struct pictures {
    struct str fonts[FONTS];
    struct painter painters[POOL_MAX]; /* by worker */
};

bool pictures_wanted(const struct site *site);

/* Takes nothing before the first picture. Release it in the end. */
void pictures_init(struct pictures *pictures, const struct assets *assets);
void pictures_release(struct pictures *pictures);

/* Publishes the picture of a document, or where that is NO_DOCUMENT that of the edition, unless it
 * is there. */
void pictures_publish(struct pictures *pictures, const struct site *site, struct worker *worker,
                      uint32_t document, struct publish *publish);

#endif
