#include "write/rendering.h"

#include "write/made_of.h"

void rendering_make(struct page *page, struct publish *publish, const char *template,
                    struct str path, struct digest made_of)
{
    struct buf out;
    buf_init(&out, page->arena);
    template_render(page->site->templates, str_from(template), page->value, &out);
    publish_made(publish, path, buf_str(&out), made_of);
}

void rendering_publish(struct page *page, struct publish *publish, const char *template,
                       struct str path)
{
    struct digest made_of = made_of_page(page, template, DIGEST_NONE);
    if (!publish_keep(publish, path, made_of))
        rendering_make(page, publish, template, path, made_of);
}

struct str rendering_path(struct page *page)
{
    return str_format(page->arena, "%.*s.html", STR_ARGS(page->id));
}
