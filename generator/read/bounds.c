#include "read/bounds.h"

#include "base/arena.h"
#include "read/prefix.h"
#include "read/shield.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

/* What follows is from measurements of cmark-gfm 0.29.0.gfm.6 and from its source. Time is counted
 * in steps of a nanosecond or two, memory in nodes. */
enum {
    /* Every line, blank ones too, costs a step for each container that is open. Nobody can follow
     * a text that is nested half as deep. */
    NESTING_MAX = 48,
    /* A row of n cells takes n * n / 2 steps. The widest spreadsheets that anyone prints have fewer
     * columns. */
    COLUMNS_MAX = 256,
    /* Every row gets as many cells as the heading has, so n bytes can make n * n / 8 of them. A
     * table with this many is a data set. */
    CELLS_MAX = 250000,
    /* What a construct may cost that looks back (or ahead) over a whole paragraph, where that is
     * long; and what is always allowed, as it comes to little however often it is there. */
    WORK_MAX = 50000000,
    WORK_SMALL = 256,
    WORK_CELL = 20, /* for a byte of what is read again as the heading of a table */
    /* A node with its text and its place on a stack. In one byte of input there can be one. */
    NODE_SIZE = 480,
    MEMORY_PER_BYTE = 120,
    MEMORY_MIN = 120000000,
    /* An address that is given once is copied to every reference to it. */
    COPIES_MAX = 32000000,
    OUTSIDE_LISTS = 1, /* spaces: with more a line can be in a list */
    OUTSIDE_CODE = 3,  /* with more it is code or goes on with a paragraph */
    REPORTS_MAX = 100, /* of one kind: more would hide what else there is to say */
    FENCE_MIN = 3,
    FENCE_MAX = 255, /* cmark remembers no longer one */
};

enum problem {
    NESTING,
    TABLE_WIDE,
    TABLE_LARGE,
    TABLE_ROWS,
    BRACKETS,
    EMPHASIS,
    HTML,
    REFERENCE,
    MARKUP,
    PROBLEMS,
};

static const struct {
    const char *code, *message;
    unsigned limit; /* 0: one of time or memory, which would tell the author nothing */
} problems[] = {
    [NESTING] = {"nesting-too-deep",
                 "quotations and lists are nested too deep; the marks of those inside are shown as "
                 "text",
                 NESTING_MAX},
    [TABLE_WIDE] = {"table-too-wide",
                    "a row has too many cells; what follows in it is not divided into cells",
                    COLUMNS_MAX},
    [TABLE_LARGE] = {"table-too-large",
                     "the tables up to here have too many cells; this one is shown as text",
                     CELLS_MAX},
    [TABLE_ROWS] = {"too-many-delimiter-rows",
                    "too many lines of a paragraph could make it a table; they are shown as text",
                    0},
    [BRACKETS] = {"too-many-brackets",
                  "a paragraph has too many images or marks of emphasis for the number of its "
                  "links; links from here are shown as text",
                  0},
    [EMPHASIS] = {"too-much-emphasis",
                  "a paragraph has too many marks of emphasis; those from here are shown as text",
                  0},
    [HTML] = {"unclosed-html",
              "a paragraph has too many beginnings of HTML; those from here are shown as text", 0},
    [REFERENCE] = {"reference-too-long",
                   "an address is too long for the number of links that could use it; it is shown "
                   "as text",
                   0},
    [MARKUP] = {"too-much-markup",
                "the document has too much markup; from here all of it is shown as text", 0},
};

/* The lines up to the next that ends every paragraph and table. */
struct block {
    size_t end; /* offset behind it; 0: none has begun */
    size_t lines, pipes;
    bool has_delimiter_row;
    size_t columns;    /* of its widest table */
    unsigned reported; /* a bit for each problem */
    bool has_html;     /* a line that may begin HTML of the kind that goes on to a blank line */
};

/* What is surely in no other paragraph than what comes behind it: cmark's stacks are no longer. */
struct span {
    size_t start, images, marks;
};

