/* The kinds of mistakes that diagnostics tell of. The one place where a code's meaning stands:
 * docs/diagnostics.md and the rules in SARIF say the same, docs/diagnostics.nl.md in Dutch. */
#ifndef NASLAG_CLI_CODES_H
#define NASLAG_CLI_CODES_H

#include "base/diag.h"

struct code {
    const char *name;
    enum severity severity;     /* mostly */
    const char *meaning, *mend; /* one line each */
};

/* All of them, by name. */
const struct code *codes_all(size_t *count);

#endif
