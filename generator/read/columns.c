#include "read/columns.h"

#include "base/arena.h"
#include "base/map.h"
#include "read/marker.h"
#include "read/words.h"

#include <string.h>

enum {
    COLUMN_MAX = 400,  /* a gutter farther to the right is none */
    TAB = 8,           /* a tab goes to the next multiple of so many columns */
    APART = 2,         /* blank columns that set pieces of a line apart */
    PAGE_MAX = 160,    /* lines; a longer page is looked at in parts */
    CANDIDATES = 6,    /* places on a page that are tried as gutters */
    NESTING_MAX = 4,   /* columns in columns: three beside each other are two in one of two */
    STARTS_MIN = 3,    /* pieces that begin behind a gutter of prose */
    EDGE_MAX = 3,      /* lines of a running head or foot */
    HEAD_WORDS = 3,    /* words on one side of it, where it has words on both */
    EDGE_GAP = 2,      /* empty lines between it and the text */
    PROSE_LINES = 4,   /* lines that a column of prose has at least */
    PROSE_WIDTH = 18,  /* columns; narrower ones are cells */
    PROSE_WORDS = 3,   /* words on a line, on average */
    BALANCE = 3,       /* times that one column of prose may be wider than the next */
    ROWS_MIN = 3,      /* fewer places where text begins on both sides at once make no table */
    MARGIN_LEFT = 45,  /* columns; a margin begins farther to the right */
    MARGIN_LINES = 12, /* of more lines at least a third have nothing beside them */
    MARGIN_WIDTH = 48, /* columns; a margin is no wider */
    SLACK = 5,         /* columns that a line may begin before its column */
    BULLET_WIDTH = 2,  /* columns */
    CODE_POINT = 4,    /* bytes that one takes at most */
    FAR = 20, /* columns; what is set in so far may stand in a column with nothing beside */
};

/* A run of text on a line with no wide blank in it. */
struct segment {
    uint32_t from, to;    /* bytes of `raw` */
    uint32_t left, right; /* columns */
};

/* What of a line stands in one column: some of its segments. */
struct part {
    size_t line;
    uint32_t first, end; /* segments */
    uint32_t base;       /* the column where its own column begins */
    uint32_t indent;     /* where that column's text would begin at the page's left */
    uint32_t column, measure;
    bool margin;
};

struct parts {
    struct part *items;
    size_t count;
};

struct splitting {
    struct arena *arena;
    struct lines *lines;
    VEC(struct segment) segments;
    VEC(struct part) out;
    uint32_t columns;   /* of the page so far */
    bool cut;           /* anything was */
    struct map margins; /* what was found in margins so far */
    uint32_t starts[COLUMN_MAX + 2];
    uint32_t widest; /* no start of the page is farther to the right */
};

/* What stands on one side of a gutter, next to it. */
struct side {
    uint32_t count, widest;
    uint32_t full;  /* lines of more than 60 percent of the widest */
    uint32_t lower; /* lines that begin with a small letter */
    uint32_t words, known, figures;
};

struct gutter {
    uint32_t column;
    struct side left, right;
    uint32_t rows, across, both;
    uint32_t parted;     /* lines with text on both sides whose left side has gaps of its own */
    uint32_t split;      /* lines whose right side has */
    uint32_t starts;     /* lines on which text begins on either side */
    uint32_t rows_begun; /* those where it begins on both */
    uint32_t edge;       /* where the left side begins */
};

static uint32_t blank_end(uint32_t column, char c)
{
    return c == '\t' ? (column / TAB + 1) * TAB : column + 1;
}

/* A line in which no wide blank is. */
static struct part make_whole(struct splitting *splitting, size_t index)
{
    const struct line *line = &splitting->lines->items[index];
    uint32_t first = (uint32_t)splitting->segments.count, to = (uint32_t)line->raw.len;
    *vec_push(&splitting->segments, splitting->arena) =
        (struct segment){.from = to - (uint32_t)line->text.len,
                         .to = to,
                         .left = line->indent,
                         .right = line->indent + line->width};
    return (struct part){.line = index, .first = first, .end = first + 1};
}