struct scan {
    struct shield shield;
    struct str body;
    struct place place;
    struct diags *diags;
    unsigned reports[PROBLEMS];
    size_t line_start;
    uint64_t work, memory, memory_max, cells, cells_max;
    size_t closers;  /* all `]` of the body */
    size_t word_end; /* of the last that may be an address, and of the title behind it */
    size_t title_end;
    struct block block;
    struct span span;
    struct str before; /* the line before, if it may be the heading of a table */
    bool after_blank, after_item, in_table;
    bool trusted; /* blocks that go on over blank lines are known: see opens_fence() */
    char fence;   /* of the code block that the line is in, or 0 */
    size_t fence_length;
};

/* The line at `*offset`, which moves behind its end. */
static struct str next_line(struct str body, size_t *offset)
{
    size_t start = *offset, end = str_line_end(body, start);
    *offset = end + (end < body.len);
    if (end + 1 < body.len && body.data[end] == '\r' && body.data[end + 1] == '\n')
        *offset = end + 2;
    return str_slice(body, start, end - start);
}

/* The line without up to `most` spaces at its start. */
static struct str without_indent(struct str line, size_t most)
{
    size_t indent = 0;
    while (indent < line.len && indent < most && line.data[indent] == ' ')
        indent++;
    return str_from_offset(line, indent);
}

static size_t count(struct str text, char c)
{
    size_t found = 0;
    for (ptrdiff_t at = str_find_char(text, c); at != STR_NONE; at = str_find_char(text, c)) {
        text = str_from_offset(text, (size_t)at + 1);
        found++;
    }
    return found;
}

static void refuse(struct scan *scan, enum problem problem, size_t offset)
{
    shield_mark(&scan->shield, offset);
    if (scan->block.reported & 1U << problem || scan->reports[problem] == REPORTS_MAX)
        return;
    scan->block.reported |= 1U << problem;
    scan->reports[problem] = problem == MARKUP ? REPORTS_MAX : scan->reports[problem] + 1;
    scan->place.column = (uint32_t)(offset - scan->line_start + 1);
    if (problems[problem].limit)
        diag_add(scan->diags, DIAG_ERROR, problems[problem].code, scan->place, "%s (at most %u)",
                 problems[problem].message, problems[problem].limit);
    else
        diag_add(scan->diags, DIAG_ERROR, problems[problem].code, scan->place, "%s",
                 problems[problem].message);
}

/* Whether there is time for `work` more steps. */
static bool afford(struct scan *scan, uint64_t work)
{
    if (work <= WORK_SMALL)
        return true;
    if (work > WORK_MAX - scan->work)
        return false;
    scan->work += work;
    return true;
}

static bool has_memory(const struct scan *scan, uint64_t nodes)
{
    return nodes <= (scan->memory_max - scan->memory) / NODE_SIZE;
}

/* Whether there is memory for a node. Once there is not, there is none any more: markup that works
 * here and there would be worse to read than none. */
static bool spend(struct scan *scan)
{
    if (!has_memory(scan, 1))
        scan->memory_max = scan->memory;
    else
        scan->memory += NODE_SIZE;
    return scan->memory_max > scan->memory;
}

/* Length of the run of one character at `offset`. */
static size_t run_length(struct str text, size_t offset)
{
    size_t end = offset + 1;
    while (end < text.len && text.data[end] == text.data[offset])
        end++;
    return end - offset;
}

/* -- Inlines ----------------------------------------------------------------------------------- */

/* Whether `text` begins with a circumflex written as an entity. Behind `[` cmark takes it for the
 * beginning of a footnote's name, and then reads memory that it has given back. */
static bool is_caret_entity(struct str text)
{
    size_t i = 2;
    if (str_starts(text, STR("&Hat;")))
        return true;
    if (!str_starts(text, STR("&#")))
        return false;
    bool hex = i < text.len && str_lower(text.data[i]) == 'x';
    for (i += hex; i < text.len && text.data[i] == '0';)
        i++;
    struct str digits = str_slice(text, i, 3);
    return hex ? str_equal_nocase(digits, STR("5e;")) : str_equal(digits, STR("94;"));
}

/* Whether `text`, which begins with `<`, may be HTML that is searched for its end as far as the
 * paragraph goes. */
static bool is_unending_html(struct str text)
{
    if (text.len < 3)
        return false;
    return text.data[1] == '?' ||
           (text.data[1] == '!' && (text.data[2] == '[' || str_is_alnum(text.data[2])));
}

