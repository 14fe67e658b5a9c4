#include "write/feed.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/names.h"
#include "write/editions.h"
#include "write/escape.h"
#include "write/moment.h"
#include "write/page_history.h"
#include "write/url.h"

#include <stdlib.h>

enum { FEED_ENTRIES = 30, TOPIC_ENTRIES = 20, PASSAGES_PER_ENTRY = 20 };

/* Absolute where the site's address is known, else relative to the feed. */
static struct str prefix(const struct page *page)
{
    return page->site->config->base_url.len ? page->site->config->base_url : page->root;
}

static struct str address(struct page *page, struct str id)
{
    return url_page(page->arena, prefix(page), id, STR(""));
}

/* An id that stays when the site moves: a UUID of version 8 (RFC 9562, made by the application)
 * from the page's id and the site's title. */
static struct str uuid(struct page *page, struct str id)
{
    struct buf seed;
    buf_init(&seed, page->arena);
    buf_put(&seed, page->site->title);
    buf_put_char(&seed, '\n');
    buf_put(&seed, id);
    uint64_t high = map_hash(buf_str(&seed));
    buf_put_char(&seed, '\n');
    uint64_t low = map_hash(buf_str(&seed));
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
    page_set(page, feed, "id", uuid(page, site->prefix));
    page_set(page, feed, "title", site->title);
    page_set(page, feed, "updated", moment_iso(page->arena, updated));
    page_set(page, feed, "self_url",
             str_format(page->arena, "%.*s%.*satom.xml", STR_ARGS(prefix(page)),
                        STR_ARGS(site->prefix)));
    page_set(page, feed, "site_url",
             address(page, str_format(page->arena, "%.*sindex", STR_ARGS(site->prefix))));
    for (uint32_t i = 0; i < site->recent_count && i < FEED_ENTRIES; i++)
        value_append(page->arena, entries, entry(page, site->recent[i]));
    value_set(page->arena, page->value, "feed", feed);
    page_set_list(page, page->value, "entries", entries);
}

/* A page and, where there are more, its versions in all languages, itself among them; the first is
 * the main one. */
static void add_url(struct page *page, struct value *urls, struct str id, struct moment moment,
                    const struct page_version *versions, size_t count)
{
    struct value *url = value_object(page->arena), *alternates = value_list(page->arena);
    page_set(page, url, "url", address(page, id));
    if (moment.time)
        page_set(page, url, "lastmod", moment_iso(page->arena, moment));
    for (size_t i = 0; count > 1 && i <= count; i++) {
        struct value *alternate = value_object(page->arena);
        page_set(page, alternate, "hreflang", i < count ? versions[i].lang : STR("x-default"));
        page_set(page, alternate, "url", address(page, versions[i < count ? i : 0].id));
        value_append(page->arena, alternates, alternate);
    }
    if (count > 1) {
        value_set(page->arena, url, "alternates", alternates);
        page_set_flag(page, page->value, "has_alternates");
    }
    value_append(page->arena, urls, url);
}

/* A page that each edition has: `ids` by edition. */
static void add_own(struct page *page, struct value *urls, const struct str *ids,
                    struct moment moment)
{
    const struct site *site = page->site;
    struct page_version versions[EDITIONS_MAX];
    for (uint32_t i = 0; i < site->own_count; i++)
        versions[i] = (struct page_version){site->editions[i]->config->language, ids[i]};
    for (uint32_t i = 0; i < site->own_count; i++)
        add_url(page, urls, ids[i], moment, versions, site->own_count);
}

static void add_key(struct page *page, struct value *urls, const char *key)
{
    const struct site *site = page->site;
    struct str ids[EDITIONS_MAX];
    for (uint32_t i = 0; i < site->own_count; i++)
        ids[i] = editions_id(site->editions[i], page->arena, key);
    add_own(page, urls, ids, (struct moment){0});
}

static void add_home(struct page *page, struct value *urls)
{
    const struct site *site = page->site;
    struct str ids[EDITIONS_MAX];
    for (uint32_t i = 0; i < site->own_count; i++)
        ids[i] = str_format(page->arena, "%.*sindex", STR_ARGS(site->editions[i]->prefix));
    add_own(page, urls, ids, site->web->snapshot->committed);
}

