/* Wikilinks: `[[target]]`, `[[target#heading|text]]`, `![[target]]`.
 *
 * cmark-gfm does not know them and would read `_` or `|` in them as its own. So they are shielded
 * from it: each is replaced by a mark that no document holds, and put back where the text comes
 * out. */
#ifndef NASLAG_READ_WIKILINK_H
#define NASLAG_READ_WIKILINK_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

struct arena;

struct wikilink {
    struct str inner; /* between the brackets */
    uint32_t line, column;
    bool embed;
};

struct wikilinks {
    VEC(struct wikilink) links;
};

/* A mark is WIKILINK_OPEN, the link's index in decimal digits, WIKILINK_CLOSE: noncharacters of
 * Unicode, in UTF-8. */
#define WIKILINK_OPEN "\xEF\xB7\x90"
#define WIKILINK_CLOSE "\xEF\xB7\x91"
enum {
    WIKILINK_OPEN_CODE = 0xFDD0,
    WIKILINK_MARK = 3 /* bytes of either */
};

/* `body` with its wikilinks replaced by marks; `body` itself where it has none. Lines stay lines.
 */
struct str wikilinks_shield(struct arena *arena, struct str body, uint32_t first_line,
                            struct wikilinks *out);

/* Literal text with the marks in it put back as they were written. */
struct str wikilinks_restore(struct arena *arena, struct str text, const struct wikilinks *links);

/* The column in the file of what stands in `column` of a shielded line. */
uint32_t wikilinks_column(const struct wikilinks *links, uint32_t line, uint32_t column);

/* The link whose mark `text` starts with, and the length of the mark; NULL where it does not. */
const struct wikilink *wikilink_at(const struct wikilinks *links, struct str text, size_t *len);

/* What is before and behind the first `|` (or `\|`), trimmed. Without one `*shown` is what Obsidian
 * shows: `Note#Heading` as "Note > Heading". */
void wikilink_split(struct arena *arena, struct str inner, struct str *target, struct str *shown);

#endif
