/* The search: a question to an index, and its answer. Part of the reader: the same code answers in
 * the program and in a browser.
 *
 *     ask_init(&ask);
 *     ask_begin(&ask, text, &options);
 *     while (ask_step(&ask) == ASK_WANTS)
 *         … give or miss each of ask.store.wanted, see store.h …
 *
 * Each step does again what those before it did, with the files that have come since. What the
 * answer holds is good until the next ask_begin().
 *
 * With a budget files come in four rounds at most where the tree has height 2: nodes, postings,
 * columns, texts. */
#ifndef NASLAG_SEARCH_ASK_H
#define NASLAG_SEARCH_ASK_H

#include "search/facets.h"
#include "search/marks.h"
#include "search/order.h"
#include "search/suggest.h"

enum {
    ASK_BUDGET = 48 * 1024, /* bytes of postings that a browser loads for a query at most */
    ASK_GROUPS = 4,         /* whose columns a browser loads for facets: some 1,200 documents */
    ASK_ENOUGH =
        10, /* documents that have all words: with fewer, some that lack one are told too */
};

struct ask_options {
    enum order order;
    uint32_t first, count; /* results, from 0 */
    uint32_t passages;     /* of each, from 1 to FINDINGS_PASSAGES_MAX */
    uint32_t budget;       /* of postings in chunks, see select.h; 0: read all there is */
    uint32_t groups;       /* whose columns are read for facets; 0: of all that have results */
    bool whole_texts;      /* long passages are not cut */
};

struct result_passage {
    const struct fragment *fragment;
    const struct fragment_passage *passage;
    struct marks marks;
};

struct result {
    const struct finding *match;
    const struct fragment *about;    /* what it says of the document */
    struct result_passage *passages; /* in the order of the document */
    uint32_t passage_count;
};

/* A word of the query that the index lacks. */
struct lacking_word {
    const struct query_node *node;
    struct suggestions suggestions;
};

struct answer {
    const struct query *query;
    const struct plan *plan;
    uint32_t documents, passages; /* that have all that was asked for; of these documents what has
                                     anything of it: a title alone has no passage */
    bool whole;                   /* else there are at least as many */
    uint32_t partly;              /* documents that lack a word: their results come behind */
    struct result *results;
    uint32_t result_count;
    struct lacking_word *lacking;
    uint32_t lacking_count;
    struct facets facets;
};

struct ask {
    struct store store;
    struct arena arena; /* of a step */
    struct str text;
    struct ask_options options;
    struct answer answer;
};

enum ask_status { ASK_DONE, ASK_WANTS, ASK_DAMAGED };

void ask_init(struct ask *ask);
void ask_release(struct ask *ask);

/* `text` must live until the answer is no longer looked at. */
void ask_begin(struct ask *ask, struct str text, const struct ask_options *options);
enum ask_status ask_step(struct ask *ask);

#endif
