/* Any bytes as plain text. What must hold: every byte of the text that is no blank is in exactly
 * one of passage, footnote, what was dropped (metadata too), and the signs that became form.
 *
 * Built with -fsanitize=fuzzer it is a target of libFuzzer; without, a program that tries the files
 * it is given. */
#include "base/arena.h"
#include "read/charset.h"
#include "read/text.h"
#include "tests/fuzz/replay.h"

#include <assert.h>
#include <string.h>

/* How often each byte stands there; blanks are not counted. */
struct count {
    int64_t bytes[256];
};

static void add(struct count *count, struct str text, int sign)
{
    for (size_t i = 0; i < text.len; i++)
        if (!str_is_space(text.data[i]))
            count->bytes[(unsigned char)text.data[i]] += sign;
}

/* The title is shown above the text, too, where it comes from a field or a running head. */
static bool is_title(const struct node *node, const struct stages *stages)
{
    return node->kind == NODE_HEADING && node->number == 1 && !stages->title.block;
}

static void add_tree(struct count *count, const struct node *root, const struct stages *stages)
{
    for (const struct node *node = root; node;) {
        bool title = is_title(node, stages);
        if (!title && (node->kind == NODE_TEXT || node->kind == NODE_CODE_BLOCK))
            add(count, node->text, 1);
        node = title ? node_walk_over(root, node) : node_walk(root, node);
    }
}

static void add_document(struct count *count, const struct document *document,
                         const struct stages *stages)
{
    add_tree(count, document->root, stages);
    for (size_t i = 0; i < document->dropped.count; i++) {
        add(count, document->dropped.items[i].text, 1);
        add(count, document->dropped.items[i].instead, -1);
    }
    for (size_t i = 0; i < document->formed.count; i++)
        add(count, document->formed.items[i].text, 1);
}

static void check(const struct count *in, const struct count *out)
{
    for (int i = 0; i < 256; i++)
        if (in->bytes[i] != out->bytes[i]) {
            fprintf(stderr, "byte %02x ('%c'): %lld in, %lld out\n", (unsigned)i,
                    i > 32 && i < 127 ? i : ' ', (long long)in->bytes[i], (long long)out->bytes[i]);
            assert(!"a byte was lost or doubled");
        }
}

static void try_text(struct arena *arena, struct str bytes)
{
    struct count in = {{0}}, out = {{0}};
    struct document document = {.root = NULL};
    struct stages stages;
    struct str text;
    struct text_input input = {STR("fuzz"), bytes, NULL};
    if (!charset_decode(arena, input.path, bytes, &text, NULL))
        return;
    add(&in, text, 1);
    text_read(arena, &input, &document, &stages, NULL);
    document_finish(arena, &document, STR("section"));
    add_document(&out, &document, &stages);
    check(&in, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    arena_init(&arena);
    try_text(&arena, (struct str){(const char *)data, size});
    arena_release(&arena);
    return 0;
}
