#include "read/pandoc.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/charset.h"

#define PANDOC_MEMORY "1G"

enum {
    UNKNOWN_OPTION = 6,   /* pandoc's exit status */
    HEAP_EXHAUSTED = 251, /* that of what Haskell's compiler makes */
    RULE_MIN = 10,        /* hyphens: a line of them is drawn around a table */
};

/* Up to its version 2.14 pandoc has no sandbox. */
static int run(struct arena *arena, const char *format, struct str bytes,
               struct process_result *result, struct err *err)
{
    const char *const arguments[] = {
        "pandoc", "--sandbox",   "--standalone", "--from",           format, "--to",
        "plain",  "--wrap=none", "+RTS",         "-M" PANDOC_MEMORY, "-RTS", NULL};
    const char *const older[] = {
        "pandoc",      "--standalone", "--from",           format, "--to", "plain",
        "--wrap=none", "+RTS",         "-M" PANDOC_MEMORY, "-RTS", NULL};
    int status = convert_run(arena, arguments, bytes, PANDOC_PACKAGE, result, err);
    if (!status && result->status == UNKNOWN_OPTION)
        status = convert_run(arena, older, bytes, PANDOC_PACKAGE, result, err);
    return status;
}

/* A line that is drawn above, below or inside a table, and says nothing. */
static bool is_rule(struct str line)
{
    size_t hyphens = 0;
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '-')
            hyphens++;
        else if (line.data[i] != ' ')
            return false;
    return hyphens >= RULE_MIN;
}

static struct str without_rules(struct arena *arena, struct str text)
{
    struct buf out;
    struct str line;
    buf_init(&out, arena);
    for (struct str rest = text; (line = str_line(&rest)).data;) {
        if (is_rule(line))
            continue;
        buf_put(&out, line);
        buf_put_char(&out, '\n');
    }
    return buf_str(&out);
}

int pandoc_convert(struct arena *arena, const char *format, struct str bytes,
                   struct conversion *out, struct err *err)
{
    struct process_result result;
    if (run(arena, format, bytes, &result, err))
        return -1;
    if (result.status == HEAP_EXHAUSTED)
        return err_set(err, "pandoc would need more memory for it than " PANDOC_MEMORY "B");
    if (result.status)
        return err_set(err, "pandoc cannot read it: %.*s",
                       STR_ARGS(process_complaint(arena, &result)));
    out->text = without_rules(arena, result.output);
    /* Seen with 2.17: rows that repeat on every page are not read. */
    if (out->format == FORMAT_ODT && out->text.len < result.output.len)
        convert_remark(arena, out,
                       "pandoc leaves out heading rows of tables in an OpenDocument "
                       "text: compare them with the original");
    return 0;
}

/* -- Web pages ----------------------------------------------------------------------------------
 */

/* Offset of the next `<name` or `</name`, of any case, from `from` on; or STR_NONE. */
static ptrdiff_t find_tag(struct str page, size_t from, struct str tag)
{
    for (size_t i = from; i + tag.len < page.len; i++) {
        struct str here = str_slice(page, i, tag.len);
        char next = page.data[i + tag.len];
        if (page.data[i] == '<' && str_equal_nocase(here, tag) && !str_is_alnum(next))
            return (ptrdiff_t)i;
    }
    return STR_NONE;
}

/* The only `<main>` of a page; empty where there is none or more. */
static struct str main_part(struct str page)
{
    ptrdiff_t start = find_tag(page, 0, STR("<main"));
    ptrdiff_t end = start < 0 ? STR_NONE : find_tag(page, (size_t)start, STR("</main"));
    if (end < 0 || find_tag(page, (size_t)end, STR("<main")) >= 0)
        return (struct str){0};
    return str_slice(page, (size_t)start, (size_t)(end - start));
}

int pandoc_page(struct arena *arena, struct str bytes, struct conversion *out, struct err *err)
{
    struct str page;
    if (!charset_decode(arena, STR("page"), bytes, &page, NULL))
        return err_set(err, "it is no text");
    struct str part = main_part(page);
    if (part.len)
        convert_remark(arena, out, "only the main part of the page was taken, without its menus");
    else if (out->format == FORMAT_HTML)
        convert_remark(arena, out, "menus may be in the text: look it over");
    return pandoc_convert(arena, "html", part.len ? part : page, out, err);
}
