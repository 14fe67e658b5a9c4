#include "read/rejoin.h"

#include "base/utf8.h"
#include "read/words.h"

enum {
    BLOCKS_BETWEEN = 8, /* as many may stand in a sentence's way: a margin has about five */
    LINES_BETWEEN = 16, /* and have as many lines */
    FOOT_LINES = 6,     /* as many has a block at a page's foot */
    NARROW = 60,        /* percent of the measure: no line of them is wider */
    OPEN_FULL = 85,     /* percent: the first half's last line is as full */
    REST_WIDTH = 40,    /* percent: the second half is as wide, or ends a sentence */
    TINY_WIDTH = 50,    /* percent: a line of a form or of a table's cell is no wider, */
    TINY_LINES = 2,     /* and takes no more lines, */
    CELL_WIDTH = 30,    /* but where it is no wider than this */
    LONG_LINES = 4,     /* of a cell between cells that is as wide as the text */
    LABELS = 4,         /* behind each other */
    WORD = 4,           /* letters; marks and grades have fewer */
    GROUP_MIN = 4,      /* fewer short lines may be headings, a caption, a name */
    GROUP_MAX = 40,     /* lines: about a page of them */
};

static const struct line *last_line(const struct lines *lines, const struct block *block)
{
    size_t last = block->last;
    while (last > block->first && lines->items[last].fate != LINE_TEXT)
        last--;
    return &lines->items[last];
}

static bool is_wide(const struct line *line, uint32_t percent)
{
    return (uint64_t)line->width * 100 > (uint64_t)line->measure * percent;
}

/* Whether no line of a block is wider than `percent` of the measure. */
static bool is_narrow(const struct lines *lines, const struct block *block, uint32_t percent)
{
    for (size_t i = block->first; i <= block->last; i++)
        if (lines->items[i].fate == LINE_TEXT && is_wide(&lines->items[i], percent))
            return false;
    return true;
}

/* Whether a block could be the first half of a sentence that goes on with `next`. */
static bool is_open(const struct lines *lines, const struct block *block, const struct line *next)
{
    const struct line *line = last_line(lines, block);
    char last = line->text.data[line->text.len - 1];
    return (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_ITEM) &&
           !line_ends_sentence(line->text) && last != ':' && last != ';' &&
           !line_is_short(lines, line, next, OPEN_FULL) && is_wide(line, OPEN_FULL / 2);
}

/* Whether a block is the second half of a sentence by itself. */
static bool is_rest(const struct lines *lines, const struct block *block)
{
    const struct line *line = &lines->items[block->first];
    if (block->kind != BLOCK_PARAGRAPH || !line_starts_lower(line->text) ||
        str_find_char(line_first_word(line->text), '@') >= 0 ||
        str_starts(line->text, STR("www.")) || str_starts(line->text, STR("http")))
        return false;
    return is_wide(line, REST_WIDTH) || line_ends_sentence(last_line(lines, block)->text);
}

static bool is_in_the_way(const struct lines *lines, const struct block *block)
{
    bool text = block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_HEADING ||
                block->kind == BLOCK_QUOTE || block->kind == BLOCK_LINES;
    return text && is_narrow(lines, block, NARROW);
}

/* Whether a block is what a page has at its foot, before the page that begins with `rest`: a note
 * without a number, a line about the print. */
static bool is_at_foot(const struct lines *lines, const struct block *block,
                       const struct block *rest)
{
    uint32_t page = lines->items[rest->first].page;
    return page && lines->items[block->last].page + 1 == page && block[1].kind != BLOCK_ITEM &&
           block->last - block->first < FOOT_LINES &&
           (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_HEADING);
}

/* The block before `index` that the sentence at `index` goes on from, or `index`. */
static size_t find_open(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    const struct block *rest = &blocks->items.items[index];
    for (size_t i = index, between = 0; i-- > 0 && between <= BLOCKS_BETWEEN; between++) {
        const struct block *block = &blocks->items.items[i];
        if (rest->first - block->last > LINES_BETWEEN)
            break;
        if (block->kind == BLOCK_NONE)
            continue;
        if (is_open(lines, block, &lines->items[rest->first]))
            return i;
        if (!is_in_the_way(lines, block) && !is_at_foot(lines, block, rest))
            break;
    }
    return index;
}

