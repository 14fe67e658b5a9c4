/* Links that lead nowhere: what they were surely, or perhaps, meant to lead to.
 *
 * An archive may have as many such links as documents. So what is asked of all documents is listed
 * once, when it is first wanted, and "did you mean" ends when it has taken long enough. */
#ifndef NASLAG_LINK_REPAIR_H
#define NASLAG_LINK_REPAIR_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/vec.h"
#include "link/resolve.h"

enum {
    SUGGESTIONS_MAX = 200,       /* of a build: more mistakes than anyone mends in one go */
    NAMES_COMPARED_MAX = 5000000 /* for them: some tenths of a second */
};

struct repair {
    const struct resolver *resolver;
    struct arena arena;
    struct map titles; /* slug → the only title that has it, or an empty one where several have */
    VEC(struct str) names; /* titles and file names */
    VEC(struct str) keys;  /* of sources */
    size_t suggested, compared;
};

/* The resolver is borrowed. repair_release() gives everything back. */
void repair_init(struct repair *repair, const struct resolver *resolver);
void repair_release(struct repair *repair);

/* How a link that leads nowhere is mended without a guess: just one document has its file's name
 * (so it was moved), or just one title differs in case and accents only. Returns false where
 * that is not so. The texts are `scratch`'s. */
bool repair_link(struct repair *repair, struct arena *scratch, uint32_t from,
                 const struct link *link, struct fix *fix);

/* The title or file name that is nearest to what was not found, of a citation the key that a source
 * has, for "did you mean". Empty where none is near, and once enough was compared. */
struct str repair_suggest(struct repair *repair, const struct link *link);

/* The same for a name by itself. */
struct str repair_suggest_name(struct repair *repair, struct str name);

/* The heading whose name is nearest to that behind the `#` of `target`, for "did you mean"; may be
 * empty. */
struct str repair_heading(const struct outline *document, struct str target);

#endif
