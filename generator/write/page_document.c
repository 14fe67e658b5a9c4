/* The pages of sources and notes. */
#include "write/page.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/names.h"
#include "read/reader.h"
#include "write/escape.h"
#include "write/url.h"

static struct value *add_fact(struct page *page, struct value *facts, const char *label,
                              struct str value)
{
    struct value *fact = value_object(page->arena);
    if (!value.len)
        return fact;
    page_set(page, fact, "label", language_text(page->site->language, label));
    page_set(page, fact, "value", value);
    value_append(page->arena, facts, fact);
    return fact;
}

/* An issuer that is a topic is a link to it. */
static void add_party(struct page *page, struct value *facts, const char *label, struct str name)
{
    struct value *fact = add_fact(page, facts, label, name);
    struct resolution found = resolve_wikilink(&page->site->web->resolver, page->arena, 0, name);
    if (name.len && found.to.document != NO_DOCUMENT && found.other == NO_DOCUMENT &&
        page->site->web->documents[found.to.document].kind == DOCUMENT_TOPIC)
        page_set(page, fact, "url", page_document_url(page, found.to.document, STR("")));
}

static void set_facts(struct page *page, const struct meta *meta, struct str kind)
{
    struct value *facts = value_list(page->arena);
    add_fact(page, facts, "kind", kind);
    add_party(page, facts, "issuer", meta->issuer);
    add_party(page, facts, "author", meta->author);
    add_party(page, facts, "addressee", meta->addressee);
    add_fact(page, facts, "date", language_date(page->site->language, page->arena, meta->date));
    add_fact(page, facts, "reference", meta->reference);
    if (str_starts(meta->url, STR("https://")) || str_starts(meta->url, STR("http://"))) {
        struct buf url;
        buf_init(&url, page->arena);
        escape_url(&url, meta->url);
        page_set(page, add_fact(page, facts, "original_at", meta->url), "url", buf_str(&url));
    }
    page_set_list(page, page->value, "facts", facts);
}

static void set_original(struct page *page, const struct outline *outline)
{
    const struct site *site = page->site;
    if (outline->original == NO_ENTRY)
        return;
    struct str path = site->web->snapshot->entries[outline->original].path;
    ptrdiff_t slash = str_find_last(path, '/');
    struct value *original = value_object(page->arena);
    page_set(page, original, "url",
             url_file(page->arena, page->root, site->words.files_folder, path));
    page_set(page, original, "name",
             str_from_offset(path, slash == STR_NONE ? 0 : (size_t)slash + 1));
    value_set(page->arena, page->value, "original", original);
}

/* Author or issuer, date, title, reference: enough to find the document again. */
static void set_citation(struct page *page, const struct meta *meta)
{
    struct buf text;
    struct value *cite = value_object(page->arena);
    struct str who = meta->issuer.len ? meta->issuer : meta->author;
    struct str date = language_date(page->site->language, page->arena, meta->date);
    buf_init(&text, page->arena);
    buf_put(&text, who);
    if (date.len)
        buf_printf(&text, "%s(%.*s)", text.len ? " " : "", STR_ARGS(date));
    buf_printf(&text, "%s%.*s.", text.len ? ". " : "", STR_ARGS(meta->title));
    if (meta->reference.len)
        buf_printf(&text, " %.*s %.*s.", STR_ARGS(language_text(page->site->language, "reference")),
                   STR_ARGS(meta->reference));
    if (meta->url.len)
        buf_printf(&text, " %.*s", STR_ARGS(meta->url));
    page_set(page, cite, "text", buf_str(&text));
    value_set(page->arena, page->value, "cite", cite);
}

/* The names that the document defines itself, with what each stands for and where
 * first. */
static void set_definitions(struct page *page, const struct outline *outline, uint32_t document)
{
    const struct web *web = page->site->web;
    struct value *list = value_list(page->arena);
    struct map seen;
    map_init(&seen, page->arena);
    for (uint32_t i = 0; i < outline->definition_count; i++) {
        const struct definition *definition = &outline->definitions[i];
        uint32_t topic = definition->topic;
        void **slot = map_at(
            &seen, str_format(page->arena, "%u %.*s", (unsigned)topic, STR_ARGS(definition->name)));
        if (*slot)
            continue;
        *slot = list;
        struct value *item = value_object(page->arena);
        page_set(page, item, "name", definition->name);
        page_set(page, item, "meaning", definition->meaning);
        if (topic != NO_TOPIC)
            page_set(page, item, "topic_url",
                     page_document_url(page, web->topics[topic].document, STR("")));
        page_set(page, item, "url", page_passage_url(page, document, definition->passage));
        value_set(page->arena, item, "passage", value_number(page->arena, definition->passage));
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "definitions", list);
}

void page_source(struct page *page, uint32_t document, const struct document *read)
{
    const struct outline *outline = &page->site->web->documents[document];
    struct str kind = page_kind_label(page, document);
    page_set_kind_label(page, kind);
    page_set_edit_url(page, document);
    set_facts(page, &outline->meta, outline->meta.kind.len ? kind : STR(""));
    set_original(page, outline);
    set_citation(page, &outline->meta);
    page_set_body(page, document, read, read->body, "body_html", 3);
    page_set_body(page, document, read, read->text, "text_html", 3);
    page_set_contents(page, read);
    set_definitions(page, outline, document);
    page_set_topics(page, document);
    page_set_backlinks(page, document);
    page_set_changed(page, document);
    page_set_date(page, page->value, outline->meta.date);
    value_set(page->arena, page->value, "passage_count",
              value_number(page->arena, outline->passage_count));
    value_set(page->arena, page->value, "inferred",
              value_flag(page->arena, outline->markdown == NO_ENTRY));
}

/* The sources that a note rests on, each once: those it cites and those its front matter names. */
static void set_sources(struct page *page, const struct outline *outline)
{
    struct value *list = value_list(page->arena);
    struct map seen;
    map_init(&seen, page->arena);
    for (size_t i = 0; i < outline->links.count; i++) {
        const struct link *link = &outline->links.items[i];
        if ((link->kind != LINK_CITATION && link->kind != LINK_SOURCE) ||
            link->to.document == NO_DOCUMENT)
            continue;
        void **slot = map_at(&seen, page->site->web->documents[link->to.document].id);
        if (*slot)
            continue;
        *slot = list;
        value_append(page->arena, list, page_item(page, link->to.document));
    }
    page_set_list(page, page->value, "sources", list);
}

void page_note(struct page *page, uint32_t document, const struct document *read)
{
    const struct outline *outline = &page->site->web->documents[document];
    page_set_kind_label(page, page_kind_label(page, document));
    page_set_edit_url(page, document);
    page_set_date(page, page->value, outline->meta.date);
    page_set_body(page, document, read, read->body, "body_html", 2);
    page_set_contents(page, read);
    set_sources(page, outline);
    page_set_tags(page, document);
    page_set_topics(page, document);
    page_set_backlinks(page, document);
    page_set_changed(page, document);
}
