/* Files of other kinds to plain text, by programs that are made for it: what `naslag import` reads.
 *
 * poppler-utils reads PDFs, tesseract scanned pages, pandoc documents and web pages, mblaze mails.
 * Where one is missing, the message names the package. The text is what the plain-text reader (see
 * text.h) makes most of: layout kept, a form feed behind each page. */
#ifndef NASLAG_READ_CONVERT_H
#define NASLAG_READ_CONVERT_H

#include "base/err.h"
#include "base/process.h"
#include "base/vec.h"
#include "read/format.h"

#include <stdint.h>

struct arena;

enum {
    CONVERT_TEXT_MAX = 8 * 1024 * 1024, /* bytes: what a build takes by default */
    CONVERT_SECONDS = 120,              /* for one run of a program */
};

struct conversion {
    enum format format;
    struct str text;         /* of plain text: the bytes as they are */
    uint32_t pages;          /* 0: it has none, or they are not known */
    uint32_t blank;          /* pages without a text layer that no one read either */
    uint32_t scanned;        /* pages that were read from their image */
    struct str said_title;   /* in the file's properties: often wrong, for an editor to look at */
    struct str said_date;    /* there: when it was made, as written */
    VEC(struct str) remarks; /* what the editor should know, each a line */
};

/* Is told which page is being read where that takes long. */
typedef void convert_show(uint32_t page, uint32_t pages);

/* Reads `bytes`, from a file of that name. `show` may be NULL. Returns -1, with a message that does
 * not name the file, where no text came of it. */
int convert(struct arena *arena, struct str name, struct str bytes, convert_show *show,
            struct conversion *out, struct err *err);

/* For the readers of each kind: runs a program on `input` for text. A program that is missing is a
 * failure that says which package has it. */
int convert_run(struct arena *arena, const char *const *arguments, struct str input,
                const char *package, struct process_result *result, struct err *err);

void convert_remark(struct arena *arena, struct conversion *conversion, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
