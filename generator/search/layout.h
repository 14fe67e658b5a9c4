/* Numbers that the writer and the reader of the index share: docs/search-format.md. Part of the
 * reader. */
#ifndef NASLAG_SEARCH_LAYOUT_H
#define NASLAG_SEARCH_LAYOUT_H

#include <stdint.h>

#define LAYOUT_MAGIC "naslag-search"

enum {
    LAYOUT_VERSION = 2,
    LAYOUT_GROUPS = 'G',  /* first byte of a page of the list of groups */
    LAYOUT_COLUMNS = 'C', /* of a group's columns */
    LAYOUT_NAMES = 'K',   /* of the topics in a group's columns */
    LAYOUT_PLACES = 'R',  /* of where a group's texts are */
    LAYOUT_TEXT = 'T',    /* of a part of a document's text */
    LAYOUT_CHUNK = 'P',   /* of a chunk of postings */

    LAYOUT_GROUPS_PER_PAGE = 256,
    LAYOUT_GROUPS_INLINE = 16,    /* as many stand in the root */
    LAYOUT_GROUP_DOCUMENTS = 512, /* at most */
    LAYOUT_NUMBERS = 2048,        /* from which the documents of a group draw theirs */
    LAYOUT_NUMBER_MAX = LAYOUT_NUMBERS + LAYOUT_GROUP_DOCUMENTS, /* where these were taken */
    LAYOUT_BEST_MAX = 64, /* passages of a chunked term in its entry */
};

/* How the postings of an entry are kept. */
enum { LAYOUT_INLINE, LAYOUT_CHUNKED };

/* A date as one number, 0 where there is none; a month or day that is not known is 0. */
static inline uint32_t layout_date(uint32_t year, uint32_t month, uint32_t day)
{
    return year * 512 + month * 32 + day;
}

#endif
