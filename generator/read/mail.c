#include "read/mail.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/date.h"
#include "read/pandoc.h"

#include <stdio.h>

enum {
    PARTS_MAX = 1000, /* parts of a mail that are looked at */
    NAMES_MAX = 20,   /* attachments that are named */
    DATE_WORDS = 3,   /* `3 Mar 2025` */
};

struct part {
    struct str number, type, name;
};

struct mail {
    struct arena *arena;
    struct str bytes;
    struct part plain, page; /* the first of each; no number where there is none */
    size_t parts, attachments;
    struct conversion *out;
    struct err *err;
};

/* The parts are listed one a line: `    3: text/plain size=91 name="brief.txt"`. */
static struct part parse_part(struct str line)
{
    struct part part = {0};
    line = str_trim(line);
    ptrdiff_t colon = str_find(line, STR(": "));
    if (colon <= 0)
        return part;
    for (size_t i = 0; i < (size_t)colon; i++)
        if (!str_is_digit(line.data[i]))
            return part;
    struct str rest = str_from_offset(line, (size_t)colon + 2);
    ptrdiff_t name = str_find(rest, STR(" name=\""));
    if (name >= 0)
        part.name = str_from_offset(rest, (size_t)name + 7);
    if (part.name.len && part.name.data[part.name.len - 1] == '"')
        part.name.len--;
    part.number = str_slice(line, 0, (size_t)colon);
    part.type = str_cut(&rest, ' ');
    return part;
}

static void take_part(struct mail *mail, const struct part *part)
{
    bool attached = part->name.len > 0;
    if (!attached && !mail->plain.number.len && str_equal_nocase(part->type, STR("text/plain")))
        mail->plain = *part;
    if (!attached && !mail->page.number.len && str_equal_nocase(part->type, STR("text/html")))
        mail->page = *part;
    if (attached && mail->attachments++ < NAMES_MAX)
        convert_remark(mail->arena, mail->out,
                       "attachment '%.*s' was left: save it and import it on its own",
                       STR_ARGS(utf8_repair(mail->arena, part->name)));
}

static int list_parts(struct mail *mail)
{
    static const char *const arguments[] = {"mshow", "-F", "-t", "/dev/stdin", NULL};
    struct process_result result;
    struct str line;
    if (convert_run(mail->arena, arguments, mail->bytes, MAIL_PACKAGE, &result, mail->err))
        return -1;
    while ((line = str_line(&result.output)).data && mail->parts < PARTS_MAX) {
        struct part part = parse_part(line);
        if (!part.number.len)
            continue;
        mail->parts++;
        take_part(mail, &part);
    }
    return mail->parts ? 0 : err_set(mail->err, "it is a mail that cannot be read");
}

/* -- Fields --------------------------------------------------------------------------------------
 */

/* `Mon, 3 Mar 2025 10:00:00 +0100` as `3 maart 2025`. */
static struct str dutch_date(struct arena *arena, struct str text)
{
    static const char *const months[] = {"januari",   "februari", "maart",    "april",
                                         "mei",       "juni",     "juli",     "augustus",
                                         "september", "oktober",  "november", "december"};
    struct date date;
    ptrdiff_t comma = str_find_char(text, ',');
    struct str start = str_trim(str_from_offset(text, (size_t)(comma + 1)));
    struct str rest = start;
    for (size_t i = 0; i < DATE_WORDS && rest.data; i++)
        (void)str_cut(&rest, ' ');
    if (rest.data)
        start = str_trim(str_slice(start, 0, (size_t)(rest.data - start.data)));
    if (!date_parse(start, &date) || !date.day)
        return (struct str){0};
    return str_format(arena, "%u %s %u", date.day, months[date.month - 1], date.year);
}

