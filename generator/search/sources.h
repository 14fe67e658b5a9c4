/* Where the postings are that a word or a field of a query asks for. Part of the reader. */
#ifndef NASLAG_SEARCH_SOURCES_H
#define NASLAG_SEARCH_SOURCES_H

#include "base/vec.h"
#include "search/headword.h"
#include "search/query.h"
#include "search/root.h"

enum {
    SOURCES_MAX = 200 /* of one word with a star: more say nothing of any of them */
};

/* Which forms of a stem are meant. */
enum source_forms { FORMS_ALL, FORMS_EQUAL, FORMS_BEGIN, FORMS_END };

struct source {
    struct str key;
    struct headword entry;
    enum source_forms forms;
    struct str pattern; /* what the forms are equal to, begin with or end in */
    bool topic;         /* passages that name it by whatever name */
};

struct sources {
    VEC(struct source) items;
    uint32_t documents; /* that there are, at most */
    bool cut;           /* there were more than SOURCES_MAX, or than nodes may be read of */
    bool waits;         /* files are wanted first */
};

/* Whether a form of the source's stem is one of those that are meant. */
bool sources_want(const struct source *source, struct str form);

/* What looking up needs. */
struct finder {
    const struct root *root;
    struct arena *arena;
    uint32_t
        star_files; /* nodes that may be read for a word with a star or a field; 0: any number */
};

/* A word: `exact` where just this form is meant. */
void sources_find_word(const struct finder *finder, const struct query_node *word, bool exact,
                       struct sources *out);

void sources_find_field(const struct finder *finder, const struct query_node *field,
                        struct sources *out);

/* The passages that name the topic. */
void sources_add_topic(const struct finder *finder, const struct headword_alias *alias,
                       struct sources *out);

#endif
