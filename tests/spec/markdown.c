/* Renders Markdown from standard input as it stands on a page, of a knowledge base that holds
 * nothing else. Numbers of passages are left out, but for `--passages`. With `--many` the input is
 * a row of texts, each as `LENGTH:BYTES`, and so is the output. */
#include "read/markdown.h"
#include "base/arena.h"
#include "write/html.h"

#include <stdio.h>
#include <string.h>

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

/* Length of the number of a passage that `html` starts with: its link, or ` id="p12"`. */
static size_t number_length(struct str html)
{
    size_t digits = STR(" id=\"p").len;
    if (str_starts(html, STR(" <a class=\"pn\"")))
        return (size_t)str_find(html, STR("</a>")) + 4;
    if (!str_starts(html, STR(" id=\"p")))
        return 0;
    size_t end = digits;
    while (end < html.len && str_is_digit(html.data[end]))
        end++;
    return end > digits && html.data[end] == '"' ? end + 1 : 0;
}

static void put_without_numbers(struct buf *out, struct str html)
{
    while (html.len) {
        size_t len = html.data[0] == ' ' ? number_length(html) : 0;
        if (!len)
            buf_put_char(out, html.data[0]);
        html = str_from_offset(html, len ? len : 1);
    }
}

static const struct html_words words = {
    .table = {"Table", 5},
    .footnotes = {"Footnotes", 9},
    .back = {"Back", 4},
    .done = {"done", 4},
    .open = {"open", 4},
    .missing = {"missing", 7},
    .passage = {"Passage", 7},
    .page = {"page", 4},
    .files_folder = {"files", 5},
};

static struct str render(struct arena *arena, struct str markdown, bool numbers,
                         struct diags *diags)
{
    struct outline outline = {.id = {"note", 4}, .meta.more = &meta_nothing};
    struct web web = {.documents = &outline, .document_count = 1};
    struct html html = {.arena = arena, .web = &web, .words = &words, .top_level = 1};
    struct document document = {.meta = {.title = {"\n", 1}, .more = &meta_nothing},
                                .root = node_add(arena, NULL, 0)};
    struct buf page, plain;
    buf_init(&page, arena);
    buf_init(&plain, arena);
    document.body = node_add(arena, document.root, NODE_DOCUMENT);
    markdown_read(arena, (struct place){STR("note.md"), 1, 0}, markdown, document.body, 1, diags);
    document_finish(arena, &document, STR("section"));
    html_put_part(&html, &document, document.body, &page);
    if (numbers)
        return buf_str(&page);
    put_without_numbers(&plain, buf_str(&page));
    return buf_str(&plain);
}

static void render_many(struct arena *arena, struct str input, struct diags *diags)
{
    while (input.len) {
        long len = 0;
        if (!str_to_long(str_cut(&input, ':'), &len))
            return;
        struct str html = render(arena, str_slice(input, 0, (size_t)len), false, diags);
        printf("%zu:", html.len);
        fwrite(html.data, 1, html.len, stdout);
        input = str_from_offset(input, (size_t)len);
    }
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct diags diags;
    const char *option = argc > 1 ? argv[1] : "";
    arena_init(&arena);
    diags_init(&diags, &arena);
    markdown_init();
    struct str input = read_input(&arena);
    if (!strcmp(option, "--many")) {
        render_many(&arena, input, &diags);
        arena_release(&arena);
        return 0;
    }
    struct str html = render(&arena, input, !strcmp(option, "--passages"), &diags);
    fwrite(html.data, 1, html.len, stdout);
    diags_sort(&diags);
    diags_print(&diags, stderr);
    arena_release(&arena);
    return 0;
}
