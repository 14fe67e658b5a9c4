#include "write/sheet.h"

#include "base/diag.h"
#include "base/utf8.h"
#include "write/escape.h"

#include <string.h>

#define ZERO_WIDTH_SPACE 0x200B

/* Beside the sheet of all pages of a site. */
static const char own_style[] =
    "main{max-width:52rem;margin:0 auto;padding:1rem var(--gutter) 3rem}"
    "h1{font:600 1.5rem/1.25 var(--sans);margin:1rem 0}"
    "h2{font:600 1.15rem/1.3 var(--sans);margin:2rem 0 .5rem}"
    "h2 span{color:var(--soft);font-weight:400}"
    "main>ul>li{padding:.6rem 0 .6rem 1.5rem;border-top:1px solid var(--line);position:relative}"
    ".sign{position:absolute;left:0;font:600 1rem/1.5 var(--mono)}"
    ".sign.wrong,.sign.removed{color:var(--wrong)}"
    ".sign.added{color:var(--topic)}"
    "li p{margin:.35rem 0 0}"
    "code{font:.9em var(--mono)}"
    "q,ins,del{font-family:var(--serif)}"
    "q{quotes:none}"
    "q,code,ins,del{overflow-wrap:anywhere}"
    "ins{background:var(--topic-tint);text-decoration:underline;text-decoration-thickness:2px}"
    "del{background:var(--source-tint);text-decoration:line-through}"
    "del+ins{margin-inline-start:.25em}"
    ".more{color:var(--soft)}";

static const struct {
    char text;
    const char *colour, *name, *heard;
} signs[] = {[SHEET_CHANGED] = {'~', "33", "changed", "changed"},
             [SHEET_ADDED] = {'+', "32", "added", "new"},
             [SHEET_REMOVED] = {'-', "31", "removed", "gone"},
             [SHEET_MOVED] = {'>', "36", "moved", "moved"},
             [SHEET_WRONG] = {'!', "31", "wrong", "wrong"}};

/* -- Escaping
 * -------------------------------------------------------------------------------------- */

/* What may mean something in Markdown. */
static bool is_mark(char c)
{
    return c > ' ' && c < 0x7F && !str_is_alnum(c) && !strchr(",;'/?%", c);
}

/* What names a person, an issue or the like where Markdown is shown, if a name stands behind it. */
static bool is_sigil(char c)
{
    return c == '@' || c == '#' || c == '!' || c == '~' || c == '%' || c == '&' || c == '$';
}

static bool is_name(char c)
{
    return str_is_alnum(c) || c == '_' || c == '"';
}

/* Every sign that may mean something is escaped, line ends are spaces. What names someone is
 * recognised in what is shown, so that escaping does not help; an invisible space does. */
static void put_markdown(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '$' || c == '`')
            buf_printf(out, "&#%d;", c);
        else if (is_mark(c))
            buf_printf(out, "\\%c", c);
        else if ((unsigned char)c < ' ' || c == 0x7F)
            buf_put_char(out, ' ');
        else
            buf_put_char(out, c);
        if (is_sigil(c) && i + 1 < text.len && is_name(text.data[i + 1]))
            utf8_put(out, ZERO_WIDTH_SPACE);
    }
}

/* A span of code ends at as many backticks as it began with. */
static void put_markdown_code(struct buf *out, struct str text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.len; i++) {
        run = text.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_put_char(out, '`');
    buf_put_cstring(out, longest ? " " : "");
    diag_put_safely(out, text);
    buf_put_cstring(out, longest ? " " : "");
    for (size_t i = 0; i <= longest; i++)
        buf_put_char(out, '`');
}

static void put_others(struct sheet *sheet, struct str text)
{
    if (sheet->format == SHEET_TEXT)
        diag_put_safely(sheet->out, text);
    else if (sheet->format == SHEET_MARKDOWN)
        put_markdown(sheet->out, text);
    else
        escape_html(sheet->out, text);
}

/* What the program itself writes, in each of the formats. */
static void put_one(struct sheet *sheet, const char *text, const char *markdown, const char *html)
{
    buf_put_cstring(sheet->out, sheet->format == SHEET_TEXT       ? text
                                : sheet->format == SHEET_MARKDOWN ? markdown
                                                                  : html);
}

