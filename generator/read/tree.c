#include "read/tree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "read/join.h"
#include "read/runs.h"
#include "read/tables.h"
#include "read/text.h"

#include <stdlib.h>

enum {
    NESTING_MAX = 6, /* lists in lists; deeper items go into the deepest */
    PROSE_WIDTH =
        60, /* percent of the measure: lines that were set aside are prose from there on */
};

struct level {
    struct node *list;
    uint32_t glyph, indent, number;
    uint32_t edge; /* where its marker ends: numbers may be set to the right */
    enum marker_kind kind;
};

struct tree {
    struct arena *arena;
    struct lines *lines;
    struct notes *notes;
    struct blocks *blocks;
    struct document *document;
    const struct lexicon *collection;
    struct joiner joiner;
    struct runs runs;
    uint32_t page;                    /* that has begun */
    size_t cursor;                    /* lines before it have been looked at for asides */
    size_t note;                      /* notes before it have been looked at, too */
    struct level levels[NESTING_MAX]; /* the lists that are open */
    size_t depth;
};

static struct node *add_block(struct tree *tree, struct node *parent, enum node_kind kind,
                              size_t line)
{
    struct node *node = node_add(tree->arena, parent, kind);
    node->line = tree->lines->items[line].number;
    return node;
}

/* The page mark before a block that stands on another page than the last one. */
static void add_page(struct tree *tree, struct node *parent, size_t index)
{
    uint32_t page = tree->lines->items[index].page;
    if (page == tree->page)
        return;
    add_block(tree, parent, NODE_PAGE, index)->number = page;
    tree->page = page;
}

/* Notes that a sign became form. */
static void form(struct tree *tree, size_t line, struct str sign, const char *what)
{
    *vec_push(&tree->document->formed, tree->arena) =
        (struct dropped){tree->lines->items[line].number, sign, what, {"", 0}};
}

static void add_text(struct tree *tree, struct node *parent, size_t first, size_t last, size_t skip)
{
    struct joined joined;
    join_lines(&tree->joiner, first, last, LINE_TEXT, skip, &tree->page, &joined);
    runs_add(&tree->runs, parent, &joined, tree->lines->items[first].number);
}

static struct node *add_note_text(struct tree *tree, struct node *parent, const struct note *note,
                                  size_t skip)
{
    struct joined joined;
    uint32_t page = tree->lines->items[note->first].page;
    join_lines(&tree->joiner, note->first, note->last, LINE_NOTE, skip, &page, &joined);
    struct node *paragraph = add_block(tree, parent, NODE_PARAGRAPH, note->first);
    form(tree, note->first, str_slice(tree->lines->items[note->first].text, 0, skip),
         "mark of a footnote");
    runs_add(&tree->runs, paragraph, &joined, tree->lines->items[note->first].number);
    return paragraph;
}

/* A note that nothing refers to is a paragraph, mark and all, behind the block in whose way it
 * stood. */
static void add_free_note(struct tree *tree, size_t line)
{
    while (tree->note < tree->notes->items.count &&
           tree->notes->items.items[tree->note].first < line)
        tree->note++;
    if (tree->note == tree->notes->items.count)
        return;
    struct note *note = &tree->notes->items.items[tree->note];
    if (note->first != line || note->awaited)
        return;
    tree->depth = 0;
    note->node = add_note_text(tree, tree->document->root, note, 0);
}

static void add_aside(struct tree *tree, struct node *paragraph, size_t first, size_t last)
{
    struct joined joined;
    uint32_t page = tree->lines->items[first].page; /* may be one that has ended */
    join_lines(&tree->joiner, first, last, LINE_ASIDE, 0, &page, &joined);
    runs_add(&tree->runs, paragraph, &joined, tree->lines->items[first].number);
}

/* The last of the lines from `first` on that were set aside and stand together. */
static size_t last_aside(const struct tree *tree, size_t first, size_t limit)
{
    const struct line *lines = tree->lines->items;
    size_t last = first;
    while (last + 1 < limit && lines[last + 1].fate == LINE_ASIDE && !lines[last + 1].gap &&
           lines[last + 1].page == lines[first].page &&
           !str_equal(lines[last + 1].text, lines[last].text))
        last++;
    return last;
}

/* One paragraph: of wide lines their sentences, of others the lines as they stand. */
static void add_aside_group(struct tree *tree, size_t first, size_t last)
{
    const struct line *line = &tree->lines->items[first];
    struct node *paragraph = add_block(tree, tree->document->root, NODE_PARAGRAPH, first);
    bool prose = (uint64_t)line->width * 100 > (uint64_t)line->measure * PROSE_WIDTH;
    for (size_t i = first; !prose && i < last; i++) {
        add_aside(tree, paragraph, i, i);
        add_block(tree, paragraph, NODE_BREAK, i + 1);
    }
    add_aside(tree, paragraph, prose ? first : last, last);
}

