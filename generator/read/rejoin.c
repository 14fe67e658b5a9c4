#include "read/rejoin.h"

enum {
    BLOCKS_BETWEEN = 8, /* as many may stand in a sentence's way: a margin has about five */
    LINES_BETWEEN = 16, /* and have as many lines */
    NARROW = 60,        /* percent of the measure: no line of them is wider */
    OPEN_FULL = 85,     /* percent: the first half's last line is as full */
    REST_WIDTH = 40,    /* percent: the second half is as wide, or ends a sentence */
    TINY = 50,          /* percent: a line of a form or of a table's cell is no wider */
    TINY_LINES = 2,     /* and takes no more lines */
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
        if (!is_in_the_way(lines, block))
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

/* Whether a block is one of those short lines. */
static bool is_tiny(const struct lines *lines, const struct block *block)
{
    return block->kind == BLOCK_PARAGRAPH && block->last - block->first < TINY_LINES &&
           is_narrow(lines, block, TINY) && !line_ends_sentence(last_line(lines, block)->text);
}

/* How many blocks from `index` on are short lines of one page. */
static size_t count_tiny(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    size_t end = index;
    uint32_t page = lines->items[blocks->items.items[index].first].page;
    while (end < blocks->items.count && end - index < GROUP_MAX &&
           is_tiny(lines, &blocks->items.items[end]) &&
           lines->items[blocks->items.items[end].first].page == page)
        end++;
    return end - index;
}

void rejoin_lines(struct lines *lines, struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->items.count;) {
        size_t count = count_tiny(lines, blocks, i);
        if (count < GROUP_MIN) {
            i += count + 1;
            continue;
        }
        for (size_t k = i + 1; k < i + count; k++)
            absorb(lines, blocks, k, i);
        blocks->items.items[i].kind = BLOCK_LINES;
        i += count;
    }
}
