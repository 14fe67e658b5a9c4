/* Pass 1: reads every document once and makes its outline, with the topics that it names. */
#ifndef NASLAG_LINK_SURVEY_H
#define NASLAG_LINK_SURVEY_H

#include "link/crew.h"
#include "link/matcher.h"
#include "link/twins.h"

struct survey {
    struct outline *documents;
    uint32_t count;
    uint32_t *topics; /* topic → document: of translations the one in the site's language */
    uint32_t topic_count;
    uint32_t *topic_of; /* document → topic, or NO_TOPIC; translations have the same */
    struct twins twins; /* of the topics */
};

/* Fills the outlines of `survey->documents` (as catalog_fill() made them) and lists the topics.
 * Topics must be known before texts can be searched for them, so documents in `topics/` are read
 * first; where another one turns out to be a topic by its front matter, all are read a second time.
 */
void survey_run(struct survey *survey, struct crew *crew, struct arena *arena, struct diags *diags);

#endif
