/* Tags: words that an editor gives to a document or a passage, `#water` or `#water/sluizen`,
 * without regard to case. A nested tag counts for those above it as well, as Obsidian has it. */
#ifndef NASLAG_LINK_TAGS_H
#define NASLAG_LINK_TAGS_H

#include "base/map.h"
#include "link/naming.h"

#define NO_TAG UINT32_MAX

enum {
    TAG_LEVELS_MAX = 8, /* of a nested tag: what is deeper counts for those above alone */
    TAGS_MAX = 10000    /* different ones: each has a page */
};

/* A document with a tag, and where it is given first; 0: in the front matter. */
struct tagged {
    uint32_t document, passage;
};

struct tag {
    struct str id;           /* of its page */
    struct str name;         /* as it was first written */
    uint32_t parent;         /* of a nested one, or NO_TAG */
    VEC(struct tagged) uses; /* each document once, in their order */
};

struct tags {
    VEC(struct tag) items; /* by id */
    struct map by_id;      /* → index + 1 */
    struct naming naming;
};

/* All tags of the documents. `tags` is all zeros. */
void tags_collect(struct tags *tags, struct arena *arena, const struct naming *naming,
                  const struct outline *documents, uint32_t count, struct diags *diags);

/* The tag of a name as written, or NULL. */
const struct tag *tags_find(const struct tags *tags, struct arena *scratch, struct str name);

/* The id of its page in another language, whose pages of tags are below `folder`. */
struct str tags_id_below(const struct tags *tags, struct arena *arena, const struct tag *tag,
                         struct str folder);

/* `naming` with the ids of the tags among the reserved ones, in all languages. */
struct naming tags_reserve(const struct tags *tags, struct arena *arena);

#endif
