/* What links to a page: documents, with the passages that do. */
#include "write/page.h"

#include "base/arena.h"
#include "link/names.h"
#include "write/escape.h"

enum {
    BACKLINKS_MAX = 200, /* links shown of those that lead here: the rest is in links.csv */
    QUOTED_MAX = 9000,   /* bytes of HTML with the texts of passages; others are given by number */
    QUOTED_EACH = 2,     /* passages of one document, so that there is room for those of others */
    QUOTED_MARKUP = 250  /* bytes around a text */
};

/* What links to a document, while it is put on its page: each document with passages that are
 * quoted and others that are given by number. */
struct linking {
    const struct backlinks *backlinks;
    size_t last;    /* before this one */
    uint32_t topic; /* of the page, or NO_TOPIC */
    size_t quoted;  /* bytes */
    struct value *passages, *others;
};

static bool names_topic(const struct outline *outline, uint32_t passage, uint32_t topic)
{
    for (size_t i = outline_first_mention(outline, passage);
         i < outline->mentions.count && outline->mentions.items[i].passage == passage; i++)
        if (outline->mentions.items[i].topic == topic)
            return true;
    return false;
}

/* Whether there is room for the text of a passage. One that names the page's topic stands on the
 * page already, among those that do. */
static bool wants_quote(struct linking *linking, const struct outline *outline,
                        const struct kept_passage *kept)
{
    if (!kept || linking->passages->list.count >= QUOTED_EACH ||
        linking->quoted + kept->len + QUOTED_MARKUP > QUOTED_MAX ||
        (linking->topic != NO_TOPIC && names_topic(outline, kept->number, linking->topic)))
        return false;
    linking->quoted += kept->len + QUOTED_MARKUP;
    return true;
}

static void put_passage(struct page *page, struct linking *linking, uint32_t document,
                        uint32_t number, const struct value *cited)
{
    const struct outline *outline = &page->site->web->documents[document];
    const struct kept_passage *kept = outline_passage(outline, number);
    struct value *passage = value_object(page->arena);
    bool quoted = wants_quote(linking, outline, kept);
    page_set_number(page, passage, "number", number);
    page_set(page, passage, "url", page_passage_url(page, document, number));
    if (quoted) {
        struct buf out;
        buf_init(&out, page->arena);
        escape_html(&out, outline_text(outline, kept, page->arena));
        page_set(page, passage, "html", buf_str(&out));
        page_set_text_foreign(page, passage, document);
        page_set_list(page, passage, "cited", cited);
    }
    value_append(page->arena, quoted ? linking->passages : linking->others, passage);
}

/* The place of this document that a citation names, as a link to it. */
static void add_cited_place(struct page *page, struct value *places, const struct link *link)
{
    if (link->kind != LINK_CITATION || !link->locator.len)
        return;
    struct value *place = value_object(page->arena);
    page_set(page, place, "text", link->locator);
    page_set(page, place, "url", page_document_url(page, link->to.document, link->to.anchor));
    value_append(page->arena, places, place);
}

static uint32_t passage_of(const struct web *web, const struct backlink *backlink)
{
    return web->documents[backlink->document].links.items[backlink->link].passage;
}

/* One passage that links here, with the places that it cites: backlinks from `first` on. Returns
 * the first of another passage. What stands in front matter has no passage. */
static size_t add_passage(struct page *page, struct linking *linking, size_t first)
{
    const struct web *web = page->site->web;
    const struct backlink *items = linking->backlinks->items.items;
    uint32_t from = items[first].document, number = passage_of(web, &items[first]);
    struct value *places = value_list(page->arena);
    size_t i = first;
    for (; i < linking->last; i++) {
        if (items[i].document != from || passage_of(web, &items[i]) != number)
            break;
        add_cited_place(page, places, &web->documents[from].links.items[items[i].link]);
    }
    if (number)
        put_passage(page, linking, from, number, places);
    return i;
}

/* One document, among those that are quoted or those that are only named: backlinks from `first`
 * on. Returns the first of another document. */
static size_t add_document(struct page *page, struct linking *linking, size_t first,
                           struct value *quoted, struct value *named)
{
    const struct backlink *items = linking->backlinks->items.items;
    struct value *item = page_item(page, items[first].document);
    size_t i = first;
    linking->passages = value_list(page->arena);
    linking->others = value_list(page->arena);
    while (i < linking->last && items[i].document == items[first].document)
        i = add_passage(page, linking, i);
    page_set_list(page, item, "passages", linking->passages);
    page_set_list(page, item, "others", linking->others);
    value_append(page->arena, linking->passages->list.count ? quoted : named, item);
    return i;
}

void page_set_backlinks(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct backlinks *backlinks = &web->backlinks[document];
    struct value *quoted = value_list(page->arena), *named = value_list(page->arena);
    size_t count = backlinks->items.count;
    struct linking linking = {.backlinks = backlinks,
                              .last = count < BACKLINKS_MAX ? count : BACKLINKS_MAX,
                              .topic = web->topic_of[document]};
    for (size_t i = 0; i < linking.last;)
        i = add_document(page, &linking, i, quoted, named);
    page_set_list_as(page, page->value, "backlinks", "has_quoted", quoted);
    page_set_list_as(page, page->value, "backlinks_named", "has_named", named);
    if (count)
        page_set_flag(page, page->value, "has_backlinks");
    if (count > BACKLINKS_MAX)
        page_set_flag(page, page->value, "backlinks_truncated");
}
