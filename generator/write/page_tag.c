/* Tags: the list of them, and what each is given to. */
#include "write/page.h"

#include "base/arena.h"
#include "write/editions.h"

/* Whether an edition lists the document under the tag: of translations that have it the one that
 * the edition shows; where that one lacks it, those that have it. */
static bool is_listed(const struct site *site, const struct tag *tag, uint32_t document)
{
    uint32_t shown = editions_document(site, document);
    size_t low = 0, high = tag->uses.count;
    if (shown == document)
        return true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tag->uses.items[middle].document < shown)
            low = middle + 1;
        else
            high = middle;
    }
    return low == tag->uses.count || tag->uses.items[low].document != shown;
}

static uint32_t count_listed(const struct site *site, const struct tag *tag)
{
    uint32_t count = 0;
    for (size_t i = 0; i < tag->uses.count; i++)
        count += is_listed(site, tag, tag->uses.items[i].document);
    return count;
}

static struct value *tag_value(struct page *page, const struct tag *tag)
{
    struct value *value = value_object(page->arena);
    page_set(page, value, "text", tag->name);
    page_set(page, value, "url", page_url(page, editions_tag_id(page->site, page->arena, tag)));
    return value;
}

static struct value *counted_value(struct page *page, const struct tag *tag)
{
    struct value *value = tag_value(page, tag);
    page_set_number(page, value, "count", count_listed(page->site, tag));
    return value;
}

/* The document, at the passage that has the tag. */
static struct value *use_value(struct page *page, const struct tagged *use)
{
    struct value *item = page_item(page, use->document);
    struct str anchor =
        use->passage ? str_format(page->arena, "p%u", (unsigned)use->passage) : STR("");
    page_set(page, item, "url", page_document_url(page, use->document, anchor));
    return item;
}

/* Tags are in the order of their ids: those below one follow it. */
static struct value *tags_below(struct page *page, uint32_t parent, uint32_t first)
{
    const struct tags *tags = &page->site->web->tags;
    struct str id = parent == NO_TAG ? STR("") : tags->items.items[parent].id;
    struct value *list = value_list(page->arena);
    for (uint32_t i = first; i < tags->items.count; i++) {
        const struct tag *tag = &tags->items.items[i];
        if (!str_starts(tag->id, id))
            break;
        if (tag->parent == parent)
            value_append(page->arena, list, counted_value(page, tag));
    }
    return list;
}

void page_tag(struct page *page, uint32_t number)
{
    const struct tags *tags = &page->site->web->tags;
    const struct tag *tag = &tags->items.items[number];
    struct value *documents = value_list(page->arena);
    for (size_t i = 0; i < tag->uses.count; i++)
        if (is_listed(page->site, tag, tag->uses.items[i].document))
            value_append(page->arena, documents, use_value(page, &tag->uses.items[i]));
    page_set_list(page, page->value, "documents", documents);
    page_set_list(page, page->value, "below", tags_below(page, number, number + 1));
    if (tag->parent != NO_TAG)
        value_set(page->arena, page->value, "above",
                  tag_value(page, &tags->items.items[tag->parent]));
    page_set_number(page, page->value, "count", documents->list.count);
    page_set(page, page->value, "all_url", page_url(page, page_tags_id(page->arena, page->site)));
}

struct str page_tags_id(struct arena *arena, const struct site *site)
{
    return str_format(arena, "%.*s/index", STR_ARGS(site->words.tags_folder));
}

void page_tags(struct page *page)
{
    const struct tags *tags = &page->site->web->tags;
    struct value *list = value_list(page->arena);
    for (size_t i = 0; i < tags->items.count; i++)
        value_append(page->arena, list, counted_value(page, &tags->items.items[i]));
    page_set_list(page, page->value, "list", list);
    page_set_number(page, page->value, "count", tags->items.count);
}

void page_set_tags(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct meta_list *given = &web->documents[document].meta.tags;
    struct value *list = value_list(page->arena);
    for (size_t i = 0; i < given->texts.count; i++) {
        const struct tag *tag = tags_find(&web->tags, page->arena, given->texts.items[i].text);
        struct value *value = value_object(page->arena);
        page_set(page, value, "text", given->texts.items[i].text);
        value_set_text(page->arena, value, "url",
                       tag ? page_url(page, editions_tag_id(page->site, page->arena, tag))
                           : STR(""));
        value_append(page->arena, list, value);
    }
    page_set_list(page, page->value, "tags", list);
}