/* Moves `offset` over white space and the marks of quotations. */
static size_t skip_space(struct str text, size_t offset)
{
    while (offset < text.len && (str_is_space(text.data[offset]) || text.data[offset] == '>'))
        offset++;
    return offset;
}

/* Where the word at `offset` ends; in `<>` it may have spaces. */
static size_t skip_word(struct str block, size_t offset)
{
    bool angle = offset < block.len && block.data[offset] == '<';
    while (offset < block.len && block.data[offset] != '\n' && block.data[offset] != '\r' &&
           (angle || !str_is_space(block.data[offset])))
        offset++;
    return offset;
}

/* Where the title at `offset` ends; `offset` where there is none. */
static size_t skip_title(struct str block, size_t offset)
{
    if (offset == block.len || !strchr("\"'(", block.data[offset]) || !block.data[offset])
        return offset;
    char open = block.data[offset], close = open == '(' ? ')' : open;
    for (size_t i = offset + 1; i < block.len; i++)
        if ((block.data[i] == close || block.data[i] == open) && block.data[i - 1] != '\\')
            return i;
    return block.len;
}

/* Bytes of what `]:` at `offset` may define: an address and its title. */
static size_t definition_length(struct scan *scan, size_t offset)
{
    struct str block = str_slice(scan->body, 0, scan->block.end);
    size_t start = skip_space(block, offset + 2);
    if (start >= scan->word_end) {
        scan->word_end = skip_word(block, start);
        scan->title_end = skip_title(block, skip_space(block, scan->word_end));
    }
    return scan->title_end - offset;
}

/* What the construct at `offset` costs beyond its own node; `*problem` where that is too much. */
static uint64_t work_of(const struct scan *scan, size_t offset, enum problem *problem)
{
    switch (scan->body.data[offset]) {
    case ']': /* looks at all images that are open, and at all marks of emphasis */
        *problem = BRACKETS;
        return scan->span.images + scan->span.marks;
    case '*': /* looks for its like, and forgets how far those before it have looked in vain */
    case '_':
    case '~':
        *problem = EMPHASIS;
        return scan->span.marks;
    case '<':
        *problem = HTML;
        return is_unending_html(str_from_offset(scan->body, offset)) ? scan->block.end - offset : 0;
    default:
        return 0;
    }
}

/* What is white space to cmark between words: a vertical tab is not. */
static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether the run of `*_~` is one that cmark takes for text at once: between blanks, or an
 * underscore inside a word. */
static bool is_inert(struct str text, size_t offset, size_t length)
{
    char before = offset ? text.data[offset - 1] : ' ';
    char after = offset + length < text.len ? text.data[offset + length] : ' ';
    if (text.data[offset] == '_' && str_is_alnum(before) && str_is_alnum(after))
        return true;
    return is_white(before) && is_white(after);
}

static void refuse_run(struct scan *scan, enum problem problem, size_t offset, size_t length)
{
    for (size_t i = 0; i < length; i++)
        refuse(scan, problem, offset + i);
}

/* Counts what was let through, for what it costs those behind it. */
static void note(struct scan *scan, size_t offset)
{
    char c = scan->body.data[offset];
    scan->span.marks += c == '*' || c == '_' || c == '~';
    scan->span.images += c == '[' && offset > 0 && scan->body.data[offset - 1] == '!';
}

static void bound_reference(struct scan *scan, size_t offset)
{
    if (str_starts(str_from_offset(scan->body, offset), STR("]:")) &&
        definition_length(scan, offset) * scan->closers > COPIES_MAX)
        refuse(scan, REFERENCE, offset + 1);
}

/* The construct at `offset`. Returns the offset behind it. */
static size_t bound_inline(struct scan *scan, size_t offset, size_t end)
{
    enum problem problem = MARKUP;
    char c = scan->body.data[offset];
    struct str rest = str_slice(scan->body, offset, end - offset);
    bool emphasis = c == '*' || c == '_' || c == '~';
    size_t length = emphasis || c == '`' ? run_length(rest, 0) : 1;
    if (!spend(scan))
        refuse_run(scan, MARKUP, offset, length);
    else if (emphasis && is_inert(scan->body, offset, length))
        return offset + length;
    else if (!afford(scan, work_of(scan, offset, &problem)))
        refuse_run(scan, problem, offset, length);
    else if (c == '[' && is_caret_entity(str_from_offset(rest, 1)))
        shield_mark(&scan->shield, offset);
    else
        note(scan, offset);
    if (c == ']')
        bound_reference(scan, offset);
    return offset + length;
}

