/* PDFs to plain text by poppler-utils; pages without a text layer by tesseract. See convert.h. */
#ifndef NASLAG_READ_PDF_H
#define NASLAG_READ_PDF_H

#include "read/convert.h"

#define PDF_PACKAGE "poppler-utils"
#define PDF_SCAN_PACKAGES "tesseract-ocr tesseract-ocr-nld"

enum { PDF_SCANS_MAX = 300 }; /* pages that are read from their image: it takes seconds for each */

int pdf_convert(struct arena *arena, struct str bytes, convert_show *show, struct conversion *out,
                struct err *err);

/* Whether a page's text can be read: it has letters or digits, and few signs that mean nothing,
 * which fonts without a table of characters leave behind. */
bool pdf_readable(struct str page);

#endif
