#include "write/reference.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/reader.h"
#include "write/escape.h"

/* What a kind of document is called in each format. */
struct type {
    struct str kind; /* how it ends as an editor writes it: `regiorapport` is a `rapport` */
    const char *bibtex, *ris, *csl;
};

static bool ends_alike(struct str text, struct str ending)
{
    return text.len >= ending.len &&
           str_equal_nocase(str_from_offset(text, text.len - ending.len), ending);
}

static const struct type *type_of(struct str kind)
{
    static const struct type types[] = {
        {{"brief", 5}, "letter", "PCOMM", "personal_communication"},
        {{"letter", 6}, "letter", "PCOMM", "personal_communication"},
        {{"kamerbrief", 10}, "report", "GOVDOC", "report"},
        {{"rapport", 7}, "report", "RPRT", "report"},
        {{"report", 6}, "report", "RPRT", "report"},
        {{"advies", 6}, "report", "RPRT", "report"},
        {{"onderzoek", 9}, "report", "RPRT", "report"},
        {{"memo", 4}, "report", "RPRT", "report"},
        {{"nota", 4}, "report", "RPRT", "report"},
        {{"wet", 3}, "legislation", "STAT", "legislation"},
        {{"law", 3}, "legislation", "STAT", "legislation"},
        {{"motie", 5}, "report", "GOVDOC", "bill"},
        {{"amendement", 10}, "report", "GOVDOC", "bill"},
        {{"", 0}, "misc", "GEN", "document"}};
    size_t i = 0;
    while (!ends_alike(kind, types[i].kind))
        i++;
    return &types[i];
}

struct reference reference_of(const struct outline *source)
{
    return (struct reference){reader_stem(source->path), &source->meta};
}

/* Who wrote it: a person where one is named, else who issued it. */
static struct str author_of(const struct meta *meta)
{
    return meta->more->author.len ? meta->more->author : meta->more->issuer;
}

/* Author `index`; empty behind the last. */
static struct str author_at(const struct meta *meta, size_t index)
{
    if (meta->more->authors.texts.count)
        return index < meta->more->authors.texts.count ? meta->more->authors.texts.items[index].text
                                                       : STR("");
    return index ? STR("") : author_of(meta);
}

static struct str on_one_line(struct arena *arena, struct str text)
{
    struct buf line;
    bool space = false;
    buf_init(&line, arena);
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (utf8_is_space(c) || c < ' ' || c == 0x7F) {
            space = line.len > 0;
            continue;
        }
        if (space)
            buf_put_char(&line, ' ');
        space = false;
        buf_put(&line, str_slice(text, start, at - start));
    }
    return buf_str(&line);
}

/* BibTeX. Braces keep a name whole and capitals as they are. */

static void put_bibtex_text(struct buf *out, struct str text)
{
    text = on_one_line(out->arena, text);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '\\')
            buf_put(out, STR("\\textbackslash{}"));
        else if (c == '~')
            buf_put(out, STR("\\textasciitilde{}"));
        else if (c == '^')
            buf_put(out, STR("\\textasciicircum{}"));
        else if (c == '{' || c == '}')
            buf_put(out, c == '{' ? STR("\\textbraceleft{}") : STR("\\textbraceright{}"));
        else {
            if (str_find_char(STR("%#$&_"), c) >= 0)
                buf_put_char(out, '\\');
            buf_put_char(out, c);
        }
    }
}

static void put_bibtex_field(struct buf *out, const char *name, struct str text, bool whole)
{
    if (!text.len)
        return;
    buf_printf(out, ",\n  %s = {%s", name, whole ? "{" : "");
    put_bibtex_text(out, text);
    buf_put(out, whole ? STR("}}") : STR("}"));
}

static void put_bibtex_authors(struct buf *out, const struct meta *meta)
{
    for (size_t i = 0; author_at(meta, i).len; i++) {
        buf_put(out, i ? STR(" and {") : STR(",\n  author = {{"));
        put_bibtex_text(out, author_at(meta, i));
        buf_put_char(out, '}');
    }
    if (author_at(meta, 0).len)
        buf_put_char(out, '}');
}

/* biblatex knows languages by babel's names. */
static struct str babel_name(struct str language)
{
    struct str code = str_slice(language, 0, 2);
    return str_equal_nocase(code, STR("nl"))   ? STR("dutch")
           : str_equal_nocase(code, STR("en")) ? STR("english")
                                               : STR("");
}

void reference_put_bibtex(struct buf *out, const struct reference *reference)
{
    const struct meta *meta = reference->meta;
    struct str date = date_format(out->arena, meta->date);
    buf_printf(out, "@%s{%.*s", type_of(meta->kind)->bibtex, STR_ARGS(reference->key));
    put_bibtex_authors(out, meta);
    put_bibtex_field(out, "title", meta->title, true);
    put_bibtex_field(out, "date", date, false);
    put_bibtex_field(out, "institution", meta->more->issuer, true);
    put_bibtex_field(out, "type", meta->kind, false);
    put_bibtex_field(out, "number", meta->more->reference, false);
    put_bibtex_field(out, "langid", babel_name(meta->language), false);
    if (meta->more->url.len) {
        buf_put(out, STR(",\n  url = {"));
        escape_url(out, meta->more->url);
        buf_put_char(out, '}');
    }
    buf_put(out, STR("\n}\n"));
}

