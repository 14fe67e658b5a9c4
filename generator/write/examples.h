/* Queries that find something in this site: the words of the examples in the page of help with
 * searching.
 *
 * They are taken from the texts that others show, so that no example comes to nothing. How much
 * is looked through has a limit: there is less in a site of which no example can be made than in
 * that. */
#ifndef NASLAG_WRITE_EXAMPLES_H
#define NASLAG_WRITE_EXAMPLES_H

#include "link/web.h"

/* Each may be empty; all are plain words. They live as long as the web and the arena. */
struct examples {
    struct str first, second;     /* stand close to each other somewhere */
    bool apart;                   /* some document has the first without the second */
    struct str phrase;            /* words in a row */
    struct str beginning, ending; /* of words */
};

/* `topics` are those that are named, the most first. `beginning` and `ending` are taken where some
 * word has them; else others are. */
struct examples examples_find(const struct web *web, const struct topic *const *topics,
                              uint32_t count, struct str beginning, struct str ending,
                              struct arena *arena);

#endif
