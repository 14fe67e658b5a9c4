/* What changed between two versions of a text, as HTML for people: whole paragraphs that came or
 * went, and within a paragraph the words, with some of what stands around them. Paragraphs that
 * stayed are not shown, and those that only moved are said to have moved.
 *
 * Insertions are `<ins>`, deletions `<del>`, each with words for those who hear the page. */
#ifndef NASLAG_WRITE_REDLINE_H
#define NASLAG_WRITE_REDLINE_H

#include "base/buf.h"
#include "base/vec.h"

/* A stretch of a paragraph of which two versions are held against each other. */
enum redline_kind {
    REDLINE_SAME,
    REDLINE_REMOVED,
    REDLINE_ADDED,
    REDLINE_LEFT_OUT /* what stayed, too far from a change to be shown; the text is `…` */
};

struct redline_run {
    enum redline_kind kind;
    struct str text;
    bool joined; /* belongs to the run before it: with that it replaces words, or stays */
};

struct redline_runs {
    VEC(struct redline_run) items;
};

struct redline_words {
    struct str added, removed, moved, end; /* heard, not seen; `moved` is seen as well */
};

struct redline_text {
    VEC(struct str) items; /* paragraphs */
};

/* Adds `<p>`s to `out`, about `room` bytes at most. Returns false where not all is shown. Where
 * nothing that can be read changed, nothing is added. */
bool redline_put(struct buf *out, const struct redline_text *before,
                 const struct redline_text *after, const struct redline_words *words, size_t room);

/* For each paragraph of `after` the one of `before` that it was, as it is or as another version,
 * + 1; 0 where it is new. The result is the arena's. */
uint32_t *redline_origins(const struct redline_text *before, const struct redline_text *after,
                          struct arena *arena);

/* The same for the numbers of paragraphs: each of `before` is at most one of `after`, of several
 * alike the one in its place. One of a few words that moved is a new one. */
uint32_t *redline_predecessors(const struct redline_text *before, const struct redline_text *after,
                               struct arena *arena);

/* What changed within a paragraph, with some words around it. Texts are borrowed, the list is the
 * arena's. */
void redline_find_runs(struct str before, struct str after, struct arena *arena,
                       struct redline_runs *out);

#endif
