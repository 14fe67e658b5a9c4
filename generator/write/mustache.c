#include "write/mustache.h"

#include "base/arena.h"
#include "base/buf.h"

/* A tag as it stands in the source. */
struct tag {
    char sigil;         /* one of # ^ / > < $ ! = & { or 0 for a plain name */
    struct str content; /* without sigil and white space around it */
    size_t start, end;
    bool blank_before; /* nothing but white space stands before it on its line */
    bool blank_after;  /* and behind it */
    size_t line_start; /* of its line, where blank_before */
    size_t next_line;  /* where the next line begins, where blank_after */
};

/* A section, parent or block whose end was not met yet. */
struct open {
    size_t op;
    struct str content; /* of its tag */
    bool is_parent;
    bool blank_before;
    size_t strip; /* of what stands outside it */
};

struct compiler {
    struct mustache *out;
    struct str source;
    size_t at;    /* behind the last tag, or the line that it took with it */
    size_t strip; /* bytes of white space that lines lose at their start */
    struct str open_delimiter, close_delimiter;
    struct open open[MUSTACHE_DEPTH_MAX];
    size_t depth;
    struct arena *arena;
    struct diags *diags;
};

struct place mustache_place(const struct mustache *mustache, size_t offset)
{
    struct str before = str_slice(mustache->source, 0, offset);
    struct place place = {.path = mustache->place.path, .line = 1};
    for (size_t i = 0; i < before.len; i++)
        place.line += before.data[i] == '\n';
    place.column = (uint32_t)(offset - (size_t)str_find_last(before, '\n'));
    return place;
}

#define mistake(compiler, offset, ...)                                                             \
    (diag_add((compiler)->diags, DIAG_ERROR, "template", mustache_place((compiler)->out, offset),  \
              __VA_ARGS__),                                                                        \
     false)

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct str span(const struct compiler *compiler, size_t start, size_t end)
{
    return str_slice(compiler->source, start, end - start);
}

/* Whether a tag may be cut into parts and looked up. */
static bool is_name(struct str content)
{
    for (size_t i = 0; i < content.len; i++)
        if (str_is_space(content.data[i]))
            return false;
    return content.len > 0;
}

static struct op *add(struct compiler *compiler, enum op_kind kind, size_t offset)
{
    struct op *op = vec_push(&compiler->out->ops, compiler->arena);
    *op = (struct op){.kind = kind, .end = compiler->out->ops.count, .offset = offset};
    return op;
}

/* -- Text ------------------------------------------------------------------------------------- */

/* Text directly in a parent is not shown. */
static bool is_shown(const struct compiler *compiler)
{
    return !compiler->depth || !compiler->open[compiler->depth - 1].is_parent;
}

static bool at_line_start(const struct compiler *compiler, size_t at)
{
    return !at || compiler->source.data[at - 1] == '\n';
}

/* The text from `start` to `end`, its lines without the indentation of the block they stand in. */
static struct str stripped(const struct compiler *compiler, size_t start, size_t end)
{
    if (!compiler->strip)
        return span(compiler, start, end);
    struct buf text;
    buf_init(&text, compiler->arena);
    for (size_t at = start; at < end;) {
        size_t limit = at_line_start(compiler, at) ? at + compiler->strip : at;
        while (at < limit && at < end && is_blank(compiler->source.data[at]))
            at++;
        struct str rest = span(compiler, at, end);
        ptrdiff_t newline = str_find_char(rest, '\n');
        size_t len = newline == STR_NONE ? rest.len : (size_t)newline + 1;
        buf_put(&text, str_slice(rest, 0, len));
        at += len;
    }
    return buf_str(&text);
}

static void put_text(struct compiler *compiler, size_t start, size_t end)
{
    if (start >= end || !is_shown(compiler))
        return;
    struct str text = stripped(compiler, start, end);
    if (text.len)
        add(compiler, OP_TEXT, start)->text = text;
}

static struct str without_strip(const struct compiler *compiler, struct str white)
{
    return str_from_offset(white, white.len < compiler->strip ? white.len : compiler->strip);
}

/* The white space before a tag on its line, as far as the block that it stands in does not take it.
 */