/* Lines that were set aside come behind the block in whose way they stood. */
static void add_asides(struct tree *tree, size_t limit)
{
    const struct line *before = NULL;
    for (; tree->cursor < limit; tree->cursor++) {
        struct line *line = &tree->lines->items[tree->cursor];
        if (line->fate == LINE_NOTE)
            add_free_note(tree, tree->cursor);
        if (line->fate != LINE_ASIDE)
            continue;
        if (before && str_equal(before->text, line->text) && before->page == line->page) {
            line_drop(line, "repeated address");
            continue;
        }
        tree->depth = 0;
        size_t last = last_aside(tree, tree->cursor, limit);
        add_aside_group(tree, tree->cursor, last);
        tree->cursor = last;
        before = &tree->lines->items[last];
    }
}

static struct node *add_heading(struct tree *tree, const struct block *block)
{
    struct node *heading = add_block(tree, tree->document->root, NODE_HEADING, block->first);
    heading->number = block->level;
    add_text(tree, heading, block->first, block->last, 0);
    return heading;
}

static struct node *add_quote(struct tree *tree, const struct block *block)
{
    struct node *quote = add_block(tree, tree->document->root, NODE_QUOTE, block->first);
    struct node *paragraph = add_block(tree, quote, NODE_PARAGRAPH, block->first);
    add_text(tree, paragraph, block->first, block->last, 0);
    return paragraph;
}

static struct node *add_paragraph(struct tree *tree, const struct block *block)
{
    struct node *paragraph = add_block(tree, tree->document->root, NODE_PARAGRAPH, block->first);
    add_text(tree, paragraph, block->first, block->last, 0);
    return paragraph;
}

/* Lines that stay lines: with a hard break between them, but for those that go on a cell's text. */
static struct node *add_lines(struct tree *tree, const struct block *block)
{
    struct node *paragraph = add_block(tree, tree->document->root, NODE_PARAGRAPH, block->first);
    for (size_t i = block->first, last; i <= block->last; i = last + 1) {
        last = i;
        if (tree->lines->items[i].fate != LINE_TEXT)
            continue;
        while (last < block->last && tree->lines->items[last + 1].goes_on)
            last++;
        if (paragraph->first)
            add_block(tree, paragraph, NODE_BREAK, i);
        add_text(tree, paragraph, i, last, 0);
    }
    return paragraph;
}

static struct node *add_code(struct tree *tree, const struct block *block)
{
    struct buf text;
    buf_init(&text, tree->arena);
    for (size_t i = block->first; i <= block->last; i++) {
        buf_put(&text, tree->lines->items[i].raw);
        buf_put_char(&text, '\n');
    }
    struct node *code = add_block(tree, tree->document->root, NODE_CODE_BLOCK, block->first);
    code->text = buf_str(&text);
    return code;
}

/* The cell at `column` of a row, from the pieces [*at, end); `*at` moves behind them. */
static void add_cell(struct tree *tree, struct node *row, const struct table *table,
                     uint32_t column, size_t *at, size_t end)
{
    const struct table_piece *pieces = tree->blocks->tables.pieces.items;
    size_t start = *at;
    while (*at < end && pieces[*at].column == column)
        ++*at;
    struct node *cell = add_block(tree, row, NODE_CELL, pieces[start < end ? start : end - 1].line);
    cell->align = table->figures[column] ? ALIGN_RIGHT : ALIGN_NONE;
    if (*at == start)
        return;
    struct joined joined;
    struct join_piece *parts = arena_new_array(tree->arena, *at - start, struct join_piece);
    for (size_t i = start; i < *at; i++)
        parts[i - start] = (struct join_piece){pieces[i].line, pieces[i].start, pieces[i].len};
    join_pieces(&tree->joiner, parts, *at - start, &tree->page, &joined);
    runs_add(&tree->runs, cell, &joined, tree->lines->items[parts[0].line].number);
}

static struct node *add_table(struct tree *tree, const struct block *block)
{
    const struct table *table = &tree->blocks->tables.items.items[block->table];
    const struct table_piece *pieces = tree->blocks->tables.pieces.items;
    struct node *node = add_block(tree, tree->document->root, NODE_TABLE, block->first);
    size_t at = table->piece, limit = at + table->pieces;
    for (uint32_t i = 0; i < table->rows; i++) {
        size_t end = at;
        while (end < limit && pieces[end].row == i)
            end++;
        struct node *row = add_block(tree, node, NODE_ROW, pieces[at].line);
        row->header = table->header && !i;
        for (uint32_t column = 0; column < table->columns; column++)
            add_cell(tree, row, table, column, &at, end);
    }
    return node;
}

