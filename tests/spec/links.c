/* Resolves links. The input is a row of files, each begun by a line `=== PATH`; what is printed is
 * where each link of the first one leads, a line each: the target as written, then the file and the
 * anchor, then what is wrong with it. */
#include "base/arena.h"
#include "base/buf.h"
#include "link/catalog.h"
#include "link/resolve.h"
#include "read/markdown.h"
#include "read/reader.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILES_MAX = 40 };

struct file {
    struct str path, text;
};

struct files {
    struct file items[FILES_MAX];
    size_t count;
};

static struct str read_input(struct arena *arena)
{
    struct buf input;
    size_t len;
    buf_init(&input, arena);
    while ((len = fread(buf_reserve(&input, 4096), 1, 4096, stdin)) > 0)
        input.len += len;
    return buf_str(&input);
}

static void split_files(struct str input, struct files *files)
{
    struct file *file = NULL;
    for (struct str line = str_line(&input); line.data; line = str_line(&input)) {
        if (str_starts(line, STR("=== ")) && files->count < FILES_MAX) {
            file = &files->items[files->count++];
            file->path = str_from_offset(line, 4);
            file->text = (struct str){input.data ? input.data : "", 0};
        } else if (file) {
            file->text.len = (size_t)(line.data + line.len - file->text.data);
        }
    }
}

static int by_path(const void *left, const void *right)
{
    const struct file *a = left, *b = right;
    return str_compare(a->path, b->path);
}

static struct str text_of(const struct files *files, uint32_t entry)
{
    return entry == NO_ENTRY ? (struct str){NULL, 0} : files->items[entry].text;
}

static void read_one(struct arena *arena, const struct files *files, struct outline *outline,
                     struct document *document, struct diags *diags)
{
    struct reader_input input = {
        .path = outline->path,
        .markdown = text_of(files, outline->markdown),
        .text_path = outline->path,
        .text = text_of(files, outline->text),
        .fallback_slug = {"section", 7},
    };
    reader_read(arena, &input, document, diags);
    outline_fill(outline, document, arena);
}

static struct resolution resolve(const struct resolver *resolver, struct arena *arena,
                                 uint32_t from, const struct node *node)
{
    if (node->kind == NODE_CITATION)
        return resolve_citation(resolver, arena, node->target, node->text);
    if (node->kind == NODE_WIKILINK)
        return resolve_wikilink(resolver, arena, from, node->target);
    return resolve_path(resolver, arena, from, node->target);
}

static void print_link(const struct resolver *resolver, const struct node *node,
                       const struct resolution *found)
{
    const struct outline *documents = resolver->documents;
    printf("%.*s", STR_ARGS(node->target));
    if (node->kind == NODE_CITATION && node->text.len)
        printf(", %.*s", STR_ARGS(node->text));
    if (found->to.document != NO_DOCUMENT)
        printf(" -> %.*s", STR_ARGS(documents[found->to.document].path));
    else if (found->to.entry != NO_ENTRY)
        printf(" -> %.*s", STR_ARGS(resolver->snapshot->entries[found->to.entry].path));
    else
        printf(" -> nothing");
    if (found->to.anchor.len)
        printf("#%.*s", STR_ARGS(found->to.anchor));
    if (found->heading_missing)
        printf(" (no such heading)");
    if (found->other != NO_DOCUMENT)
        printf(" (or %.*s)", STR_ARGS(documents[found->other].path));
    printf("\n");
}

static void print_links(const struct resolver *resolver, struct arena *arena, uint32_t from,
                        const struct document *document)
{
    for (const struct node *node = document->root; node; node = node_walk(document->root, node)) {
        if (!node->number || node->kind < NODE_LINK || node->kind > NODE_CITATION)
            continue;
        struct resolution found = resolve(resolver, arena, from, node);
        print_link(resolver, node, &found);
    }
}

static void run(struct arena *arena, struct files *files, struct diags *diags)
{
    struct entry entries[FILES_MAX] = {{.size = 0}};
    struct snapshot snapshot = {.entries = entries, .count = files->count};
    struct str first = files->count ? files->items[0].path : STR("");
    struct resolver resolver;
    struct outline *outlines;
    qsort(files->items, files->count, sizeof *files->items, by_path);
    for (size_t i = 0; i < files->count; i++)
        entries[i].path = files->items[i].path;
    uint32_t count = catalog_fill(arena, &snapshot, &outlines), from = 0;
    struct document *documents = arena_new_array(arena, count, struct document);
    for (uint32_t i = 0; i < count; i++) {
        read_one(arena, files, &outlines[i], &documents[i], diags);
        if (str_equal(outlines[i].path, first))
            from = i;
    }
    resolver_init(&resolver, arena, &snapshot, outlines, count);
    if (count)
        print_links(&resolver, arena, from, &documents[from]);
}

int main(void)
{
    struct arena arena;
    struct diags diags;
    struct files files = {.count = 0};
    arena_init(&arena);
    diags_init(&diags, &arena);
    markdown_init();
    split_files(read_input(&arena), &files);
    run(&arena, &files, &diags);
    diags_sort(&diags);
    diags_print(&diags, stderr);
    arena_release(&arena);
    return 0;
}
