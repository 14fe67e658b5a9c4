/* Topics whose names count only with something else: `match: {only_with: […]}`.
 *
 * A name of such a topic counts in a passage if one of the words or topics listed stands in that
 * passage or in an earlier one of the document. */
#ifndef NASLAG_LINK_CONDITIONS_H
#define NASLAG_LINK_CONDITIONS_H

#include "base/diag.h"
#include "link/matcher.h"
#include "link/outline.h"

enum {
    /* Topics with a condition: a document that names them all is searched once for each. */
    CONDITIONS_MAX = 200,
    CONDITION_WORDS_MAX = 100 /* behind one `only_with`: each is looked for in every mention */
};

struct condition;

struct conditions {
    const struct condition **of; /* by topic; NULL where it has none */
    uint32_t topic_count, count;
};

/* `names` are those of all topics, as names_collect() gives them. */
void conditions_collect(struct conditions *conditions, struct arena *arena,
                        const struct outline *documents, const uint32_t *topics,
                        uint32_t topic_count, const struct name *names, size_t name_count,
                        struct diags *diags);

/* Takes the mentions that do not count out of the document's. */
void conditions_apply(const struct conditions *conditions, struct arena *scratch,
                      const struct document *document, struct outline *outline);

#endif