static void bound_inlines(struct scan *scan, size_t offset, size_t end)
{
    static const bool inlines[256] = {
        ['!'] = true,  ['&'] = true, ['*'] = true, ['<'] = true, ['['] = true,
        ['\\'] = true, [']'] = true, ['_'] = true, ['`'] = true, ['~'] = true};
    while (offset < end) {
        if (inlines[(unsigned char)scan->body.data[offset]])
            offset = bound_inline(scan, offset, end);
        else
            offset++;
    }
}

/* -- Tables ------------------------------------------------------------------------------------ */

/* Whether cmark may take the line for the one below the heading of a table. One of hyphens alone
 * makes a heading or a rule. */
static bool is_delimiter_row(struct str line)
{
    bool hyphen = false, other = false;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.data[i];
        hyphen |= c == '-';
        other |= c == '|' || c == ':' || c == '\v' || c == '\f';
        if (!strchr("|:-> \t\v\f", c) || !c)
            return false;
    }
    return hyphen && other;
}

/* Whether the line has a pipe at both ends, and too little indentation to be in any list. */
static bool is_piped(struct str line)
{
    struct str text = without_indent(line, OUTSIDE_LISTS);
    text = str_trim_end(text);
    return text.len > 1 && text.data[0] == '|' && text.data[text.len - 1] == '|';
}

/* Whether the line, which is_piped(), has but hyphens, with colons and blanks, between pipes. */
static bool is_piped_delimiter_row(struct str line)
{
    struct str rest = str_trim(line);
    for (str_cut(&rest, '|'); rest.len;) {
        struct str cell = str_trim(str_cut(&rest, '|'));
        if (str_starts(cell, STR(":")))
            cell = str_from_offset(cell, 1);
        if (str_ends(cell, STR(":")))
            cell.len--;
        if (!cell.len || run_length(cell, 0) != cell.len || cell.data[0] != '-')
            return false;
    }
    return true;
}

/* Whether `line` surely makes a table of the line before. */
static bool opens_table(const struct scan *scan, struct str line)
{
    return scan->before.len && is_piped(line) && is_piped_delimiter_row(line) &&
           count(line, '|') <= COLUMNS_MAX && count(line, '|') == count(scan->before, '|');
}

/* Whether the line may be the heading of a table, and surely is a paragraph of its own. */
static bool is_heading_row(const struct scan *scan, struct str line)
{
    return scan->trusted && scan->after_blank && is_piped(line) && !count(line, '\\');
}

/* Whether the line surely goes on with the table that the line before is in. */
static bool continues_table(struct str line)
{
    struct str text = without_indent(line, OUTSIDE_LISTS);
    return text.len && text.data[0] == '|' && str_trim(str_from_offset(text, 1)).len;
}

/* Whether a table may begin here: `line` is like a delimiter row. */
static bool allow_table(struct scan *scan, struct str line, enum problem *problem)
{
    struct block *block = &scan->block;
    uint64_t columns = count(line, '|') + 1;
    uint64_t cells = columns > block->columns ? (columns - block->columns) * block->lines : 0;
    uint64_t filled = cells > block->pipes ? cells - block->pipes : 0; /* cells that cmark adds */
    *problem = TABLE_LARGE;
    if (cells > scan->cells_max - scan->cells || !has_memory(scan, filled))
        return false;
    *problem = TABLE_ROWS;
    if (!afford(scan, WORK_CELL * (scan->line_start - scan->span.start)))
        return false;
    if (columns > block->columns)
        block->columns = columns;
    scan->cells += cells;
    scan->memory += filled * NODE_SIZE;
    return true;
}

static void refuse_row(struct scan *scan, enum problem problem, size_t offset, size_t end)
{
    for (; offset < end; offset++)
        if (scan->body.data[offset] == '|' || scan->body.data[offset] == '-')
            refuse(scan, problem, offset);
}

