/* What pages are called: a document's id is the path of its page without `.html`. */
#ifndef NASLAG_LINK_NAMING_H
#define NASLAG_LINK_NAMING_H

#include "base/diag.h"
#include "link/outline.h"

/* Documents in another language of the site have their pages below a folder of its code, with that
 * language's names: `en/topics/`. The code may be the end of the file's name, `zikos.en.md`, or the
 * first folder. */
struct naming_edition {
    struct str language;
    struct str folders[DOCUMENT_KINDS];
    struct str tag_folder; /* with the folder of the code */
};

/* How a site in this language names things. */
struct naming {
    struct str language;                   /* of the site */
    const struct naming_edition *editions; /* its other languages */
    size_t edition_count;
    struct str folders[DOCUMENT_KINDS]; /* of pages: onderwerpen, bronnen, notities */
    struct str tag_folder;              /* likewise, of tags */
    struct str fallback_slug;           /* for a name without a letter or digit */
    const struct str *reserved;         /* ids of pages that the site makes itself */
    size_t reserved_count;
};

/* Gives every document its id: topics/, sources/ and notes/ become the folders of `naming`, other
 * paths stay; every part is a slug; README.md and index.md are their folder's `index`. Two that
 * come out the same are an error that names both; the second gets a number. */
void naming_assign(struct arena *arena, const struct naming *naming, struct outline *documents,
                   uint32_t count, struct diags *diags);

/* The id that a document had under another path: written from the content folder or as the address
 * of a page, with or without an extension. `document` is what it is now. */
struct str naming_former(struct arena *arena, const struct naming *naming,
                         const struct outline *document, struct str path);

/* A former path without what may stand around it: `/`, an extension. */
struct str naming_former_path(struct str path);

/* A part of an id: the name's slug, cut to what file systems take. */
struct str naming_part(struct arena *arena, const struct naming *naming, struct str name);

#endif
