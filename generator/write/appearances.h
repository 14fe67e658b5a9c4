/* Where topics are named, in the order in which pages show it, and which facts stand there. Worked
 * out once, before pages are rendered: a topic that is named often has many pages, and each would
 * have to put all of it in order again. Facts are in no order yet: that takes long, and is wanted
 * only of topics that are shown anew. */
#ifndef NASLAG_WRITE_APPEARANCES_H
#define NASLAG_WRITE_APPEARANCES_H

#include "link/web.h"

/* A passage that names a topic. Its document by its rank: in the order in which pages show those
 * that name a topic, sources before notes before topics, the latest first, then by title. */
struct appearance {
    uint32_t rank, passage;
};

struct appearances {
    const struct appearance *items; /* by rank, then passage, each once */
    uint32_t count;
    const uint32_t *parts;     /* the first of each part but the first, as pages show them */
    uint32_t part_count;       /* at least 1 */
    const struct noted *facts; /* in those passages, by document and place */
    uint32_t fact_count, date_count;
};

/* The appearances of part `part`, from 1, of a topic: from the result to before `*last`. */
uint32_t appearances_part(const struct appearances *topic, uint32_t part, uint32_t *last);

/* By topic, with nothing in them yet. `titled` has the documents by title; `*ranked` becomes the
 * documents by rank. */
struct appearances *appearances_begin(const struct web *web, const uint32_t *titled,
                                      struct arena *arena, const uint32_t **ranked);

/* What is in them: two threads may do these at once, with arenas of their own. */
void appearances_list_passages(struct appearances *all, const struct web *web,
                               const uint32_t *ranked, struct arena *arena);
void appearances_list_facts(struct appearances *all, const struct web *web, struct arena *arena);

/* A fact with what it is sorted by. */
struct found {
    struct noted noted;
    const struct fact *fact;
    struct str unit; /* of a count */
};

/* Facts in the order in which they are shown: dates by time, then amounts, percentages and counts,
 * each the largest first. */
void found_sort(struct found *facts, size_t count);

/* Whether two facts have the same value, unit included. */
bool found_same(const struct found *a, const struct found *b);

#endif