static struct part make_part(struct splitting *splitting, size_t index)
{
    struct str raw = splitting->lines->items[index].raw;
    struct part part = {.line = index, .first = (uint32_t)splitting->segments.count};
    struct segment *segment = NULL;
    uint32_t column = 0, blanks = APART;
    if (splitting->lines->items[index].even)
        return make_whole(splitting, index);
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.data[i];
        if (c == ' ' || c == '\t') {
            blanks += c == '\t' ? APART : 1;
            column = blank_end(column, c);
            continue;
        }
        if (blanks >= APART) {
            segment = vec_push(&splitting->segments, splitting->arena);
            *segment = (struct segment){.from = (uint32_t)i, .left = column};
        }
        blanks = 0;
        size_t plain = line_plain_length(raw, i);
        column += plain ? (uint32_t)plain : ((unsigned char)c & 0xC0) != 0x80;
        i += plain ? plain - 1 : 0;
        segment->to = (uint32_t)i + 1;
        segment->right = column;
    }
    part.end = (uint32_t)splitting->segments.count;
    return part;
}

static struct str text_of(const struct splitting *splitting, const struct part *part,
                          uint32_t first, uint32_t end)
{
    const struct segment *segments = splitting->segments.items;
    return str_slice(splitting->lines->items[part->line].raw, segments[first].from,
                     segments[end - 1].to - segments[first].from);
}

/* The first segment behind the gutter that ends at `column`; the part's end where none is. A bullet
 * may hang before the column, and where a page has several fonts its columns begin a few characters
 * to the left or right on one line and another. */
static uint32_t cut_at(const struct splitting *splitting, const struct part *part, uint32_t column)
{
    const struct segment *segments = splitting->segments.items;
    uint32_t at = part->first;
    while (at < part->end && segments[at].left + SLACK < column)
        at++;
    while (at + 1 < part->end && segments[at + 1].left <= column + 1 &&
           segments[at].right - segments[at].left > BULLET_WIDTH)
        at++;
    return at;
}

static bool goes_across(const struct splitting *splitting, const struct part *part, uint32_t cut,
                        uint32_t column)
{
    const struct segment *last = &splitting->segments.items[cut - 1];
    return cut > part->first && last->right > column + (cut == part->end ? 1 : 0);
}

/* How the lines of a page stand to a gutter. */
enum stand { ACROSS, ON_LEFT, ON_RIGHT, ON_BOTH };

static enum stand stand_of(const struct splitting *splitting, const struct part *part,
                           uint32_t column)
{
    uint32_t cut = cut_at(splitting, part, column);
    if (goes_across(splitting, part, cut, column))
        return ACROSS;
    return cut == part->end ? ON_LEFT : cut == part->first ? ON_RIGHT : ON_BOTH;
}

/* Whether the words are those of a letterhead, or of the number of a page. */
static bool is_known(struct str text)
{
    const struct label *label = words_label(text);
    return (label && !label->weak) || words_start(WORDS_LETTERHEAD, text) ||
           words_start(WORDS_ORGANISATION, text) || words_have(WORDS_PAGE, line_first_word(text));
}

static void add_to_side(const struct splitting *splitting, const struct part *part, uint32_t at,
                        struct side *side)
{
    const struct segment *segment = &splitting->segments.items[at];
    struct str text = text_of(splitting, part, at, at + 1);
    uint32_t width = segment->right - segment->left;
    side->count++;
    side->widest = width > side->widest ? width : side->widest;
    side->lower += line_starts_lower(text);
    side->words += line_count_words(text);
    side->known += is_known(text) || map_get(&splitting->margins, text);
    side->figures += line_is_figure(text);
}