/* The text of a line in a block in which there may be a table. */
static void bound_cells(struct scan *scan, size_t offset, size_t end)
{
    size_t pipes = 0;
    for (size_t i = offset; i < end; i++) {
        if (scan->body.data[i] != '|')
            continue;
        bound_inlines(scan, offset, i);
        if (!spend(scan))
            refuse(scan, MARKUP, i);
        else if (++pipes > COLUMNS_MAX)
            refuse(scan, TABLE_WIDE, i);
        offset = i + 1;
    }
    bound_inlines(scan, offset, end);
}

static void bound_text(struct scan *scan, struct str line, size_t offset, size_t end)
{
    enum problem problem;
    if (!scan->block.has_delimiter_row)
        bound_inlines(scan, offset, end);
    else if (!scan->in_table && is_delimiter_row(line) && !allow_table(scan, line, &problem))
        refuse_row(scan, problem, offset, end);
    else
        bound_cells(scan, offset, end);
}

/* -- Lines ------------------------------------------------------------------------------------- */

/* Whether the mark could be in as many containers as there may be. How deep the first of a line is
 * nested cannot be seen, but a list that goes on takes two columns of white space, and a quotation
 * its `>`. */
static bool is_deep(const struct prefix *prefix, size_t marks)
{
    return marks + prefix->columns / 2 >= NESTING_MAX;
}

/* Whether the line ends every paragraph and table. Without marks that are too deep it would have
 * text. */
static bool ends_block(struct str line)
{
    struct prefix prefix = {.line = line};
    struct prefix_mark mark;
    if (!prefix_is_blank(line))
        return false;
    for (size_t marks = 0; prefix_next(&prefix, &mark); marks++)
        if (is_deep(&prefix, marks))
            return false;
    return true;
}

/* The marks that the line begins with. Returns the offset of the text. */
static size_t bound_marks(struct scan *scan, struct str line)
{
    struct prefix prefix = {.line = line};
    struct prefix_mark mark;
    size_t rule = line.len + 1; /* not known yet */
    for (size_t marks = 0; prefix_next(&prefix, &mark); marks++) {
        bool deep = is_deep(&prefix, marks);
        if (deep && rule > line.len)
            rule = prefix_rule(line);
        if (deep && mark.start >= rule)
            return scan->line_start + mark.start;
        if (deep || !spend(scan))
            refuse(scan, deep ? NESTING : MARKUP, scan->line_start + mark.character);
        else if (mark.kind == PREFIX_FOOTNOTE)
            bound_inlines(scan, scan->line_start + mark.start, scan->line_start + mark.end);
    }
    return scan->line_start + prefix.offset;
}

/* Whether the line may begin HTML that goes on over blank lines. */
static bool begins_long_html(struct str text)
{
    static const char *const names[] = {"<!", "<?", "<script", "<pre", "<style"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text.len >= strlen(names[i]) && !strncasecmp(text.data, names[i], strlen(names[i])))
            return true;
    return false;
}

/* The fence that the line may be, with what follows; empty where it is none. */
static struct str fence_of(struct str line)
{
    struct str text = without_indent(line, OUTSIDE_CODE);
    if (!text.len || (text.data[0] != '`' && text.data[0] != '~'))
        return STR("");
    return run_length(text, 0) >= FENCE_MIN ? text : STR("");
}

static bool closes_fence(const struct scan *scan, struct str fence)
{
    if (!fence.len || fence.data[0] != scan->fence)
        return false;
    size_t length = run_length(fence, 0);
    return length >= scan->fence_length &&
           count(fence, ' ') + count(fence, '\t') + length == fence.len;
}

/* Whether the line surely begins a fenced code block. Only one that stands in no list or quotation
 * is known for sure, and only as long as no HTML can have swallowed its fence, nor a fence of which
 * it is not sure where it stands. */
static bool opens_fence(struct scan *scan, struct str line)
{
    struct str fence = fence_of(line);
    size_t length = fence.len ? run_length(fence, 0) : 0;
    scan->block.has_html |= str_starts(str_trim(line), STR("<"));
    scan->trusted &= !begins_long_html(str_trim(line));
    if (!length || (fence.data[0] == '`' && count(fence, '`') > length))
        return false;
    scan->trusted &= line.len - fence.len <= OUTSIDE_LISTS && !scan->block.has_html;
    if (!scan->trusted)
        return false;
    scan->fence = fence.data[0];
    scan->fence_length = length < FENCE_MAX ? length : FENCE_MAX;
    return true;
}

