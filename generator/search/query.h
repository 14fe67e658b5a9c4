/* What is asked: the text of a query, read into a tree. The language is told, with examples, in
 * tests/spec/queries.md.
 *
 * A query is read while it is being typed, so reading never fails: whatever is wrong is a problem
 * with its place, and the tree holds what could be understood. What always holds of it:
 *
 * - AND, OR and NEAR have at least two children, NOT has one; no AND is a child of an AND, no OR of
 *   an OR, no NOT of a NOT.
 * - A PHRASE has at least one, all WORDs without children, next to each other in this order.
 * - A NEAR's are WORDs, PHRASEs and ORs of these.
 * - A WORD has children where it is written with hyphens: `zikos-afdeling` is the form
 *   `zikosafdeling` or its parts in a row, as in a phrase.
 * - Children lie within their parent and behind each other; a start is less than its end.
 * - It has at most QUERY_DEPTH_MAX nodes above each other.
 *
 * Part of the reader of the index: needs no library but base/. */
#ifndef NASLAG_SEARCH_QUERY_H
#define NASLAG_SEARCH_QUERY_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

struct arena;

enum {
    QUERY_LENGTH_MAX = 1000,  /* bytes: half a page, more than an address may hold everywhere */
    QUERY_WORDS_MAX = 200,    /* words and fields: each is looked up */
    QUERY_DEPTH_MAX = 64,     /* nodes, for who keeps a stack of them */
    QUERY_BRACKETS_MAX = 14,  /* in each other: OR, AND, NOT and NEAR may stand in each pair */
    QUERY_DISTANCE_MAX = 999, /* words: longer than any passage */
    QUERY_STAR_LEAST = 2,     /* letters with a star: one begins thousands of words */
    QUERY_PROBLEMS_MAX = 20   /* the first ones: no one reads more */
};

enum query_kind {
    QUERY_WORD,
    QUERY_PHRASE, /* its words as they are written, not by their stems */
    QUERY_NEAR,   /* in any order */
    QUERY_AND,
    QUERY_OR,
    QUERY_NOT,
    QUERY_FIELD
};

enum query_field { QUERY_TOPIC, QUERY_SOURCE, QUERY_ISSUER, QUERY_KIND, QUERY_YEAR, QUERY_TAG };

struct query_node {
    enum query_kind kind;
    uint32_t start, end; /* bytes in the query */
    struct query_node *parent, *first, *last, *next;
    uint32_t children;
    struct str text;        /* WORD: the folded form; FIELD: the value as written, without quotes */
    bool prefix, suffix;    /* WORD: words that begin with the text; that end in it */
    bool negative;          /* says only what is not wanted: all but few passages are that */
    uint32_t distance;      /* NEAR: words between two at most; 0: the same passage */
    enum query_field field; /* FIELD */
    bool range;             /* YEAR: written as one */
    uint32_t from, to;      /* YEAR: the first and the last, equal for one; 0 where open */
};

enum query_problem_kind {
    QUERY_QUOTE_OPEN,       /* read as if it were closed at the end */
    QUERY_BRACKET_OPEN,     /* the same */
    QUERY_BRACKET_UNOPENED, /* left out */
    QUERY_OPERAND_MISSING,  /* an operator without what it is about: left out */
    QUERY_NEAR_DISTANCE,    /* no number, 0 or too large: the same passage; several: the largest */
    QUERY_NEAR_OPERAND,     /* beside something else than words: read as AND */
    QUERY_FIELD_UNKNOWN,    /* read as words */
    QUERY_FIELD_EMPTY,      /* left out */
    QUERY_YEAR_WRONG,       /* left out */
    QUERY_ONLY_NOT,         /* nothing says what is wanted */
    QUERY_STAR_SHORT,       /* read without the star */
    QUERY_TOO_LONG,         /* left out from there on */
    QUERY_TOO_DEEP          /* a bracket that is left out */
};

struct query_problem {
    enum query_problem_kind kind;
    uint32_t start, end; /* bytes in the query */
};

struct query {
    struct str text;
    struct query_node *root;            /* NULL where nothing is asked */
    VEC(struct query_problem) problems; /* in the order of their places */
};

/* Reads `text`, which must live as long as the query; all else is the arena's. */
void query_read(struct query *query, struct arena *arena, struct str text);

/* The node behind `node` where parents come before their children, NULL at the end of `root`. */
const struct query_node *query_walk(const struct query_node *root, const struct query_node *node);

/* Its name in data, as `quote-open`; of a field, as `topic`. */
const char *query_problem_name(enum query_problem_kind kind);
const char *query_field_name(enum query_field field);

#endif