static void count_full(const struct splitting *splitting, uint32_t at, struct side *side)
{
    const struct segment *segment = &splitting->segments.items[at];
    side->full += (segment->right - segment->left) * 10 >= side->widest * 6;
}

/* Whether both are items of lists of one kind: with a number, or with the same sign. */
static bool are_items(struct str a, struct str b)
{
    bool numbers = str_is_digit(a.data[0]) && str_is_digit(b.data[0]);
    return numbers || (a.data[0] == b.data[0] && !str_is_alnum(a.data[0]));
}

/* Where text begins on a side that was empty on the line before, or on both sides behind an empty
 * line: the rows of a table begin on both sides at once, paragraphs hardly ever. Lists on both
 * sides say nothing. */
static void count_start(struct splitting *splitting, const struct part *part, uint32_t cut,
                        enum stand before, struct gutter *gutter)
{
    if (cut == part->first || cut == part->end)
        return;
    if (before == ON_BOTH && !splitting->lines->items[part->line].gap)
        return;
    struct str left = text_of(splitting, part, part->first, cut);
    struct str right = text_of(splitting, part, cut, part->end);
    if (are_items(left, right))
        return;
    gutter->starts++;
    gutter->rows_begun += !line_starts_lower(left) && !line_starts_lower(right);
}

/* What stands at both sides of the gutter that ends at `column`. */
static struct gutter measure_gutter(struct splitting *splitting, struct parts parts,
                                    uint32_t column)
{
    struct gutter gutter = {.column = column, .rows = (uint32_t)parts.count, .edge = column};
    enum stand before = ACROSS;
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = &parts.items[i];
        uint32_t cut = cut_at(splitting, part, column);
        if (goes_across(splitting, part, cut, column)) {
            gutter.across++;
            before = ACROSS;
            continue;
        }
        count_start(splitting, part, cut, before, &gutter);
        before = stand_of(splitting, part, column);
        gutter.both += cut > part->first && cut < part->end;
        gutter.parted += cut > part->first + 1 && cut < part->end;
        gutter.split += cut + 1 < part->end;
        if (cut > part->first) {
            uint32_t left = splitting->segments.items[part->first].left;
            gutter.edge = left < gutter.edge ? left : gutter.edge;
            add_to_side(splitting, part, cut - 1, &gutter.left);
        }
        if (cut < part->end)
            add_to_side(splitting, part, cut, &gutter.right);
    }
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = &parts.items[i];
        uint32_t cut = cut_at(splitting, part, column);
        if (goes_across(splitting, part, cut, column))
            continue;
        if (cut > part->first)
            count_full(splitting, cut - 1, &gutter.left);
        if (cut < part->end)
            count_full(splitting, cut, &gutter.right);
    }
    return gutter;
}

/* How often something begins at each column behind a blank. */
static void count_starts(struct splitting *splitting, struct parts parts)
{
    memset(splitting->starts, 0, (splitting->widest + 2) * sizeof *splitting->starts);
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = &parts.items[i];
        for (uint32_t at = part->first; at < part->end; at++) {
            uint32_t left = splitting->segments.items[at].left;
            if (left < COLUMN_MAX && (at > part->first || left >= part->base + FAR))
                splitting->starts[left]++;
        }
    }
}

/* The column from `from` on where most begin, which is then taken out; 0 where fewer than `enough`
 * do. */
static uint32_t next_candidate(struct splitting *splitting, uint32_t from, uint32_t enough)
{
    uint32_t *starts = splitting->starts, best = 0, most = 0;
    for (uint32_t column = from ? from : 1; column <= splitting->widest; column++) {
        uint32_t count = starts[column] * 2 + starts[column + 1] + starts[column - 1];
        if (starts[column] && count > most) {
            most = count;
            best = column;
        }
    }
    if (!best || starts[best] + starts[best - 1] + starts[best + 1] < enough)
        return 0;
    starts[best - 1] = starts[best] = starts[best + 1] = 0;
    return best;
}