/* The lines of a block become those of another. */
static void absorb(struct lines *lines, struct blocks *blocks, size_t from, size_t into)
{
    struct block *block = &blocks->items.items[from];
    for (size_t i = block->first; i <= block->last; i++)
        if (lines->items[i].fate == LINE_TEXT)
            lines->items[i].block = (uint32_t)into + 1;
    blocks->items.items[into].last = block->last;
    block->kind = BLOCK_NONE;
}

static void set_aside(struct lines *lines, struct block *block)
{
    for (size_t i = block->first; i <= block->last; i++)
        if (lines->items[i].fate == LINE_TEXT)
            lines->items[i].fate = LINE_ASIDE;
    block->kind = BLOCK_NONE;
}

/* Takes out the blocks that are another's by now. */
static void compact(struct lines *lines, struct blocks *blocks)
{
    size_t count = 0;
    for (size_t i = 0; i < blocks->items.count; i++) {
        const struct block *block = &blocks->items.items[i];
        if (block->kind == BLOCK_NONE)
            continue;
        for (size_t k = block->first; k <= block->last && count != i; k++)
            if (lines->items[k].block == i + 1)
                lines->items[k].block = (uint32_t)count + 1;
        blocks->items.items[count++] = *block;
    }
    blocks->items.count = count;
}

/* Bullets and numbers that were drawn apart from their texts come as lines of their own. */
static void drop_empty_items(struct lines *lines, struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->items.count; i++) {
        struct block *block = &blocks->items.items[i];
        struct line *line = &lines->items[block->first];
        if (block->kind != BLOCK_ITEM || block->first != block->last ||
            block->marker.len < line->text.len)
            continue;
        line_drop(line, "marker without text");
        block->kind = BLOCK_NONE;
    }
}

void rejoin_sentences(struct lines *lines, struct blocks *blocks)
{
    drop_empty_items(lines, blocks);
    for (size_t i = 1; i < blocks->items.count && lines->wrapped; i++) {
        if (!is_rest(lines, &blocks->items.items[i]))
            continue;
        size_t first = find_open(lines, blocks, i);
        if (first == i)
            continue;
        for (size_t between = first + 1; between < i; between++)
            set_aside(lines, &blocks->items.items[between]);
        absorb(lines, blocks, i, first);
    }
    compact(lines, blocks);
}

/* How many lines of a block are still text. */
static size_t count_lines(const struct lines *lines, const struct block *block)
{
    size_t count = 0;
    for (size_t i = block->first; i <= block->last; i++)
        count += lines->items[i].fate == LINE_TEXT;
    return count;
}

/* Whether a block has no word: an amount, a mark, a grade. */
static bool is_wordless(const struct lines *lines, const struct block *block)
{
    size_t letters = 0;
    for (size_t i = block->first; i <= block->last; i++) {
        struct str text = lines->items[i].text;
        for (size_t at = 0; at < text.len && lines->items[i].fate == LINE_TEXT;) {
            letters = utf8_is_letter(utf8_next(text, &at)) ? letters + 1 : 0;
            if (letters >= WORD)
                return false;
        }
        letters = 0;
    }
    return true;
}

static bool is_open_paragraph(const struct lines *lines, const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && !line_ends_sentence(last_line(lines, block)->text);
}

/* Whether a block is a line of a form or the text of a cell. */
static bool is_cell(const struct lines *lines, const struct block *block)
{
    return is_open_paragraph(lines, block) &&
           !words_start(WORDS_SALUTATION, lines->items[block->first].text) &&
           is_narrow(lines, block,
                     block->last - block->first < TINY_LINES ? TINY_WIDTH : CELL_WIDTH);
}

/* Whether a heading is one by its looks only: a cell of a table may look the same. */
static bool is_loose(const struct lines *lines, const struct block *block)
{
    return block->kind == BLOCK_HEADING && block->level > 1 && block->marker.kind == MARKER_NONE &&
           !lines->items[block->first].heading && block->last - block->first < TINY_LINES &&
           is_narrow(lines, block, TINY_WIDTH);
}