/* `raad@example.org` as `raad@…`: what is published leads nobody's mail to them. */
static struct str without_hosts(struct arena *arena, struct str value)
{
    struct buf out;
    bool host = false;
    buf_init(&out, arena);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        bool ends = str_is_space(c) || c == ',' || c == ';';
        if (c == '@' && !host)
            buf_put_cstring(&out, "@…");
        host = c == '@' || (host && !ends);
        if (!host)
            buf_put_char(&out, c);
    }
    return buf_str(&out);
}

static struct str without_signs(struct arena *arena, struct str value, bool addresses)
{
    struct buf out;
    bool address = false;
    buf_init(&out, arena);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        address = c == '<' || (address && c != '>');
        if (c == ',' && out.len && out.data[out.len - 1] == ' ')
            out.len--;
        if (c != '<' && c != '>' && c != '"' && (addresses || !address))
            buf_put_char(&out, c);
    }
    return str_trim(buf_str(&out));
}

/* Without addresses: `"Raad, de" <raad@example.org>` is `Raad, de`. Who has no name is called by
 * the address up to its host. */
static struct str only_name(struct arena *arena, struct str value)
{
    struct str name = without_signs(arena, value, false);
    return without_hosts(arena, name.len ? name : without_signs(arena, value, true));
}

static void put_field(struct buf *text, const char *label, struct str value)
{
    if (value.len)
        buf_printf(text, "%s: %.*s\n", label, STR_ARGS(value));
}

static struct str field(struct str fields, struct str name)
{
    struct str line;
    while ((line = str_line(&fields)).data && line.len)
        if (str_starts(line, name))
            return str_trim(str_from_offset(line, name.len));
    return (struct str){0};
}

static int put_fields(struct mail *mail, struct buf *text)
{
    static const char *const arguments[] = {"mshow",      "-q", "-h", "from:to:subject:date",
                                            "/dev/stdin", NULL};
    struct process_result result;
    struct arena *arena = mail->arena;
    if (convert_run(arena, arguments, mail->bytes, MAIL_PACKAGE, &result, mail->err))
        return -1;
    struct str fields = utf8_repair(arena, result.output);
    put_field(text, "Van", only_name(arena, field(fields, STR("From:"))));
    put_field(text, "Aan", only_name(arena, field(fields, STR("To:"))));
    put_field(text, "Datum", dutch_date(arena, field(fields, STR("Date:"))));
    put_field(text, "Onderwerp", field(fields, STR("Subject:")));
    buf_put_cstring(text, "\n");
    return 0;
}

/* -- Text ----------------------------------------------------------------------------------------
 */

static int put_body(struct mail *mail, struct buf *text)
{
    bool page = !mail->plain.number.len;
    struct str number = page ? mail->page.number : mail->plain.number;
    if (!number.len)
        return 0;
    const char *const arguments[] = {
        "mshow", "-F", "-O", "/dev/stdin", str_cstring(mail->arena, number), NULL};
    struct process_result result;
    struct str body;
    if (convert_run(mail->arena, arguments, mail->bytes, MAIL_PACKAGE, &result, mail->err))
        return -1;
    if (page) {
        if (pandoc_page(mail->arena, result.output, mail->out, mail->err))
            return -1;
        body = mail->out->text;
    } else if (!charset_decode(mail->arena, STR("mail"), result.output, &body, NULL)) {
        return err_set(mail->err, "its text is no text");
    }
    buf_put(text, body);
    return 0;
}

int mail_convert(struct arena *arena, struct str bytes, struct conversion *out, struct err *err)
{
    struct mail mail = {.arena = arena, .bytes = bytes, .out = out, .err = err};
    struct buf text;
    buf_init(&text, arena);
    if (list_parts(&mail) || put_fields(&mail, &text) || put_body(&mail, &text))
        return -1;
    if (!mail.plain.number.len && !mail.page.number.len)
        convert_remark(arena, out, "the mail has no text of its own");
    convert_remark(arena, out,
                   "the original has addresses and attachments in it: look before you publish it");
    out->text = buf_str(&text);
    return 0;
}
