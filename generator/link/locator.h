/* Locators of citations: which pages, passages or section of a source are meant.
 *
 * `p. 3`, `pp. 3-5`, `blz. 3, 5 en 8`, `pagina 3`, `¶12`, `par. 12`, `#p12`; anything else is the
 * title of a section. What follows the numbers is the author's suffix: `p. 3, en verder`. */
#ifndef NASLAG_LINK_LOCATOR_H
#define NASLAG_LINK_LOCATOR_H

#include "base/str.h"

#include <stdint.h>

enum locator_kind { LOCATOR_SECTION, LOCATOR_PAGES, LOCATOR_PASSAGES };

enum {
    LOCATOR_SPANS_MAX = 8 /* of pages or passages: longer lists are cut */
};

struct locator_span {
    uint32_t first, last;
};

struct locator {
    enum locator_kind kind;
    struct locator_span spans[LOCATOR_SPANS_MAX];
    unsigned count; /* at least 1 of pages and passages */
};

struct locator locator_read(struct str text);

#endif
