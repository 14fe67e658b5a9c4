/* What authors write inside running text that cmark-gfm does not know: wikilinks, citations, bare
 * addresses. */
#ifndef NASLAG_READ_INLINE_H
#define NASLAG_READ_INLINE_H

#include "read/document.h"
#include "read/wikilink.h"

/* Running text, and where in the source it stands. */
struct inline_text {
    struct str text;
    uint32_t line;          /* on which it begins */
    const uint32_t *breaks; /* offsets of the spaces that were line ends, in order */
    size_t break_count;
};

/* Adds the nodes of `text` below `parent`. Inside a link only the text of what would be a link is
 * added. Wikilinks that were shielded are in `links`. */
void inline_read(struct arena *arena, const struct wikilinks *links, const struct inline_text *text,
                 struct node *parent);

/* Length of the bare address (http://, https:// or www.) that `text` starts with, without the
 * punctuation behind it; 0 where there is none. By GitHub's rules for extended autolinks. */
size_t inline_address(struct str text);

#endif
