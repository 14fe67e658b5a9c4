#include "read/pdf.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <time.h>

#define WORD_PREFIX "Microsoft Word - " /* what its printing puts before a file's name */

enum {
    IMAGE_MAX = 64 * 1024 * 1024, /* bytes: an A2 sheet in grey at 300 dots an inch */
    SCAN_SECONDS = 120,           /* for one page */
    STRANGE_PART = 5,             /* more than a fifth of the signs: a broken text layer */
    DAMAGED = 1,                  /* pdftotext's exit status: it can't open it */
};

struct pdf {
    struct arena *arena;
    struct str bytes;
    VEC(struct str) pages;
    struct conversion *out;
    struct err *err;
};

/* A sign of a symbol font is one, but bullets often are too: hence a part, not any. */
static bool is_strange(uint32_t code_point)
{
    return code_point == UTF8_REPLACEMENT || (code_point >= 0xE000 && code_point <= 0xF8FF) ||
           (code_point < ' ' && code_point != '\t' && code_point != '\n' && code_point != '\r');
}

bool pdf_readable(struct str page)
{
    size_t letters = 0, signs = 0, strange = 0;
    for (size_t i = 0; i < page.len;) {
        uint32_t code_point = utf8_next(page, &i);
        if (code_point == '\f' || utf8_is_space(code_point))
            continue;
        signs++;
        letters += utf8_is_letter(code_point) || utf8_is_digit(code_point);
        strange += is_strange(code_point);
    }
    return letters && strange * STRANGE_PART <= signs;
}

/* -- The text layer ------------------------------------------------------------------------------
 */

static int refuse(struct pdf *pdf, const struct process_result *result)
{
    struct str complaint = process_complaint(pdf->arena, result);
    if (str_find(result->errors, STR("Incorrect password")) >= 0)
        return err_set(pdf->err, "it is a PDF with a password: save it without one first");
    if (str_find(result->errors, STR("Wrong page range given")) >= 0)
        return err_set(pdf->err, "it is a PDF without pages");
    return err_set(pdf->err, "it is a PDF that cannot be read%s%.*s", complaint.len ? ": " : "",
                   STR_ARGS(complaint));
}

/* Every page ends in a form feed. */
static int read_layer(struct pdf *pdf)
{
    const char *const arguments[] = {"pdftotext", "-layout", "-enc", "UTF-8", "-", "-", NULL};
    struct process_result result;
    if (convert_run(pdf->arena, arguments, pdf->bytes, PDF_PACKAGE, &result, pdf->err))
        return -1;
    if (result.status)
        return refuse(pdf, &result);
    for (struct str rest = result.output; rest.len;) {
        struct str page = str_cut(&rest, '\f');
        *vec_push(&pdf->pages, pdf->arena) = page;
    }
    return pdf->pages.count ? 0 : err_set(pdf->err, "it is a PDF without pages");
}

static struct str property(struct str properties, struct str name)
{
    struct str line;
    while ((line = str_line(&properties)).data)
        if (str_starts(line, name))
            return str_trim(str_from_offset(line, name.len));
    return (struct str){0};
}

/* What the file says of itself is of use, but it is no failure where it can't be had. */
static void read_properties(struct pdf *pdf)
{
    const char *const arguments[] = {"pdfinfo", "-enc", "UTF-8", "-isodates", "-", NULL};
    struct process_result result;
    struct err err;
    if (convert_run(pdf->arena, arguments, pdf->bytes, PDF_PACKAGE, &result, &err))
        return;
    struct str text = utf8_repair(pdf->arena, result.output);
    struct str title = property(text, STR("Title:"));
    if (str_starts(title, STR(WORD_PREFIX)))
        title = str_from_offset(title, sizeof WORD_PREFIX - 1);
    pdf->out->said_title = title;
    pdf->out->said_date = str_slice(property(text, STR("CreationDate:")), 0, 10);
}

/* -- Pages that are images
 * ------------------------------------------------------------------------- */

static bool can_scan(struct pdf *pdf)
{
    static const char *const arguments[] = {"tesseract", "--list-langs", NULL};
    struct process_result result;
    struct err err;
    if (convert_run(pdf->arena, arguments, (struct str){0}, "tesseract-ocr", &result, &err))
        return false;
    for (struct str line; (line = str_line(&result.output)).data;)
        if (str_equal(str_trim(line), STR("nld")))
            return true;
    return false;
}