/* RIS. */

static void put_ris(struct buf *out, const char *tag, struct str text)
{
    text = on_one_line(out->arena, text);
    if (text.len)
        buf_printf(out, "%s  - %.*s\r\n", tag, STR_ARGS(text));
}

void reference_put_ris(struct buf *out, const struct reference *reference)
{
    const struct meta *meta = reference->meta;
    struct date date = meta->date;
    put_ris(out, "TY", str_from(type_of(meta->kind)->ris));
    put_ris(out, "ID", reference->key);
    put_ris(out, "TI", meta->title);
    for (size_t i = 0; author_at(meta, i).len; i++)
        put_ris(out, "AU", author_at(meta, i));
    put_ris(out, "PB", meta->more->issuer);
    if (date.year) {
        put_ris(out, "PY", str_format(out->arena, "%u", (unsigned)date.year));
        struct str month =
            date.month ? str_format(out->arena, "%02u", (unsigned)date.month) : STR("");
        struct str day = date.day ? str_format(out->arena, "%02u", (unsigned)date.day) : STR("");
        put_ris(out, "DA",
                str_format(out->arena, "%u/%.*s/%.*s/", (unsigned)date.year, STR_ARGS(month),
                           STR_ARGS(day)));
    }
    put_ris(out, "M3", meta->kind);
    put_ris(out, "SN", meta->more->reference);
    put_ris(out, "LA", meta->language);
    put_ris(out, "UR", meta->more->url);
    buf_put(out, STR("ER  - \r\n"));
}

/* CSL-JSON. */

static void put_csl(struct buf *out, const char *name, struct str text)
{
    if (!text.len)
        return;
    buf_printf(out, ",\"%s\":", name);
    escape_json(out, on_one_line(out->arena, text));
}

static void put_csl_authors(struct buf *out, const struct meta *meta)
{
    for (size_t i = 0; author_at(meta, i).len; i++) {
        buf_put(out, i ? STR(",{\"literal\":") : STR(",\"author\":[{\"literal\":"));
        escape_json(out, on_one_line(out->arena, author_at(meta, i)));
        buf_put_char(out, '}');
    }
    if (author_at(meta, 0).len)
        buf_put_char(out, ']');
}

static void put_csl_date(struct buf *out, struct date date)
{
    if (!date.year)
        return;
    buf_printf(out, ",\"issued\":{\"date-parts\":[[%u", (unsigned)date.year);
    if (date.month)
        buf_printf(out, ",%u", (unsigned)date.month);
    if (date.month && date.day)
        buf_printf(out, ",%u", (unsigned)date.day);
    buf_put(out, STR("]]}"));
}

void reference_put_csl(struct buf *out, const struct reference *reference)
{
    const struct meta *meta = reference->meta;
    buf_put(out, STR("{\"id\":"));
    escape_json(out, reference->key);
    buf_printf(out, ",\"type\":\"%s\"", type_of(meta->kind)->csl);
    put_csl(out, "title", meta->title);
    put_csl_authors(out, meta);
    put_csl_date(out, meta->date);
    put_csl(out, "publisher", meta->more->issuer);
    put_csl(out, "genre", meta->kind);
    put_csl(out, "number", meta->more->reference);
    put_csl(out, "language", meta->language);
    put_csl(out, "URL", meta->more->url);
    buf_put_char(out, '}');
}

/* Highwire wants a date with slashes. */
static struct str slashed(struct arena *arena, struct date date)
{
    struct buf out;
    buf_init(&out, arena);
    for (struct str rest = date_format(arena, date); rest.len;) {
        if (out.len)
            buf_put_char(&out, '/');
        buf_put(&out, str_cut(&rest, '-'));
    }
    return buf_str(&out);
}

void reference_tell(const struct reference *reference, struct arena *arena,
                    void (*put)(void *context, const char *name, struct str content), void *context)
{
    const struct meta *meta = reference->meta;
    const struct {
        const char *name;
        struct str content;
        bool author; /* the first: the others follow */
    } facts[] = {{"citation_title", meta->title, false},
                 {"citation_author", author_at(meta, 0), true},
                 {"citation_publication_date", slashed(arena, meta->date), false},
                 {"citation_technical_report_institution", meta->more->issuer, false},
                 {"citation_technical_report_number", meta->more->reference, false},
                 {"citation_language", meta->language, false},
                 {"DC.title", meta->title, false},
                 {"DC.creator", author_at(meta, 0), true},
                 {"DC.publisher", meta->more->issuer, false},
                 {"DC.date", date_format(arena, meta->date), false},
                 {"DC.type", meta->kind, false},
                 {"DC.identifier", meta->more->reference, false},
                 {"DC.language", meta->language, false},
                 {"DC.source", meta->more->url, false}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].content.len)
            put(context, facts[i].name, facts[i].content);
        for (size_t more = 1; facts[i].author && author_at(meta, more).len; more++)
            put(context, facts[i].name, author_at(meta, more));
    }
}
