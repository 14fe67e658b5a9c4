#include "read/blocks.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/signs.h"
#include "read/words.h"

enum {
    FULL = 92, /* percent of the measure: a line that leaves more was ended on purpose */
    NEARLY_FULL =
        99,          /* the same, where the line also ends a sentence and every line is set apart */
    TIGHT_FULL = 78, /* the same, where empty lines stand between paragraphs */
    SHORT = 80,      /* the same, where it does not */
    ITEM_ENDED = 60, /* the same, of a list item or a numbered heading */
    ITEM_SHORT = 72, /* the same, of a list item */
    ITEM_FULL = 88,  /* list items are set narrower than the text */
    ITEM_NEARLY = 94,       /* the same, where the line also ends a sentence */
    TABLE_GAP = 3,          /* spaces between columns */
    TABLE_LINES = 3,        /* fewer lines with columns are no table */
    LONE_MAX = 40,          /* lone bullets in a row that are looked back over */
    IMPLIED_GLYPH = 0x2022, /* of items whose bullets are not known */
    SIGN = 2,               /* characters of what stands before an item */
    QUOTE_INDENT = 4,       /* columns beyond the margin */
    FIRST_INDENT = 2,       /* columns by which the first line of a paragraph is set in */
    INDENTED = 10,          /* percent of lines that are set in, where a text shows it */
};

struct making {
    struct arena *arena;
    struct lines *lines;
    const struct letter *letter;
    struct blocks *blocks;
    size_t previous;  /* the last line of the block in hand; lines->count: none */
    size_t table_end; /* lines before it are part of a table */
    size_t table;     /* the next of the tables that were found */
    uint32_t margin;  /* the indentation of most lines */
    uint32_t hanging; /* column at which the text of the item in hand begins */
    bool indented;    /* the text shows what is set in */
};

static struct block *current(const struct making *making)
{
    return making->blocks->items.count
               ? &making->blocks->items.items[making->blocks->items.count - 1]
               : NULL;
}

static bool is_address(struct str text)
{
    return (str_starts(text, STR("http://")) || str_starts(text, STR("https://")) ||
            str_starts(text, STR("www."))) &&
           str_find_char(text, ' ') < 0;
}

/* An address alone at the foot of a page, or in the middle of a sentence, was put there by whoever
 * made the text: the target of a link, or a footnote that lost its number. */
static void set_aside(struct lines *lines)
{
    size_t next = lines->count;
    for (size_t i = lines->count; i-- > 0;) {
        struct line *line = &lines->items[i];
        if (line->fate != LINE_TEXT)
            continue;
        if (!is_address(line->text)) {
            next = i;
            continue;
        }
        size_t before = lines_before(lines, i);
        if (next == lines->count || before == lines->count)
            continue;
        bool foot = lines->items[next].page != line->page;
        bool amid = !line_ends_sentence(lines->items[before].text) &&
                    line_starts_lower(lines->items[next].text);
        if (foot || amid)
            line->fate = LINE_ASIDE;
    }
}

static size_t column_gaps(const struct line *line)
{
    size_t gaps = 0, spaces = 0;
    if (line->even)
        return 0;
    struct str raw = str_trim(line->raw);
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.data[i] == '\t')
            spaces += TABLE_GAP;
        else if (raw.data[i] == ' ')
            spaces++;
        else {
            size_t plain = line_plain_length(raw, i);
            gaps += spaces >= TABLE_GAP;
            spaces = 0;
            i += plain ? plain - 1 : 0;
        }
    }
    return gaps;
}

/* A sign or a letter before a wide blank: lists whose bullets are not known look like columns. */
static bool is_signed(struct str raw)
{
    raw = str_trim(raw);
    struct str word = line_first_word(raw);
    return line_width(word) <= SIGN && word.len + 1 < raw.len && raw.data[word.len + 1] == ' ' &&
           !str_is_digit(word.data[0]);
}

/* Where the table that begins on line `index` ends; `index` where there is none. */
static size_t find_table(const struct lines *lines, size_t index)
{
    size_t end = index;
    while (end < lines->count && lines->items[end].fate == LINE_TEXT &&
           (end == index || (lines->items[end].gap <= 1 && !lines->items[end].opens_page)) &&
           column_gaps(&lines->items[end]) && !is_signed(lines->items[end].raw) &&
           marker_parse(lines->items[end].text).kind == MARKER_NONE)
        end++;
    return end - index >= TABLE_LINES ? end : index;
}

