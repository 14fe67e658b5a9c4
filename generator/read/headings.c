#include "read/headings.h"

#include "base/map.h"
#include "base/utf8.h"
#include "read/words.h"

enum {
    HEADING_WIDTH = 170, /* in all */
    HEADING_LINES = 3,
    HEADING_WORDS = 24,
    HEADING_FULL = 85, /* percent of the measure: no line of a heading is wider */
    QUESTION_WORDS = 12,
    COLON_WORDS = 11, /* longer lines with a colon at the end announce what follows */
    RUN_MAX = 4,      /* as many short lines behind each other are a list, not headings */
    LEVEL_SECTION = 2,
    LEVEL_MAX = 5,
};

/* How large a block is. */
struct size {
    size_t lines;
    uint32_t width, widest;
};

/* What the text of a block looks like. */
struct shape {
    size_t words;
    struct str first, last; /* its first and last line, without marker */
    struct str last_word;
    bool letters, address;
};

/* Goes no further than a heading may. */
static struct size size_of(const struct lines *lines, const struct block *block)
{
    struct size size = {0};
    for (size_t i = block->first;
         i <= block->last && size.lines <= HEADING_LINES && size.width <= HEADING_WIDTH; i++) {
        const struct line *line = &lines->items[i];
        if (line->fate != LINE_TEXT)
            continue;
        size.lines++;
        size.width += line->width;
        size.widest = line->width > size.widest ? line->width : size.widest;
    }
    return size;
}

static struct shape shape_of(const struct lines *lines, const struct block *block)
{
    struct shape shape = {0};
    for (size_t i = block->first; i <= block->last; i++) {
        const struct line *line = &lines->items[i];
        if (line->fate != LINE_TEXT)
            continue;
        struct str text =
            i == block->first ? str_from_offset(line->text, block->marker.len) : line->text;
        shape.last = text;
        if (!shape.first.data)
            shape.first = text;
        for (size_t c = 0; c < text.len; c++)
            shape.words += text.data[c] == ' ' || c + 1 == text.len;
        for (size_t c = 0; c < text.len && !shape.letters; c++)
            shape.letters = (text.data[c] & 0x80) ||
                            (str_is_alnum(text.data[c]) && !str_is_digit(text.data[c]));
        shape.address |= str_find(text, STR("://")) >= 0 || str_find_char(text, '@') >= 0 ||
                         str_find(text, STR("www.")) >= 0;
    }
    shape.last_word = line_last_word(shape.last);
    return shape;
}

/* `2021-2022` */
static bool is_years(struct str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += str_is_digit(text.data[i]);
    return (text.len == 4 || (text.len >= 9 && text.len <= 11)) && digits >= 4 &&
           (digits == 4 || digits == 8) && str_is_digit(text.data[0]);
}

static bool ends_well(const struct shape *shape)
{
    char last = shape->last.len ? shape->last.data[shape->last.len - 1] : '.';
    if (last == ',' || last == ';' || last == '-')
        return false;
    if (last == ':')
        return shape->words <= COLON_WORDS && !words_say(WORDS_VERB, shape->first) &&
               !words_say(WORDS_VERB, shape->last) &&
               !words_have(WORDS_OPEN, str_slice(shape->last_word, 0, shape->last_word.len - 1));
    if (last == '?')
        return shape->words <= QUESTION_WORDS;
    return !line_ends_sentence(shape->last) && !words_have(WORDS_OPEN, shape->last_word);
}

/* `Tabel 3: doorlooptijden`: what stands above a table or below a picture. */
static bool is_caption(struct str text)
{
    size_t len = words_start(WORDS_CAPTION, text);
    return len && len + 1 < text.len && text.data[len] == ' ' && str_is_digit(text.data[len + 1]);
}

/* Whether the block alone could be a heading. */
static bool may_be_heading(const struct lines *lines, const struct block *block)
{
    if (block->kind != BLOCK_PARAGRAPH &&
        !(block->kind == BLOCK_ITEM && block->marker.kind == MARKER_NUMBER))
        return false;
    struct size size = size_of(lines, block);
    bool wide = lines->wrapped &&
                size.widest * 100 > lines->items[block->first].measure * HEADING_FULL + 300;
    if (size.lines > HEADING_LINES || size.width > HEADING_WIDTH ||
        (wide && (block->kind != BLOCK_ITEM || size.lines > 1)))
        return false;
    struct shape shape = shape_of(lines, block);
    if (shape.words > HEADING_WORDS)
        return false;
    if (wide)
        return ends_well(&shape) && !words_say(WORDS_VERB, shape.first);
    if (shape.address || !shape.last.len || is_caption(shape.first))
        return false;
    if (is_years(shape.first) && size.lines == 1)
        return true;
    bool start = line_starts_upper(shape.first) ||
                 (str_is_digit(shape.first.data[0]) && shape.letters) ||
                 (shape.first.data[0] == '(' && shape.letters);
    return shape.letters && start && ends_well(&shape);
}

