/* The web: what the documents have to do with each other. Built after pass 1, read-only after that.
 *
 * Topics have numbers of their own, from 0, in the order of their paths; documents likewise. */
#ifndef NASLAG_LINK_WEB_H
#define NASLAG_LINK_WEB_H

#include "link/almanac.h"
#include "link/crew.h"
#include "link/naming.h"
#include "link/resolve.h"
#include "link/revisions.h"
#include "link/survey.h"
#include "link/tags.h"
#include "link/twins.h"

enum {
    /* A passage that names more topics than this is a list: it says nothing about any two of them,
     * and pairs would grow with the square of their number. */
    PAIR_TOPICS_MAX = 40,
};

/* A mention by its place: mention number `mention` of document `document`. */
struct named {
    uint32_t document, mention;
};

struct topic {
    uint32_t document;         /* of translations the one in the site's language */
    uint32_t document_count;   /* in how many documents it is named */
    const struct named *named; /* by document, then by place */
    uint32_t mention_count;
};

/* A link into a document, from the document and link number given. */
struct backlink {
    uint32_t document, link;
};

struct backlinks {
    VEC(struct backlink) items;
};

/* Two topics, a before b, and in how many passages they stand together. */
struct pair {
    uint32_t a, b;
    uint32_t passages;
};

struct web {
    const struct snapshot *snapshot;
    struct outline *documents;
    uint32_t document_count;
    struct topic *topics;
    uint32_t topic_count;
    uint32_t *topic_of;          /* document → topic, or NO_TOPIC; translations have the same */
    struct twins twins;          /* translations of all kinds */
    struct backlinks *backlinks; /* by document: links in texts */
    struct backlinks *relations; /* by document: relations that lead to it */
    VEC(struct pair) pairs;      /* by a, then b */
    struct almanac almanac;
    struct tags tags;
    bool *copied; /* by entry: whether something refers to the file */
    struct resolver resolver;
    uint64_t passage_count, mention_count;
    const struct revisions *revisions; /* NULL where history is not wanted or cannot be read */
};

/* Reads, matches and links everything. `documents` is what catalog_fill() made. */
void web_build(struct web *web, struct crew *crew, struct outline *documents, uint32_t count,
               const struct naming *naming, struct arena *arena, struct diags *diags);

#endif