/* What lies between two lines of text that follow each other. */
struct between {
    const struct line *before, *line;
    bool broken;      /* a page break, or lines that are no text */
    bool ended, soft; /* the line before ends a sentence; ends in a colon or semicolon */
    bool lower, upper;
    bool item;
};

static bool has_suffix(struct str text, char c)
{
    return text.len && text.data[text.len - 1] == c;
}

static struct between look(const struct making *making, size_t index)
{
    const struct lines *lines = making->lines;
    const struct line *before = &lines->items[making->previous], *line = &lines->items[index];
    return (struct between){
        .before = before,
        .line = line,
        .broken = index != making->previous + 1 || before->page != line->page || line->opens_column,
        .ended = line_ends_sentence(before->text),
        .soft = has_suffix(before->text, ':') || has_suffix(before->text, ';'),
        .lower = line_starts_lower(line->text),
        .upper = line_starts_upper(line->text),
        .item = current(making)->kind == BLOCK_ITEM,
    };
}

static bool is_short(const struct making *making, const struct between *b, unsigned percent)
{
    return line_is_short(making->lines, b->before, b->line, percent);
}

/* Behind a page break, a footnote or what repeats on each page only an unfinished sentence goes on.
 */
static bool continues_broken(const struct making *making, const struct between *b)
{
    if (b->ended || b->soft)
        return false;
    if (b->lower)
        return true;
    return making->lines->wrapped && !is_short(making, b, b->item ? ITEM_FULL : FULL) &&
           b->before->width * 2 > b->before->measure;
}

/* Whether the line is a heading by the looks of it: it ends no sentence, and what follows begins
 * anew though it would have had room on the line. */
static bool stands_alone(const struct making *making, size_t index)
{
    const struct lines *lines = making->lines;
    size_t next = index + 1;
    if (next >= lines->count || lines->items[next].fate != LINE_TEXT)
        return false;
    const struct line *line = &lines->items[index], *below = &lines->items[next];
    struct marker marker = marker_parse(below->text);
    bool anew =
        line_starts_upper(below->text) || marker.kind == MARKER_BULLET ||
        (marker.kind == MARKER_NUMBER && marker.number == 1 && !has_suffix(line->text, ':'));
    return line_starts_upper(line->text) && !line_ends_sentence(line->text) && anew &&
           line_is_short(lines, line, below, SHORT);
}

/* Whether the line is set in as the first of a paragraph is, or no longer as an item's text is. */
static bool starts_anew(const struct making *making, const struct between *b)
{
    if (b->item)
        return b->line->indent + 1 < making->hanging;
    return b->line->indent >= b->before->indent + FIRST_INDENT;
}

/* Lines without an empty line between them. */
static bool continues_tight(const struct making *making, const struct between *b, size_t index)
{
    if (!making->lines->wrapped)
        return b->lower || has_suffix(b->before->text, ',');
    if (making->indented && b->item && b->line->indent + 1 >= making->hanging)
        return true;
    if (making->indented && b->ended && starts_anew(making, b))
        return false;
    if (b->ended && b->upper) {
        bool tail = making->lines->tails && b->before->tail > 1;
        return !is_short(making, b,
                         tail      ? NEARLY_FULL
                         : b->item ? ITEM_SHORT
                                   : TIGHT_FULL) &&
               !stands_alone(making, index);
    }
    if (b->upper)
        return !is_short(making, b, b->item ? ITEM_ENDED : SHORT);
    return true;
}

/* Every line is followed by an empty one: only how full the line is can tell. */
static bool continues_spaced(const struct making *making, const struct between *b, size_t index)
{
    if (b->lower)
        return !(b->ended && is_short(making, b, SHORT));
    if (b->upper && b->item && has_suffix(b->before->text, ';'))
        return false;
    if (b->ended || b->soft)
        return !is_short(making, b, b->item ? ITEM_NEARLY : NEARLY_FULL) &&
               !stands_alone(making, index);
    return !is_short(making, b, b->item ? ITEM_SHORT : FULL);
}