static const struct block *neighbour(const struct blocks *blocks, size_t index, int step)
{
    size_t other = index + (size_t)step;
    return other < blocks->items.count ? &blocks->items.items[other] : NULL;
}

/* Whether a numbered block has a neighbour of the same list. */
static bool is_listed(const struct blocks *blocks, size_t index)
{
    const struct block *block = &blocks->items.items[index];
    const struct block *next = neighbour(blocks, index, 1), *before = neighbour(blocks, index, -1);
    bool up = next && next->kind == BLOCK_ITEM && next->marker.kind == MARKER_NUMBER &&
              next->marker.depth == block->marker.depth &&
              next->marker.number == block->marker.number + 1;
    bool down = before && before->kind == BLOCK_ITEM && before->marker.kind == MARKER_NUMBER &&
                before->marker.depth == block->marker.depth &&
                before->marker.number + 1 == block->marker.number;
    return up || down;
}

/* Whether there is text below that begins anew. */
static bool has_body(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    const struct block *next = neighbour(blocks, index, 1);
    if (!next || next->kind == BLOCK_LINES)
        return false;
    struct str text = lines->items[next->first].text;
    return next->kind != BLOCK_PARAGRAPH || (!line_starts_lower(text) && !line_is_figure(text));
}

/* How many blocks of one page from `index` on could be headings. */
static size_t count_run(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    size_t end = index;
    uint32_t page = lines->items[blocks->items.items[index].first].page;
    while (end < blocks->items.count && may_be_heading(lines, &blocks->items.items[end]) &&
           blocks->items.items[end].kind == BLOCK_PARAGRAPH &&
           lines->items[blocks->items.items[end].first].page == page)
        end++;
    return end - index;
}

/* Whether the last of many short lines is a heading all the same: prose follows, and it is called
 * as parts are, or stands apart from lines that don't. */
static bool ends_run(const struct lines *lines, const struct blocks *blocks, size_t index)
{
    const struct block *block = &blocks->items.items[index], *next = neighbour(blocks, index, 1);
    const struct line *line = &lines->items[block->first];
    if (!next || next->kind != BLOCK_PARAGRAPH ||
        (next->first == next->last && !line_ends_sentence(lines->items[next->last].text)))
        return false;
    return words_have(WORDS_SECTION, line->text) ||
           (line->gap && !lines->items[block[-1].first].gap);
}

static void choose(const struct lines *lines, struct blocks *blocks)
{
    for (size_t i = 0; i < blocks->items.count;) {
        struct block *block = &blocks->items.items[i];
        if (lines->items[block->first].heading && block->kind <= BLOCK_QUOTE) {
            block->kind = BLOCK_HEADING;
            i++;
            continue;
        }
        size_t run = count_run(lines, blocks, i);
        if (run >= RUN_MAX) {
            i += run - ends_run(lines, blocks, i + run - 1);
            continue;
        }
        if (may_be_heading(lines, block) && has_body(lines, blocks, i) &&
            !(block->kind == BLOCK_ITEM && is_listed(blocks, i)))
            block->kind = BLOCK_HEADING;
        i++;
    }
}

/* Where headings of a numbering stand, and whether more of them follow. */
struct numbering {
    uint32_t base; /* level of its first depth; 0: none is under way */
    size_t last;   /* index of its last heading */
};

/* The last heading of the numbering that begins at `index`: numbers count up. */
static size_t last_numbered(const struct blocks *blocks, size_t index)
{
    size_t last = index;
    uint32_t number = blocks->items.items[index].marker.number;
    uint32_t depth = blocks->items.items[index].marker.depth;
    for (size_t i = index + 1; i < blocks->items.count; i++) {
        const struct block *block = &blocks->items.items[i];
        if (block->kind != BLOCK_HEADING || !block->marker.depth || block->marker.depth < depth)
            continue;
        if (block->marker.depth == depth && block->marker.number != number + 1)
            break;
        if (block->marker.depth == depth)
            number++;
        last = i;
    }
    return last;
}

