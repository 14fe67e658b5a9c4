#include "write/feed.h"

#include "base/arena.h"
#include "base/map.h"
#include "write/moment.h"
#include "write/url.h"

enum { FEED_ENTRIES = 30 };

static struct str address(struct page *page, struct str id)
{
    return url_page(page->arena, page->site->config->base_url, id, STR(""));
}

/* An id that stays when the site moves: a UUID of version 8 (RFC 9562, made by the application)
 * from the page's id and the site's title. */
static struct str uuid(struct page *page, struct str id)
{
    struct str seed =
        str_format(page->arena, "%.*s\n%.*s", STR_ARGS(page->site->title), STR_ARGS(id));
    uint64_t high = map_hash(seed);
    uint64_t low = map_hash(str_format(page->arena, "%.*s\n", STR_ARGS(seed)));
    return str_format(page->arena, "urn:uuid:%08x-%04x-8%03x-%04x-%012llx", (unsigned)(high >> 32),
                      (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
                      (unsigned)(0x8000 | (low >> 48 & 0x3FFF)),
                      (unsigned long long)(low & 0xFFFFFFFFFFFF));
}

static struct moment changed(const struct page *page, uint32_t document)
{
    struct moment last = page->site->web->documents[document].history.last;
    return last.time ? last : page->site->web->snapshot->committed;
}

static struct value *entry(struct page *page, uint32_t document)
{
    const struct outline *outline = &page->site->web->documents[document];
    struct value *value = value_object(page->arena);
    page_set(page, value, "id", uuid(page, outline->id));
    page_set(page, value, "title", outline->meta.title);
    page_set(page, value, "url", address(page, outline->id));
    page_set(page, value, "updated", moment_iso(page->arena, changed(page, document)));
    page_set(page, value, "summary",
             outline->meta.description.len ? outline->meta.description : outline->description);
    return value;
}

void feed_atom(struct page *page)
{
    const struct site *site = page->site;
    struct value *feed = value_object(page->arena), *entries = value_list(page->arena);
    struct moment updated =
        site->recent_count ? changed(page, site->recent[0]) : site->web->snapshot->committed;
    page_set(page, feed, "id", uuid(page, STR("")));
    page_set(page, feed, "title", site->title);
    page_set(page, feed, "updated", moment_iso(page->arena, updated));
    page_set(page, feed, "self_url",
             str_format(page->arena, "%.*satom.xml", STR_ARGS(site->config->base_url)));
    page_set(page, feed, "site_url", address(page, STR("index")));
    for (uint32_t i = 0; i < site->recent_count && i < FEED_ENTRIES; i++)
        value_append(page->arena, entries, entry(page, site->recent[i]));
    value_set(page->arena, page->value, "feed", feed);
    page_set_list(page, page->value, "entries", entries);
}

static void add_url(struct page *page, struct value *urls, struct str id, struct moment moment)
{
    struct value *url = value_object(page->arena);
    page_set(page, url, "url", address(page, id));
    if (moment.time)
        page_set(page, url, "lastmod", moment_iso(page->arena, moment));
    value_append(page->arena, urls, url);
}

void feed_sitemap(struct page *page)
{
    const struct web *web = page->site->web;
    struct value *urls = value_list(page->arena);
    add_url(page, urls, STR("index"), web->snapshot->committed);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        add_url(page, urls, page->site->list_ids[kind], (struct moment){0});
    if (web->almanac.counts[FACT_DATE])
        add_url(page, urls, language_text(page->site->language, "pages.timeline"),
                (struct moment){0});
    if (almanac_figures(&web->almanac))
        add_url(page, urls, language_text(page->site->language, "pages.figures"),
                (struct moment){0});
    for (uint32_t i = 0; i < page->site->recent_count; i++) {
        const struct outline *outline = &web->documents[page->site->recent[i]];
        add_url(page, urls, outline->id, outline->history.last);
    }
    page_set_list(page, page->value, "urls", urls);
}