static struct str indent_of(const struct compiler *compiler, const struct tag *tag)
{
    if (!tag->blank_before)
        return STR("");
    return without_strip(compiler, span(compiler, tag->line_start, tag->start));
}

/* Puts the text before a tag; a line that holds only that tag goes. */
static void settle_line(struct compiler *compiler, const struct tag *tag)
{
    bool alone = tag->blank_before && tag->blank_after;
    put_text(compiler, compiler->at, alone ? tag->line_start : tag->start);
    compiler->at = alone ? tag->next_line : tag->end;
}

static void settle_inline(struct compiler *compiler, const struct tag *tag)
{
    put_text(compiler, compiler->at, tag->start);
    compiler->at = tag->end;
}

/* -- Tags ------------------------------------------------------------------------------------- */

/* What the tag's content ends with: `}` and `=` belong to the end of the tags that began so. */
static struct str ending_of(const struct compiler *compiler, char sigil)
{
    if (sigil == '{')
        return str_format(compiler->arena, "}%.*s", STR_ARGS(compiler->close_delimiter));
    if (sigil == '=')
        return str_format(compiler->arena, "=%.*s", STR_ARGS(compiler->close_delimiter));
    return compiler->close_delimiter;
}

static void look_around(const struct compiler *compiler, struct tag *tag)
{
    size_t before = tag->start;
    while (before > compiler->at && is_blank(compiler->source.data[before - 1]))
        before--;
    tag->line_start = before;
    tag->blank_before = at_line_start(compiler, before);
    size_t after = tag->end;
    while (after < compiler->source.len && is_blank(compiler->source.data[after]))
        after++;
    struct str rest = str_from_offset(compiler->source, after);
    size_t newline = str_starts(rest, STR("\r\n")) ? 2 : str_starts(rest, STR("\n"));
    tag->blank_after = newline || !rest.len;
    tag->next_line = after + newline;
}

/* Reads the tag that opens at `start`. */
static bool read_tag(struct compiler *compiler, size_t start, struct tag *tag)
{
    size_t at = start + compiler->open_delimiter.len;
    struct str rest = str_from_offset(compiler->source, at);
    *tag = (struct tag){.start = start};
    if (rest.len && str_find_char(STR("#^/><$!=&{"), rest.data[0]) != STR_NONE) {
        tag->sigil = rest.data[0];
        rest = str_from_offset(rest, 1);
        at++;
    }
    struct str ending = ending_of(compiler, tag->sigil);
    ptrdiff_t len = str_find(rest, ending);
    if (len == STR_NONE)
        return mistake(compiler, start, "this tag is not closed by '%.*s'", STR_ARGS(ending));
    tag->content = str_trim(str_slice(rest, 0, (size_t)len));
    tag->end = at + (size_t)len + ending.len;
    look_around(compiler, tag);
    if (tag->sigil == '!' || tag->sigil == '=')
        return true;
    if (!tag->content.len)
        return mistake(compiler, start, "this tag has no name");
    return true;
}

/* The parts of a dotted name; `.` has none. */
static void set_name(struct compiler *compiler, struct op *op, struct str name)
{
    VEC(struct str) parts = {0};
    if (!str_equal(name, STR(".")))
        for (struct str rest = name; rest.data;)
            *vec_push(&parts, compiler->arena) = str_cut(&rest, '.');
    else
        vec_push(&parts, compiler->arena);
    op->name = parts.items;
    op->name_count = str_equal(name, STR(".")) ? 0 : parts.count;
}

/* A template's name, or behind a `*` the name of the value that is one. */
static bool set_target(struct compiler *compiler, struct op *op, const struct tag *tag)
{
    op->text = tag->content;
    if (tag->content.data[0] != '*')
        return true;
    struct str name = str_trim(str_from_offset(tag->content, 1));
    if (!is_name(name))
        return mistake(compiler, tag->start, "'%.*s' is no name", STR_ARGS(tag->content));
    set_name(compiler, op, name);
    return true;
}

