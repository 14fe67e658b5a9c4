/* Finds and verifies quotations. The input is Markdown, a line `===`, and the text that each of its
 * quotations is looked for in, a paragraph a passage. A quotation is a line: what became of it. The
 * arguments are the passages that are cited, from and to; without them all are. */
#include "base/arena.h"
#include "base/buf.h"
#include "link/quotation.h"
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

static void print(const struct finding *finding)
{
    static const char *const names[] = {"found",     "elsewhere", "differs",
                                        "scattered", "missing",   "unknown"};
    printf("%s", names[finding->verdict]);
    if (finding->passage)
        printf(" ¶%u", (unsigned)finding->passage);
    if (finding->verdict == QUOTATION_DIFFERS)
        printf(": '%.*s', not '%.*s'", STR_ARGS(finding->said), STR_ARGS(finding->quoted));
    printf("\n");
}

static void read_markdown(struct arena *arena, struct str text, struct document *document)
{
    struct reader_input input = {
        .path = STR("a.md"), .markdown = text, .fallback_slug = STR("part")};
    reader_read(arena, &input, document, NULL);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct document note = {.meta.more = &meta_nothing}, text = note;
    struct quotations quotations = {0};
    struct wording wording;
    arena_init(&arena);
    struct str input = read_input(&arena);
    ptrdiff_t cut = str_find(input, STR("===\n"));
    if (cut == STR_NONE)
        return 2;
    read_markdown(&arena, str_slice(input, 0, (size_t)cut), &note);
    read_markdown(&arena, str_from_offset(input, (size_t)cut + 4), &text);
    quotations_find(&arena, &note, &quotations);
    wording_init(&wording, &arena, &text);
    struct stretch cited = {1, (uint32_t)text.passages.count};
    if (argc > 2)
        cited = (struct stretch){(uint32_t)atoi(argv[1]), (uint32_t)atoi(argv[2])};
    for (size_t i = 0; i < quotations.items.count; i++) {
        struct finding found =
            quotation_verify(&wording, &arena, quotations.items.items[i].text, &cited, 1);
        print(&found);
    }
    arena_release(&arena);
    return 0;
}
