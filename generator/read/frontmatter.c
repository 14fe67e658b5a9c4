#include "read/frontmatter.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

static struct meta read_meta(struct arena *arena, struct str source)
{
    struct meta meta;
    meta_read(arena, STR(""), source, &meta, NULL);
    return meta;
}

/* -- Where things stand --------------------------------------------------------------------------
 */

/* The offset of a place in the source; its end where it is none. */
static size_t offset_of(struct str source, uint32_t line, uint32_t column)
{
    struct str rest = source;
    size_t start = 0;
    for (uint32_t number = 1; number < line && rest.data; number++) {
        str_line(&rest);
        start = rest.data ? (size_t)(rest.data - source.data) : source.len;
    }
    size_t offset = start + (column ? column - 1 : 0);
    return offset < source.len ? offset : source.len;
}

static size_t line_start(struct str source, size_t offset)
{
    while (offset && source.data[offset - 1] != '\n')
        offset--;
    return offset;
}

static struct str line_end_of(struct str source)
{
    size_t end = str_line_end(source, 0);
    return str_starts(str_from_offset(source, end), STR("\r\n")) ? STR("\r\n") : STR("\n");
}

static struct str splice(struct arena *arena, struct str source, size_t start, size_t end,
                         struct str text)
{
    return str_format(arena, "%.*s%.*s%.*s", (int)start, source.data, STR_ARGS(text),
                      (int)(source.len - end), source.data + end);
}

/* -- Values --------------------------------------------------------------------------------------
 */

/* Whether text is the same value without quotes, in a list too. */
static bool is_plain(struct str text)
{
    static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null", "~"};
    bool letters = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool inside = i && i + 1 < text.len && strchr(" -._/'()&+", c);
        if (!str_is_alnum((char)c) && c < 0x80 && !inside)
            return false;
        letters |= !str_is_digit((char)c) && !strchr(" -._/", c);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        letters = letters && !str_equal_nocase(text, str_from(words[i]));
    return letters;
}

static struct str written(struct arena *arena, struct str text)
{
    struct buf out;
    if (is_plain(text))
        return text;
    buf_init(&out, arena);
    buf_put_char(&out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            buf_put_char(&out, '\\');
        buf_put_char(&out, text.data[i]);
    }
    buf_put_char(&out, '"');
    return buf_str(&out);
}

static bool same_list(const struct meta_list *a, const struct meta_list *b, size_t skip)
{
    for (size_t i = 0; i < a->texts.count; i++)
        if (!str_equal(a->texts.items[i].text, b->texts.items[i + skip].text))
            return false;
    return true;
}

/* Whether nothing that is read of both differs, lists and title aside. */
static bool same_rest(const struct meta *a, const struct meta *b)
{
    for (size_t i = 0;; i++) {
        const struct meta_text *x = frontmatter_name(a, i), *y = frontmatter_name(b, i);
        if (!x || !y)
            return !x && !y && str_equal(a->more->type, b->more->type) &&
                   str_equal(a->kind, b->kind) && str_equal(a->more->issuer, b->more->issuer) &&
                   str_equal(a->more->abbreviation, b->more->abbreviation) &&
                   a->tags.texts.count == b->tags.texts.count && a->date.year == b->date.year;
        if (!str_equal(x->text, y->text))
            return false;
    }
}

/* -- Adding to a list ----------------------------------------------------------------------------
 */

static const struct meta_list *list_of(const struct meta *meta, const char *key)
{
    return strcmp(key, "aliases") ? &meta->more->former : &meta->aliases;
}

/* Before the first item, as that is written: on a line of its own, between brackets, or alone. */
static struct str before_first(struct arena *arena, struct str source, size_t at, struct str value)
{
    size_t start = line_start(source, at);
    struct str lead = str_slice(source, start, at - start);
    if (str_equal(str_trim(lead), STR("-"))) {
        struct str line = str_format(arena, "%.*s%.*s%.*s", STR_ARGS(lead), STR_ARGS(value),
                                     STR_ARGS(line_end_of(source)));
        return splice(arena, source, start, start, line);
    }
    if (str_find_char(lead, ':') == STR_NONE || str_find_char(lead, '[') != STR_NONE)
        return splice(arena, source, at, at, str_format(arena, "%.*s, ", STR_ARGS(value)));
    size_t end = str_line_end(source, at);
    struct str old = str_trim_end(str_slice(source, at, end - at));
    struct str both = str_format(arena, "[%.*s, %.*s]", STR_ARGS(value), STR_ARGS(old));
    return splice(arena, source, at, at + old.len, both);
}

/* Where the line that closes the front matter begins; 0 where there is no front matter. */
static size_t fence(struct str source, const struct meta *meta)
{
    bool mark = str_starts(source, STR("\xEF\xBB\xBF"));
    if (meta->body_offset <= (mark ? 3 : 0))
        return 0;
    struct str head = str_slice(source, 0, meta->body_offset);
    size_t end = head.len;
    while (end && (head.data[end - 1] == '\n' || head.data[end - 1] == '\r'))
        end--;
    return line_start(source, end);
}

/* A key with nothing behind it gets its value there. */
static bool fill_empty(struct arena *arena, struct str source, size_t stop, const char *key,
                       struct str value, struct str *out)
{
    struct str empty = str_format(arena, "%s:", key);
    for (struct str rest = str_slice(source, 0, stop), line; (line = str_line(&rest)).data;) {
        struct str trimmed = str_trim_end(line);
        if (!str_equal_nocase(trimmed, empty) &&
            !str_equal_nocase(trimmed, str_format(arena, "%s: []", key)))
            continue;
        size_t start = (size_t)(line.data - source.data);
        *out = splice(arena, source, start + empty.len, start + line.len,
                      str_format(arena, " [%.*s]", STR_ARGS(value)));
        return true;
    }
    return false;
}

