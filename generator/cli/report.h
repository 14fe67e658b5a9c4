/* Diagnostics as `naslag check` shows them: for a terminal, as JSON lines, or as SARIF 2.1.0. */
#ifndef NASLAG_CLI_REPORT_H
#define NASLAG_CLI_REPORT_H

#include "base/diag.h"

struct buf;

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_SARIF };

struct report {
    const struct diags *diags; /* sorted */
    struct str folder;         /* of the content, below the repository's root; may be empty */
    bool colour, quiet;        /* of the text: quiet leaves out the last line, which counts */
    struct arena *arena;
    /* The bytes of the file at a diagnostic's path, empty where there is none. Called once for each
     * run of diagnostics of one file. */
    struct str (*source)(void *context, struct str path);
    void *context;
};

/* Text: the line of the build's diagnostics, the source's line, and a caret under the place.
 * JSON: one object a line. SARIF: one log; columns count UTF-16 code units, paths are below the
 * repository's root. */
void report_put(const struct report *report, enum report_format format, struct buf *out);

#endif