/* Reads page `number` from its image; what it holds is empty where that fails or gives nothing. */
static struct str scan(struct pdf *pdf, uint32_t number)
{
    char page[16];
    snprintf(page, sizeof page, "%u", (unsigned)number);
    const char *const draw[] = {"pdftoppm", "-r", "300", "-gray", "-f",
                                page,       "-l", page,  "-",     NULL};
    const char *const read[] = {"tesseract", "-", "-", "-l", "nld", "--dpi", "300", NULL};
    struct arena image;
    struct process_result result = {0};
    struct str text = {0};
    struct err err;
    arena_init(&image);
    struct process drawing = {
        .arguments = draw, .input = pdf->bytes, .output_max = IMAGE_MAX, .seconds = SCAN_SECONDS};
    if (!process_run(&image, &drawing, &result, &err) && !result.status) {
        struct process reading = {.arguments = read,
                                  .input = result.output,
                                  .output_max = CONVERT_TEXT_MAX,
                                  .seconds = SCAN_SECONDS};
        if (!process_run(&image, &reading, &result, &err) && !result.status)
            text = utf8_repair(pdf->arena, str_copy(pdf->arena, result.output));
    }
    arena_release(&image);
    /* The reader of images ends what it reads in a form feed too. */
    while (text.len && (str_is_space(text.data[text.len - 1]) || text.data[text.len - 1] == '\f'))
        text.len--;
    return text;
}

static void scan_page(struct pdf *pdf, size_t index, convert_show *show)
{
    uint32_t number = (uint32_t)index + 1;
    if (show)
        show(number, (uint32_t)pdf->pages.count);
    struct str text = scan(pdf, number);
    if (!pdf_readable(text))
        return;
    pdf->pages.items[index] = str_format(pdf->arena, "%.*s\n", STR_ARGS(text));
    pdf->out->scanned++;
}

/* `3, 5, 6 and 12 more`. */
static struct str list_pages(struct arena *arena, const uint32_t *numbers, size_t count)
{
    enum { SHOWN = 8 };
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < count && i < SHOWN; i++)
        buf_printf(&out, "%s%u", i ? ", " : "", (unsigned)numbers[i]);
    if (count > SHOWN)
        buf_printf(&out, " and %zu more", count - SHOWN);
    return buf_str(&out);
}

static time_t seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Returns how many of the pages it came to. */
static size_t scan_pages(struct pdf *pdf, const uint32_t *numbers, size_t count, convert_show *show)
{
    time_t end = seconds() + PDF_SCANS_SECONDS;
    size_t done = 0;
    while (done < count && done < PDF_SCANS_MAX && seconds() < end)
        scan_page(pdf, numbers[done++] - 1, show);
    return done;
}

static void read_images(struct pdf *pdf, convert_show *show)
{
    VEC(uint32_t) blank = {0};
    for (uint32_t i = 0; i < pdf->pages.count; i++)
        if (!pdf_readable(pdf->pages.items[i]))
            *vec_push(&blank, pdf->arena) = i + 1;
    if (!blank.count)
        return;
    bool able = can_scan(pdf);
    size_t tried = able ? scan_pages(pdf, blank.items, blank.count, show) : 0;
    struct str list = list_pages(pdf->arena, blank.items, blank.count);
    const char *pages = blank.count > 1 ? "pages" : "page";
    pdf->out->blank = (uint32_t)blank.count - pdf->out->scanned;
    if (!able)
        convert_remark(pdf->arena, pdf->out,
                       "no readable text layer on %s %.*s; to have them read from their image: "
                       "apt install " PDF_SCAN_PACKAGES,
                       pages, STR_ARGS(list));
    else if (pdf->out->scanned)
        convert_remark(pdf->arena, pdf->out,
                       "no readable text layer on %s %.*s: read from the image, so expect slips",
                       pages, STR_ARGS(list));
    size_t empty = tried - pdf->out->scanned;
    if (empty)
        convert_remark(pdf->arena, pdf->out, "%zu %s without any text", empty,
                       empty > 1 ? "pages" : "page");
    if (able && tried < blank.count)
        convert_remark(pdf->arena, pdf->out,
                       "%zu more pages without a text layer were not read: of one file at most %d, "
                       "and for half an hour",
                       blank.count - tried, PDF_SCANS_MAX);
}

static struct str put_together(struct pdf *pdf)
{
    struct buf text;
    buf_init(&text, pdf->arena);
    for (size_t i = 0; i < pdf->pages.count; i++) {
        buf_put(&text, pdf->pages.items[i]);
        buf_put_char(&text, '\f');
    }
    return buf_str(&text);
}

int pdf_convert(struct arena *arena, struct str bytes, convert_show *show, struct conversion *out,
                struct err *err)
{
    struct pdf pdf = {.arena = arena, .bytes = bytes, .out = out, .err = err};
    if (read_layer(&pdf))
        return -1;
    read_properties(&pdf);
    read_images(&pdf, show);
    out->pages = (uint32_t)pdf.pages.count;
    if (out->blank == out->pages)
        return err_set(err, "none of its pages (%u) has text: %.*s", (unsigned)out->pages,
                       STR_ARGS(out->remarks.items[0]));
    out->text = put_together(&pdf);
    return 0;
}
