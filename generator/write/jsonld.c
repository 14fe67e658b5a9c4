#include "write/jsonld.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/names.h"
#include "write/editions.h"
#include "write/escape.h"
#include "write/moment.h"

#include <stdlib.h>

/* What schema.org calls a kind of source or topic: the ending of its name decides. */
struct type {
    struct str kind;
    const char *name;
};

static const struct type source_types[] = {{{"rapport", 7}, "Report"},  {{"report", 6}, "Report"},
                                           {{"wet", 3}, "Legislation"}, {{"law", 3}, "Legislation"},
                                           {{"brief", 5}, "Message"},   {{"letter", 6}, "Message"},
                                           {{"", 0}, "DigitalDocument"}};

static const struct type topic_types[] = {{{"organisation", 12}, "Organization"},
                                          {{"organization", 12}, "Organization"},
                                          {{"organisatie", 11}, "Organization"},
                                          {{"institution", 11}, "Organization"},
                                          {{"instelling", 10}, "Organization"},
                                          {{"person", 6}, "Person"},
                                          {{"persoon", 7}, "Person"},
                                          {{"place", 5}, "Place"},
                                          {{"plaats", 6}, "Place"},
                                          {{"law", 3}, "Legislation"},
                                          {{"wet", 3}, "Legislation"},
                                          {{"programme", 9}, "GovernmentService"},
                                          {{"", 0}, "DefinedTerm"}};

static const char *type_of(const struct type *types, struct str kind)
{
    for (;; types++)
        if (kind.len >= types->kind.len &&
            str_equal_nocase(str_from_offset(kind, kind.len - types->kind.len), types->kind))
            return types->name;
}

/* A JSON string in which no `<` stands. */
static void put_string(struct buf *out, struct str text)
{
    struct buf escaped;
    struct str rest;
    if (str_find_char(text, '<') == STR_NONE) {
        escape_json(out, text);
        return;
    }
    buf_init(&escaped, out->arena);
    escape_json(&escaped, text);
    for (rest = buf_str(&escaped); rest.data;) {
        buf_put(out, str_cut(&rest, '<'));
        if (rest.data)
            buf_put(out, STR("\\u003c"));
    }
}

static void put_field(struct buf *out, const char *name, struct str text)
{
    if (!text.len)
        return;
    buf_put(out, STR(",\""));
    buf_put_cstring(out, name);
    buf_put(out, STR("\":"));
    put_string(out, text);
}

/* `"name":{"@type":type,"name":text}` */
static void put_named(struct buf *out, const char *name, const char *type, struct str text)
{
    if (!text.len)
        return;
    buf_printf(out, ",\"%s\":{\"@type\":\"%s\"", name, type);
    put_field(out, "name", text);
    buf_put_char(out, '}');
}

static void put_texts(struct buf *out, const char *name, struct str first,
                      const struct meta_list *rest)
{
    bool open = first.len > 0;
    if (!first.len && !rest->texts.count)
        return;
    buf_printf(out, ",\"%s\":[", name);
    if (first.len)
        put_string(out, first);
    for (size_t i = 0; i < rest->texts.count; i++) {
        if (open)
            buf_put_char(out, ',');
        open = true;
        put_string(out, rest->texts.items[i].text);
    }
    buf_put_char(out, ']');
}

static void put_document_link(struct page *page, struct buf *out, uint32_t document)
{
    buf_put(out, STR("{\"@id\":"));
    put_string(out, page_document_url(page, document, STR("")));
    put_field(out, "name", page->site->web->documents[document].meta.title);
    buf_put_char(out, '}');
}

struct named_topic {
    uint32_t topic, count;
};