/* Whether a block is a marker without text. Where several follow each other they were drawn apart
 * from their texts, and the last one has as little to do with what comes next. */
static bool is_alone(const struct making *making, const struct block *block)
{
    return block->kind == BLOCK_ITEM && block->first == block->last &&
           block->marker.len >= making->lines->items[block->first].text.len;
}

/* Whether a line that goes across lies between two lines, or is one of them: only from the foot of
 * one column to the top of the next does text run on. */
static bool is_across(const struct line *before, const struct line *line)
{
    return line->opens_column && before->page == line->page &&
           (!before->column || line->column <= before->column);
}

static bool continues(const struct making *making, size_t index)
{
    const struct block *block = current(making);
    if (making->previous == making->lines->count || block->kind == BLOCK_CODE ||
        block->kind == BLOCK_TABLE)
        return false;
    struct between b = look(making, index);
    if (b.before->heading || b.line->heading)
        return b.line->goes_on;
    if (is_alone(making, block))
        return b.line->gap <= 1 &&
               (making->blocks->items.count < 2 || !is_alone(making, block - 1));
    bool near = b.line->gap <= (making->lines->double_spaced ? 1u : 0u);
    if (has_suffix(b.before->text, '-') && b.before->text.len > 2 && (b.lower || near))
        return true;
    if (is_across(b.before, b.line))
        return !b.ended && !b.soft && b.lower;
    if (b.broken)
        return continues_broken(making, &b);
    if (!b.line->gap)
        return continues_tight(making, &b, index);
    if (making->lines->double_spaced && b.line->gap == 1)
        return continues_spaced(making, &b, index);
    return !b.ended && !b.soft && b.lower && b.before->width * 2 > b.before->measure;
}

/* A dash or a number that was wrapped to the start of a line is no marker: there the line before is
 * full and its sentence goes on. */
static bool is_marker_real(const struct making *making, size_t index, const struct marker *marker)
{
    const struct block *block = current(making);
    if (!marker->weak || making->previous == making->lines->count)
        return true;
    struct between b = look(making, index);
    bool counted = block->kind == BLOCK_ITEM && block->marker.glyph == marker->glyph &&
                   (marker->kind != MARKER_NUMBER || block->marker.number + 1 == marker->number);
    if (counted || b.ended || b.soft || b.broken)
        return true;
    if (b.line->gap && !making->lines->double_spaced)
        return true;
    return is_short(making, &b, FULL) || !making->lines->wrapped;
}

/* The column at which the text behind the marker of a line begins. */
static uint32_t text_column(const struct line *line, const struct marker *marker)
{
    struct str raw = str_trim(line->raw);
    size_t offset = marker->len;
    while (offset > 0 && raw.data[offset - 1] == ' ')
        offset--;
    struct str sign = str_slice(raw, 0, offset);
    while (offset < raw.len && raw.data[offset] == ' ')
        offset++;
    return line->indent + line_width(sign) + (uint32_t)(offset - sign.len);
}

static void start_block(struct making *making, size_t index, enum block_kind kind,
                        struct marker marker)
{
    *vec_push(&making->blocks->items, making->arena) =
        (struct block){.kind = kind, .first = index, .last = index, .marker = marker};
}

static void extend_block(struct making *making, size_t index)
{
    current(making)->last = index;
}

static void mark_line(struct making *making, size_t index)
{
    making->lines->items[index].block = (uint32_t)making->blocks->items.count;
    making->previous = index;
}

static bool is_letter_line(const struct making *making, size_t index)
{
    const struct letter *letter = making->letter;
    return index == letter->salutation || (index >= letter->closing && index < letter->end);
}

/* Lines of a letter's signature stay lines; a group of them is one block. */
static void take_letter_line(struct making *making, size_t index)
{
    const struct block *block = current(making);
    bool joined = block && block->kind == BLOCK_LINES && making->previous + 1 == index &&
                  !making->lines->items[index].gap && index != making->letter->salutation + 1;
    if (joined)
        extend_block(making, index);
    else
        start_block(making, index, BLOCK_LINES, (struct marker){0});
}