static void add_changes(struct page *page, struct value *urls)
{
    const struct site *site = page->site;
    struct str ids[EDITIONS_MAX];
    for (uint32_t part = 1; part <= page_changes_parts(site); part++) {
        for (uint32_t i = 0; i < site->own_count; i++)
            ids[i] = page_changes_id(page->arena, site->editions[i], part);
        add_own(page, urls, ids, (struct moment){0});
    }
}

static void add_list(struct page *page, struct value *urls, enum document_kind kind)
{
    const struct site *site = page->site;
    struct str ids[EDITIONS_MAX];
    for (uint32_t i = 0; i < site->own_count; i++)
        ids[i] = site->editions[i]->list_ids[kind];
    add_own(page, urls, ids, (struct moment){0});
    for (uint32_t i = 0; i < site->own_count; i++) {
        const struct site *edition = site->editions[i];
        for (uint32_t letter = 1; letter <= page_list_count(edition, kind); letter++)
            for (uint32_t part = 1; part <= page_list_parts(edition, kind, letter); part++)
                add_url(page, urls, page_list_id(page->arena, edition, kind, letter, part),
                        (struct moment){0}, NULL, 0);
    }
}

/* With its translations. */
static void add_documents(struct page *page, struct value *urls, uint32_t document)
{
    const struct web *web = page->site->web;
    struct page_version versions[TWINS_MAX];
    size_t count = page_document_versions(page, document, versions);
    uint32_t at = document;
    do {
        const struct outline *outline = &web->documents[at];
        add_url(page, urls, outline->id, outline->history.last, versions, count);
        at = web->twins.next[at];
    } while (at != document);
}

void feed_sitemap(struct page *page)
{
    const struct web *web = page->site->web;
    struct value *urls = value_list(page->arena);
    add_home(page, urls);
    add_changes(page, urls);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        add_list(page, urls, (enum document_kind)kind);
    if (web->almanac.counts[FACT_DATE])
        add_key(page, urls, "pages.timeline");
    if (almanac_figures(&web->almanac))
        add_key(page, urls, "pages.figures");
    for (uint32_t i = 0; i < page->site->recent_count; i++)
        add_documents(page, urls, page->site->recent[i]);
    page_set_list(page, page->value, "urls", urls);
}

/* The feed of a topic. */

/* What one revision of a document brought: mentions named[first, first + count) are looked
 * through for those of its passages. */
struct news {
    uint32_t document, first, count;
    uint16_t revision;
    uint32_t commit, change;
};

struct news_list {
    VEC(struct news) items;
};

bool page_has_feed(const struct site *site, uint32_t topic)
{
    return site->since && site->web->topics[topic].mention_count;
}

uint32_t page_feed_of(const struct site *site, uint32_t document)
{
    return editions_document(editions_of(site, document), document);
}

static uint32_t passage_of(const struct web *web, const struct named *named)
{
    return web->documents[named->document].mentions.items[named->mention].passage;
}

/* Which revision made the passage of `named[*at]` name the topic; `*at` moves on to the next
 * passage. Named there before by another name or once less, it was named already. */
static uint16_t since(const struct site *site, const struct named *named, uint32_t *at,
                      uint32_t end)
{
    uint32_t document = named[*at].document, passage = passage_of(site->web, &named[*at]);
    const uint16_t *revisions = site->since[document];
    uint16_t unread = site->web->revisions->of[document].items.count == 1 ? 0 : NO_REVISION;
    uint16_t oldest = 0;
    for (; *at < end && passage_of(site->web, &named[*at]) == passage; ++*at) {
        uint16_t revision = revisions ? revisions[named[*at].mention] : unread;
        oldest = revision > oldest ? revision : oldest;
    }
    return oldest;
}

/* A document's revisions that are told of are few; each is added once. */
static void add_document(const struct site *site, struct arena *arena, const struct named *named,
                         uint32_t first, uint32_t count, struct news_list *out)
{
    bool seen[REVISIONS_COMPARED] = {false};
    for (uint32_t i = first; i < first + count;) {
        uint32_t document = named[i].document;
        uint16_t revision = since(site, named, &i, first + count);
        if (revision >= REVISIONS_COMPARED || seen[revision])
            continue;
        const struct revision *of = &site->web->revisions->of[document].items.items[revision];
        seen[revision] = true;
        *vec_push(&out->items, arena) =
            (struct news){document, first, count, revision, of->commit, of->change};
    }
}

static int latest_first(const void *left, const void *right)
{
    const struct news *a = left, *b = right;
    if (a->commit != b->commit)
        return a->commit < b->commit ? -1 : 1;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return (a->revision > b->revision) - (a->revision < b->revision);
}