static bool is_prose_side(const struct side *side)
{
    return side->count >= PROSE_LINES && side->widest >= PROSE_WIDTH &&
           side->full * 2 >= side->count && side->lower * 4 >= side->count &&
           side->words >= side->count * PROSE_WORDS;
}

static bool parts_prose(const struct gutter *gutter)
{
    const struct side *left = &gutter->left, *right = &gutter->right;
    bool rows = gutter->starts >= ROWS_MIN && gutter->rows_begun * 4 >= gutter->starts * 3;
    return gutter->both >= 2 && is_prose_side(left) && is_prose_side(right) && !rows &&
           left->widest <= right->widest * BALANCE && right->widest <= left->widest * BALANCE;
}

/* Letterhead beside the text: narrow, beyond the right edge of the prose, with words that are known
 * or that an earlier page has in its margin. */
static bool parts_margin(const struct gutter *gutter)
{
    const struct side *left = &gutter->left, *right = &gutter->right;
    if (gutter->column < MARGIN_LEFT || gutter->across * 4 > gutter->rows ||
        right->widest > MARGIN_WIDTH || right->widest * 4 > left->widest * 3 ||
        left->widest * 2 < gutter->column - gutter->edge || gutter->parted * 2 > gutter->both ||
        gutter->split * 4 > right->count || right->figures * 2 > right->count)
        return false;
    if (right->count > MARGIN_LINES && gutter->both * 3 > right->count * 2)
        return false;
    return right->known > 1 || (right->known && gutter->both * 4 <= right->count);
}

/* Of the gutters between columns of prose, the one that fewest lines go across. */
static bool find_gutter(struct splitting *splitting, struct parts parts, struct gutter *best)
{
    bool found = false;
    count_starts(splitting, parts);
    for (size_t i = 0; i < CANDIDATES; i++) {
        uint32_t column = next_candidate(splitting, 0, STARTS_MIN);
        if (!column)
            break;
        struct gutter gutter = measure_gutter(splitting, parts, column);
        if (!parts_prose(&gutter) || (found && gutter.across >= best->across))
            continue;
        *best = gutter;
        found = true;
    }
    return found;
}

/* Of the gutters before letterhead, the one behind which most is known to be letterhead. */
static bool find_margin(struct splitting *splitting, struct parts parts, struct gutter *best)
{
    bool found = false;
    count_starts(splitting, parts);
    for (size_t i = 0; i < CANDIDATES; i++) {
        uint32_t column = next_candidate(splitting, MARGIN_LEFT, 1);
        if (!column)
            break;
        struct gutter gutter = measure_gutter(splitting, parts, column);
        if (parts_prose(&gutter) || !parts_margin(&gutter) ||
            (found &&
             gutter.right.known * best->right.count <= best->right.known * gutter.right.count))
            continue;
        *best = gutter;
        found = true;
    }
    return found;
}

static void put_parts(struct splitting *splitting, struct parts parts)
{
    for (size_t i = 0; i < parts.count; i++)
        *vec_push(&splitting->out, splitting->arena) = parts.items[i];
}

static struct parts slice(struct parts parts, size_t first, size_t end)
{
    return (struct parts){parts.items + first, end - first};
}

static struct parts new_parts(struct splitting *splitting, size_t count)
{
    return (struct parts){arena_new_array(splitting->arena, count + 1, struct part), 0};
}

/* The lines of `parts` that stand on the left and on the right of the gutter. */
static void cut_parts(struct splitting *splitting, struct parts parts, const struct gutter *gutter,
                      struct parts *left, struct parts *right)
{
    *left = new_parts(splitting, parts.count);
    *right = new_parts(splitting, parts.count);
    splitting->cut = true;
    for (size_t i = 0; i < parts.count; i++) {
        struct part part = parts.items[i];
        uint32_t cut = cut_at(splitting, &part, gutter->column);
        if (goes_across(splitting, &part, cut, gutter->column))
            cut = part.end;
        if (cut > part.first) {
            left->items[left->count] = part;
            left->items[left->count++].end = cut;
        }
        if (cut < part.end) {
            right->items[right->count] = part;
            right->items[right->count++].first = cut;
        }
    }
}

