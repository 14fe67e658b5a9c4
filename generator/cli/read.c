#include "cli/read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "read/markdown.h"
#include "read/reader.h"
#include "read/text.h"
#include "write/escape.h"
#include "write/reprint.h"

#include <stdio.h>

enum { STATUS_FINE, STATUS_ERRORS, STATUS_NOTHING };

struct reading {
    struct arena arena;
    struct diags diags;
    struct document document;
    struct stages stages;
    struct buf out;
};

static void put_row(struct buf *out, uint32_t line, uint32_t page, const char *what)
{
    buf_printf(out, "%u\t", line);
    if (page)
        buf_put_number(out, page);
    buf_printf(out, "\t%s", what);
}

static uint32_t list_depth(const struct node *node)
{
    uint32_t depth = 0;
    for (; node; node = node->parent)
        depth += node->kind == NODE_LIST;
    return depth;
}

static const char *block_name(struct arena *arena, const struct block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        if (block->node && block->node->number == 1)
            return "title";
        return str_cstring(arena, str_format(arena, "heading %u", block->level));
    case BLOCK_ITEM:
        return str_cstring(arena, str_format(arena, "item %u", list_depth(block->node)));
    case BLOCK_QUOTE:
        return "quote";
    case BLOCK_CODE:
        return "code";
    case BLOCK_TABLE:
        return "table";
    case BLOCK_LINES:
        return "lines";
    default:
        return "paragraph";
    }
}

/* The passage that a node is, or that it begins. */
static uint32_t passage_of(const struct node *node)
{
    for (const struct node *at = node; at; at = node_walk(node, at))
        if (at->passage)
            return at->passage;
    while (node && !node->passage)
        node = node->parent;
    return node ? node->passage : 0;
}

static void put_part(struct buf *out, const char *kind, size_t part, const struct node *node)
{
    uint32_t passage = passage_of(node);
    buf_printf(out, "\t%s%zu\t", kind, part);
    if (passage)
        buf_put_number(out, passage);
}

