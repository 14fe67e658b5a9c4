/* What a site has one of: the home page, lists, feeds, tables of data. Each is a piece of work of
 * its own, so that threads may share them. */
#ifndef NASLAG_WRITE_SINGLES_H
#define NASLAG_WRITE_SINGLES_H

#include "write/publish.h"
#include "write/site.h"

struct grounds;

struct singles {
    struct publish *publish;
    const struct grounds *grounds;
    VEC(struct single) items;
};

/* Lists what the site has. */
void singles_list(struct singles *singles, const struct site *site, const struct grounds *grounds,
                  struct publish *publish);

/* Makes one of them, by any thread. */
void singles_do(const struct singles *singles, struct worker *worker, size_t index);

#endif
