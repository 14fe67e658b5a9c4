#include "read/runs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "read/address.h"

enum {
    LINK_TEXT_MAX = 500, /* bytes between the brackets of a written link */
    WRAPPINGS_MAX = 3,   /* scanners behind each other */
};

static int hex(char c)
{
    if (str_is_digit(c))
        return c - '0';
    c = str_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct str percent_decode(struct arena *arena, struct str text)
{
    struct buf out;
    buf_init(&out, arena);
    for (size_t i = 0; i < text.len; i++) {
        int high = i + 2 < text.len && text.data[i] == '%' ? hex(text.data[i + 1]) : -1;
        int low = high >= 0 ? hex(text.data[i + 2]) : -1;
        if (low >= 0)
            i += 2;
        buf_put_char(&out, low >= 0 ? (char)(high * 16 + low) : text.data[i]);
    }
    return utf8_repair(arena, buf_str(&out));
}

static bool is_web(struct str address)
{
    return str_equal_nocase(str_slice(address, 0, 7), STR("http://")) ||
           str_equal_nocase(str_slice(address, 0, 8), STR("https://"));
}

static struct str host_of(struct str address)
{
    struct str rest = str_from_offset(address, (size_t)str_find(address, STR("://")) + 3);
    size_t len = 0;
    while (len < rest.len && str_find_char(STR("/?#"), rest.data[len]) < 0)
        len++;
    return str_slice(rest, 0, len);
}

/* The value of `name` in the query of an address. */
static struct str parameter(struct str address, struct str name)
{
    ptrdiff_t query = str_find_char(address, '?');
    if (query < 0)
        return (struct str){0};
    for (struct str rest = str_from_offset(address, (size_t)query + 1); rest.data;) {
        struct str pair = str_cut(&rest, '&');
        if (pair.len > name.len && str_starts(pair, name) && pair.data[name.len] == '=')
            return str_from_offset(pair, name.len + 1);
    }
    return (struct str){0};
}

/* Parameters of a query that only say where a reader came from. */
static bool is_tracker(struct str pair)
{
    static const struct str names[] = {{"utm_", 4},    {"fbclid=", 7}, {"gclid=", 6},
                                       {"mc_cid=", 7}, {"mc_eid=", 7}, {"mkt_tok=", 8}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(pair, names[i]))
            return true;
    return str_find_char(pair, '@') >= 0 || str_find(pair, STR("%40")) >= 0;
}

static struct str without_trackers(struct arena *arena, struct str address)
{
    ptrdiff_t query = str_find_char(address, '?');
    if (query < 0)
        return address;
    struct buf out;
    bool dropped = false;
    buf_init(&out, arena);
    buf_put(&out, str_slice(address, 0, (size_t)query));
    struct str rest = str_from_offset(address, (size_t)query + 1);
    ptrdiff_t anchor = str_find_char(rest, '#');
    struct str fragment = anchor < 0 ? (struct str){0} : str_from_offset(rest, (size_t)anchor);
    if (anchor >= 0)
        rest = str_slice(rest, 0, (size_t)anchor);
    for (char separator = '?'; rest.data;) {
        struct str pair = str_cut(&rest, '&');
        if (is_tracker(pair)) {
            dropped = true;
            continue;
        }
        buf_put_char(&out, separator);
        buf_put(&out, pair);
        separator = '&';
    }
    buf_put(&out, fragment);
    return dropped ? buf_str(&out) : address;
}

struct str runs_unwrap(struct arena *arena, struct str address)
{
    for (int i = 0; i < WRAPPINGS_MAX && is_web(address); i++) {
        if (!str_ends(host_of(address), STR(".safelinks.protection.outlook.com")))
            break;
        struct str inner = parameter(address, STR("url"));
        if (!inner.len)
            break;
        inner = percent_decode(arena, inner);
        if (!is_web(inner) || str_find_char(inner, ' ') >= 0)
            break;
        address = inner;
    }
    return is_web(address) ? without_trackers(arena, address) : address;
}

/* Where the address that begins at `start` ends: at a space, or before the punctuation of the
 * sentence around it. */
static size_t address_end(struct str text, size_t start, size_t limit)
{
    size_t end = start;
    int open = 0;
    while (end < limit && !str_is_space(text.data[end]) &&
           str_find_char(STR("<>\"{}|\\^`"), text.data[end]) < 0) {
        if (text.data[end] == '(')
            open++;
        if (text.data[end] == ')' && open-- == 0)
            break;
        end++;
    }
    while (end > start && str_find_char(STR(".,;:!?'*"), text.data[end - 1]) >= 0)
        end--;
    return end;
}

static bool starts_address(struct str text, size_t i)
{
    if (text.data[i] != 'h' && text.data[i] != 'w')
        return false;
    if (i && (str_is_alnum(text.data[i - 1]) || (text.data[i - 1] & 0x80)))
        return false;
    struct str rest = str_slice(text, i, 9);
    return (str_starts(rest, STR("http://")) && rest.len > 7) ||
           (str_starts(rest, STR("https://")) && rest.len > 8) ||
           (str_starts(rest, STR("www.")) && rest.len > 4 && str_is_alnum(rest.data[4]));
}

static void drop(struct runs *runs, struct str text, uint32_t line, const char *reason,
                 struct str instead)
{
    *vec_push(&runs->document->dropped, runs->arena) =
        (struct dropped){.line = line, .text = text, .reason = reason, .instead = instead};
}

/* Notes that signs became form. */
static void form(struct runs *runs, struct str signs, uint32_t line, const char *what)
{
    *vec_push(&runs->document->formed, runs->arena) =
        (struct dropped){.line = line, .text = signs, .reason = what};
}

static void add_text(struct runs *runs, struct node *parent, struct str text, uint32_t line)
{
    if (!text.len)
        return;
    struct node *node = node_add(runs->arena, parent, NODE_TEXT);
    node->text = text;
    node->line = line;
}

static void add_link(struct runs *runs, struct node *parent, struct str shown, struct str address,
                     uint32_t line)
{
    struct str target = runs_unwrap(runs->arena, address);
    if (!str_equal(target, address))
        drop(runs, address, line, "tracker around an address", target);
    struct node *link = node_add(runs->arena, parent, NODE_LINK);
    link->line = line;
    link->target = str_starts(target, STR("www."))
                       ? str_format(runs->arena, "https://%.*s", STR_ARGS(target))
                       : target;
    add_text(runs, link, shown.len ? shown : target, line);
}

/* `[text](address)` at `start`: fills both and returns the offset behind it, or `start`. `*close`
 * is where the nearest `](` was found, so that each is looked for once. */
static size_t written_link(struct str text, size_t start, size_t limit, size_t *close,
                           struct str *shown, struct str *address)
{
    if (*close <= start) {
        ptrdiff_t found = str_find(str_slice(text, start, limit - start), STR("]("));
        *close = found < 0 ? limit : start + (size_t)found;
    }
    if (*close == limit || *close - start > LINK_TEXT_MAX || *close == start)
        return start;
    size_t from = *close + 2, end = from;
    while (end < limit && str_find_char(STR(") [\n"), text.data[end]) < 0)
        end++;
    if (end == limit || text.data[end] != ')')
        return start;
    *shown = str_slice(text, start + 1, *close - start - 1);
    *address = str_slice(text, from, end - from);
    return end + 1;
}

static void add_written_link(struct runs *runs, struct node *parent, struct str shown,
                             struct str address, uint32_t line)
{
    form(runs, STR("[]()"), line, "signs of a link");
    if (is_web(address)) {
        form(runs, runs_unwrap(runs->arena, address), line, "address of a link");
        add_link(runs, parent, shown, address, line);
        return;
    }
    add_text(runs, parent, shown, line);
    if (address.len)
        drop(runs, address, line, "address that leads nowhere", STR(""));
}

/* The first byte from `at` on where an address or a written link may begin; `limit` for none. */
static size_t next_candidate(struct str text, size_t at, size_t limit)
{
    /* A step takes one byte less than it looks at, so that no two letters are seen apart. */
    for (; at + LANES <= limit; at += LANES - 1) {
        uint64_t lanes = lanes_load(text.data + at);
        uint64_t found = lanes_equal(lanes & ~LANES_HIGH, '[') | address_may_start_lanes(lanes);
        if (found)
            return at + lanes_before(found);
    }
    while (at < limit && text.data[at] != '[' && !address_may_start(text, at))
        at++;
    return at;
}

/* The bytes [start, limit) of `text`, in which no marks are. */
static void add_plain(struct runs *runs, struct node *parent, struct str text, size_t start,
                      size_t limit, uint32_t line)
{
    size_t done = start, close = 0;
    for (size_t i = next_candidate(text, start, limit); i < limit;
         i = next_candidate(text, i, limit)) {
        struct str shown = {0}, address;
        size_t end = i;
        bool bare = starts_address(text, i);
        if (bare) {
            end = address_end(text, i, limit);
            address = str_slice(text, i, end - i);
        } else if (text.data[i] == '[') {
            end = written_link(text, i, limit, &close, &shown, &address);
        }
        if (end == i) {
            i++;
            continue;
        }
        add_text(runs, parent, str_slice(text, done, i - done), line);
        if (bare)
            add_link(runs, parent, shown, address, line);
        else
            add_written_link(runs, parent, shown, address, line);
        done = i = end;
    }
    add_text(runs, parent, str_slice(text, done, limit - done), line);
}

static void add_reference(struct runs *runs, struct node *parent, const struct join_mark *mark,
                          struct str sign, uint32_t line)
{
    form(runs, sign, line, "reference to a footnote");
    struct note *note = &runs->notes->items.items[mark->note - 1];
    if (!note->number) {
        runs->order[runs->numbered - runs->before] = mark->note;
        note->number = ++runs->numbered;
    }
    struct node *node = node_add(runs->arena, parent, NODE_FOOTNOTE_REFERENCE);
    node->line = line;
    node->number = note->number;
    node->nth = ++runs->references[mark->note - 1];
}

/* A page that begins within a word is marked behind it, so that the word stays whole. */
static size_t mark_offset(const struct joined *joined, const struct join_mark *mark, size_t limit)
{
    size_t offset = mark->offset;
    if (!mark->page || !offset || joined->text.data[offset - 1] == ' ')
        return offset;
    while (offset < limit && joined->text.data[offset] != ' ')
        offset++;
    return offset;
}

void runs_add(struct runs *runs, struct node *parent, const struct joined *joined, uint32_t line)
{
    size_t done = 0;
    for (size_t i = 0; i < joined->marks.count; i++) {
        const struct join_mark *mark = &joined->marks.items[i];
        size_t limit =
            i + 1 < joined->marks.count ? joined->marks.items[i + 1].offset : joined->text.len;
        size_t offset = mark_offset(joined, mark, limit);
        add_plain(runs, parent, joined->text, done, offset, line);
        done = offset + mark->len;
        if (mark->note) {
            add_reference(runs, parent, mark, str_slice(joined->text, offset, mark->len), line);
        } else {
            struct node *page = node_add(runs->arena, parent, NODE_PAGE);
            page->number = mark->page;
            page->line = line;
        }
    }
    add_plain(runs, parent, joined->text, done, joined->text.len, line);
}