static bool set_delimiters(struct compiler *compiler, const struct tag *tag)
{
    size_t first = 0, second = tag->content.len;
    while (first < second && !str_is_space(tag->content.data[first]))
        first++;
    while (second > first && !str_is_space(tag->content.data[second - 1]))
        second--;
    struct str opens = str_slice(tag->content, 0, first);
    struct str closes = str_from_offset(tag->content, second);
    struct str middle = str_trim(str_slice(tag->content, first, second - first));
    bool has_equals = str_find_char(tag->content, '=') != STR_NONE;
    if (!opens.len || !closes.len || middle.len || has_equals)
        return mistake(compiler, tag->start, "'%.*s' is not a pair of delimiters",
                       STR_ARGS(tag->content));
    settle_line(compiler, tag);
    compiler->open_delimiter = opens;
    compiler->close_delimiter = closes;
    return true;
}

/* -- Sections, parents and blocks -----------------------------------------------------------------
 */

static bool enter(struct compiler *compiler, const struct tag *tag, size_t op)
{
    if (compiler->depth == MUSTACHE_DEPTH_MAX)
        return mistake(compiler, tag->start, "more than %d tags are open in one another",
                       MUSTACHE_DEPTH_MAX);
    compiler->open[compiler->depth++] = (struct open){.op = op,
                                                      .content = tag->content,
                                                      .is_parent = tag->sigil == '<',
                                                      .blank_before = tag->blank_before,
                                                      .strip = compiler->strip};
    return true;
}

static bool open_section(struct compiler *compiler, const struct tag *tag)
{
    settle_line(compiler, tag);
    struct op *op = add(compiler, tag->sigil == '#' ? OP_SECTION : OP_INVERTED, tag->start);
    set_name(compiler, op, tag->content);
    return enter(compiler, tag, compiler->out->ops.count - 1);
}

/* Whether a parent stands alone on its lines shows only at its end: until then the white space
 * before it is a text of its own. */
static bool open_parent(struct compiler *compiler, const struct tag *tag)
{
    put_text(compiler, compiler->at, tag->blank_before ? tag->line_start : tag->start);
    compiler->at = tag->end;
    add(compiler, OP_TEXT, tag->start)->text = indent_of(compiler, tag);
    struct op *op = add(compiler, OP_PARENT, tag->start);
    return set_target(compiler, op, tag) && enter(compiler, tag, compiler->out->ops.count - 1);
}

static size_t skip_space(const struct compiler *compiler, size_t at)
{
    while (at < compiler->source.len && str_is_space(compiler->source.data[at]))
        at++;
    return at;
}

/* The indentation of the first line at or behind `at` that is not blank. */
static struct str first_indent(const struct compiler *compiler, size_t at)
{
    struct str white = span(compiler, at, skip_space(compiler, at));
    return str_from_offset(white, (size_t)(str_find_last(white, '\n') + 1));
}

static bool closes_at_once(const struct compiler *compiler, size_t at)
{
    at = skip_space(compiler, at);
    if (!str_starts(str_from_offset(compiler->source, at), compiler->open_delimiter))
        return false;
    at = skip_space(compiler, at + compiler->open_delimiter.len);
    return str_starts(str_from_offset(compiler->source, at), STR("/"));
}

/* A block's indentation is that of its first line, or where it has none (or begins behind its tag)
 * that of the tag. It goes from the content and is put before whatever is shown there. */
static bool open_block(struct compiler *compiler, const struct tag *tag)
{
    put_text(compiler, compiler->at, tag->blank_before ? tag->line_start : tag->start);
    bool own_lines = tag->blank_after && tag->next_line > tag->end;
    compiler->at = own_lines ? tag->next_line : tag->end;
    struct op *op = add(compiler, OP_BLOCK, tag->start);
    op->text = tag->content;
    op->indent = indent_of(compiler, tag);
    if (!enter(compiler, tag, compiler->out->ops.count - 1))
        return false;
    if (own_lines && !closes_at_once(compiler, compiler->at))
        op->indent = without_strip(compiler, first_indent(compiler, compiler->at));
    compiler->strip += op->indent.len;
    return true;
}

