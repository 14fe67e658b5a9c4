/* Whether other names of topics can change what is found in a document, told without reading it.
 *
 * A name that came, went or changed touches only documents whose trace (trace.h) has it. */
#ifndef NASLAG_LINK_TOUCH_H
#define NASLAG_LINK_TOUCH_H

#include "base/digest.h"
#include "link/conditions.h"
#include "link/frozen.h"
#include "link/matcher.h"
#include "link/survey.h"

/* The names that documents were read with. */
struct roll {
    struct digest digest; /* of all that follows */
    struct str bytes;     /* the topics by their paths, then the names; for the cache */
    uint32_t topic_count;
};

/* `conditions` are those of the names. */
struct roll roll_make(struct arena *arena, const struct survey *survey, const struct name *names,
                      size_t count, const struct conditions *conditions);

struct turned_name {
    struct str text; /* folded */
    bool compounds;
};

/* What became other between an older roll and this one. */
struct turnover {
    struct renumbering renumbering; /* topics of the older roll in this one */
    VEC(struct turned_name) names;  /* what is in one of the two alone */
};

/* False where `older` is no roll. */
bool turnover_find(struct turnover *out, struct arena *arena, struct str older,
                   const struct roll *roll);

/* Whether one of the names touches the document with this trace. */
bool turnover_touches(const struct turnover *turnover, struct str trace);

#endif