static void put_colour(struct sheet *sheet, const char *colour)
{
    if (sheet->format == SHEET_TEXT && sheet->colour)
        buf_printf(sheet->out, "\033[%sm", colour);
}

/* -- The whole
 * ------------------------------------------------------------------------------------- */

void sheet_begin(struct sheet *sheet, struct str title)
{
    if (sheet->format == SHEET_TEXT)
        return;
    if (sheet->format == SHEET_MARKDOWN) {
        buf_put_cstring(sheet->out, "### ");
        put_others(sheet, title);
        buf_put_char(sheet->out, '\n');
        return;
    }
    buf_put_cstring(sheet->out,
                    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n<title>");
    put_others(sheet, title);
    buf_put_cstring(sheet->out, "</title>\n<style>\n");
    buf_put(sheet->out, sheet->style);
    buf_put_cstring(sheet->out, own_style);
    buf_put_cstring(sheet->out, "\n</style>\n</head>\n<body>\n<main>\n<h1>");
    put_others(sheet, title);
    buf_put_cstring(sheet->out, "</h1>\n");
}

void sheet_end(struct sheet *sheet)
{
    if (sheet->format == SHEET_HTML)
        buf_put_cstring(sheet->out, "</main>\n</body>\n</html>\n");
}

/* -- Sections
 * -------------------------------------------------------------------------------------- */

void sheet_begin_section(struct sheet *sheet, const char *title, size_t count)
{
    sheet->items = sheet->left_out = 0;
    if (sheet->out->len)
        put_one(sheet, "\n", "\n", "");
    put_colour(sheet, "1");
    put_one(sheet, "", "#### ", "<h2>");
    buf_put_cstring(sheet->out, title);
    put_one(sheet, " (", " (", " <span>(");
    buf_put_number(sheet->out, (int64_t)count);
    put_one(sheet, ")", ")\n\n", ")</span></h2>\n<ul>\n");
    put_colour(sheet, "0");
    put_one(sheet, "\n", "", "");
}

static void end_item(struct sheet *sheet)
{
    if (!sheet->is_item)
        return;
    if (sheet->is_line)
        put_one(sheet, "", "", "</p>");
    put_one(sheet, "\n", "\n", "</li>\n");
    sheet->is_item = sheet->is_line = sheet->is_cut = false;
}

void sheet_end_section(struct sheet *sheet)
{
    end_item(sheet);
    if (sheet->left_out) {
        put_one(sheet, "  ", "- ", "<li class=\"more\">");
        buf_printf(sheet->out, "and %zu more", sheet->left_out);
        put_one(sheet, "\n", "\n", "</li>\n");
    }
    put_one(sheet, "", "", "</ul>\n");
}

static bool is_full(const struct sheet *sheet)
{
    size_t room = sheet->format == SHEET_MARKDOWN ? SHEET_MARKDOWN_MAX : SHEET_MAX;
    return sheet->out->len > room;
}

bool sheet_begin_item(struct sheet *sheet, enum sheet_sign sign)
{
    end_item(sheet);
    if (sheet->items == SHEET_ITEMS_MAX || is_full(sheet)) {
        sheet->left_out++;
        return false;
    }
    sheet->items++;
    sheet->is_item = true;
    put_colour(sheet, signs[sign].colour);
    if (sheet->format == SHEET_TEXT)
        buf_put_char(sheet->out, signs[sign].text);
    else if (sheet->format == SHEET_MARKDOWN)
        buf_printf(sheet->out, "- **%s:**", signs[sign].heard);
    else
        buf_printf(sheet->out,
                   "<li><span class=\"sign %s\" aria-hidden=\"true\">%c</span>"
                   "<span class=\"hidden\">%s:</span>",
                   signs[sign].name, signs[sign].text, signs[sign].heard);
    put_colour(sheet, "0");
    buf_put_char(sheet->out, ' ');
    return true;
}

bool sheet_begin_line(struct sheet *sheet)
{
    if (sheet->is_cut)
        return false;
    if (sheet->is_line)
        put_one(sheet, "", "", "</p>");
    sheet->is_line = true;
    put_one(sheet, "\n    ", "\n  - ", "<p>");
    sheet->is_cut = is_full(sheet);
    if (sheet->is_cut)
        buf_put_cstring(sheet->out, "…");
    return !sheet->is_cut;
}

void sheet_put_paragraph(struct sheet *sheet, const char *words)
{
    put_one(sheet, "", "\n", "<p>");
    sheet_put(sheet, words);
    put_one(sheet, "\n", "\n", "</p>\n");
}

/* -- Words
 * ----------------------------------------------------------------------------------------- */

void sheet_put(struct sheet *sheet, const char *words)
{
    if (sheet->format == SHEET_HTML)
        escape_html(sheet->out, str_from(words));
    else
        buf_put_cstring(sheet->out, words);
}

void sheet_put_message(struct sheet *sheet, struct str message)
{
    put_others(sheet, message);
}

void sheet_put_number(struct sheet *sheet, size_t number)
{
    buf_put_number(sheet->out, (int64_t)number);
}

void sheet_put_count(struct sheet *sheet, size_t count, const char *one, const char *more)
{
    sheet_put_number(sheet, count);
    buf_put_char(sheet->out, ' ');
    sheet_put(sheet, count == 1 ? one : more);
}

void sheet_put_path(struct sheet *sheet, struct str path, uint32_t line)
{
    struct buf place;
    buf_init(&place, sheet->out->arena);
    buf_put(&place, path);
    if (line)
        buf_printf(&place, ":%u", (unsigned)line);
    put_colour(sheet, "1");
    if (sheet->format == SHEET_TEXT)
        diag_put_safely(sheet->out, buf_str(&place));
    else if (sheet->format == SHEET_MARKDOWN)
        put_markdown_code(sheet->out, buf_str(&place));
    else
        buf_put_cstring(sheet->out, "<code>");
    if (sheet->format == SHEET_HTML) {
        escape_html(sheet->out, buf_str(&place));
        buf_put_cstring(sheet->out, "</code>");
    }
    put_colour(sheet, "0");
}

static void put_language(struct sheet *sheet)
{
    if (sheet->language.len) {
        buf_put_cstring(sheet->out, " lang=\"");
        escape_html(sheet->out, sheet->language);
        buf_put_char(sheet->out, '"');
    }
    buf_put_char(sheet->out, '>');
}

void sheet_put_text(struct sheet *sheet, struct str text)
{
    if (sheet->format == SHEET_HTML) {
        buf_put_cstring(sheet->out, "<q");
        put_language(sheet);
    }
    put_others(sheet, text);
    if (sheet->format == SHEET_HTML)
        buf_put_cstring(sheet->out, "</q>");
}

/* Marks that need no colour stand around it in text, as in git's differences of words. */
static void put_marked(struct sheet *sheet, struct str text, const char *element, const char *label,
                       const char *colour, const char *around)
{
    put_colour(sheet, colour);
    if (sheet->format == SHEET_TEXT)
        buf_printf(sheet->out, "%c%c", around[0], around[1]);
    else
        buf_printf(sheet->out, "<%s", element);
    if (sheet->format == SHEET_HTML) {
        put_language(sheet);
        buf_printf(sheet->out, "<span class=\"hidden\" lang=\"en\">[%s: </span>", label);
    } else if (sheet->format == SHEET_MARKDOWN) {
        buf_put_char(sheet->out, '>');
    }
    put_others(sheet, text);
    if (sheet->format == SHEET_HTML)
        buf_put_cstring(sheet->out, "<span class=\"hidden\">]</span>");
    if (sheet->format == SHEET_TEXT)
        buf_printf(sheet->out, "%c%c", around[2], around[3]);
    else
        buf_printf(sheet->out, "</%s>", element);
    put_colour(sheet, "0");
}

void sheet_put_removed(struct sheet *sheet, struct str text)
{
    put_marked(sheet, text, "del", "removed", "31", "[--]");
}

void sheet_put_added(struct sheet *sheet, struct str text)
{
    put_marked(sheet, text, "ins", "added", "32", "{++}");
}

struct str sheet_shorten(const struct sheet *sheet, struct str text, size_t max)
{
    struct str part = str_slice(text, 0, max);
    if (part.len == text.len)
        return text;
    part.len = utf8_valid_length(part);
    return str_format(sheet->out->arena, "%.*s…", STR_ARGS(part));
}
