#include "cli/report.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "cli/codes.h"
#include "write/escape.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

enum { LINE_SHOWN = 160 }; /* bytes of a source's line: more would fill the screen */

/* The line of the diagnostic in hand. Diagnostics come in order, so a file is read once. */
struct cursor {
    struct str path, rest, line;
    uint32_t number;
};

static struct str line_at(const struct report *report, struct cursor *cursor,
                          const struct diag *diag)
{
    if (!cursor->path.data || !str_equal(cursor->path, diag->place.path)) {
        struct str source = report->source(report->context, diag->place.path);
        *cursor = (struct cursor){.path = diag->place.path, .rest = source};
    }
    while (cursor->number < diag->place.line) {
        cursor->line = str_line(&cursor->rest);
        cursor->number++;
    }
    return diag->place.line && cursor->line.data ? cursor->line : (struct str){NULL, 0};
}

/* -- Text ---------------------------------------------------------------------------------------
 */

/* What stands before the caret as blanks of the same width. */
static void put_blank(struct buf *out, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (c == '\t')
            buf_put_char(out, '\t');
        else
            for (unsigned width = utf8_width(c); width; width--)
                buf_put_char(out, ' ');
    }
}

static void put_shown(struct buf *out, struct str text)
{
    for (struct str rest = text; rest.data;) {
        diag_put_safely(out, str_cut(&rest, '\t'));
        if (rest.data)
            buf_put_char(out, '\t');
    }
}

/* A long line is shown from a little before the place on. */
static struct str shown_part(struct str line, size_t at, size_t *start)
{
    *start = at > LINE_SHOWN / 2 ? at - LINE_SHOWN / 2 : 0;
    while (*start && *start < line.len && ((unsigned char)line.data[*start] & 0xC0) == 0x80)
        ++*start;
    struct str part = str_slice(line, *start, LINE_SHOWN);
    if (*start + part.len < line.len)
        part.len = utf8_valid_length(part);
    return part;
}

static void put_source(struct buf *out, const struct diag *diag, struct str line, bool colour)
{
    size_t start, at = diag->place.column ? diag->place.column - 1 : 0;
    struct str part = shown_part(line, at, &start);
    if (!diag->place.column || at > line.len || !line.data)
        return;
    buf_put_cstring(out, "    ");
    put_shown(out, part);
    buf_put_cstring(out, "\n    ");
    put_blank(out, str_slice(part, 0, at - start));
    buf_put_cstring(out, colour ? "\033[1;32m^\033[0m\n" : "^\n");
}

static void put_severity(struct buf *out, const struct diag *diag, bool colour)
{
    static const char *const colours[] = {"36", "35", "31"};
    if (colour)
        buf_printf(out, "\033[1;%sm", colours[diag->severity]);
    buf_printf(out, "%s:", severity_name(diag->severity));
    buf_put_cstring(out, colour ? "\033[0m " : " ");
}

static void put_text(struct buf *out, const struct diag *diag, struct str line, bool colour)
{
    diag_put_safely(out, diag->place.path);
    if (diag->place.line)
        buf_printf(out, ":%u", (unsigned)diag->place.line);
    if (diag->place.line && diag->place.column)
        buf_printf(out, ":%u", (unsigned)diag->place.column);
    buf_put_cstring(out, ": ");
    put_severity(out, diag, colour);
    diag_put_safely(out, diag->message);
    buf_printf(out, " [%s]\n", diag->code);
    put_source(out, diag, line, colour);
    if (diag_fix_offset(diag, line) == STR_NONE)
        return;
    buf_put_cstring(out, "    --fix: '");
    diag_put_safely(out, diag->fix.from);
    buf_put_cstring(out, "' becomes ");
    struct str rest = diag->fix.to, part = str_line(&rest);
    do {
        buf_put_char(out, '\'');
        diag_put_safely(out, part);
        part = str_line(&rest);
        buf_put_cstring(out, part.data ? "' and on the next line " : "'\n");
    } while (part.data);
}

static void put_count(struct buf *out, size_t count, const char *what)
{
    buf_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void put_summary(struct buf *out, const struct diags *diags)
{
    put_count(out, diags_count(diags, DIAG_ERROR), "error");
    buf_put_cstring(out, ", ");
    put_count(out, diags_count(diags, DIAG_WARNING), "warning");
    buf_put_cstring(out, ", ");
    put_count(out, diags_count(diags, DIAG_NOTE), "note");
    buf_put_char(out, '\n');
}

/* -- JSON ---------------------------------------------------------------------------------------
 */

static void put_member(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, "\"%s\":", name);
    escape_json(out, value);
}

static void put_json_fix(struct buf *out, const struct diag *diag, struct str line)
{
    ptrdiff_t at = diag_fix_offset(diag, line);
    if (at == STR_NONE)
        return;
    buf_printf(out, ",\"fix\":{\"line\":%u,\"column\":%zu,", (unsigned)diag->place.line,
               (size_t)at + 1);
    put_member(out, "from", diag->fix.from);
    buf_put_char(out, ',');
    put_member(out, "to", diag->fix.to);
    buf_put_char(out, '}');
}

