/* The history of a document, with what changed, and the changes of the whole site.
 *
 * Both come from commits alone. Names and addresses of authors are never shown. */
#ifndef NASLAG_WRITE_PAGE_HISTORY_H
#define NASLAG_WRITE_PAGE_HISTORY_H

#include "write/page.h"

enum {
    REVISIONS_SHOWN = 100,   /* of a document; older ones are counted */
    REVISIONS_COMPARED = 20, /* of a document: the differences that are worked out */
    /* Bytes of a version that is compared: more is no text that is edited by hand. */
    REVISION_SIZE_MAX = 512 * 1024,
    DIFFERENCE_SIZE_MAX = 32 * 1024,  /* bytes of HTML of one difference */
    DIFFERENCES_SIZE_MAX = 256 * 1024 /* and of all on a page, which a phone still opens at once */
};

/* The page of a document's history and its address. A slug has no full stop, so that no document
 * has this id. */
struct str page_history_id(struct arena *arena, const struct site *site, uint32_t document);

/* Whether there is one: of a document that never changed since it was added there is nothing to
 * tell. */
bool page_has_history(const struct site *site, uint32_t document);

/* Fills page->value, and `since`, by mention: which of the document's revisions brought it, where
 * that is among those compared, else NO_REVISION. It came with its passage, or with the version of
 * the passage that has its words first. `read` is the document as it is. */
void page_history(struct page *page, uint32_t document, const struct document *read,
                  uint16_t *since);

/* The changes of the site, the latest first, in parts from 1. */
uint32_t page_changes_parts(const struct site *site);
struct str page_changes_id(struct arena *arena, const struct site *site, uint32_t part);
void page_changes(struct page *page, uint32_t part);

#endif