static struct news_list collect(struct page *page, uint32_t topic)
{
    const struct topic *of = &page->site->web->topics[topic];
    struct news_list all = {0};
    for (uint32_t i = 0, next; i < of->mention_count; i = next) {
        for (next = i;
             next < of->mention_count && of->named[next].document == of->named[i].document;)
            next++;
        add_document(page->site, page->arena, of->named, i, next - i, &all);
    }
    if (all.items.count > 1)
        qsort(all.items.items, all.items.count, sizeof *all.items.items, latest_first);
    return all;
}

/* The passages of an entry as HTML; `*number` becomes the first one's. */
static struct str content(struct page *page, uint32_t topic, const struct news *news,
                          uint32_t *number)
{
    const struct site *site = page->site;
    const struct named *named = site->web->topics[topic].named;
    uint32_t shown = 0, end = news->first + news->count;
    struct buf out;
    buf_init(&out, page->arena);
    for (uint32_t i = news->first; i < end && shown < PASSAGES_PER_ENTRY;) {
        uint32_t passage = passage_of(site->web, &named[i]);
        const struct outline *outline = &site->web->documents[news->document];
        const struct kept_passage *kept = outline_passage(outline, passage);
        if (since(site, named, &i, end) != news->revision || !kept)
            continue;
        *number = shown++ ? *number : passage;
        buf_put_cstring(&out, "<p>");
        escape_html(&out, outline_text(outline, kept, page->arena));
        buf_put_cstring(&out, "</p>");
    }
    return buf_str(&out);
}

/* From what never changes: the commit, and the file as it was called then. So an entry stays itself
 * when its document moves, and a source's text and record that came together are two. */
static struct str news_id(struct page *page, const struct news *news)
{
    const struct changes *changes = &page->site->web->revisions->changes;
    const struct str path = changes->items.items[news->change].path;
    const struct change_commit *commit = &changes->commits.items[news->commit];
    struct buf seed;
    buf_init(&seed, page->arena);
    buf_put(&seed, page->id);
    buf_put_char(&seed, '\n');
    buf_put(&seed, path);
    buf_put_char(&seed, '\n');
    buf_put_hex(&seed, commit->oid, OID_SIZE);
    return uuid(page, buf_str(&seed));
}

static struct value *news_entry(struct page *page, uint32_t topic, const struct news *news)
{
    const struct web *web = page->site->web;
    const struct outline *outline = &web->documents[news->document];
    const struct change_commit *commit = &web->revisions->changes.commits.items[news->commit];
    struct value *value = value_object(page->arena);
    uint32_t number = 1;
    struct str html = content(page, topic, news, &number);
    page_set(page, value, "id", news_id(page, news));
    page_set(page, value, "title", outline->meta.title);
    page_set(page, value, "url",
             url_page(page->arena, prefix(page), outline->id,
                      str_format(page->arena, "p%u", (unsigned)number)));
    page_set(page, value, "updated", moment_iso(page->arena, commit->committed));
    page_set(page, value, "content", html);
    return value;
}

void feed_topic(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct outline *outline = &web->documents[document];
    uint32_t topic = web->topic_of[document];
    struct news_list all = collect(page, topic);
    struct value *feed = value_object(page->arena), *entries = value_list(page->arena);
    struct moment updated =
        outline->history.last.time ? outline->history.last : web->snapshot->committed;
    if (all.items.count)
        updated = web->revisions->changes.commits.items[all.items.items[0].commit].committed;
    page_set(page, feed, "id",
             uuid(page, str_format(page->arena, "%.*s.atom", STR_ARGS(page->id))));
    page_set(page, feed, "title",
             str_format(page->arena, "%.*s – %.*s", STR_ARGS(outline->meta.title),
                        STR_ARGS(page->site->title)));
    page_set(page, feed, "updated", moment_iso(page->arena, updated));
    page_set(page, feed, "self_url",
             str_format(page->arena, "%.*s%.*s.atom", STR_ARGS(prefix(page)), STR_ARGS(page->id)));
    page_set(page, feed, "site_url", url_page(page->arena, prefix(page), page->id, STR("")));
    for (size_t i = 0; i < all.items.count && i < TOPIC_ENTRIES; i++)
        value_append(page->arena, entries, news_entry(page, topic, &all.items.items[i]));
    value_set(page->arena, page->value, "feed", feed);
    page_set_list(page, page->value, "entries", entries);
}
