#include "read/text.h"

#include "read/charset.h"
#include "read/columns.h"
#include "read/headings.h"
#include "read/rejoin.h"
#include "read/signs.h"
#include "read/tree.h"

/* What became the title is a heading, whatever it looked like. */
static void set_title(struct blocks *blocks, const struct title *title)
{
    if (!title->block)
        return;
    blocks->items.items[title->block - 1].kind = BLOCK_HEADING;
    blocks->items.items[title->block - 1].level = LEVEL_TITLE;
}

void text_read(struct arena *arena, const struct text_input *input, struct document *document,
               struct stages *stages, struct diags *diags)
{
    struct str text;
    struct stages own;
    if (!stages)
        stages = &own;
    *stages = (struct stages){.lines = {0}};
    if (!document->root)
        document->root = node_add(arena, NULL, NODE_DOCUMENT);
    if (!document->meta.more)
        document->meta.more = &meta_nothing;
    if (!charset_decode(arena, input->path, input->bytes, &text, diags))
        return;
    lines_split(arena, text, &stages->lines);
    columns_split(arena, &stages->lines);
    letter_read(arena, &stages->lines, &stages->letter);
    contents_find(arena, &stages->lines, &stages->contents);
    furniture_remove(arena, &stages->lines, &stages->furniture);
    contents_mark(arena, &stages->lines, &stages->contents);
    notes_find(arena, &stages->lines, &stages->notes);
    signs_find(arena, &stages->lines);
    blocks_make(arena, &stages->lines, &stages->letter, &stages->blocks);
    rejoin_sentences(&stages->lines, &stages->blocks);
    headings_find(&stages->lines, &stages->blocks);
    infer(arena, &stages->lines, &stages->letter, &stages->furniture, &stages->blocks,
          &document->meta, &stages->title, &stages->basis);
    set_title(&stages->blocks, &stages->title);
    headings_rank(arena, &stages->lines, &stages->blocks);
    rejoin_lines(&stages->lines, &stages->blocks);
    tree_build(arena, stages, input->collection, document);
}
