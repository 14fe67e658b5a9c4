/* Twins: documents that say the same in different languages, as `translation_of` in one of them
 * has it.
 *
 * A document and its translations form a circle, in which each has another language. What a name
 * under `translation_of` means is looked up as that of a wikilink, among documents of its own
 * kind. */
#ifndef NASLAG_LINK_TWINS_H
#define NASLAG_LINK_TWINS_H

#include "link/resolve.h"

/* Languages of one text: more are a mistake, and each is compared with all others. */
enum { TWINS_MAX = 40 };

struct twins {
    const struct snapshot *snapshot;
    const struct outline *documents;
    uint32_t count;
    struct str language; /* of what does not name its own */
    uint32_t *next;      /* by document: the next in its circle, itself where it has no twin */
};

/* Begins with circles of one. */
void twins_init(struct twins *twins, struct arena *arena, const struct snapshot *snapshot,
                const struct outline *documents, uint32_t count, struct str language);

/* Finds those of one kind anew. With `all`, which knows every document, it is said in `diags` why a
 * `translation_of` makes no twin. */
void twins_find(struct twins *twins, enum document_kind kind, const struct resolver *all,
                struct diags *diags);

/* The language of a document: a tag. */
struct str twins_language(const struct twins *twins, uint32_t document);

/* Whether a text in the language `tag` can be read by who reads `code`: `en-GB` by `en`. */
bool twins_fits(struct str tag, struct str code);

/* Whether two documents say the same, or are the same. */
bool twins_are(const struct twins *twins, uint32_t document, uint32_t other);

/* The twin of a document, or itself, in the language `code`; NO_DOCUMENT where there is none. */
uint32_t twins_in(const struct twins *twins, uint32_t document, struct str code);

/* The one of a circle that stands for all: in the site's language, or else the first. */
uint32_t twins_main(const struct twins *twins, uint32_t document);

#endif
