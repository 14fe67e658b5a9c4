/* Bytes to document: which reader for which file, and what a document is called. */
#ifndef NASLAG_READ_READER_H
#define NASLAG_READ_READER_H

#include "base/diag.h"
#include "read/document.h"

struct stages;
struct lexicon;

/* What a document is read from: a Markdown file, a plain text, or for a source both. */
struct reader_input {
    struct str path;                  /* of the Markdown, or of the text where that stands alone */
    struct str markdown;              /* front matter and body; data NULL where there is none */
    struct str text_path;             /* of the plain text */
    struct str text;                  /* data NULL where there is none */
    struct str fallback_slug;         /* anchor of a heading without letters */
    const struct lexicon *collection; /* see text.h; may be NULL */
    struct stages *stages;            /* takes what became of the text's lines; may be NULL */
};

/* Reads all of it into `document`, finished. Of the Markdown nothing is borrowed; the plain text
 * must live as long as the document. `document->meta.title` is never empty: what the author gave,
 * what the text says, the first heading, or the file's name, in that order. What is doubtful in the
 * Markdown (see lint.h) is said as well, where `diags` is not NULL. */
void reader_read(struct arena *arena, const struct reader_input *input, struct document *document,
                 struct diags *diags);

/* The first heading where it is the document's title, which the page shows above the text. */
const struct node *reader_title_node(const struct document *document);

/* A file's name without folders and extension. */
struct str reader_stem(struct str path);

#endif