/* Whether the line surely is in a fenced code block, or one of its fences. */
static bool in_code(struct scan *scan, struct str line)
{
    if (!scan->fence)
        return opens_fence(scan, line);
    if (closes_fence(scan, fence_of(line)))
        scan->fence = 0;
    return true;
}

/* Looks ahead over the block that begins at `offset`. */
static void begin_block(struct scan *scan, size_t offset)
{
    struct block block = {.has_html = scan->block.has_html};
    scan->span = (struct span){.start = offset};
    while (offset < scan->body.len) {
        struct str line = next_line(scan->body, &offset);
        if (ends_block(line))
            break;
        block.end = offset;
        block.lines++;
        block.pipes += count(line, '|');
        block.has_delimiter_row |= is_delimiter_row(line);
    }
    scan->block = block;
}

/* What is remembered of a line for the next. */
static void end_line(struct scan *scan, struct str line, bool item)
{
    scan->before = is_heading_row(scan, line) ? line : STR("");
    scan->after_blank = false;
    scan->after_item = item;
}

static void add_span(struct span *span, struct span before)
{
    span->start = before.start;
    span->images += before.images;
    span->marks += before.marks;
}

static void read_text(struct scan *scan, struct str line)
{
    bool item = prefix_begins_block(line, scan->after_item);
    bool opens = opens_table(scan, line);
    struct span before = scan->span;
    if (scan->in_table)
        scan->in_table = continues_table(line);
    bool apart = item || scan->in_table;
    if (apart)
        scan->span = (struct span){.start = scan->line_start};
    size_t text = bound_marks(scan, line);
    if (apart && scan->shield.done > scan->line_start) { /* what set it apart may be text now */
        item = false;
        add_span(&scan->span, before);
    }
    bound_text(scan, line, text, scan->line_start + line.len);
    scan->in_table |= opens && scan->shield.done < scan->line_start;
    end_line(scan, line, item);
}

static void read_blank(struct scan *scan, struct str line)
{
    bool wholly = !count(line, '>');
    bool html = scan->block.has_html && !wholly;
    if (scan->fence)
        return;
    bound_marks(scan, line);
    scan->block = (struct block){.has_html = html};
    scan->before = STR("");
    scan->after_blank = wholly;
    scan->after_item = false;
    scan->in_table = false;
}

static void read_line(struct scan *scan, struct str line)
{
    if (ends_block(line)) {
        read_blank(scan, line);
        return;
    }
    if (scan->block.end <= scan->line_start)
        begin_block(scan, scan->line_start);
    if (in_code(scan, line)) {
        scan->before = STR("");
        scan->after_blank = scan->after_item = scan->in_table = false;
        scan->span = (struct span){.start = scan->line_start};
    } else {
        read_text(scan, line);
    }
}

/* Sets what is left for markup when every line has had its own. */
static void survey(struct scan *scan)
{
    size_t lines = 0;
    struct str body = scan->body;
    for (size_t offset = 0; offset < body.len;)
        lines += str_trim(next_line(body, &offset)).len > 0;
    uint64_t most = (uint64_t)body.len * MEMORY_PER_BYTE;
    scan->memory_max = most > MEMORY_MIN ? most : MEMORY_MIN;
    scan->memory = (uint64_t)lines * NODE_SIZE;
    if (scan->memory > scan->memory_max)
        scan->memory = scan->memory_max;
    scan->cells_max = body.len / 4 > CELLS_MAX ? body.len / 4 : CELLS_MAX;
    scan->closers = count(body, ']');
}

struct str bounds_apply(struct arena *arena, struct place place, struct str body,
                        struct diags *diags)
{
    struct scan scan = {.place = place, .diags = diags, .after_blank = true, .trusted = true};
    size_t offset = str_starts(body, STR("\xEF\xBB\xBF")) ? 3 : 0; /* cmark skips it too */
    scan.body = shield_clean(arena, body);
    shield_init(&scan.shield, arena, scan.body);
    survey(&scan);
    for (; offset < body.len; scan.place.line++) {
        scan.line_start = offset;
        read_line(&scan, next_line(scan.body, &offset));
    }
    return shield_finish(&scan.shield);
}