static int most_named(const void *left, const void *right)
{
    const struct named_topic *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

static int by_topic(const void *left, const void *right)
{
    const struct named_topic *a = left, *b = right;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* The topics that the document names most, counted by putting their mentions in order. */
static void put_mentions(struct page *page, struct buf *out, const struct outline *outline)
{
    size_t count = 0, total = outline->mentions.count;
    struct named_topic *named = arena_new_array(page->arena, total, struct named_topic);
    for (size_t i = 0; i < total; i++)
        named[i] = (struct named_topic){outline->mentions.items[i].topic, 1};
    if (total > 1)
        qsort(named, total, sizeof *named, by_topic);
    for (size_t i = 0; i < total; i++)
        if (count && named[count - 1].topic == named[i].topic)
            named[count - 1].count++;
        else
            named[count++] = named[i];
    if (count > 1)
        qsort(named, count, sizeof *named, most_named);
    for (size_t i = 0; i < count && i < JSONLD_TOPICS_MAX; i++) {
        buf_put(out, i ? STR(",") : STR(",\"mentions\":["));
        put_document_link(page, out, editions_topic(page->site, named[i].topic));
    }
    if (count)
        buf_put_char(out, ']');
}

static void put_cited(struct page *page, struct buf *out, const struct outline *outline)
{
    struct map seen;
    bool open = false;
    map_init(&seen, page->arena);
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct link *link = &outline->links.items[i];
        bool cites = link->kind == LINK_CITATION || link->kind == LINK_SOURCE;
        if (!cites || link->to.document == NO_DOCUMENT)
            continue;
        void **slot = map_at(&seen, page->site->web->documents[link->to.document].id);
        if (*slot)
            continue;
        *slot = out;
        buf_put(out, open ? STR(",") : STR(",\"citation\":["));
        open = true;
        put_document_link(page, out, link->to.document);
    }
    if (open)
        buf_put_char(out, ']');
}

static void begin(struct page *page, struct buf *out, const char *type)
{
    buf_init(out, page->arena);
    buf_printf(out, "{\"@context\":\"https://schema.org\",\"@type\":\"%s\"", type);
}

static void end(struct page *page, struct buf *out)
{
    buf_put_char(out, '}');
    page_set(page, page->value, "jsonld", buf_str(out));
}

static void put_authors(struct buf *out, const struct meta *meta)
{
    bool person = meta->more->author.len && !str_equal(meta->more->author, meta->more->issuer);
    const char *type = person ? "Person" : "Organization";
    if (meta->more->authors.texts.count < 2) {
        put_named(out, "author", type,
                  meta->more->author.len ? meta->more->author : meta->more->issuer);
        return;
    }
    for (size_t i = 0; i < meta->more->authors.texts.count; i++) {
        buf_printf(out, "%s{\"@type\":\"%s\"", i ? "," : ",\"author\":[", type);
        put_field(out, "name", meta->more->authors.texts.items[i].text);
        buf_put_char(out, '}');
    }
    buf_put_char(out, ']');
}

static void put_source(struct page *page, struct buf *out, const struct outline *source)
{
    const struct meta *meta = &source->meta;
    begin(page, out, type_of(source_types, meta->kind));
    put_authors(out, meta);
    put_named(out, "publisher", "Organization", meta->more->issuer);
    put_field(out, "datePublished", date_format(page->arena, meta->date));
    put_field(out, "identifier", meta->more->reference);
    put_field(out, "isBasedOn", meta->more->url);
}

static void put_topic(struct page *page, struct buf *out, const struct outline *topic)
{
    begin(page, out, type_of(topic_types, topic->meta.kind));
    put_texts(out, "alternateName", topic->meta.more->abbreviation, &topic->meta.aliases);
    put_texts(out, "sameAs", STR(""), &topic->meta.more->same_as);
}

static void put_note(struct page *page, struct buf *out, const struct outline *note)
{
    begin(page, out, "Article");
    put_field(out, "datePublished", date_format(page->arena, note->meta.date));
    if (note->history.last.time)
        put_field(out, "dateModified", moment_iso(page->arena, note->history.last));
    put_cited(page, out, note);
}

void jsonld_set_document(struct page *page, uint32_t document)
{
    const struct outline *outline = &page->site->web->documents[document];
    bool topic = outline->kind == DOCUMENT_TOPIC;
    struct str language = outline->meta.language;
    struct buf out;
    if (topic)
        put_topic(page, &out, outline);
    else if (outline->kind == DOCUMENT_SOURCE)
        put_source(page, &out, outline);
    else
        put_note(page, &out, outline);
    put_field(&out, "name", outline->meta.title);
    put_field(&out, "description",
              outline->meta.description.len ? outline->meta.description : outline->description);
    put_field(&out, "url", page_document_url(page, document, STR("")));
    if (!topic) {
        put_field(&out, "inLanguage", language.len ? language : page->site->config->language);
        put_mentions(page, &out, outline);
        put_named(&out, "isPartOf", "WebSite", page->site->title);
    }
    end(page, &out);
}

void jsonld_set_site(struct page *page)
{
    struct buf out;
    begin(page, &out, "WebSite");
    put_field(&out, "name", page->site->title);
    put_field(&out, "description", page->site->config->description);
    put_field(&out, "inLanguage", page->site->config->language);
    put_named(&out, "license", "CreativeWork", page->site->config->licence);
    put_field(&out, "url", page->site->config->base_url);
    end(page, &out);
}
