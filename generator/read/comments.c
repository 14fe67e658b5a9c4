#include "read/comments.h"

#include "base/arena.h"
#include "base/buf.h"

struct scan {
    struct str body;
    struct buf out;
    size_t done; /* what is before it has been put */
    size_t open; /* where the comment in hand begins, if `inside` */
    bool inside;
    char fence; /* of the code block that we are in, or 0 */
    size_t fence_length;
};

static size_t run_length(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.data[end] == text.data[at])
        end++;
    return end - at;
}

/* Opens or closes a fenced code block. Returns whether the line is a fence. */
static bool read_fence(struct scan *scan, struct str line)
{
    enum { FENCE_LEAST = 3, INDENT_MAX = 3 };
    size_t indent = 0;
    while (indent < line.len && indent < INDENT_MAX && line.data[indent] == ' ')
        indent++;
    if (indent >= line.len || (line.data[indent] != '`' && line.data[indent] != '~'))
        return false;
    size_t length = run_length(line, indent);
    bool closes = scan->fence == line.data[indent] && length >= scan->fence_length;
    if (length < FENCE_LEAST || (scan->fence && !closes))
        return false;
    scan->fence = closes ? 0 : line.data[indent];
    scan->fence_length = length;
    return true;
}

/* The end of the code span that begins at `at`, on this line; `at` plus its backticks where nothing
 * closes it. */
static size_t skip_code(struct str line, size_t at)
{
    enum { SPAN_MAX = 4096 }; /* looking further for each backtick would take a square of time */
    size_t length = run_length(line, at);
    line = str_slice(line, 0, at + SPAN_MAX);
    for (size_t end = at + length; end < line.len; end++) {
        if (line.data[end] != '`')
            continue;
        size_t found = run_length(line, end);
        if (found == length)
            return end + found;
        end += found - 1;
    }
    return at + length;
}

/* What is taken out keeps its line ends. */
static void take_out(struct scan *scan, size_t end)
{
    buf_put(&scan->out, str_slice(scan->body, scan->done, scan->open - scan->done));
    for (size_t i = scan->open; i < end; i++)
        if (scan->body.data[i] == '\n')
            buf_put_char(&scan->out, '\n');
    scan->done = end;
}

static void read_line(struct scan *scan, struct str line, size_t offset)
{
    for (size_t at = 0; at < line.len;) {
        bool mark = line.data[at] == '%' && run_length(line, at) == 2;
        if (mark && scan->inside)
            take_out(scan, offset + at + 2);
        else if (mark)
            scan->open = offset + at;
        scan->inside ^= mark;
        if (line.data[at] == '`' && !scan->inside)
            at = skip_code(line, at);
        else
            at += line.data[at] == '%' ? run_length(line, at) : 1;
    }
}

static uint32_t line_of(struct place place, struct str body, size_t offset)
{
    for (size_t i = 0; i < offset; i++)
        place.line += body.data[i] == '\n';
    return place.line;
}

struct str comments_remove(struct arena *arena, struct place place, struct str body,
                           struct diags *diags)
{
    struct scan scan = {.body = body};
    if (str_find(body, STR("%%")) == STR_NONE)
        return body;
    buf_init(&scan.out, arena);
    buf_reserve(&scan.out, body.len);
    struct str rest = body;
    while (rest.len) {
        size_t offset = body.len - rest.len;
        struct str line = str_line(&rest);
        if ((scan.inside || !read_fence(&scan, line)) && !scan.fence)
            read_line(&scan, line, offset);
    }
    if (scan.inside) {
        place.line = line_of(place, body, scan.open);
        diag_add(diags, DIAG_WARNING, "comment-open", place,
                 "nothing closes the comment that '%%%%' opens; it is read as text");
    }
    buf_put(&scan.out, str_from_offset(body, scan.done));
    return buf_str(&scan.out);
}
