/* Markdown through cmark-gfm as the program has it done, for tests: its time and memory, and what
 * text comes out. */
#ifndef NASLAG_TESTS_CMARK_H
#define NASLAG_TESTS_CMARK_H

#include "base/buf.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

static inline cmark_node *cmark_tree(struct str text)
{
    static const char *const extensions[] = {"table", "strikethrough", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    if (text.len)
        cmark_parser_feed(parser, text.data, text.len);
    cmark_node *tree = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return tree;
}

/* Adds all that a reader would take from the tree to `out`. */
static inline void cmark_text(cmark_node *tree, struct buf *out)
{
    cmark_iter *iter = cmark_iter_new(tree);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        buf_put(out, str_from(cmark_node_get_literal(node)));
        buf_put(out, str_from(cmark_node_get_url(node)));
        buf_put(out, str_from(cmark_node_get_title(node)));
        buf_put(out, str_from(cmark_node_get_fence_info(node)));
    }
    cmark_iter_free(iter);
}

#endif
