/* What kind of file some bytes are: by what they hold, and by their name where that says nothing.
 */
#ifndef NASLAG_READ_FORMAT_H
#define NASLAG_READ_FORMAT_H

#include "base/str.h"

enum format {
    FORMAT_UNKNOWN,
    FORMAT_TEXT,
    FORMAT_PDF,
    FORMAT_DOCX,
    FORMAT_ODT,
    FORMAT_RTF,
    FORMAT_HTML,
    FORMAT_MAIL,
    /* Known, to say what they are: nothing here reads them. */
    FORMAT_EMPTY,
    FORMAT_DOC,
    FORMAT_SHEET,
    FORMAT_SLIDES,
    FORMAT_ARCHIVE,
    FORMAT_IMAGE,
    FORMATS
};

/* A text whose name ends in `.txt` is text, whatever it looks like but a whole web page. */
enum format format_of(struct str name, struct str bytes);

/* What the name's extension promises; FORMAT_UNKNOWN where there is none, or an unknown one. */
enum format format_of_name(struct str name);

/* For messages: `a PDF`. */
const char *format_name(enum format format);

/* The extension that files of the format get, without its full stop; NULL where nothing reads it.
 */
const char *format_extension(enum format format);

/* What an editor can do with a file that nothing here reads; NULL where it can be read. */
const char *format_advice(enum format format);

#endif
