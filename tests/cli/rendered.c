/* Markdown on standard input as HTML, with the extensions that forges have, and raw HTML as it is.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    static const char *const names[] = {"table", "autolink", "strikethrough"};
    static char bytes[1 << 20];
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_UNSAFE);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, bytes, fread(bytes, 1, sizeof bytes, stdin));
    cmark_node *root = cmark_parser_finish(parser);
    char *html =
        cmark_render_html(root, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser));
    fputs(html, stdout);
    free(html);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return 0;
}
