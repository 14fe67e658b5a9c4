/* A bound on the lines of a document: each may become a passage, which takes a kilobyte until its
 * page is written. What is behind the last one that is read is shown as it was written. */
#ifndef NASLAG_READ_EXCESS_H
#define NASLAG_READ_EXCESS_H

#include "base/diag.h"
#include "read/document.h"

enum {
    EXCESS_LINES = 120000,    /* with text; a book of five megabytes has fewer */
    EXCESS_LEAST = 256 * 1024 /* bytes: in less there cannot be as many */
};

struct excess {
    struct str text; /* empty where nothing was cut off */
    uint32_t line;
};

/* Cuts off what stands in `*body`, which begins on `line`, behind EXCESS_LINES lines. */
struct excess excess_cut(struct str *body, uint32_t line);

/* Adds what was cut off as a literal block below `root`, and says so. */
void excess_add(struct arena *arena, const struct excess *excess, struct str path,
                struct node *root, struct diags *diags);

#endif
