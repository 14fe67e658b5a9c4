#include "write/redirects.h"

#include "base/arena.h"
#include "base/map.h"

struct choice {
    struct redirects *redirects;
    struct arena *arena;  /* of what stays */
    struct arena scratch; /* of all that is offered */
    const struct web *web;
    const struct naming *naming;
    struct map taken; /* ids of pages */
};

static void offer_id(struct choice *choice, uint32_t document, struct str id)
{
    void **slot = map_at(&choice->taken, id);
    if (*slot)
        return;
    *slot = choice;
    *vec_push(&choice->redirects->items, choice->arena) =
        (struct redirect){str_copy(choice->arena, id), document};
}

static void offer(struct choice *choice, uint32_t document, struct str name)
{
    if (!name.len)
        return;
    struct str own = choice->web->documents[document].id;
    struct str folder = str_slice(own, 0, (size_t)(str_find_last(own, '/') + 1));
    struct str part = naming_part(&choice->scratch, choice->naming, name);
    struct str id = str_format(&choice->scratch, "%.*s%.*s", STR_ARGS(folder), STR_ARGS(part));
    if (!str_equal(part, choice->naming->fallback_slug))
        offer_id(choice, document, id);
}

/* What another program's address comes to is one of ours or no address at all. */
static void offer_former(struct choice *choice, uint32_t document, struct str path)
{
    const struct outline *outline = &choice->web->documents[document];
    if (naming_former_path(path).len)
        offer_id(choice, document, naming_former(&choice->scratch, choice->naming, outline, path));
}

void redirects_choose(struct redirects *redirects, struct arena *arena, const struct web *web,
                      const struct naming *naming)
{
    struct choice choice = {.redirects = redirects, .arena = arena, .web = web, .naming = naming};
    arena_init(&choice.scratch);
    map_init(&choice.taken, &choice.scratch);
    struct naming all = tags_reserve(&web->tags, &choice.scratch);
    for (size_t i = 0; i < all.reserved_count; i++)
        *map_at(&choice.taken, all.reserved[i]) = &choice;
    for (uint32_t i = 0; i < web->document_count; i++)
        *map_at(&choice.taken, web->documents[i].id) = &choice;
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct meta *meta = &web->documents[i].meta;
        offer(&choice, i, meta->more->abbreviation);
        for (size_t j = 0; j < meta->aliases.texts.count && j < REDIRECTS_PER_DOCUMENT; j++)
            offer(&choice, i, meta->aliases.texts.items[j].text);
        for (size_t j = 0; j < meta->more->former.texts.count && j < REDIRECTS_PER_DOCUMENT; j++)
            offer_former(&choice, i, meta->more->former.texts.items[j].text);
    }
    arena_release(&choice.scratch);
}

void redirects_page(struct page *page, const struct redirect *redirect)
{
    page_set(page, page->value, "target_url", page_document_url(page, redirect->document, STR("")));
    page_set(page, page->value, "target",
             page->site->web->documents[redirect->document].meta.title);
}
