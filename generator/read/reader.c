#include "read/reader.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "read/excess.h"
#include "read/lint.h"
#include "read/markdown.h"
#include "read/text.h"

struct str reader_stem(struct str path)
{
    ptrdiff_t slash = str_find_last(path, '/');
    struct str name = str_from_offset(path, slash == STR_NONE ? 0 : (size_t)slash + 1);
    ptrdiff_t dot = str_find_last(name, '.');
    return dot > 0 ? str_slice(name, 0, (size_t)dot) : name;
}

static uint32_t count_footnotes(const struct node *part)
{
    uint32_t count = 0;
    for (const struct node *node = part->first; node; node = node->next)
        count += node->kind == NODE_FOOTNOTE;
    return count;
}

/* The text's reader adds to `document->root`, so its part stands in for the root while it runs. */
static void read_text(struct arena *arena, const struct reader_input *input,
                      struct document *document, struct diags *diags)
{
    struct node *root = document->root;
    document->text = node_add(arena, root, NODE_DOCUMENT);
    document->root = document->text;
    struct text_input text = {input->text_path, input->text, input->collection};
    struct excess excess = excess_cut(&text.bytes, 1);
    text_read(arena, &text, document, input->stages, diags);
    excess_add(arena, &excess, input->text_path, document->root, diags);
    document->root = root;
    document->footnotes = count_footnotes(document->text);
}

static void read_markdown(struct arena *arena, const struct reader_input *input,
                          struct document *document, struct diags *diags)
{
    struct place place = {input->path, document->meta.body_line, 0};
    document->body = node_add(arena, document->root, NODE_DOCUMENT);
    markdown_read(arena, place, str_from_offset(input->markdown, document->meta.body_offset),
                  document->body, document->footnotes + 1, diags);
    document->footnotes += count_footnotes(document->body);
}

static const struct node *first_block(const struct node *part)
{
    const struct node *node = part ? part->first : NULL;
    while (node && node->kind == NODE_PAGE)
        node = node->next;
    return node;
}

const struct node *reader_title_node(const struct document *document)
{
    const struct node *part = document->text ? document->text : document->body;
    const struct node *node = first_block(part);
    bool heading = node && node->kind == NODE_HEADING && node->number == 1 && node->passage;
    if (!heading)
        return NULL;
    struct str text = document->passages.items[node->passage - 1].text;
    return str_equal(text, document->meta.title) ? node : NULL;
}

static void find_title(struct arena *arena, const struct reader_input *input,
                       struct document *document)
{
    const struct node *node = first_block(document->text ? document->text : document->body);
    struct str *title = &document->meta.title;
    if (!title->len && node && node->kind == NODE_HEADING && node->number == 1 && node->passage)
        *title = document->passages.items[node->passage - 1].text;
    if (!title->len)
        *title = utf8_compose(arena, utf8_repair(arena, reader_stem(input->path)));
}

/* Text composed, as other programs expect it: editors on a Mac may commit letters and accents
 * apart. Without a combining mark (U+0300 to U+036F) there is nothing to do. */
static struct str compose(struct arena *arena, struct str text)
{
    bool marks = str_find_char(text, '\xCC') != STR_NONE || str_find_char(text, '\xCD') != STR_NONE;
    return marks ? utf8_compose(arena, text) : text;
}

void reader_read(struct arena *arena, const struct reader_input *given, struct document *document,
                 struct diags *diags)
{
    struct reader_input composed = *given;
    const struct reader_input *input = &composed;
    composed.markdown = compose(arena, given->markdown);
    composed.text = compose(arena, given->text);
    *document = (struct document){.meta = {.more = &meta_nothing, .body_line = 1}};
    document->root = node_add(arena, NULL, NODE_DOCUMENT);
    if (input->markdown.data)
        meta_read(arena, input->path, input->markdown, &document->meta, diags);
    if (input->text.data)
        read_text(arena, input, document, diags);
    if (input->markdown.data)
        read_markdown(arena, input, document, diags);
    document_finish(arena, document, input->fallback_slug);
    find_title(arena, input, document);
    if (given->markdown.data && diags)
        lint_document(&(struct lint_input){given->path, given->markdown, document}, diags);
}
