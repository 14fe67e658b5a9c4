#include "read/format.h"

#include <string.h>

enum {
    START = 1024,       /* bytes in which a PDF and a web page say what they are */
    ZIP_NAME = 30,      /* where the first name in a ZIP archive stands */
    MAIL_FIELDS = 2,    /* fields that only mails have: as many make a mail of any text */
    MAIL_LINES = 60,    /* among so many lines */
    MAIL_LINE_MAX = 998 /* bytes: by RFC 5322 */
};

static const struct known {
    const char *name, *extension, *advice;
} known[FORMATS] = {
    [FORMAT_UNKNOWN] = {"an unknown kind of file", NULL, "save it as PDF, Word (.docx) or text"},
    [FORMAT_TEXT] = {"plain text", "txt", NULL},
    [FORMAT_PDF] = {"a PDF", "pdf", NULL},
    [FORMAT_DOCX] = {"a Word document", "docx", NULL},
    [FORMAT_ODT] = {"an OpenDocument text", "odt", NULL},
    [FORMAT_RTF] = {"a rich text", "rtf", NULL},
    [FORMAT_HTML] = {"a web page", "html", NULL},
    [FORMAT_MAIL] = {"a mail", "eml", NULL},
    [FORMAT_EMPTY] = {"an empty file", NULL, "was it downloaded whole?"},
    [FORMAT_DOC] = {"an old Word document", NULL, "save it as .docx or PDF first"},
    [FORMAT_SHEET] = {"a spreadsheet", NULL, "save the part that matters as PDF first"},
    [FORMAT_SLIDES] = {"a presentation", NULL, "save it as PDF first"},
    [FORMAT_ARCHIVE] = {"an archive", NULL, "unpack it first"},
    [FORMAT_IMAGE] = {"an image", NULL, "make a PDF of it first"},
};

const char *format_name(enum format format)
{
    return known[format].name;
}

const char *format_extension(enum format format)
{
    return known[format].extension;
}

const char *format_advice(enum format format)
{
    return known[format].advice;
}

enum format format_of_name(struct str name)
{
    static const struct {
        struct str extension;
        enum format format;
    } extensions[] = {
        {{"txt", 3}, FORMAT_TEXT},  {{"text", 4}, FORMAT_TEXT}, {{"pdf", 3}, FORMAT_PDF},
        {{"docx", 4}, FORMAT_DOCX}, {{"odt", 3}, FORMAT_ODT},   {{"rtf", 3}, FORMAT_RTF},
        {{"html", 4}, FORMAT_HTML}, {{"htm", 3}, FORMAT_HTML},  {{"eml", 3}, FORMAT_MAIL},
    };
    ptrdiff_t dot = str_find_last(name, '.');
    struct str extension = dot < 0 ? (struct str){0} : str_from_offset(name, (size_t)dot + 1);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (str_equal_nocase(extension, extensions[i].extension))
            return extensions[i].format;
    return FORMAT_UNKNOWN;
}

/* An OpenDocument file begins with its type; the others are known by a name that they hold. */
static enum format zip_format(struct str bytes)
{
    static const struct {
        struct str sign;
        enum format format;
    } signs[] = {
        {{"word/document.xml", 17}, FORMAT_DOCX},
        {{"xl/workbook", 11}, FORMAT_SHEET},
        {{"ppt/presentation.xml", 20}, FORMAT_SLIDES},
    };
    struct str type = str_from_offset(bytes, ZIP_NAME);
    if (str_starts(type, STR("mimetypeapplication/vnd.oasis.opendocument.text")))
        return FORMAT_ODT;
    if (str_starts(type, STR("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")))
        return FORMAT_SHEET;
    if (str_starts(type, STR("mimetypeapplication/vnd.oasis.opendocument.presentation")))
        return FORMAT_SLIDES;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(bytes.data, bytes.len, signs[i].sign.data, signs[i].sign.len))
            return signs[i].format;
    return FORMAT_ARCHIVE;
}

static enum format binary_format(struct str bytes)
{
    static const struct {
        struct str sign;
        enum format format;
    } signs[] = {
        {{"{\\rtf", 5}, FORMAT_RTF},         {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, FORMAT_DOC},
        {{"\x89PNG", 4}, FORMAT_IMAGE},      {{"\xFF\xD8\xFF", 3}, FORMAT_IMAGE},
        {{"GIF8", 4}, FORMAT_IMAGE},         {{"II*\0", 4}, FORMAT_IMAGE},
        {{"MM\0*", 4}, FORMAT_IMAGE},        {{"\x1F\x8B", 2}, FORMAT_ARCHIVE},
        {{"7z\xBC\xAF", 4}, FORMAT_ARCHIVE}, {{"Rar!", 4}, FORMAT_ARCHIVE},
    };
    if (!bytes.len)
        return FORMAT_EMPTY;
    if (str_find(str_slice(bytes, 0, START), STR("%PDF-")) >= 0)
        return FORMAT_PDF;
    if (str_starts(bytes, STR("PK\3\4")))
        return zip_format(bytes);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(bytes, signs[i].sign))
            return signs[i].format;
    return FORMAT_UNKNOWN;
}

static bool starts_nocase(struct str text, struct str prefix)
{
    return str_equal_nocase(str_slice(text, 0, prefix.len), prefix);
}

static bool is_page(struct str bytes)
{
    struct str start = str_slice(bytes, 0, START);
    if (str_starts(start, STR("\xEF\xBB\xBF")))
        start = str_from_offset(start, 3);
    start = str_trim(start);
    return starts_nocase(start, STR("<!doctype html")) || starts_nocase(start, STR("<html"));
}

/* Whether a text begins with the fields of a mail, some of which nobody writes by hand. */
static bool is_mail(struct str bytes)
{
    static const struct str fields[] = {
        {"Received:", 9},      {"Return-Path:", 12}, {"Message-ID:", 11},
        {"MIME-Version:", 13}, {"From:", 5},         {"Delivered-To:", 13},
    };
    size_t found = 0, lines = 0;
    for (struct str rest = bytes, line; (line = str_line(&rest)).data && line.len; lines++) {
        bool folded = line.data[0] == ' ' || line.data[0] == '\t';
        if (lines == MAIL_LINES || line.len > MAIL_LINE_MAX)
            break;
        if (!folded && str_find_char(line, ':') <= 0)
            return false;
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            found += starts_nocase(line, fields[i]);
    }
    return found >= MAIL_FIELDS;
}

enum format format_of(struct str name, struct str bytes)
{
    enum format format = binary_format(bytes), named = format_of_name(name);
    if (format != FORMAT_UNKNOWN)
        return format;
    if (is_page(bytes))
        return FORMAT_HTML;
    if (named == FORMAT_TEXT || named == FORMAT_HTML || named == FORMAT_MAIL)
        return named;
    if (is_mail(bytes))
        return FORMAT_MAIL;
    /* It promises to be what its bytes are not. */
    if (named != FORMAT_UNKNOWN)
        return FORMAT_UNKNOWN;
    return memchr(bytes.data, '\0', bytes.len) ? FORMAT_UNKNOWN : FORMAT_TEXT;
}