/* What the parts of a column of prose share. */
static void set_column(struct splitting *splitting, struct parts parts, const struct side *side)
{
    splitting->columns++;
    for (size_t i = 0; i < parts.count; i++) {
        parts.items[i].column = splitting->columns;
        parts.items[i].measure = side->widest;
    }
}

static void set_base(struct parts parts, uint32_t base, uint32_t indent)
{
    for (size_t i = 0; i < parts.count; i++) {
        parts.items[i].base = base;
        parts.items[i].indent = indent;
    }
}

struct zone {
    size_t first, end;
};

/* The lines from `start` on that stand at a gutter, without those that belong to the lines which go
 * across it above and below: the end of a paragraph, a heading. */
static struct zone next_zone(const struct splitting *splitting, struct parts parts, size_t start,
                             uint32_t column)
{
    const struct line *lines = splitting->lines->items;
    size_t end = start, right = parts.count;
    struct zone zone = {start, start};
    for (; end < parts.count; end++) {
        enum stand stand = stand_of(splitting, &parts.items[end], column);
        if (stand == ACROSS)
            break;
        if (stand == ON_RIGHT || stand == ON_BOTH)
            right = end;
    }
    if (right == parts.count)
        return (struct zone){end, end};
    while (start > 0 && zone.first < end && !lines[parts.items[zone.first].line].gap &&
           stand_of(splitting, &parts.items[zone.first], column) == ON_LEFT)
        zone.first++;
    zone.end = end;
    if (end < parts.count && !lines[parts.items[end].line].gap)
        for (size_t i = end; i-- > right + 1;)
            if (lines[parts.items[i].line].gap) {
                zone.end = i;
                break;
            }
    return zone;
}

static void split_prose(struct splitting *splitting, struct parts parts, uint32_t depth)
{
    struct gutter gutter;
    if (depth == NESTING_MAX || parts.count < 2 || !find_gutter(splitting, parts, &gutter)) {
        put_parts(splitting, parts);
        return;
    }
    for (size_t i = 0, done = 0; i < parts.count;) {
        struct zone zone = next_zone(splitting, parts, i, gutter.column);
        if (zone.first < zone.end) {
            struct parts left, right;
            split_prose(splitting, slice(parts, done, zone.first), depth + 1);
            cut_parts(splitting, slice(parts, zone.first, zone.end), &gutter, &left, &right);
            set_column(splitting, left, &gutter.left);
            split_prose(splitting, left, depth + 1);
            set_column(splitting, right, &gutter.right);
            set_base(right, gutter.column, parts.items[0].indent + gutter.edge);
            split_prose(splitting, right, depth + 1);
            done = zone.end;
        }
        i = zone.end;
        while (i < parts.count && stand_of(splitting, &parts.items[i], gutter.column) == ACROSS)
            i++;
        if (i == parts.count)
            split_prose(splitting, slice(parts, done, i), depth + 1);
    }
}

/* Whether the line has words side by side: then it is no running head or foot. */
static bool has_prose_beside(const struct splitting *splitting, const struct part *part)
{
    for (uint32_t at = part->first; at + 1 < part->end; at++)
        if (line_count_words(text_of(splitting, part, at, at + 1)) > HEAD_WORDS &&
            line_count_words(text_of(splitting, part, at + 1, at + 2)) > HEAD_WORDS)
            return true;
    return false;
}

