#include "read/lint.h"

#include "base/arena.h"
#include "base/lanes.h"
#include "base/utf8.h"

/* A document under the glass. */
struct glass {
    const struct lint_input *input;
    struct diags *diags;
    struct arena *arena;
    struct {
        VEC(struct str) items;
    } lines;
};

static struct place place_of(const struct glass *glass, size_t line, size_t column)
{
    return (struct place){glass->input->path, (uint32_t)line, (uint32_t)column};
}

static struct place node_place(const struct glass *glass, const struct node *node)
{
    return place_of(glass, node->line, node->column);
}

/* -- Bytes and lines ------------------------------------------------------------------------------
 */

static void check_bytes(struct glass *glass)
{
    struct str source = glass->input->source;
    size_t valid = utf8_valid_length(source);
    size_t line = 1, start = 0;
    if (valid == source.len || valid < glass->input->document->meta.body_offset)
        return;
    for (size_t i = 0; i < valid; i++)
        if (source.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    diag_add(glass->diags, DIAG_ERROR, "invalid-utf8", place_of(glass, line, valid - start + 1),
             "this byte is not UTF-8; it is shown as a replacement sign");
}

static void check_line_ends(struct glass *glass)
{
    struct str source = glass->input->source;
    int first = -1;
    size_t line = 1, start = 0;
    ptrdiff_t length;
    while ((length = str_find_char(str_from_offset(source, start), '\n')) != STR_NONE) {
        size_t end = start + (size_t)length;
        int windows = end && source.data[end - 1] == '\r';
        if (first >= 0 && windows != first) {
            diag_add(glass->diags, DIAG_WARNING, "line-ends-mixed", place_of(glass, line, 0),
                     windows ? "this line ends as on Windows, those before it do not"
                             : "this line does not end as on Windows, as those before it do");
            return;
        }
        first = windows;
        start = end + 1;
        line++;
    }
}

static void check_conflict(struct glass *glass, struct str line, size_t number)
{
    if (str_starts(line, STR("<<<<<<< ")) || str_starts(line, STR(">>>>>>> ")))
        diag_add(glass->diags, DIAG_ERROR, "conflict-marker", place_of(glass, number, 1),
                 "git left this mark where two changes met; it is shown as text");
}

/* -- Days -----------------------------------------------------------------------------------------
 */

static size_t digits_at(struct str text)
{
    size_t count = 0;
    while (count < text.len && str_is_digit(text.data[count]))
        count++;
    return count;
}

static bool is_date(struct arena *arena, struct str day, struct str rest)
{
    struct date date;
    return date_parse(str_format(arena, "%.*s %.*s", STR_ARGS(day), STR_ARGS(rest)), &date);
}

/* `31 februari`, `30 februari 2025`: length of the date that cannot be, or 0. A year that is not
 * given is a leap year. */
static size_t impossible_day(struct arena *arena, struct str text, size_t digits)
{
    struct str rest = str_from_offset(text, digits + 1);
    size_t word = 0;
    while (word < rest.len && word < 10 && str_is_alnum(rest.data[word]) &&
           !str_is_digit(rest.data[word]))
        word++;
    struct str month = str_slice(rest, 0, word), behind = str_from_offset(rest, word);
    bool year = str_starts(behind, STR(" ")) && digits_at(str_from_offset(behind, 1)) == 4;
    if (digits > 2 || word < 3 || text.len <= digits || text.data[digits] != ' ')
        return 0;
    struct str named =
        str_format(arena, "%.*s %.4s", STR_ARGS(month), year ? behind.data + 1 : "2024");
    if (!is_date(arena, STR("1"), named) || is_date(arena, str_slice(text, 0, digits), named))
        return 0;
    return digits + 1 + word + (year ? 5 : 0);
}

/* `2025-02-30`. */
static size_t impossible_iso(struct arena *arena, struct str text, size_t digits)
{
    struct date date;
    struct str written = str_slice(text, 0, 10);
    bool shape = digits == 4 && written.len == 10 && written.data[4] == '-' &&
                 digits_at(str_from_offset(written, 5)) == 2 && written.data[7] == '-' &&
                 digits_at(str_from_offset(text, 8)) == 2;
    if (!shape || date_parse(written, &date))
        return 0;
    struct str first = str_format(arena, "%.*s01", 8, written.data);
    return date_parse(first, &date) && written.data[8] <= '3' ? written.len : 0;
}

/* The next digit or backtick at `at` or behind it, or the end. */
static size_t next_sign(struct str line, size_t at)
{
    for (; line.len - at >= LANES; at += LANES) {
        uint64_t lanes = lanes_load(line.data + at), ascii = lanes & ~LANES_HIGH;
        uint64_t signs = (lanes_between(ascii, '0', '9') | lanes_equal(ascii, '`')) & ~lanes;
        if (signs)
            return at + lanes_before(signs);
    }
    while (at < line.len && !str_is_digit(line.data[at]) && line.data[at] != '`')
        at++;
    return at;
}

/* Code is left alone, as far as it stands on one line. */
static void check_days(struct glass *glass, struct str line, size_t number)
{
    bool code = false;
    for (size_t i = next_sign(line, 0); i < line.len; i = next_sign(line, i)) {
        struct str rest = str_from_offset(line, i);
        size_t digits = digits_at(rest);
        if (!digits)
            code = !code;
        if (!digits || code) {
            i += digits ? digits : 1;
            continue;
        }
        bool alone = !i || !(str_is_alnum(line.data[i - 1]) || line.data[i - 1] == '-' ||
                             line.data[i - 1] == '/');
        size_t len = alone ? impossible_iso(glass->arena, rest, digits) : 0;
        if (alone && !len)
            len = impossible_day(glass->arena, rest, digits);
        if (len)
            diag_add(glass->diags, DIAG_WARNING, "date-impossible", place_of(glass, number, i + 1),
                     "there is no day '%.*s'", (int)len, rest.data);
        i += digits;
    }
}

/* Whether the line opens or closes fenced code, whose sign is in `*fence`. */
static bool is_fence(struct str line, char *fence)
{
    struct str text = str_trim(line);
    bool marks = str_starts(text, STR("```")) || str_starts(text, STR("~~~"));
    if (!marks || (*fence && *fence != text.data[0]))
        return false;
    *fence = *fence ? '\0' : text.data[0];
    return true;
}

static void check_lines(struct glass *glass)
{
    char fence = '\0';
    for (size_t i = glass->input->document->meta.body_line - 1; i < glass->lines.items.count; i++) {
        struct str line = glass->lines.items.items[i];
        if (is_fence(line, &fence) || fence)
            continue;
        check_conflict(glass, line, i + 1);
        check_days(glass, line, i + 1);
    }
}

/* -- Structure ------------------------------------------------------------------------------------
 */

static struct str line_of(const struct glass *glass, const struct node *node)
{
    bool known = node->line && node->line <= glass->lines.items.count;
    return known ? glass->lines.items.items[node->line - 1] : STR("");
}

/* Cells of a row as written: `|` in a wikilink or behind a backslash divides nothing. */
static size_t count_cells(struct str line)
{
    size_t bars = 0, inside = 0;
    line = str_trim(line);
    while (line.len && (line.data[0] == '>' || line.data[0] == ' '))
        line = str_from_offset(line, 1);
    if (str_starts(line, STR("|")))
        line = str_from_offset(line, 1);
    if (str_ends(line, STR("|")) && !str_ends(line, STR("\\|")))
        line.len--;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\\')
            i++;
        else if (str_starts(str_from_offset(line, i), STR("[[")))
            inside = 1;
        else if (str_starts(str_from_offset(line, i), STR("]]")))
            inside = 0;
        else if (line.data[i] == '|' && !inside)
            bars++;
    }
    return bars + 1;
}

