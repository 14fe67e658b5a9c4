#include "read/prefix.h"

enum { TAB = 4, DIGITS_MAX = 9, LEVEL_MAX = 6 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool ends_word(struct str line, size_t offset)
{
    return offset >= line.len || str_is_space(line.data[offset]);
}

static void skip_blanks(struct prefix *prefix)
{
    size_t start = prefix->column;
    for (; prefix->offset < prefix->line.len; prefix->offset++) {
        char c = prefix->line.data[prefix->offset];
        if (!is_blank(c))
            break;
        size_t width = c == '\t' ? TAB - prefix->column % TAB : 1;
        prefix->column += width;
    }
    prefix->columns += prefix->column - start;
    if (start && prefix->column > start)
        prefix->columns--;
}

/* Each of these sets `mark->end` and `mark->character` where the mark stands at its start. */

static bool take_number(struct str line, struct prefix_mark *mark)
{
    size_t i = mark->start;
    while (i < line.len && i - mark->start < DIGITS_MAX && str_is_digit(line.data[i]))
        i++;
    if (i == mark->start || i == line.len || (line.data[i] != '.' && line.data[i] != ')') ||
        !ends_word(line, i + 1))
        return false;
    mark->first = str_equal(str_slice(line, mark->start, i - mark->start), STR("1"));
    mark->character = i;
    mark->end = i + 1;
    return true;
}

static bool take_footnote(struct str line, struct prefix_mark *mark)
{
    size_t i = mark->start + 2;
    if (!str_starts(str_from_offset(line, mark->start), STR("[^")))
        return false;
    while (i < line.len && line.data[i] != ']' && !is_blank(line.data[i]))
        i++;
    if (i == mark->start + 2 || !str_starts(str_from_offset(line, i), STR("]:")))
        return false;
    mark->character = mark->start;
    mark->end = i + 2;
    return true;
}

static bool take(struct str line, struct prefix_mark *mark)
{
    char c = line.data[mark->start];
    mark->character = mark->start;
    mark->end = mark->start + 1;
    if (c == '>') {
        mark->kind = PREFIX_QUOTE;
        return true;
    }
    if (c == '-' || c == '+' || c == '*') {
        mark->kind = PREFIX_BULLET;
        return ends_word(line, mark->end);
    }
    mark->kind = c == '[' ? PREFIX_FOOTNOTE : PREFIX_NUMBER;
    return c == '[' ? take_footnote(line, mark) : take_number(line, mark);
}

bool prefix_next(struct prefix *prefix, struct prefix_mark *mark)
{
    skip_blanks(prefix);
    *mark = (struct prefix_mark){.start = prefix->offset};
    if (prefix->offset == prefix->line.len || !take(prefix->line, mark))
        return false;
    prefix->offset = mark->end;
    prefix->column += mark->end - mark->start;
    return true;
}

size_t prefix_rule(struct str line)
{
    size_t start = str_trim_end(line).len;
    char c = start ? line.data[start - 1] : 0;
    if (c != '-' && c != '*' && c != '_')
        return line.len;
    while (start && (line.data[start - 1] == c || is_blank(line.data[start - 1])))
        start--;
    return start;
}

static size_t spaces(struct str line, size_t from, size_t most)
{
    size_t i = from;
    while (i < line.len && i - from < most && line.data[i] == ' ')
        i++;
    return i;
}

size_t prefix_quotes(struct str line)
{
    size_t i = spaces(line, 0, TAB - 1);
    while (i < line.len && line.data[i] == '>') {
        i = spaces(line, i + 1, 1);
        i = spaces(line, i, TAB - 1);
    }
    return i;
}

bool prefix_is_blank(struct str line)
{
    size_t i = prefix_quotes(line);
    while (i < line.len && is_blank(line.data[i]))
        i++;
    return i == line.len;
}

static bool is_heading(struct str text)
{
    size_t level = 0;
    while (level < text.len && text.data[level] == '#')
        level++;
    return level > 0 && level <= LEVEL_MAX && (level == text.len || is_blank(text.data[level]));
}

bool prefix_begins_block(struct str line, bool after_item)
{
    size_t start = prefix_quotes(line);
    struct prefix rest = {.line = str_from_offset(line, start)};
    struct prefix_mark mark;
    if (is_heading(rest.line))
        return true;
    if (!prefix_next(&rest, &mark) || mark.start > 0)
        return false;
    if (mark.kind == PREFIX_FOOTNOTE)
        return true;
    struct str text = str_from_offset(rest.line, rest.offset);
    if (!text.len || !is_blank(text.data[0]) || !str_trim(text).len)
        return false;
    if (mark.kind == PREFIX_NUMBER)
        return mark.first || (after_item && start <= 1 && !(start && line.data[0] == '>'));
    return mark.kind == PREFIX_BULLET;
}
