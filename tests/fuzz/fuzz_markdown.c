/* Any bytes as Markdown. Built with -fsanitize=fuzzer it is a target of libFuzzer; without, a
 * program that tries the files it is given. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "read/bounds.h"
#include "read/shield.h"
#include "tests/fuzz/replay.h"
#include "tests/hostile/cmark.h"

#include <assert.h>

static size_t count_lines(struct str text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++)
        lines += text.data[i] == '\n' || text.data[i] == '\r';
    return lines;
}

/* Bounds lose nothing and move nothing to another line, and cmark takes what they give. */
static void try_text(struct arena *arena, struct str text)
{
    struct diags diags;
    struct buf out;
    diags_init(&diags, arena);
    buf_init(&out, arena);
    struct str bounded = bounds_apply(arena, (struct place){STR("fuzz"), 1, 0}, text, &diags);
    assert(count_lines(bounded) == count_lines(text));
    assert(str_equal(shield_restore(arena, bounded), shield_clean(arena, text)));
    cmark_node *tree = cmark_tree(bounded);
    cmark_text(tree, &out);
    cmark_node_free(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    arena_init(&arena);
    try_text(&arena, utf8_repair(&arena, (struct str){(const char *)data, size}));
    arena_release(&arena);
    return 0;
}
