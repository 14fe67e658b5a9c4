/* PDFs to plain text by poppler-utils; pages without a text layer by tesseract. See convert.h. */
#ifndef NASLAG_READ_PDF_H
#define NASLAG_READ_PDF_H

#include "read/convert.h"

#define PDF_PACKAGE "poppler-utils"
#define PDF_SCAN_PACKAGES "tesseract-ocr tesseract-ocr-nld"

/* Pages are read from their image in seconds each, but one can be made to take minutes. */
enum {
    PDF_SCANS_MAX = 300,         /* pages of a file that are read so */
    PDF_SCANS_SECONDS = 30 * 60, /* no page is begun later */
};

int pdf_convert(struct arena *arena, struct str bytes, convert_show *show, struct conversion *out,
                struct err *err);

/* Whether a page's text can be read: it has letters or digits, and few signs that mean nothing,
 * which fonts without a table of characters leave behind. */
bool pdf_readable(struct str page);

#endif