static bool check_end(struct compiler *compiler, const struct tag *tag)
{
    if (!compiler->depth)
        return mistake(compiler, tag->start, "'%.*s' is closed but was not opened",
                       STR_ARGS(tag->content));
    const struct open *open = &compiler->open[compiler->depth - 1];
    if (str_equal(open->content, tag->content))
        return true;
    size_t opened = compiler->out->ops.items[open->op].offset;
    return mistake(compiler, tag->start, "'%.*s' is closed where '%.*s' of line %u is open",
                   STR_ARGS(tag->content), STR_ARGS(open->content),
                   (unsigned)mustache_place(compiler->out, opened).line);
}

static void close_parent(struct compiler *compiler, const struct tag *tag, const struct open *open)
{
    struct op *white = &compiler->out->ops.items[open->op - 1];
    settle_inline(compiler, tag);
    if (!open->blank_before || !tag->blank_after)
        return;
    compiler->out->ops.items[open->op].indent = white->text;
    white->text = STR("");
    compiler->at = tag->next_line;
}

static void close_block(struct compiler *compiler, const struct tag *tag)
{
    put_text(compiler, compiler->at, tag->blank_before ? tag->line_start : tag->start);
    compiler->at = tag->blank_before && tag->blank_after ? tag->next_line : tag->end;
}

static bool close_tag(struct compiler *compiler, const struct tag *tag)
{
    if (!check_end(compiler, tag))
        return false;
    struct open open = compiler->open[compiler->depth - 1];
    enum op_kind kind = compiler->out->ops.items[open.op].kind;
    if (kind == OP_PARENT)
        close_parent(compiler, tag, &open);
    else if (kind == OP_BLOCK)
        close_block(compiler, tag);
    else
        settle_line(compiler, tag);
    compiler->depth--;
    compiler->strip = open.strip;
    compiler->out->ops.items[open.op].end = compiler->out->ops.count;
    return true;
}

/* -- A template -----------------------------------------------------------------------------------
 */

static bool put_value(struct compiler *compiler, const struct tag *tag)
{
    settle_inline(compiler, tag);
    struct op *op = add(compiler, tag->sigil ? OP_RAW : OP_ESCAPED, tag->start);
    set_name(compiler, op, tag->content);
    return true;
}

static bool put_partial(struct compiler *compiler, const struct tag *tag)
{
    struct str indent = tag->blank_after ? indent_of(compiler, tag) : STR("");
    settle_line(compiler, tag);
    struct op *op = add(compiler, OP_PARTIAL, tag->start);
    op->indent = indent;
    return set_target(compiler, op, tag);
}

static bool compile_tag(struct compiler *compiler, const struct tag *tag)
{
    switch (tag->sigil) {
    case '!':
        settle_line(compiler, tag);
        return true;
    case '=':
        return set_delimiters(compiler, tag);
    case '>':
        return put_partial(compiler, tag);
    case '<':
        return open_parent(compiler, tag);
    case '/':
        return close_tag(compiler, tag);
    }
    if (!is_name(tag->content))
        return mistake(compiler, tag->start, "'%.*s' is no name", STR_ARGS(tag->content));
    switch (tag->sigil) {
    case '#':
    case '^':
        return open_section(compiler, tag);
    case '$':
        return open_block(compiler, tag);
    }
    return put_value(compiler, tag);
}

static bool compile(struct compiler *compiler)
{
    for (;;) {
        struct str rest = str_from_offset(compiler->source, compiler->at);
        ptrdiff_t found = str_find(rest, compiler->open_delimiter);
        struct tag tag;
        if (found == STR_NONE)
            break;
        if (!read_tag(compiler, compiler->at + (size_t)found, &tag) || !compile_tag(compiler, &tag))
            return false;
    }
    put_text(compiler, compiler->at, compiler->source.len);
    if (!compiler->depth)
        return true;
    const struct open *open = &compiler->open[compiler->depth - 1];
    return mistake(compiler, compiler->out->ops.items[open->op].offset, "'%.*s' is never closed",
                   STR_ARGS(open->content));
}

bool mustache_compile(struct arena *arena, struct place place, struct str source,
                      struct mustache *out, struct diags *diags)
{
    struct compiler compiler = {.out = out,
                                .source = source,
                                .open_delimiter = STR("{{"),
                                .close_delimiter = STR("}}"),
                                .arena = arena,
                                .diags = diags};
    *out = (struct mustache){.source = source, .place = place};
    return compile(&compiler);
}