static struct str add_key(struct arena *arena, struct str source, const struct meta *meta,
                          const char *key, struct str value)
{
    struct str end = line_end_of(source), out;
    size_t at = fence(source, meta);
    struct str line = str_format(arena, "%s: [%.*s]%.*s", key, STR_ARGS(value), STR_ARGS(end));
    if (at && fill_empty(arena, source, at, key, value, &out))
        return out;
    if (!at) {
        line =
            str_format(arena, "---%.*s%.*s---%.*s", STR_ARGS(end), STR_ARGS(line), STR_ARGS(end));
        at = meta->body_offset;
    }
    return splice(arena, source, at, at, line);
}

bool frontmatter_add(struct arena *arena, struct str source, const char *key, struct str value,
                     struct str *out)
{
    struct meta old = read_meta(arena, source);
    const struct meta_list *list = list_of(&old, key);
    struct str text = written(arena, value);
    *out = source;
    for (size_t i = 0; i < list->texts.count; i++)
        if (str_equal(list->texts.items[i].text, value))
            return true;
    if (list->texts.count)
        *out = before_first(
            arena, source,
            offset_of(source, list->texts.items[0].line, list->texts.items[0].column), text);
    else
        *out = add_key(arena, source, &old, key, text);
    struct meta new = read_meta(arena, *out);
    const struct meta_list *longer = list_of(&new, key);
    return longer->texts.count == list->texts.count + 1 &&
           str_equal(longer->texts.items[0].text, value) && same_list(list, longer, 1) &&
           same_rest(&old, &new) && str_equal(old.title, new.title);
}

/* -- The title -----------------------------------------------------------------------------------
 */

bool frontmatter_title(struct arena *arena, struct str source, struct str title, struct str *out)
{
    struct meta old = read_meta(arena, source);
    size_t stop = fence(source, &old);
    if (!old.title.len)
        return false;
    for (struct str rest = str_slice(source, 0, stop), line; (line = str_line(&rest)).data;) {
        if (!str_equal_nocase(str_slice(line, 0, 6), STR("title:")))
            continue;
        size_t start = (size_t)(line.data - source.data);
        *out = splice(arena, source, start + 6, start + line.len,
                      str_format(arena, " %.*s", STR_ARGS(written(arena, title))));
        struct meta new = read_meta(arena, *out);
        return str_equal(new.title, title) && same_rest(&old, &new) &&
               old.aliases.texts.count == new.aliases.texts.count &&old.body_line == new.body_line;
    }
    return false;
}

/* -- Names ---------------------------------------------------------------------------------------
 */

const struct meta_text *frontmatter_name(const struct meta *meta, size_t index)
{
    if (index < meta->more->sources.texts.count)
        return &meta->more->sources.texts.items[index];
    index -= meta->more->sources.texts.count;
    if (index < meta->more->relations.count)
        return &meta->more->relations.items[index].target;
    index -= meta->more->relations.count;
    if (index < meta->more->links.texts.count)
        return &meta->more->links.texts.items[index];
    bool last = index == meta->more->links.texts.count && meta->more->translation_of.text.len;
    return last ? &meta->more->translation_of : NULL;
}

/* Where a name stands that is no part of a longer one. */
static ptrdiff_t find_name(struct str text, struct str name)
{
    for (size_t at = 0; at + name.len <= text.len; at++) {
        size_t end = at + name.len;
        bool whole = (!at || !str_is_alnum(text.data[at - 1])) &&
                     (end == text.len || !str_is_alnum(text.data[end]));
        if (whole && str_equal(str_slice(text, at, name.len), name) &&
            (end == text.len || !strchr("-_", text.data[end])))
            return (ptrdiff_t)at;
    }
    return STR_NONE;
}

static struct str replaced(struct arena *arena, struct str text, struct str from, struct str to)
{
    ptrdiff_t at = find_name(text, from);
    return at == STR_NONE ? text : splice(arena, text, (size_t)at, (size_t)at + from.len, to);
}

/* Whether the name `index`, and no other, is another one now. */
static bool is_renamed(struct arena *arena, const struct meta *old, const struct meta *new,
                       size_t index, struct str from, struct str to)
{
    for (size_t i = 0;; i++) {
        const struct meta_text *x = frontmatter_name(old, i), *y = frontmatter_name(new, i);
        if (!x || !y)
            return !x && !y && str_equal(old->title, new->title);
        struct str wanted = i == index ? replaced(arena, x->text, from, to) : x->text;
        if (!str_equal(y->text, wanted))
            return false;
    }
}

bool frontmatter_rename(struct arena *arena, struct str source, size_t index, struct str from,
                        struct str to, struct str *out)
{
    struct meta old = read_meta(arena, source);
    const struct meta_text *name = frontmatter_name(&old, index);
    size_t at = name ? offset_of(source, name->line, name->column) : source.len;
    size_t end = str_line_end(source, at);
    ptrdiff_t found = find_name(str_slice(source, at, end - at), from);
    if (!from.len || found == STR_NONE)
        return false;
    at += (size_t)found;
    struct str changed = splice(arena, source, at, at + from.len, to);
    struct meta new = read_meta(arena, changed);
    if (!is_renamed(arena, &old, &new, index, from, to))
        return false;
    *out = changed;
    return true;
}