static void check_table(struct glass *glass, const struct node *table)
{
    size_t head = table->first ? count_cells(line_of(glass, table->first)) : 0;
    for (const struct node *row = table->first; row; row = row->next) {
        size_t cells = count_cells(line_of(glass, row));
        if (row->line && cells != head)
            diag_add(glass->diags, DIAG_WARNING, "table-columns", place_of(glass, row->line, 1),
                     "this row has %zu cells, the table's head %zu; %s", cells, head,
                     cells > head ? "the last are not shown" : "the last stay empty");
    }
}

static void check_heading(struct glass *glass, const struct node *node, uint32_t *level)
{
    if (*level && node->number > *level + 1)
        diag_add(glass->diags, DIAG_WARNING, "heading-skipped", node_place(glass, node),
                 "a heading of level %u follows one of level %u", (unsigned)node->number,
                 (unsigned)*level);
    *level = node->number;
}

/* Whether there is anything to see or hear below a link or image: text, or in a link an image. */
static bool has_content(const struct node *top)
{
    for (const struct node *node = top->first; node; node = node_walk(top, node))
        if (str_trim(node->text).len || node->kind == NODE_IMAGE)
            return true;
    return false;
}

static void check_link(struct glass *glass, const struct node *node)
{
    bool image = node->kind == NODE_IMAGE;
    if (!has_content(node))
        diag_add(glass->diags, DIAG_WARNING, image ? "image-text-missing" : "link-text-missing",
                 node_place(glass, node),
                 image ? "this image has no alternative text; who can't see it learns nothing of it"
                       : "this link has no text; nobody can follow it");
}

