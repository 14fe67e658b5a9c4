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

static struct str path_of(struct arena *arena, struct str id)
{
    return str_join(arena, id, STR(".html"));
}

bool rendering_rests(struct publish *publish, struct arena *arena, struct str id,
                     struct digest grounds)
{
    return publish_keep(publish, path_of(arena, id), (struct origin){.grounds = grounds});
}

struct str rendering_path(struct page *page)
{
    return path_of(page->arena, page->id);
}
