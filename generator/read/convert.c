#include "read/convert.h"

#include "base/arena.h"
#include "read/charset.h"
#include "read/mail.h"
#include "read/pandoc.h"
#include "read/pdf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void convert_remark(struct arena *arena, struct conversion *conversion, const char *format, ...)
{
    char text[ERR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    *vec_push(&conversion->remarks, arena) = str_copy(arena, str_from(text));
}

int convert_run(struct arena *arena, const char *const *arguments, struct str input,
                const char *package, struct process_result *result, struct err *err)
{
    struct process process = {.arguments = arguments,
                              .input = input,
                              .output_max = CONVERT_TEXT_MAX,
                              .seconds = CONVERT_SECONDS,
                              .roomy = !strcmp(package, PANDOC_PACKAGE)};
    int status = process_run(arena, &process, result, err);
    if (status > 0)
        return err_set(err, "it is read by '%s', which is not installed: apt install %s",
                       arguments[0], package);
    return status;
}

static uint32_t count_pages(struct str text)
{
    uint32_t breaks = 0;
    for (size_t i = 0; i + 1 < text.len; i++)
        breaks += text.data[i] == '\f';
    return breaks ? breaks + 1 : 0;
}

/* The bytes stay as they are; that they are text is all that is asked. */
static int take_text(struct arena *arena, struct str name, struct str bytes, struct conversion *out,
                     struct err *err)
{
    struct str text;
    if (bytes.len > CONVERT_TEXT_MAX)
        return err_set(err, "it has more than %d bytes, too many for a text", CONVERT_TEXT_MAX);
    if (!charset_decode(arena, name, bytes, &text, NULL))
        return err_set(err, "it is no text");
    out->text = bytes;
    out->pages = count_pages(text);
    return 0;
}

static int take(struct arena *arena, struct str name, struct str bytes, convert_show *show,
                struct conversion *out, struct err *err)
{
    switch (out->format) {
    case FORMAT_TEXT:
        return take_text(arena, name, bytes, out, err);
    case FORMAT_PDF:
        return pdf_convert(arena, bytes, show, out, err);
    case FORMAT_MAIL:
        return mail_convert(arena, bytes, out, err);
    case FORMAT_HTML:
        return pandoc_page(arena, bytes, out, err);
    case FORMAT_DOCX:
        return pandoc_convert(arena, "docx", bytes, out, err);
    case FORMAT_ODT:
        return pandoc_convert(arena, "odt", bytes, out, err);
    case FORMAT_RTF:
        return pandoc_convert(arena, "rtf", bytes, out, err);
    default:
        return err_set(err, "it is %s: %s", format_name(out->format), format_advice(out->format));
    }
}

int convert(struct arena *arena, struct str name, struct str bytes, convert_show *show,
            struct conversion *out, struct err *err)
{
    enum format named = format_of_name(name);
    *out = (struct conversion){.format = format_of(name, bytes)};
    if (out->format == FORMAT_UNKNOWN && named != FORMAT_UNKNOWN)
        return err_set(err, "it is no %s, as its name says: was it downloaded whole?",
                       strchr(format_name(named), ' ') + 1);
    if (named == FORMAT_PDF && out->format == FORMAT_HTML)
        return err_set(err, "it is no PDF but a web page: perhaps the one with the download on it");
    if (take(arena, name, bytes, show, out, err))
        return -1;
    if (!str_trim(out->text).len)
        return err_set(err, "it is %s with no text in it", format_name(out->format));
    return 0;
}