static bool starts_annex(struct str text)
{
    static const struct str words[] = {{"bijlage", 7}, {"annex", 5}, {"appendix", 8}};
    struct str word = line_first_word(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_nocase(word, words[i]))
            return true;
    return false;
}

struct levels {
    struct map announced; /* headings that end in a colon somewhere, without it */
    struct numbering numbering;
    uint32_t under; /* level of headings that have no sign of their own level */
    uint32_t last;  /* level of the last heading that ended in no colon */
    uint32_t years; /* the same, leaving years aside */
};

static uint32_t numbered_level(struct levels *levels, const struct blocks *blocks, size_t index)
{
    const struct block *block = &blocks->items.items[index];
    if (!levels->numbering.base || index > levels->numbering.last) {
        const struct block *before = neighbour(blocks, index, -1);
        bool below = before && before->kind == BLOCK_HEADING && !before->marker.depth;
        levels->numbering.base = below ? before->level + 1 : levels->under;
        levels->numbering.base -= block->marker.depth > 1 && levels->numbering.base > LEVEL_SECTION;
        levels->numbering.last = last_numbered(blocks, index);
    }
    return levels->numbering.base + block->marker.depth - 1;
}

/* The level that the contents give a heading; what they do not name stands below it. */
static uint32_t named_level(struct levels *levels, const struct lines *lines,
                            const struct blocks *blocks, size_t index)
{
    const struct block *block = &blocks->items.items[index];
    uint32_t level = LEVEL_SECTION - 1 + lines->items[block->first].heading;
    if (block->marker.depth && level + 1 >= block->marker.depth + LEVEL_SECTION) {
        levels->numbering.base = level + 1 - block->marker.depth;
        levels->numbering.last = last_numbered(blocks, index);
    } else {
        levels->numbering.base = 0;
    }
    levels->under = level < LEVEL_MAX ? level + 1 : LEVEL_MAX;
    return level;
}

static bool has_colon(struct str text)
{
    return text.data[text.len - 1] == ':';
}

static uint32_t level_of(struct levels *levels, const struct lines *lines,
                         const struct blocks *blocks, size_t index)
{
    const struct block *block = &blocks->items.items[index];
    struct str text = lines->items[block->first].text;
    struct str last = lines->items[block->last].text;
    if (lines->items[block->first].heading)
        return named_level(levels, lines, blocks, index);
    if (block->marker.depth)
        return numbered_level(levels, blocks, index);
    if (starts_annex(text)) {
        levels->under = str_find_char(text, ' ') < 0 ? LEVEL_SECTION : LEVEL_SECTION + 1;
        return LEVEL_SECTION;
    }
    if (levels->last && (has_colon(last) || map_get(&levels->announced, text)))
        return levels->last + 1;
    if (is_years(text) && levels->years)
        return levels->years + 1;
    bool amid = levels->numbering.base && index < levels->numbering.last;
    if (amid && !words_have(WORDS_SECTION, text))
        return levels->numbering.base + 1;
    return words_have(WORDS_SECTION, text) && levels->under == LEVEL_SECTION ? LEVEL_SECTION
                                                                             : levels->under;
}

/* What is announced with a colon once is announced without one too. */
static void find_announced(const struct lines *lines, const struct blocks *blocks,
                           struct levels *levels)
{
    for (size_t i = 0; i < blocks->items.count; i++) {
        const struct block *block = &blocks->items.items[i];
        struct str text = lines->items[block->first].text;
        if (block->kind == BLOCK_HEADING && block->first == block->last && has_colon(text))
            *map_at(&levels->announced, str_slice(text, 0, text.len - 1)) = levels;
    }
}

void headings_rank(struct arena *arena, const struct lines *lines, struct blocks *blocks)
{
    struct levels levels = {.under = LEVEL_SECTION};
    map_init(&levels.announced, arena);
    find_announced(lines, blocks, &levels);
    for (size_t i = 0; i < blocks->items.count; i++) {
        struct block *block = &blocks->items.items[i];
        if (block->kind != BLOCK_HEADING || block->level == LEVEL_TITLE)
            continue;
        block->level = level_of(&levels, lines, blocks, i);
        if (block->level > LEVEL_MAX)
            block->level = LEVEL_MAX;
        if (!has_colon(lines->items[block->last].text) &&
            !map_get(&levels.announced, lines->items[block->first].text))
            levels.last = block->level;
        if (!is_years(lines->items[block->first].text))
            levels.years = block->level;
    }
}

void headings_find(const struct lines *lines, struct blocks *blocks)
{
    choose(lines, blocks);
}
