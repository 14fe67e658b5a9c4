#include "read/inline.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/citation.h"

#include <string.h>

/* How far the end of a wrapped wikilink or of a citation is looked for: far more than one takes,
 * and little enough that a million openings without an end cost little. */
enum {
    CONSTRUCT_MAX = 1000,
    TAG_MAX = 100,       /* bytes of a tag: a longer one is no name */
    TEXT_TAGS_MAX = 1000 /* in one text: more are no help to anyone, and each takes a node */
};

struct scan {
    struct arena *arena;
    const struct wikilinks *links;
    struct str text;
    size_t at, plain;       /* where we are; where plain text that is not yet a node began */
    const uint32_t *breaks; /* those behind us, of `break_count` */
    size_t break_count;
    uint32_t line;
    struct node *parent;
    bool in_link;
    unsigned tags; /* found so far */
};

static struct node *add(struct scan *scan, struct node *parent, enum node_kind kind)
{
    struct node *node = node_add(scan->arena, parent, kind);
    node->line = scan->line;
    return node;
}

static void add_text(struct scan *scan, struct node *parent, struct str text)
{
    if (text.len)
        add(scan, parent, NODE_TEXT)->text = text;
}

/* Ends the plain text before the construct at `at`, which is `len` bytes long, and steps over it.
 */
static void step(struct scan *scan, size_t len)
{
    add_text(scan, scan->parent, str_slice(scan->text, scan->plain, scan->at - scan->plain));
    scan->at += len;
    scan->plain = scan->at;
}

static void add_wikilink(struct scan *scan, const struct wikilink *link, size_t len)
{
    struct str target, shown;
    wikilink_split(scan->arena, link->inner, &target, &shown);
    target = str_copy(scan->arena, target);
    shown = str_copy(scan->arena, shown);
    step(scan, len);
    if (!shown.len)
        shown = str_format(scan->arena, "[[%.*s]]", STR_ARGS(link->inner));
    if (scan->in_link || !target.len) {
        add_text(scan, scan->parent, shown);
        return;
    }
    struct node *node = add(scan, scan->parent, NODE_WIKILINK);
    node->target = target;
    node->embed = link->embed;
    node->line = link->line ? link->line : scan->line;
    node->column = link->column;
    add_text(scan, node, shown);
}

/* A wikilink that was wrapped over two lines, and so not shielded. One on a single line was not
 * either where a backslash stood before it: that is text. */
static bool try_wikilink(struct scan *scan, struct str rest)
{
    if (!str_starts(rest, STR("[[")))
        return false;
    ptrdiff_t close = str_find(str_slice(rest, 0, CONSTRUCT_MAX), STR("]]"));
    if (close == STR_NONE || close == 2 || !scan->break_count ||
        *scan->breaks > scan->at + (size_t)close)
        return false;
    struct wikilink link = {.inner = str_slice(rest, 2, (size_t)close - 2)};
    if (str_find(link.inner, STR("[[")) != STR_NONE ||
        str_find(link.inner, STR(WIKILINK_OPEN)) != STR_NONE)
        return false;
    add_wikilink(scan, &link, (size_t)close + 2);
    return true;
}

/* `[@key, p. 3; zie @key]`, by Pandoc's syntax. */
static bool try_citation(struct scan *scan, struct str rest)
{
    struct citation citation;
    ptrdiff_t close = str_find_char(str_slice(rest, 0, CONSTRUCT_MAX), ']');
    if (close == STR_NONE || scan->in_link)
        return false;
    struct str inside = str_slice(rest, 1, (size_t)close - 1);
    for (struct str parts = inside; parts.data;)
        if (!citation_read(str_cut(&parts, ';'), &citation))
            return false;
    step(scan, (size_t)close + 1);
    for (struct str parts = inside; parts.data;) {
        citation_read(str_cut(&parts, ';'), &citation);
        struct node *node = add(scan, scan->parent, NODE_CITATION);
        node->target = wikilinks_restore(scan->arena, citation.key, scan->links);
        node->text = wikilinks_restore(scan->arena, citation.locator, scan->links);
        node->title = wikilinks_restore(scan->arena, citation.prefix, scan->links);
    }
    return true;
}

static size_t address_prefix(struct str text)
{
    static const struct str prefixes[] = {{"http://", 7}, {"https://", 8}, {"www.", 4}};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_equal_nocase(str_slice(text, 0, prefixes[i].len), prefixes[i]))
            return prefixes[i].len;
    return 0;
}

/* Without closing punctuation, and without a `)` that nothing in the address opens. */
static size_t trim_address(struct str text, size_t len, size_t least)
{
    ptrdiff_t open = 0;
    for (size_t i = 0; i < len; i++)
        open += (text.data[i] == '(') - (text.data[i] == ')');
    while (len > least) {
        char last = text.data[len - 1];
        if (last == ')' && open < 0)
            open++;
        else if (!strchr("?!.,:;*_~'\"", last))
            break;
        len--;
    }
    return len;
}