static void put_json(struct buf *out, const struct diag *diag, struct str line)
{
    buf_put_char(out, '{');
    put_member(out, "path", diag->place.path);
    buf_printf(out, ",\"line\":%u,\"column\":%u,\"severity\":\"%s\",\"code\":\"%s\",",
               (unsigned)diag->place.line, (unsigned)diag->place.column,
               severity_name(diag->severity), diag->code);
    put_member(out, "message", diag->message);
    put_json_fix(out, diag, line);
    buf_put_cstring(out, "}\n");
}

/* -- SARIF --------------------------------------------------------------------------------------
 */

/* The column of byte `at` as SARIF counts: UTF-16 code units, from 1. */
static size_t sarif_column(struct str line, size_t at)
{
    size_t column = 1;
    struct str before = str_slice(line, 0, at);
    for (size_t offset = 0; offset < before.len;)
        column += utf8_next(before, &offset) > 0xFFFF ? 2 : 1;
    return column;
}

static void put_location(const struct report *report, struct buf *out, struct str path)
{
    struct buf uri;
    buf_init(&uri, report->arena);
    if (report->folder.len) {
        escape_path(&uri, report->folder);
        buf_put_char(&uri, '/');
    }
    escape_path(&uri, path);
    buf_put_cstring(out, "\"artifactLocation\":{\"uriBaseId\":\"%SRCROOT%\",");
    put_member(out, "uri", buf_str(&uri));
    buf_put_char(out, '}');
}

static void put_sarif_fix(const struct report *report, struct buf *out, const struct diag *diag,
                          struct str line)
{
    ptrdiff_t at = diag_fix_offset(diag, line);
    if (at == STR_NONE)
        return;
    size_t end = (size_t)at + diag->fix.from.len;
    buf_put_cstring(out, ",\"fixes\":[{\"artifactChanges\":[{");
    put_location(report, out, diag->place.path);
    buf_printf(out,
               ",\"replacements\":[{\"deletedRegion\":{\"startLine\":%u,\"startColumn\":%zu,"
               "\"endColumn\":%zu},\"insertedContent\":{",
               (unsigned)diag->place.line, sarif_column(line, (size_t)at), sarif_column(line, end));
    put_member(out, "text", diag->fix.to);
    buf_put_cstring(out, "}}]}]}]");
}

static void put_result(const struct report *report, struct buf *out, const struct diag *diag,
                       struct str line)
{
    buf_printf(out, "{\"ruleId\":\"%s\",\"level\":\"%s\",\"message\":{", diag->code,
               severity_name(diag->severity));
    put_member(out, "text", diag->message);
    buf_put_cstring(out, "},\"locations\":[{\"physicalLocation\":{");
    put_location(report, out, diag->place.path);
    /* What concerns a whole file is shown at its beginning. */
    buf_printf(out, ",\"region\":{\"startLine\":%u", diag->place.line ? diag->place.line : 1U);
    if (diag->place.line && diag->place.column && line.data)
        buf_printf(out, ",\"startColumn\":%zu", sarif_column(line, diag->place.column - 1));
    buf_put_cstring(out, "}}}]");
    put_sarif_fix(report, out, diag, line);
    buf_put_char(out, '}');
}

static void put_rules(struct buf *out)
{
    size_t count;
    const struct code *codes = codes_all(&count);
    for (size_t i = 0; i < count; i++) {
        buf_put_cstring(out, i ? ",\n{" : "{");
        put_member(out, "id", str_from(codes[i].name));
        buf_put_cstring(out, ",\"shortDescription\":{");
        put_member(out, "text", str_from(codes[i].meaning));
        buf_put_cstring(out, "},\"help\":{");
        put_member(out, "text", str_from(codes[i].mend));
        buf_printf(out, "},\"defaultConfiguration\":{\"level\":\"%s\"}}",
                   severity_name(codes[i].severity));
    }
}

static void begin_sarif(struct buf *out)
{
    buf_put_cstring(out, "{\"$schema\":\"" SARIF_SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{"
                         "\"tool\":{\"driver\":{\"name\":\"naslag\",\"version\":\"" NASLAG_VERSION
                         "\",\"rules\":[\n");
    put_rules(out);
    buf_put_cstring(out, "\n]}},\"columnKind\":\"utf16CodeUnits\",\"results\":[");
}

void report_put(const struct report *report, enum report_format format, struct buf *out)
{
    struct cursor cursor = {.path = {NULL, 0}};
    if (format == REPORT_SARIF)
        begin_sarif(out);
    for (size_t i = 0; i < report->diags->count; i++) {
        const struct diag *diag = &report->diags->items[i];
        struct str line = line_at(report, &cursor, diag);
        if (format == REPORT_TEXT) {
            put_text(out, diag, line, report->colour);
        } else if (format == REPORT_JSON) {
            put_json(out, diag, line);
        } else {
            buf_put_cstring(out, i ? ",\n" : "\n");
            put_result(report, out, diag, line);
        }
    }
    if (format == REPORT_SARIF)
        buf_put_cstring(out, "\n]}]}\n");
    else if (format == REPORT_TEXT && !report->quiet && report->diags->count)
        put_summary(out, report->diags);
}
