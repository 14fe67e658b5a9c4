/* The floor of reading: what cmark-gfm alone takes for the same notes, on one thread.
 *
 *   parsing FOLDER
 *
 * All files below the folder that end in .md are taken into memory; then each is parsed, with the
 * extensions that naslag uses, and rendered as HTML. Prints `took SECONDS CPU`, of the latter
 * alone. */
#include "base/arena.h"
#include "base/err.h"
#include "base/file.h"
#include "base/vec.h"
#include "stopwatch.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

struct texts {
    struct str *items;
    size_t count, capacity;
};

static bool is_markdown(const FTSENT *entry)
{
    return entry->fts_info == FTS_F && entry->fts_namelen > 3 &&
           !strcmp(entry->fts_name + entry->fts_namelen - 3, ".md");
}

static void gather(struct arena *arena, char *folder, struct texts *texts)
{
    char *roots[] = {folder, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    struct str text;
    struct err err;
    for (FTSENT *entry; walk && (entry = fts_read(walk));)
        if (is_markdown(entry) && !file_read(arena, entry->fts_path, &text, &err))
            *vec_push(texts, arena) = text;
    if (walk)
        fts_close(walk);
}

/* Returns the length of what came of it, so that nothing can be left out as useless. */
static size_t render(struct str text)
{
    static const char *const names[] = {"table", "tasklist", "strikethrough"};
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, text.data, text.len);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_llist *extensions = cmark_parser_get_syntax_extensions(parser);
    char *html = cmark_render_html(document, CMARK_OPT_FOOTNOTES, extensions);
    size_t len = strlen(html);
    free(html);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return len;
}

int main(int count, char **arguments)
{
    struct arena arena;
    struct texts texts = {0};
    size_t read = 0, made = 0;
    if (count != 2) {
        fprintf(stderr, "usage: parsing FOLDER\n");
        return 2;
    }
    arena_init(&arena);
    cmark_gfm_core_extensions_ensure_registered();
    gather(&arena, arguments[1], &texts);
    struct stopwatch watch = stopwatch_start();
    for (size_t i = 0; i < texts.count; i++) {
        read += texts.items[i].len;
        made += render(texts.items[i]);
    }
    stopwatch_print(&watch);
    printf("%zu files, %zu bytes of Markdown, %zu of HTML\n", texts.count, read, made);
    arena_release(&arena);
    return texts.count ? 0 : 2;
}
