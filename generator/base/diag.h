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

enum severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* Where something stands. A line or column of 0 is left out when printed. */
struct place {
    struct str path;       /* as in the repository, below the content folder */
    uint32_t line, column; /* from 1; the column counts bytes */
};

struct diag {
    struct place place;
    enum severity severity;
    const char *code; /* static, lower case with hyphens: what kind of mistake, for documentation */
    struct str message;
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

/* Moves what `from` holds behind what `diags` holds; `from` must live in an arena that lives as
 * long. */
void diags_take(struct diags *diags, const struct diags *from);

/* Sorts by place, then severity and message, and drops repeats. */
void diags_sort(struct diags *diags);

size_t diags_count(const struct diags *diags, enum severity severity);

/* Prints all, one a line. Control characters in messages and paths are shown as `\xNN`. */
void diags_print(const struct diags *diags, FILE *out);

#endif
