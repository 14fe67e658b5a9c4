#include "write/rendering.h"

#include "write/made_of.h"

void rendering_make(struct page *page, struct publish *publish, const char *template,
                    struct str path, struct origin origin)
{
    struct buf out;
    buf_init(&out, page->arena);
    template_render(page->site->templates, str_from(template), page->value, &out);
    publish_made(publish, path, buf_str(&out), origin);
}

void rendering_publish_at(struct page *page, struct publish *publish, const char *template,
                          struct str path, struct digest grounds)
{
    struct origin origin = {made_of_page(page, template, DIGEST_NONE), grounds};
    if (!publish_keep(publish, path, origin))
        rendering_make(page, publish, template, path, origin);
}

void rendering_publish(struct page *page, struct publish *publish, const char *template,
                       struct str path)
{
    rendering_publish_at(page, publish, template, path, DIGEST_NONE);
}

void rendering_publish_on(struct page *page, struct publish *publish, const char *template,
                          struct digest grounds)
{
    rendering_publish_at(page, publish, template, rendering_path(page), grounds);
}

struct str rendering_path(struct page *page)
{
    return str_format(page->arena, "%.*s.html", STR_ARGS(page->id));
}
