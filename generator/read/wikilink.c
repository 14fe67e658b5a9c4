#include "read/wikilink.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

/* Length of the inside of the wikilink whose `[[` stands at `start`, or 0: it ends on its own line,
 * and holds no other `[[`. */
static size_t inner_length(struct str body, size_t start)
{
    for (size_t i = start + 2; i + 1 < body.len; i++) {
        char c = body.data[i];
        if (c == '\n' || c == '\r' || (c == '[' && body.data[i + 1] == '['))
            return 0;
        if (c == ']' && body.data[i + 1] == ']')
            return i - start - 2;
    }
    return 0;
}

static void put_mark(struct buf *out, size_t index)
{
    buf_put(out, STR(WIKILINK_OPEN));
    buf_put_number(out, (int64_t)index);
    buf_put(out, STR(WIKILINK_CLOSE));
}

/* Marks in the input itself would be taken for ours. */
static void put_without_marks(struct buf *out, struct str text)
{
    for (;;) {
        ptrdiff_t at = str_find_char(text, WIKILINK_OPEN[0]);
        if (at == STR_NONE)
            break;
        struct str found = str_slice(text, (size_t)at, WIKILINK_MARK);
        bool mark = str_equal(found, STR(WIKILINK_OPEN)) || str_equal(found, STR(WIKILINK_CLOSE));
        buf_put(out, str_slice(text, 0, (size_t)at));
        buf_put(out, mark ? STR("\xEF\xBF\xBD") : found);
        text = str_from_offset(text, (size_t)at + found.len);
    }
    buf_put(out, text);
}

static uint32_t lines_in(struct str text)
{
    uint32_t lines = 0;
    for (struct str rest = text; rest.len; lines++) {
        ptrdiff_t at = str_find_char(rest, '\n');
        if (at == STR_NONE)
            break;
        rest = str_from_offset(rest, (size_t)at + 1);
    }
    return lines;
}

/* Where the next wikilink begins at or behind `from`: at its `!` where it is an embed. */
static size_t next_link(struct str body, size_t from, size_t *inner, bool *embed)
{
    for (size_t at = from; at < body.len;) {
        ptrdiff_t found = str_find_char(str_from_offset(body, at), '[');
        if (found == STR_NONE)
            break;
        size_t open = at + (size_t)found;
        if (open + 1 >= body.len || body.data[open + 1] != '[') {
            at = open + 1;
            continue;
        }
        bool escaped = open > 0 && body.data[open - 1] == '\\';
        *inner = escaped ? 0 : inner_length(body, open);
        if (*inner) {
            *embed = open > from && body.data[open - 1] == '!';
            return *embed ? open - 1 : open;
        }
        at = open + 1;
    }
    return body.len;
}

static bool has_double_bracket(struct str body)
{
    size_t inner;
    bool embed;
    return next_link(body, 0, &inner, &embed) < body.len;
}

struct str wikilinks_shield(struct arena *arena, struct str body, uint32_t first_line,
                            struct wikilinks *out)
{
    struct buf shielded;
    size_t done = 0, line_start = 0;
    uint32_t line = first_line;
    if (!has_double_bracket(body) && str_find_char(body, WIKILINK_OPEN[0]) == STR_NONE)
        return body;
    buf_init(&shielded, arena);
    buf_reserve(&shielded, body.len);
    while (done < body.len) {
        size_t inner = 0;
        bool embed = false;
        size_t start = next_link(body, done, &inner, &embed);
        struct str before = str_slice(body, done, start - done);
        put_without_marks(&shielded, before);
        if (start == body.len)
            break;
        ptrdiff_t newline = str_find_last(before, '\n');
        line += lines_in(before);
        if (newline != STR_NONE)
            line_start = done + (size_t)newline + 1;
        put_mark(&shielded, out->links.count);
        *vec_push(&out->links, arena) = (struct wikilink){
            .inner = str_slice(body, start + 2 + embed, inner),
            .line = line,
            .column = (uint32_t)(start - line_start + 1),
            .embed = embed,
        };
        done = start + inner + 4 + embed;
    }
    return buf_str(&shielded);
}

const struct wikilink *wikilink_at(const struct wikilinks *links, struct str text, size_t *len)
{
    size_t digits = WIKILINK_MARK;
    long index;
    if (!str_starts(text, STR(WIKILINK_OPEN)))
        return NULL;
    while (digits < text.len && str_is_digit(text.data[digits]))
        digits++;
    if (!str_to_long(str_slice(text, WIKILINK_MARK, digits - WIKILINK_MARK), &index) ||
        (size_t)index >= links->links.count)
        return NULL;
    *len = digits + WIKILINK_MARK;
    return &links->links.items[index];
}

static size_t first_on_line(const struct wikilinks *links, uint32_t line)
{
    size_t low = 0, high = links->links.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->links.items[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t mark_length(size_t index)
{
    size_t length = 2 * WIKILINK_MARK + 1;
    for (; index >= 10; index /= 10)
        length++;
    return length;
}

uint32_t wikilinks_column(const struct wikilinks *links, uint32_t line, uint32_t column)
{
    for (size_t i = first_on_line(links, line); i < links->links.count; i++) {
        const struct wikilink *link = &links->links.items[i];
        if (link->line != line || link->column >= column)
            break;
        column += (uint32_t)(link->inner.len + 4 + link->embed - mark_length(i));
    }
    return column;
}

struct str wikilinks_restore(struct arena *arena, struct str text, const struct wikilinks *links)
{
    struct buf restored;
    ptrdiff_t at = links->links.count ? str_find(text, STR(WIKILINK_OPEN)) : STR_NONE;
    if (at == STR_NONE)
        return text;
    buf_init(&restored, arena);
    for (; at != STR_NONE; at = str_find(text, STR(WIKILINK_OPEN))) {
        size_t len = WIKILINK_MARK;
        const struct wikilink *link = wikilink_at(links, str_from_offset(text, (size_t)at), &len);
        buf_put(&restored, str_slice(text, 0, (size_t)at));
        if (link) {
            buf_put_cstring(&restored, link->embed ? "![[" : "[[");
            buf_put(&restored, link->inner);
            buf_put(&restored, STR("]]"));
        }
        text = str_from_offset(text, (size_t)at + len);
    }
    buf_put(&restored, text);
    return buf_str(&restored);
}

/* `Note#Heading#Subheading` as "Note > Heading > Subheading", `#Heading` as "Heading". */
static struct str shown_target(struct arena *arena, struct str target)
{
    struct buf shown;
    if (str_find_char(target, '#') == STR_NONE)
        return target;
    buf_init(&shown, arena);
    for (struct str rest = target; rest.data;) {
        struct str part = str_trim(str_cut(&rest, '#'));
        if (shown.len && part.len)
            buf_put(&shown, STR(" > "));
        buf_put(&shown, part);
    }
    return buf_str(&shown);
}

void wikilink_split(struct arena *arena, struct str inner, struct str *target, struct str *shown)
{
    struct str rest = inner;
    struct str first = str_cut(&rest, '|');
    if (rest.data && str_ends(first, STR("\\")))
        first.len--;
    *target = str_trim(first);
    *shown = rest.data ? str_trim(rest) : (struct str){"", 0};
    if (!shown->len)
        *shown = shown_target(arena, *target);
}
