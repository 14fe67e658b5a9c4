/* Plain text, as it comes out of a PDF or a mail, to document.
 *
 * Stages, each in its own file and each a function from the last one's result to its own: decode
 * the bytes; lines and pages; columns; the head of a letter; lists of contents; what repeats
 * (running heads and feet, letterhead, page numbers); footnotes; blocks (paragraphs, lists,
 * quotations, tables, letter parts); sentences put together again; headings; metadata; tree.
 * docs/architecture.md says more of each. */
#ifndef NASLAG_READ_TEXT_H
#define NASLAG_READ_TEXT_H

#include "base/diag.h"
#include "read/blocks.h"
#include "read/contents.h"
#include "read/document.h"
#include "read/furniture.h"
#include "read/infer.h"
#include "read/letter.h"
#include "read/lines.h"
#include "read/notes.h"

/* What each stage made of a text: every line with its fate, and what the lines became. */
struct stages {
    struct lines lines;
    struct letter letter;
    struct furniture furniture;
    struct contents contents;
    struct notes notes;
    struct blocks blocks;
    struct title title;
    struct inference basis; /* of what the text says of itself */
};

struct text_input {
    struct str path, bytes;
    const struct lexicon *collection; /* words of all texts that this one is among; may be NULL */
};

/* Reads a text and adds the document's blocks below `document->root` (made where it is NULL, as is
 * `document->meta.more`).
 * Fields of `document->meta` that are still empty are filled with what the text says of itself:
 * title, date, issuer, author, addressee, reference, kind. What is in no node is in
 * `document->dropped`. `stages`, which may be NULL, is left with no lines where the bytes are no
 * text. Does not call document_finish(). */
void text_read(struct arena *arena, const struct text_input *input, struct document *document,
               struct stages *stages, struct diags *diags);

#endif