/* Whether what looked like a heading is a label in a table: it or its neighbour has no word, and
 * cells follow. */
static bool is_label(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    const struct block *items = blocks->items.items;
    if (!is_loose(lines, &items[index]) || index + 1 == blocks->items.count)
        return false;
    if (!is_wordless(lines, &items[index]) && !is_wordless(lines, &items[index + 1]) &&
        (!index || !is_wordless(lines, &items[index - 1])))
        return false;
    size_t next = index + 1, end = index + LABELS;
    while (next < blocks->items.count && next < end && is_loose(lines, &items[next]))
        next++;
    return next < blocks->items.count && is_cell(lines, &items[next]) &&
           lines->items[items[index].first].page == lines->items[items[next].first].page;
}

/* Whether a block is the text of a cell that is as wide as the page, between narrow ones. */
static bool is_spill(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    const struct block *block = &blocks->items.items[index];
    return index && index + 1 < blocks->items.count && is_open_paragraph(lines, block) &&
           block->last - block->first < LONG_LINES && is_cell(lines, block - 1) &&
           is_cell(lines, block + 1) &&
           lines->items[block->first].page == lines->items[block[1].first].page;
}

/* Whether a block belongs to the group that the one before it is in, or that it begins. */
static bool is_grouped(const struct lines *lines, const struct blocks *blocks, size_t index,
                       bool begins)
{
    return is_cell(lines, &blocks->items.items[index]) || is_label(lines, blocks, index) ||
           (!begins && is_spill(lines, blocks, index));
}

struct group {
    size_t count;    /* blocks */
    size_t wordless; /* of them */
};

/* The blocks from `index` on that are cells of one page. */
static struct group find_group(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    struct group group = {0};
    const struct block *items = blocks->items.items;
    uint32_t page = lines->items[items[index].first].page;
    size_t count = 0;
    for (size_t i = index; i < blocks->items.count; i++) {
        count += count_lines(lines, &items[i]);
        if (count > GROUP_MAX || lines->items[items[i].first].page != page ||
            !is_grouped(lines, blocks, i, i == index))
            break;
        group.count++;
        group.wordless += is_wordless(lines, &items[i]);
    }
    return group;
}

static bool ends_in(struct str text, char c)
{
    return text.len && text.data[text.len - 1] == c;
}

/* Whether a line goes on the text of a cell: in small letters, or since the one before is full. */
static bool goes_on(const struct line *before, const struct line *line)
{
    struct str word = line_first_word(line->text);
    size_t offset = 0;
    bool lower = utf8_is_letter(utf8_next(word, &offset)) && line_starts_lower(word);
    bool address = str_find_char(word, '@') >= 0 || str_find_char(word, '.') >= 0;
    return is_wide(before, TINY_WIDTH) || ends_in(before->text, '-') ||
           (lower && !(address && !line_ends_sentence(word)) && !ends_in(before->text, ':'));
}

static void join_cell(struct lines *lines, const struct block *block)
{
    for (size_t i = block->first + 1; i <= block->last; i++)
        lines->items[i].goes_on = goes_on(&lines->items[i - 1], &lines->items[i]);
}

/* Whether the blocks are a table's or a form's: a few only where most have no word. */
static bool is_group(const struct lines *lines, const struct blocks *blocks, size_t index,
                     struct group group)
{
    const struct block *block = &blocks->items.items[index];
    return group.count >= GROUP_MIN || (group.count > 1 && group.wordless * 2 >= group.count &&
                                        !ends_in(last_line(lines, block)->text, ':'));
}

void rejoin_lines(struct lines *lines, struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->items.count;) {
        struct group group = find_group(lines, blocks, i);
        if (!is_group(lines, blocks, i, group)) {
            i += group.count + 1;
            continue;
        }
        join_cell(lines, &blocks->items.items[i]);
        for (size_t k = i + 1; k < i + group.count; k++) {
            join_cell(lines, &blocks->items.items[k]);
            absorb(lines, blocks, k, i);
        }
        blocks->items.items[i].kind = BLOCK_LINES;
        i += group.count;
    }
}
