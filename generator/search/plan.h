/* A query, made ready: each node behind its children, each word with where its postings are. Part
 * of the reader. */
#ifndef NASLAG_SEARCH_PLAN_H
#define NASLAG_SEARCH_PLAN_H

#include "search/sources.h"

enum { PLAN_NODES_MAX = 512, PLAN_TOPICS_MAX = 8 };

enum plan_kind {
    PLAN_WORD,   /* of its sources; also a field */
    PLAN_PHRASE, /* its children in a row */
    PLAN_NEAR,
    PLAN_ANY, /* of its children, as one thing: a word with hyphens, alternatives near something */
    PLAN_OR,
    PLAN_AND,
    PLAN_NOT
};

struct plan_node {
    enum plan_kind kind;
    const struct query_node *node;
    uint32_t *children; /* indexes */
    uint32_t child_count;
    struct sources sources;
    bool exact;      /* WORD: in a phrase */
    bool scored;     /* what a document is ranked by: stands in no other node that is */
    bool optional;   /* a word such as `de`: a document may lack it */
    bool soft;       /* may be lacking where too few documents have all */
    uint32_t weight; /* how much it says: rare words say more */
    uint32_t documents;
};

/* A topic that words of the query name. */
struct plan_topic {
    struct str id, title;
};

struct plan {
    struct plan_node *nodes;
    uint32_t count; /* the root is the last; 0: nothing is asked */
    struct plan_topic topics[PLAN_TOPICS_MAX];
    uint32_t topic_count;
    bool waits; /* files are wanted first: what is known so far is in the nodes */
};

void plan_make(struct plan *plan, const struct query *query, const struct finder *finder);

/* Whether a word of the query has nothing that it could be found by. */
bool plan_lacks(const struct plan_node *node);

#endif
