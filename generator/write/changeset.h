/* What changed on a site between two snapshots, for whoever reviews the change: held against each
 * other are the two webs, not the pages.
 *
 * Only documents whose files differ are read; words of other texts, which tell how a word that was
 * cut is joined, make no difference here. What is quoted of texts is short, and lists are bounded:
 * what they leave out is counted. */
#ifndef NASLAG_WRITE_CHANGESET_H
#define NASLAG_WRITE_CHANGESET_H

#include "write/misplaced.h"
#include "write/redline.h"

enum {
    CHANGESET_PAGES_MAX = 500,   /* whose texts are compared; more are said to have changed */
    CHANGESET_PASSAGES_MAX = 20, /* shown of one page */
    CHANGESET_FIELD_MAX = 60,    /* bytes of a value that is shown as a whole, before and after */
    CHANGESET_TEXT_MAX = 400,    /* bytes shown of a passage: some three lines of a page */
};

/* A field of the metadata: both values, of which one may be empty, or of long ones the words. */
struct field_change {
    const char *name; /* as in front matter */
    struct str before, after;
    struct redline_runs runs;
};

enum passage_fate { PASSAGE_CAME, PASSAGE_WENT, PASSAGE_MOVED, PASSAGE_EDITED };
enum { PASSAGE_FATES = 4 };

struct passage_change {
    enum passage_fate fate;
    uint32_t before, after;   /* numbers; 0: there is none */
    struct redline_runs runs; /* the words; of a passage that came, went or moved one run */
};

enum page_fate { PAGE_ADDED, PAGE_GONE, PAGE_MOVED, PAGE_CHANGED };

struct page_change {
    enum page_fate fate;
    uint32_t before, after; /* documents; of a page that moved, its text may have changed as well */
    bool redirected;        /* of one gone or moved: another page answers at the old address */
    bool compared;
    VEC(struct field_change) fields;
    uint32_t passage_counts[PASSAGE_FATES]; /* of moved ones: those out of order */
    VEC(struct passage_change) passages;    /* in order, the first of them */
};

struct name_list {
    VEC(struct str) items;
};

struct topic_change {
    uint32_t before, after; /* documents; NO_DOCUMENT: there is none */
    struct name_list came, went;
    uint32_t mentions_before, mentions_after, documents_before, documents_after;
};

/* A file that is no document, and is copied to the site. */
struct file_change {
    enum page_fate fate; /* never moved */
    struct str path;
};

struct changeset_diags {
    VEC(const struct diag *) items;
};

struct changeset {
    struct side before, after;
    struct counterparts counterparts;
    struct misplaced_list misplaced; /* by document, then line */
    struct changeset_diags broken;   /* links that only after has wrong */
    struct changeset_diags mended;   /* links that only before had wrong */
    struct changeset_diags noticed;  /* other diagnostics, likewise */
    struct changeset_diags settled;
    VEC(struct page_change) pages;   /* gone ones behind the others, each by path */
    VEC(struct topic_change) topics; /* those with other names first, then the largest difference */
    VEC(struct file_change) files;   /* by path */
    bool settings;                   /* naslag.yaml changed */
};

/* Memory is the arena's. `naming` is that of the site after. */
void changeset_find(struct changeset *out, const struct side *before, const struct side *after,
                    const struct naming *naming, struct arena *arena);

/* Whether nothing changed. */
bool changeset_is_empty(const struct changeset *changeset);

#endif