/* cmark leaves a mark as text where nothing defines its footnote. */
static void check_marks(struct glass *glass, const struct node *node)
{
    struct str rest = node->text;
    struct str line = line_of(glass, node);
    for (ptrdiff_t at; (at = str_find(rest, STR("[^"))) != STR_NONE;) {
        rest = str_from_offset(rest, (size_t)at);
        ptrdiff_t end = str_find_char(rest, ']');
        struct str mark = end > 2 ? str_slice(rest, 0, (size_t)end + 1) : STR("");
        rest = str_from_offset(rest, 2);
        ptrdiff_t column = mark.len ? str_find(line, mark) : STR_NONE;
        if (column == STR_NONE || str_find_char(mark, ' ') != STR_NONE ||
            (column && line.data[column - 1] == '\\'))
            continue;
        diag_add(glass->diags, DIAG_WARNING, "footnote-missing",
                 place_of(glass, node->line, (size_t)column + 1),
                 "there is no footnote '%.*s'; the mark is shown as text",
                 STR_ARGS(str_slice(mark, 2, mark.len - 3)));
    }
}

static void check_nodes(struct glass *glass)
{
    uint32_t level = 0;
    const struct node *body = glass->input->document->body;
    for (const struct node *node = body; node; node = node_walk(body, node)) {
        if (node->kind == NODE_HEADING)
            check_heading(glass, node, &level);
        else if (node->kind == NODE_IMAGE || node->kind == NODE_LINK)
            check_link(glass, node);
        else if (node->kind == NODE_TABLE)
            check_table(glass, node);
        else if (node->kind == NODE_TEXT)
            check_marks(glass, node);
    }
}

/* -- Code that nothing closes
 * ----------------------------------------------------------------------
 */

/* Length of the row of ` or ~ that a line begins with, behind up to three spaces. */
static size_t fence_length(struct str line, char sign)
{
    size_t start = 0, end;
    while (start < 3 && start < line.len && line.data[start] == ' ')
        start++;
    for (end = start; end < line.len && line.data[end] == sign; end++)
        ;
    return end - start;
}

/* A block of code that goes on to the end of the file: mostly its end was forgotten. */
static void check_open_code(struct glass *glass)
{
    const struct node *body = glass->input->document->body;
    const struct node *last = body ? body->last : NULL;
    if (!last || last->kind != NODE_CODE_BLOCK)
        return;
    struct str opening = str_trim(line_of(glass, last));
    char sign = opening.len ? opening.data[0] : ' ';
    size_t length = fence_length(opening, sign);
    if ((sign != '`' && sign != '~') || length < 3)
        return;
    for (size_t i = last->line; i < glass->lines.items.count; i++) {
        struct str line = glass->lines.items.items[i];
        size_t closing = fence_length(line, sign);
        if (closing >= length && str_trim(line).len == closing)
            return;
    }
    diag_add(glass->diags, DIAG_WARNING, "code-open", node_place(glass, last),
             "nothing closes this block of code; all that follows is in it");
}

/* -- Front matter ---------------------------------------------------------------------------------
 */

struct place lint_date_place(struct str path, struct str source)
{
    struct str line = str_line(&source);
    for (uint32_t number = 2; (line = str_line(&source)).data; number++) {
        struct str key = str_slice(line, 0, 5), value = str_from_offset(line, key.len);
        if (str_equal(str_trim(line), STR("---")) || str_equal(str_trim(line), STR("...")))
            break;
        if (str_equal_nocase(key, STR("date:"))) {
            size_t blanks = 0;
            while (blanks < value.len && value.data[blanks] == ' ')
                blanks++;
            return (struct place){path, number, (uint32_t)(6 + blanks)};
        }
    }
    return (struct place){path, 1, 1};
}

void lint_document(const struct lint_input *input, struct diags *diags)
{
    struct arena scratch;
    arena_init(&scratch);
    struct glass glass = {.input = input, .diags = diags, .arena = &scratch};
    struct str rest = input->source;
    for (struct str line; (line = str_line(&rest)).data;)
        *vec_push(&glass.lines.items, &scratch) = line;
    check_bytes(&glass);
    check_line_ends(&glass);
    check_lines(&glass);
    check_nodes(&glass);
    check_open_code(&glass);
    arena_release(&scratch);
}