static bool is_near(uint32_t a, uint32_t b)
{
    return a <= b + 1 && b <= a + 1;
}

/* Whether the item belongs to the open list `level`. */
static bool fits(const struct level *level, const struct marker *marker, uint32_t indent)
{
    return level->kind == marker->kind && level->glyph == marker->glyph &&
           (is_near(level->indent, indent) || is_near(level->edge, indent + (uint32_t)marker->len));
}

/* `2.` is a number that a list shows; `2.3` and `b)` are not, and stay in the text. */
static bool is_counted(const struct block *block)
{
    return block->marker.kind == MARKER_NUMBER && block->marker.depth == 1;
}

static struct node *open_list(struct tree *tree, const struct block *block, uint32_t indent)
{
    struct node *parent =
        tree->depth ? tree->levels[tree->depth - 1].list->last : tree->document->root;
    if (!tree->depth)
        add_page(tree, tree->document->root, block->first);
    struct node *list = add_block(tree, parent, NODE_LIST, block->first);
    list->ordered = is_counted(block);
    list->number = list->ordered ? block->marker.number : 0;
    list->tight = true;
    tree->levels[tree->depth++] = (struct level){.list = list,
                                                 .glyph = block->marker.glyph,
                                                 .indent = indent,
                                                 .number = block->marker.number,
                                                 .edge = indent + (uint32_t)block->marker.len,
                                                 .kind = block->marker.kind};
    return list;
}

/* Whether the text before an item ends in a colon. */
static bool is_announced(const struct tree *tree, const struct block *block)
{
    size_t before = lines_before(tree->lines, block->first);
    return before < tree->lines->count && str_ends(tree->lines->items[before].text, STR(":"));
}

/* Whether an item with another marker than the open list's is a list inside its last item: it
 * follows at once, is set in, or was announced. */
static bool is_inner(const struct tree *tree, const struct block *block)
{
    const struct line *line = &tree->lines->items[block->first];
    uint32_t near = tree->lines->double_spaced ? 1 : 0;
    return line->gap <= near || is_announced(tree, block) ||
           line->indent > tree->levels[tree->depth - 1].indent + 1;
}

/* The list that an item goes into: an open one with the same marker, one inside the last item, or
 * a new one where numbers do not count on. */
static struct node *list_for(struct tree *tree, const struct block *block)
{
    uint32_t indent = tree->lines->items[block->first].indent;
    for (size_t depth = tree->depth; depth > 0; depth--) {
        struct level *level = &tree->levels[depth - 1];
        if (!fits(level, &block->marker, indent))
            continue;
        tree->depth = depth;
        if (block->marker.kind != MARKER_NUMBER || block->marker.number == level->number + 1) {
            level->number = block->marker.number;
            return level->list;
        }
        tree->depth--;
        return open_list(tree, block, indent);
    }
    bool outside = !is_announced(tree, block);
    while (tree->depth && ((outside && indent + 1 < tree->levels[tree->depth - 1].indent) ||
                           tree->depth == NESTING_MAX))
        tree->depth--;
    if (tree->depth && !is_inner(tree, block))
        tree->depth = 0;
    return open_list(tree, block, indent);
}

static struct node *add_item(struct tree *tree, const struct block *block)
{
    struct node *item = add_block(tree, list_for(tree, block), NODE_ITEM, block->first);
    add_page(tree, item, block->first);
    struct node *paragraph = add_block(tree, item, NODE_PARAGRAPH, block->first);
    bool shown = is_counted(block) || block->marker.kind == MARKER_BULLET;
    size_t skip = shown ? block->marker.len : 0;
    if (skip)
        form(tree, block->first, str_slice(tree->lines->items[block->first].text, 0, skip),
             "marker of an item");
    add_text(tree, paragraph, block->first, block->last, skip);
    return item;
}

static struct node *add_other(struct tree *tree, const struct block *block)
{
    tree->depth = 0;
    add_page(tree, tree->document->root, block->first);
    switch (block->kind) {
    case BLOCK_HEADING:
        return add_heading(tree, block);
    case BLOCK_QUOTE:
        return add_quote(tree, block);
    case BLOCK_CODE:
        return add_code(tree, block);
    case BLOCK_TABLE:
        return add_table(tree, block);
    case BLOCK_LINES:
        return add_lines(tree, block);
    default:
        return add_paragraph(tree, block);
    }
}