/* Set in, and announced by a colon or opened by a quotation mark: what is only set in is more often
 * an address, a table or a narrow column. */
static bool is_quoted(const struct making *making, size_t index)
{
    const struct line *line = &making->lines->items[index];
    const struct block *block = current(making);
    if (line->quoted)
        return true;
    if (line->indent < making->margin + QUOTE_INDENT)
        return false;
    if (block && block->kind == BLOCK_QUOTE && making->previous + 1 == index && !line->gap)
        return true;
    bool announced = making->previous < making->lines->count &&
                     has_suffix(making->lines->items[making->previous].text, ':') &&
                     making->lines->items[making->previous].indent < line->indent;
    size_t offset = 0;
    uint32_t first = utf8_next(line->text, &offset);
    return announced || first == '"' || first == 0x201C || first == 0x201E || first == 0xAB;
}

/* The mark of what is quoted in a mail is taken off. */
static void unquote(struct line *line)
{
    line->quoted = str_starts(line->text, STR("> ")) && line->text.len > 2;
    if (line->quoted)
        line->text = str_from_offset(line->text, 2);
}

/* Whether the line goes on a list whose bullets got lost: the item before ends in a semicolon, or
 * announces this one, though its line had room. */
static bool follows_item(const struct making *making, const struct between *b)
{
    return b->item && b->soft && b->line->gap <= 1 && is_short(making, b, ITEM_FULL);
}

/* Whether several lone bullets stand above, and what stands above them was ended: else the line
 * goes on a sentence of the page before. */
static bool follows_bullets(const struct making *making)
{
    size_t lone = 0, at = making->blocks->items.count;
    while (at && lone < LONE_MAX && is_alone(making, &making->blocks->items.items[at - 1])) {
        lone++;
        at--;
    }
    if (lone < 2 || !at)
        return false;
    struct str text = making->lines->items[making->blocks->items.items[at - 1].last].text;
    return line_ends_sentence(text) || has_suffix(text, ':') || has_suffix(text, ';');
}

/* Whether the line begins such a list: behind bullets that were drawn apart from their texts, or
 * set apart behind a colon. */
static bool begins_items(const struct making *making, const struct between *b)
{
    const struct block *block = current(making);
    size_t offset = 0;
    uint32_t first = utf8_next(b->line->text, &offset);
    if (is_address(line_first_word(b->line->text)) || !utf8_is_letter(first))
        return false;
    if (is_alone(making, block))
        return follows_bullets(making);
    return block->kind == BLOCK_PARAGRAPH && b->line->gap && has_suffix(b->before->text, ':') &&
           b->before->width * 4 > b->before->measure && !making->lines->double_spaced;
}

/* Items whose bullets got lost, as they do where nothing is set in. */
static bool is_implied_item(const struct making *making, size_t index)
{
    const struct block *block = current(making);
    if (!block || making->indented || making->previous == making->lines->count ||
        (block->kind == BLOCK_ITEM && block->marker.kind != MARKER_BULLET))
        return false;
    /* Behind a paragraph a list is announced by a colon. */
    if (block->kind != BLOCK_ITEM && !has_suffix(making->lines->items[making->previous].text, ':'))
        return false;
    struct between b = look(making, index);
    return b.lower && !b.broken && (follows_item(making, &b) || begins_items(making, &b));
}

static void start_item(struct making *making, size_t index, struct marker marker)
{
    start_block(making, index, BLOCK_ITEM, marker);
    making->hanging = text_column(&making->lines->items[index], &marker);
}

/* The first line of a paragraph may be set in, so that it looks like a quotation until the next one
 * goes on at the margin. */
static bool was_first_line(const struct making *making, const struct line *line)
{
    const struct block *block = current(making);
    return block && block->kind == BLOCK_QUOTE && block->first == block->last && !line->gap &&
           !line->opens_column && line_starts_lower(line->text) &&
           !line_ends_sentence(making->lines->items[block->first].text);
}

/* The marker of a line: also a `>` that is set in, with a wide blank behind it, which is no mark of
 * a mail that is answered. */
static struct marker marker_of(const struct line *line)
{
    struct marker marker = signs_marker(line);
    if (marker.kind == MARKER_NONE && line->indent >= FIRST_INDENT &&
        str_starts(line->text, STR("> ")) && is_signed(line->raw))
        marker = (struct marker){.kind = MARKER_BULLET, .glyph = '>', .len = 2};
    return marker;
}