/* The index of the footnote that line `index` is part of: notes are in order of their lines. */
static size_t note_of(const struct notes *notes, size_t index)
{
    size_t low = 0, high = notes->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notes->items.items[middle].last < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void trace_line(struct reading *reading, size_t index)
{
    const struct stages *stages = &reading->stages;
    const struct line *line = &stages->lines.items[index];
    struct buf *out = &reading->out;
    if (line->fate == LINE_DROPPED) {
        put_row(out, line->number, line->page, "dropped: ");
        buf_printf(out, "%s\t\t", line->reason);
    } else if (line->fate == LINE_ASIDE) {
        put_row(out, line->number, line->page, "aside\t\t");
    } else if (line->fate == LINE_NOTE) {
        size_t at = note_of(&stages->notes, index);
        const struct note *note = &stages->notes.items.items[at];
        put_row(out, line->number, line->page, "footnote ");
        buf_put_number(out, note->number);
        put_part(out, "n", at + 1, note->node);
    } else {
        const struct block *block = &stages->blocks.items.items[line->block - 1];
        put_row(out, line->number, line->page, block_name(&reading->arena, block));
        put_part(out, "", line->block, block->node);
    }
    buf_put_char(out, '\t');
    buf_put(out, line->text);
    buf_put_char(out, '\n');
}

/* The index of every line, by where it stands in the input: pieces of one line from left to right,
 * which is the order that they came in. A counting sort. */
static size_t *by_number(struct arena *arena, const struct lines *lines)
{
    size_t *order = arena_new_array(arena, lines->count + 1, size_t);
    size_t *start = arena_new_array(arena, (size_t)lines->total + 2, size_t);
    for (size_t i = 0; i < lines->count; i++)
        start[lines->items[i].number + 1]++;
    for (size_t i = 1; i <= lines->total; i++)
        start[i + 1] += start[i];
    for (size_t i = 0; i < lines->count; i++)
        order[start[lines->items[i].number]++] = i;
    return order;
}

/* A row for every line of the input, and for each of its columns: what became of it. */
static void trace(struct reading *reading)
{
    const struct lines *lines = &reading->stages.lines;
    const size_t *order = by_number(&reading->arena, lines);
    uint32_t number = 1;
    buf_put_cstring(&reading->out, "line\tpage\twhat\tpart\tpassage\ttext\n");
    for (size_t i = 0; i < lines->count; i++) {
        for (; number < lines->items[order[i]].number; number++)
            put_row(&reading->out, number, 0, "empty\t\t\t\n");
        trace_line(reading, order[i]);
        number = lines->items[order[i]].number + 1;
    }
    for (; number <= lines->total; number++)
        put_row(&reading->out, number, 0, "empty\t\t\t\n");
}

/* What is in no passage, and why. */
static void list_dropped(struct reading *reading)
{
    for (size_t i = 0; i < reading->document.dropped.count; i++) {
        const struct dropped *dropped = &reading->document.dropped.items[i];
        buf_printf(&reading->out, "%u\t%s\t%.*s", dropped->line, dropped->reason,
                   STR_ARGS(dropped->text));
        if (dropped->instead.len)
            buf_printf(&reading->out, " (now %.*s)", STR_ARGS(dropped->instead));
        buf_put_char(&reading->out, '\n');
    }
}

/* What a field rests on, as a comment. */
static void put_basis(struct buf *out, const struct evidence *evidence)
{
    if (!evidence->line)
        return;
    buf_printf(out, "  # line %u: %s", evidence->line, evidence->basis);
    if (evidence->label.len)
        buf_printf(out, " '%.*s'", STR_ARGS(evidence->label));
}

static void put_field(struct buf *out, const char *name, struct str value,
                      const struct evidence *evidence)
{
    if (!value.len)
        return;
    buf_printf(out, "%s: ", name);
    escape_yaml(out, value);
    put_basis(out, evidence);
    buf_put_char(out, '\n');
}

static void put_front_matter(struct reading *reading)
{
    const struct meta *meta = &reading->document.meta;
    const struct inference *basis = &reading->stages.basis;
    struct buf *out = &reading->out;
    buf_put_cstring(out, "---\n");
    put_field(out, "title", meta->title, &basis->title);
    put_field(out, "date", date_format(&reading->arena, meta->date), &basis->date);
    put_field(out, "issuer", meta->more->issuer, &basis->issuer);
    put_field(out, "author", meta->more->author, &basis->author);
    put_field(out, "addressee", meta->more->addressee, &basis->addressee);
    put_field(out, "reference", meta->more->reference, &basis->reference);
    put_field(out, "kind", meta->kind, &basis->kind);
    buf_put_cstring(out, "---\n\n");
}

static void show(struct reading *reading, enum read_mode mode)
{
    switch (mode) {
    case READ_TRACE:
        trace(reading);
        break;
    case READ_DROPPED:
        list_dropped(reading);
        break;
    default:
        put_front_matter(reading);
        reprint(&reading->out, reading->document.root);
    }
    fwrite(reading->out.data, 1, reading->out.len, stdout);
}

static int read_input(struct reading *reading, const char *path, struct str *bytes)
{
    struct err err;
    int status = file_read(&reading->arena, path, bytes, &err);
    if (!status)
        return 0;
    if (status > 0)
        err_set(&err, "no such file: '%s'", path);
    fprintf(stderr, "naslag: %s\n", err.message);
    return -1;
}

static int read_file(struct reading *reading, const char *path, enum read_mode mode)
{
    struct str bytes, name = str_from(path);
    if (read_input(reading, path, &bytes))
        return STATUS_NOTHING;
    struct reader_input input = {
        .path = name, .fallback_slug = STR("section"), .stages = &reading->stages};
    if (str_ends(name, STR(".md"))) {
        markdown_init();
        input.markdown = bytes;
    } else {
        input.text_path = name;
        input.text = bytes;
    }
    reader_read(&reading->arena, &input, &reading->document, &reading->diags);
    show(reading, mode);
    diags_print(&reading->diags, stderr);
    return diags_count(&reading->diags, DIAG_ERROR) ? STATUS_ERRORS : STATUS_FINE;
}

int read_run(const struct options *options)
{
    struct reading reading = {.stages = {.lines = {0}}};
    arena_init(&reading.arena);
    diags_init(&reading.diags, &reading.arena);
    buf_init(&reading.out, &reading.arena);
    int status = read_file(&reading, options->file, options->read_mode);
    arena_release(&reading.arena);
    return status;
}