static struct node *add_title(struct tree *tree, const struct title *title)
{
    if (!title->text.len)
        return NULL;
    if (title->block)
        add_page(tree, tree->document->root, tree->blocks->items.items[title->block - 1].first);
    struct node *heading = node_add(tree->arena, tree->document->root, NODE_HEADING);
    heading->line = title->line;
    heading->number = 1;
    if (title->block) {
        const struct block *block = &tree->blocks->items.items[title->block - 1];
        add_text(tree, heading, block->first, block->last, 0);
        return heading;
    }
    struct node *text = node_add(tree->arena, heading, NODE_TEXT);
    text->line = title->line;
    text->text = title->text;
    return heading;
}

static void add_blocks(struct tree *tree)
{
    for (size_t i = 0; i < tree->blocks->items.count; i++) {
        struct block *block = &tree->blocks->items.items[i];
        if (block->node || block->kind == BLOCK_NONE)
            continue;
        add_asides(tree, block->first);
        block->node = block->kind == BLOCK_ITEM ? add_item(tree, block) : add_other(tree, block);
    }
    add_asides(tree, tree->lines->count);
}

/* Notes in order of their first reference; a note may itself refer to one. */
static void add_notes(struct tree *tree)
{
    struct runs *runs = &tree->runs;
    for (uint32_t i = 0; i < runs->numbered - runs->before; i++) {
        struct note *note = &tree->notes->items.items[runs->order[i] - 1];
        struct node *footnote = add_block(tree, tree->document->root, NODE_FOOTNOTE, note->first);
        footnote->number = note->number;
        note->node = footnote;
        add_page(tree, footnote, note->first);
        add_note_text(tree, footnote, note, note->skip);
    }
}

/* A note whose reference came to stand in no text (in a table, say) is a paragraph, mark and all.
 */
static void add_lost_notes(struct tree *tree)
{
    for (size_t i = 0; i < tree->notes->items.count; i++) {
        struct note *note = &tree->notes->items.items[i];
        if (!note->node)
            note->node = add_note_text(tree, tree->document->root, note, 0);
    }
}

static int by_line(const void *a, const void *b)
{
    const struct dropped *first = a, *second = b;
    if (first->line != second->line)
        return first->line < second->line ? -1 : 1;
    return str_compare(first->text, second->text);
}

static void list_dropped(struct tree *tree)
{
    struct document *document = tree->document;
    for (size_t i = 0; i < tree->lines->count; i++) {
        const struct line *line = &tree->lines->items[i];
        if (line->quoted)
            form(tree, i, STR(">"), "mark of a quotation");
        if (line->fate == LINE_DROPPED)
            *vec_push(&document->dropped, tree->arena) =
                (struct dropped){line->number, line->text, line->reason, {"", 0}};
    }
    if (document->dropped.count)
        qsort(document->dropped.items, document->dropped.count, sizeof *document->dropped.items,
              by_line);
}

/* Footnotes that the document has already: of the record before the text. */
static uint32_t count_footnotes(const struct document *document)
{
    uint32_t count = 0;
    for (const struct node *node = document->root->first; node; node = node->next)
        count += node->kind == NODE_FOOTNOTE;
    return count;
}

static void build(struct tree *tree, const struct title *title)
{
    struct lexicon lexicon;
    struct arena *arena = tree->arena;
    join_words(arena, tree->lines, &lexicon);
    tree->joiner = (struct joiner){.arena = arena,
                                   .lines = tree->lines,
                                   .notes = tree->notes,
                                   .words = {&lexicon, tree->collection},
                                   .document = tree->document};
    size_t notes = tree->notes->items.count + 1;
    uint32_t before = count_footnotes(tree->document);
    tree->runs = (struct runs){.arena = arena,
                               .document = tree->document,
                               .notes = tree->notes,
                               .references = arena_new_array(arena, notes, uint32_t),
                               .order = arena_new_array(arena, notes, uint32_t),
                               .numbered = before,
                               .before = before};
    struct node *heading = add_title(tree, title);
    if (title->block)
        tree->blocks->items.items[title->block - 1].node = heading;
    add_blocks(tree);
    add_notes(tree);
    add_lost_notes(tree);
    list_dropped(tree);
}

void tree_build(struct arena *arena, struct stages *stages, const struct lexicon *collection,
                struct document *document)
{
    struct tree tree = {.arena = arena,
                        .lines = &stages->lines,
                        .notes = &stages->notes,
                        .blocks = &stages->blocks,
                        .document = document,
                        .collection = collection};
    build(&tree, &stages->title);
}