size_t inline_address(struct str text)
{
    size_t least = address_prefix(text), len = least;
    if (!least)
        return 0;
    while (len < text.len) {
        size_t next = len;
        uint32_t c = utf8_next(text, &next);
        if (c == '<' || c == '>' || c < 0x20 || utf8_is_space(c) || c == 0x201D || c == 0x2019 ||
            c == WIKILINK_OPEN_CODE)
            break;
        len = next;
    }
    len = trim_address(text, len, least);
    return len > least ? len : 0;
}

static bool try_address(struct scan *scan, struct str rest)
{
    size_t len = 0;
    if (scan->at == 0 || !utf8_is_letter(utf8_before(scan->text, scan->at)))
        len = inline_address(rest);
    if (!len || scan->in_link)
        return false;
    struct str address = str_slice(rest, 0, len);
    bool bare = str_lower(address.data[0]) == 'w';
    step(scan, len);
    struct node *node = add(scan, scan->parent, NODE_LINK);
    node->target = bare ? str_format(scan->arena, "https://%.*s", STR_ARGS(address)) : address;
    add_text(scan, node, address);
    return true;
}

/* Signs and punctuation of Latin-1, and those of U+2000 to U+206F and U+3000 to U+303F: an emoji is
 * none of them, and may be in a tag. */
static bool is_sign(uint32_t c)
{
    return (c >= 0x80 && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F);
}

/* Noncharacters stand for what was hidden: wikilinks, and characters behind a backslash. */
static bool is_hidden(uint32_t c)
{
    return c >= 0xFDD0 && c <= 0xFDEF;
}

static bool is_tag_character(uint32_t c)
{
    return c == '_' || c == '-' || c == '/' ||
           (c < 0x80 ? str_is_alnum((char)c) : !utf8_is_space(c) && !is_sign(c) && !is_hidden(c));
}

/* Length of the name of a tag: letters, digits, `_`, `-` and `/`, and not digits alone. */
static size_t tag_length(struct str text)
{
    size_t len = 0;
    bool named = false;
    while (len < text.len && len < TAG_MAX) {
        size_t next = len;
        uint32_t c = utf8_next(text, &next);
        if (!is_tag_character(c))
            break;
        named |= c != '/' && (c >= 0x80 || !str_is_digit((char)c));
        len = next;
    }
    while (len && text.data[len - 1] == '/')
        len--;
    return named && len < TAG_MAX ? len : 0;
}

/* `#tag`, behind a space. */
static bool try_tag(struct scan *scan, struct str rest)
{
    size_t len = tag_length(str_from_offset(rest, 1));
    bool apart = scan->at == 0
                     ? scan->parent->last == NULL || scan->parent->last->kind == NODE_BREAK
                     : utf8_is_space((unsigned char)scan->text.data[scan->at - 1]);
    if (!len || !apart || scan->in_link || scan->tags == TEXT_TAGS_MAX)
        return false;
    scan->tags++;
    struct str shown = str_slice(rest, 0, len + 1);
    step(scan, shown.len);
    struct node *node = add(scan, scan->parent, NODE_TAG);
    node->text = shown;
    node->target = str_from_offset(shown, 1);
    return true;
}

static bool try_shielded(struct scan *scan, struct str rest)
{
    size_t len;
    const struct wikilink *link = wikilink_at(scan->links, rest, &len);
    if (link)
        add_wikilink(scan, link, len);
    return link != NULL;
}

static bool try_construct(struct scan *scan)
{
    struct str rest = str_from_offset(scan->text, scan->at);
    switch (rest.data[0]) {
    case '[':
        return try_citation(scan, rest) || try_wikilink(scan, rest);
    case '#':
        return try_tag(scan, rest);
    case 'h':
    case 'H':
    case 'w':
    case 'W':
        return try_address(scan, rest);
    case '\xEF': /* the first byte of a mark */
        return try_shielded(scan, rest);
    default:
        return false;
    }
}

/* Length of the start of `text` in which no construct begins: addresses begin with a word. */
static size_t plain_length(struct str text)
{
    static const bool starts[256] = {['['] = true, ['#'] = true, ['h'] = true, ['H'] = true,
                                     ['w'] = true, ['W'] = true, [0xEF] = true};
    size_t at = 0;
    while (at < text.len && !starts[(unsigned char)text.data[at]])
        at++;
    return at;
}

static bool is_in_link(const struct node *node)
{
    for (; node && !node_is_block(node->kind); node = node->parent)
        if (node->kind == NODE_LINK || node->kind == NODE_IMAGE)
            return true;
    return false;
}

static void count_lines(struct scan *scan)
{
    while (scan->break_count && *scan->breaks < scan->at) {
        scan->breaks++;
        scan->break_count--;
        scan->line++;
    }
}

void inline_read(struct arena *arena, const struct wikilinks *links, const struct inline_text *text,
                 struct node *parent)
{
    struct scan scan = {.arena = arena,
                        .links = links,
                        .text = text->text,
                        .breaks = text->breaks,
                        .break_count = text->break_count,
                        .line = text->line,
                        .parent = parent,
                        .in_link = is_in_link(parent)};
    for (;;) {
        scan.at += plain_length(str_from_offset(scan.text, scan.at));
        if (scan.at >= scan.text.len)
            break;
        count_lines(&scan);
        if (!try_construct(&scan))
            scan.at++;
    }
    count_lines(&scan);
    step(&scan, 0);
}