static void take_line(struct making *making, size_t index)
{
    struct line *line = &making->lines->items[index];
    struct marker marker = marker_of(line);
    if (marker.kind != MARKER_NONE && is_marker_real(making, index, &marker)) {
        start_item(making, index, marker);
        return;
    }
    struct block *block = current(making);
    if (is_implied_item(making, index)) {
        uint32_t glyph = block->kind == BLOCK_ITEM ? block->marker.glyph : IMPLIED_GLYPH;
        start_item(making, index,
                   (struct marker){.kind = MARKER_BULLET, .depth = 1, .glyph = glyph});
        return;
    }
    unquote(line);
    bool quoted = is_quoted(making, index);
    if (!quoted && was_first_line(making, line))
        block->kind = BLOCK_PARAGRAPH;
    bool same = block && (block->kind == BLOCK_ITEM || (block->kind == BLOCK_QUOTE) == quoted ||
                          block->kind == BLOCK_PARAGRAPH);
    if (same && block->kind != BLOCK_LINES && continues(making, index))
        extend_block(making, index);
    else
        start_block(making, index, quoted ? BLOCK_QUOTE : BLOCK_PARAGRAPH, (struct marker){0});
}

/* Takes a line of a table with rows and cells. */
static bool take_table_line(struct making *making, size_t index)
{
    const struct tables *tables = &making->blocks->tables;
    if (making->table < tables->items.count && index > tables->items.items[making->table].last)
        making->table++;
    if (making->table == tables->items.count || index < tables->items.items[making->table].first)
        return false;
    if (index == tables->items.items[making->table].first) {
        start_block(making, index, BLOCK_TABLE, (struct marker){0});
        current(making)->table = making->table;
    } else {
        extend_block(making, index);
    }
    making->table_end = index + 1;
    mark_line(making, index);
    return true;
}

static void take(struct making *making, size_t index)
{
    if (take_table_line(making, index))
        return;
    if (index >= making->table_end) {
        making->table_end = find_table(making->lines, index);
        if (making->table_end > index) {
            start_block(making, index, BLOCK_CODE, (struct marker){0});
            mark_line(making, index);
            return;
        }
    } else {
        extend_block(making, index);
        mark_line(making, index);
        return;
    }
    if (is_letter_line(making, index))
        take_letter_line(making, index);
    else
        take_line(making, index);
    mark_line(making, index);
}

/* The indentation that most wide lines have. */
static uint32_t find_margin(const struct lines *lines)
{
    uint32_t counts[40] = {0}, best = 0;
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].indent < 40 && lines->items[i].width * 2 > lines->items[i].measure)
            counts[lines->items[i].indent]++;
    for (uint32_t i = 1; i < 40; i++)
        if (counts[i] > counts[best])
            best = i;
    return best;
}

static bool is_indented(const struct lines *lines)
{
    size_t indented = 0;
    for (size_t i = 0; i < lines->count; i++)
        indented += lines->items[i].indent >= FIRST_INDENT;
    return indented * 100 >= lines->count * INDENTED;
}

/* An indented paragraph of one line, or in a text whose indentation varies, is no quotation. */
static void settle_quotes(struct making *making)
{
    for (size_t i = 0; i < making->blocks->items.count; i++) {
        struct block *block = &making->blocks->items.items[i];
        bool quoted = making->lines->items[block->first].quoted;
        if (block->kind == BLOCK_QUOTE && block->first == block->last && !quoted)
            block->kind = BLOCK_PARAGRAPH;
    }
}

void blocks_make(struct arena *arena, struct lines *lines, const struct letter *letter,
                 struct blocks *out)
{
    *out = (struct blocks){0};
    set_aside(lines);
    tables_find(arena, lines, letter, &out->tables);
    struct making making = {
        .arena = arena,
        .lines = lines,
        .letter = letter,
        .blocks = out,
        .previous = lines->count,
        .margin = find_margin(lines),
        .indented = is_indented(lines),
    };
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].fate == LINE_TEXT)
            take(&making, i);
    settle_quotes(&making);
}
