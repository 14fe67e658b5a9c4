/* What an editor may have meant otherwise in one Markdown document: sound, but probably wrong. */
#ifndef NASLAG_READ_LINT_H
#define NASLAG_READ_LINT_H

#include "base/diag.h"
#include "read/document.h"

struct lint_input {
    struct str path;
    struct str source;               /* the Markdown file, as it is */
    const struct document *document; /* what was read of it */
};

/* Says in `diags` what is doubtful: bytes, marks of conflicts, headings, images, links, tables,
 * footnotes and days that don't exist. Takes linear time. */
void lint_document(const struct lint_input *input, struct diags *diags);

/* Where the value of `date` begins in the front matter of a file. */
struct place lint_date_place(struct str path, struct str source);

#endif
