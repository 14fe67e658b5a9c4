/* Diagnostics: what the author of a document should know, with its place and what was done instead.
 *
 * A build collects them and goes on. They are printed in one order, whatever the order in which
 * threads found them. The form is that of a compiler: `path:line:column: severity: message [code]`.
 */
#ifndef NASLAG_BASE_DIAG_H
#define NASLAG_BASE_DIAG_H

#include "base/str.h"

#include <stdint.h>
#include <stdio.h>

struct arena;
struct buf;

enum severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* Where something stands. A line or column of 0 is left out when printed. */
struct place {
    struct str path;       /* as in the repository, below the content folder */
    uint32_t line, column; /* from 1; the column counts bytes */
};

/* A change that mends a mistake and cannot change what is meant: on the line of the diagnostic,
 * from its column on, the first `from` becomes `to`. */
struct fix {
    struct str from, to; /* `from` is on one line, and empty where there is no fix */
};

struct diag {
    struct place place;
    enum severity severity;
    const char *code; /* static, lower case with hyphens: what kind of mistake, for documentation */
    struct str message;
    struct fix fix;
};

struct diags {
    struct diag *items;
    size_t count, capacity;
    struct arena *arena;
};

void diags_init(struct diags *diags, struct arena *arena);

/* Adds a diagnostic; the message and the path are copied. `diags` may be NULL: nothing is kept. */
void diag_add(struct diags *diags, enum severity severity, const char *code, struct place place,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Gives the diagnostic that was added last a fix; both texts are copied. */
void diag_fix(struct diags *diags, struct str from, struct str to);

/* Where the fix begins in `line`, which is that of the diagnostic: a byte offset, or STR_NONE where
 * there is no fix or its text does not stand there. */
ptrdiff_t diag_fix_offset(const struct diag *diag, struct str line);

/* Moves what `from` holds behind what `diags` holds; `from` must live in an arena that lives as
 * long. */
void diags_take(struct diags *diags, const struct diags *from);

/* Sorts by place, then severity and message, and drops repeats. */
void diags_sort(struct diags *diags);

size_t diags_count(const struct diags *diags, enum severity severity);

const char *severity_name(enum severity severity);

/* Appends text with control characters as `\xNN`: a terminal would obey them. */
void diag_put_safely(struct buf *out, struct str text);

/* Appends one diagnostic as a line. */
void diag_put(struct buf *out, const struct diag *diag);

/* Prints all, one a line. Control characters in messages and paths are shown as `\xNN`. */
void diags_print(const struct diags *diags, FILE *out);

#endif