/* Running heads and feet are in no column, though they stand above and below one. */
static struct zone body_of(const struct splitting *splitting, struct parts parts)
{
    const struct line *lines = splitting->lines->items;
    struct zone body = {0, parts.count};
    if (parts.count < EDGE_MAX * 3)
        return body;
    for (size_t i = 1; i <= EDGE_MAX && !has_prose_beside(splitting, &parts.items[i - 1]); i++)
        if (lines[parts.items[i].line].gap >= EDGE_GAP)
            body.first = i;
    for (size_t i = parts.count; i-- > parts.count - EDGE_MAX;) {
        if (has_prose_beside(splitting, &parts.items[i]))
            break;
        if (lines[parts.items[i].line].gap >= EDGE_GAP)
            body.end = i;
    }
    return body;
}

static void mark_margin(struct splitting *splitting, struct parts margin)
{
    for (size_t i = 0; i < margin.count; i++) {
        struct part *part = &margin.items[i];
        *map_at(&splitting->margins, text_of(splitting, part, part->first, part->first + 1)) =
            splitting;
        part->margin = true;
    }
}

static void split_page(struct splitting *splitting, struct parts parts)
{
    struct gutter gutter;
    splitting->columns = 0;
    if (find_margin(splitting, parts, &gutter)) {
        struct parts margin;
        cut_parts(splitting, parts, &gutter, &parts, &margin);
        set_base(margin, gutter.column, 0);
        mark_margin(splitting, margin);
        put_parts(splitting, margin);
    }
    struct zone body = body_of(splitting, parts);
    put_parts(splitting, slice(parts, 0, body.first));
    split_prose(splitting, slice(parts, body.first, body.end), 0);
    put_parts(splitting, slice(parts, body.end, parts.count));
}

/* How many lines from `start` on are one page, or as much of it as is looked at in one go. */
static size_t page_lines(const struct lines *lines, size_t start)
{
    size_t end = start + 1;
    while (end < lines->count && end - start < PAGE_MAX && !lines->items[end].opens_page)
        end++;
    return end - start;
}

/* The lines of a page, and whether any has text behind a wide blank, or far to the right. */
static bool take_page(struct splitting *splitting, size_t start, struct parts *out)
{
    bool beside = false;
    size_t count = page_lines(splitting->lines, start);
    *out = new_parts(splitting, count);
    splitting->widest = 0;
    for (; out->count < count; out->count++) {
        struct part part = make_part(splitting, start + out->count);
        uint32_t left = splitting->segments.items[part.end - 1].left;
        beside |= part.end > part.first + 1 || left >= MARGIN_LEFT;
        if (left > splitting->widest)
            splitting->widest = left < COLUMN_MAX ? left : COLUMN_MAX - 1;
        out->items[out->count] = part;
    }
    return beside;
}

/* Empty lines between two parts of a column. A line that only has text beside the column is an
 * empty one too; but where columns are not level, so that each has its lines between those of the
 * other, it is nothing. */
static uint32_t gap_between(const struct splitting *splitting, const uint32_t *counts,
                            size_t before, size_t line)
{
    const struct line *lines = splitting->lines->items;
    uint32_t gap = 0, beside = 0;
    for (size_t i = before + 1; i <= line; i++) {
        gap += lines[i].gap;
        beside += i < line;
    }
    bool level = counts[before] > 1 && counts[line] > 1;
    return gap + (beside == 1 && !gap && !level ? 0 : beside);
}

static struct str raw_of(const struct splitting *splitting, const struct part *part)
{
    struct str raw = splitting->lines->items[part->line].raw;
    const struct segment *first = &splitting->segments.items[part->first];
    const struct segment *last = &splitting->segments.items[part->end - 1];
    uint32_t from = first->from;
    uint32_t indent = first->left > part->base ? first->left - part->base : 0;
    for (; indent && from && raw.data[from - 1] == ' '; indent--)
        from--;
    return str_slice(raw, from, last->to - from);
}

static struct line line_of(const struct splitting *splitting, const struct part *part, bool whole)
{
    struct line line = splitting->lines->items[part->line];
    if (!whole || part->base) {
        struct line own = line_from(splitting->arena, raw_of(splitting, part));
        line.text = own.text;
        line.raw = own.raw;
        line.indent = own.indent + part->indent;
        line.width = own.width;
        line.tail = own.tail;
        line.even = own.even;
    }
    line.column = part->column;
    line.margin = part->margin;
    line.measure = part->measure;
    return line;
}

static void rebuild(struct splitting *splitting)
{
    struct lines *lines = splitting->lines;
    size_t count = splitting->out.count;
    struct line *items = arena_new_array(splitting->arena, count + 1, struct line);
    uint32_t *counts = arena_new_array(splitting->arena, lines->count + 1, uint32_t);
    for (size_t i = 0; i < count; i++)
        counts[splitting->out.items[i].line]++;
    for (size_t i = 0; i < count; i++) {
        const struct part *part = &splitting->out.items[i], *before = part - 1;
        items[i] = line_of(splitting, part, counts[part->line] == 1);
        items[i].opens_page = i && items[i].page != items[i - 1].page;
        items[i].opens_column =
            i && (part->column != before->column || part->margin != before->margin);
        if (items[i].opens_column)
            items[i].gap = items[i].gap ? items[i].gap : 1;
        else if (i && part->line > before->line)
            items[i].gap = gap_between(splitting, counts, before->line, part->line);
    }
    lines->items = items;
    lines->count = count;
    lines_measure(lines);
}

static bool is_lone_bullet(struct str text)
{
    if (text.len > CODE_POINT)
        return false;
    struct marker marker = marker_parse(text);
    return marker.kind == MARKER_BULLET && marker.len == text.len;
}

/* Whether line `index` goes on in the column of the line before it. */
static bool is_below(const struct lines *lines, size_t index)
{
    return index < lines->count && !lines->items[index].opens_page &&
           !lines->items[index].opens_column;
}

/* Whether a bullet on line `index` stands beside the line above it: there a text begins that goes
 * on below. */
static bool hangs(const struct lines *lines, size_t index)
{
    const struct line *line = &lines->items[index], *above = line - 1, *below = line + 1;
    if (!is_lone_bullet(line->text) || !is_below(lines, index) || !is_below(lines, index + 1))
        return false;
    if (!line->column && (line->indent >= above->indent || line->indent >= below->indent))
        return false;
    if (!line_starts_upper(above->text) || line_ends_sentence(above->text) ||
        str_ends(above->text, STR(":")) || !line_starts_lower(below->text))
        return false;
    return above->gap || index < 2 || !is_below(lines, index - 1) ||
           line_ends_sentence(above[-1].text) || is_lone_bullet(above[-1].text);
}

/* A bullet that hangs a little lower than its text came on a line of its own, behind the first of
 * its item: it goes before that. */
static void raise_bullets(struct lines *lines)
{
    for (size_t i = 1; i + 1 < lines->count; i++) {
        if (!hangs(lines, i))
            continue;
        struct line bullet = lines->items[i], text = lines->items[i - 1];
        bullet.gap = text.gap;
        bullet.opens_page = text.opens_page;
        bullet.opens_column = text.opens_column;
        text.gap = 0;
        text.opens_page = text.opens_column = false;
        lines->items[i - 1] = bullet;
        lines->items[i] = text;
        lines->items[i + 1].gap = 0;
    }
}

void columns_split(struct arena *arena, struct lines *lines)
{
    struct splitting *splitting = arena_new(arena, struct splitting);
    splitting->arena = arena;
    splitting->lines = lines;
    map_init(&splitting->margins, arena);
    for (size_t i = 0; i < lines->count;) {
        struct parts parts;
        if (take_page(splitting, i, &parts))
            split_page(splitting, parts);
        else
            put_parts(splitting, parts);
        i += parts.count;
    }
    if (splitting->cut)
        rebuild(splitting);
    raise_bullets(lines);
}
