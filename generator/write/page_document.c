/* The pages of sources and notes. */
#include "write/page.h"

#include "base/arena.h"
#include "base/map.h"
#include "link/names.h"
#include "read/reader.h"
#include "write/editions.h"
#include "write/escape.h"
#include "write/reference.h"
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
        page_set(
            page, fact, "url",
            page_document_url(page, editions_document(page->site, found.to.document), STR("")));
}

/* Its kind stands above its title. */
static void set_facts(struct page *page, const struct meta *meta)
{
    struct value *facts = value_list(page->arena);
    add_party(page, facts, "issuer", meta->more->issuer);
    if (!str_equal(meta->more->author, meta->more->issuer))
        add_party(page, facts, "author", meta->more->author);
    add_party(page, facts, "addressee", meta->more->addressee);
    add_fact(page, facts, "date", language_date(page->site->language, page->arena, meta->date));
    add_fact(page, facts, "reference", meta->more->reference);
    if (str_starts(meta->more->url, STR("https://")) ||
        str_starts(meta->more->url, STR("http://"))) {
        struct buf url;
        buf_init(&url, page->arena);
        escape_url(&url, meta->more->url);
        struct value *fact = add_fact(page, facts, "original_at", meta->more->url);
        page_set(page, fact, "url", buf_str(&url));
        page_set_flag(page, fact, "external");
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

/* Issuer or author, date, title, reference: enough to find the document again. */
static void put_reference(struct page *page, struct buf *out, const struct meta *meta)
{
    struct str date = language_date(page->site->language, page->arena, meta->date);
    buf_put(out, meta->more->issuer.len ? meta->more->issuer : meta->more->author);
    if (date.len)
        buf_printf(out, "%s(%.*s)", out->len ? " " : "", STR_ARGS(date));
    buf_printf(out, "%s%.*s", out->len ? ". " : "", STR_ARGS(meta->title));
    if (meta->more->reference.len)
        buf_printf(out, ". %.*s %.*s", STR_ARGS(language_text(page->site->language, "reference")),
                   STR_ARGS(meta->more->reference));
}

/* The same of one passage, the first paragraph, for readers to follow: with its page, its number
 * and its address, where the site has one. */
static void set_passage_citation(struct page *page, struct value *cite, const struct meta *meta,
                                 const struct document *read)
{
    const struct config *config = page->site->config;
    const struct passage *passages = read->passages.items;
    uint32_t number = 1;
    struct buf text;
    while (number <= read->passages.count && passages[number - 1].kind != PASSAGE_PARAGRAPH)
        number++;
    if (number > read->passages.count)
        return;
    buf_init(&text, page->arena);
    put_reference(page, &text, meta);
    if (passages[number - 1].page)
        buf_printf(&text, ", %.*s %u", STR_ARGS(language_text(page->site->language, "page_short")),
                   (unsigned)passages[number - 1].page);
    buf_printf(&text, ", ¶%u.", (unsigned)number);
    struct str anchor = str_format(page->arena, "p%u", (unsigned)number);
    if (config->base_url.len)
        buf_printf(&text, " %.*s",
                   STR_ARGS(url_page(page->arena, config->base_url, page->id, anchor)));
    page_set(page, cite, "passage", buf_str(&text));
    page_set_number(page, cite, "passage_number", number);
}

static void set_citation(struct page *page, const struct reference *reference,
                         const struct document *read)
{
    const struct meta *meta = reference->meta;
    struct buf text;
    struct value *cite = value_object(page->arena);
    buf_init(&text, page->arena);
    put_reference(page, &text, meta);
    buf_put_char(&text, '.');
    if (meta->more->url.len)
        buf_printf(&text, " %.*s", STR_ARGS(meta->more->url));
    page_set(page, cite, "text", buf_str(&text));
    set_passage_citation(page, cite, meta, read);
    struct str url = page_url(page, page->id);
    page_set(page, cite, "key", reference->key);
    page_set(page, cite, "file", str_slice(url, 0, url.len - STR(".html").len));
    buf_init(&text, page->arena);
    reference_put_bibtex(&text, reference);
    page_set(page, cite, "bibtex", buf_str(&text));
    value_set(page->arena, page->value, "cite", cite);
}

static void add_meta(void *context, const char *name, struct str content)
{
    struct page *page = context;
    struct value *meta = value_object(page->arena);
    page_set(page, meta, "name", str_from(name));
    page_set(page, meta, "content", content);
    value_append(page->arena, (struct value *)value_get(page->value, STR("metas")), meta);
}

/* What reference managers read in the page's head; the original's address is relative there too. */
static void set_metas(struct page *page, const struct outline *outline,
                      const struct reference *reference)
{
    value_set(page->arena, page->value, "metas", value_list(page->arena));
    reference_tell(reference, page->arena, add_meta, page);
    const struct value *original = value_get(page->value, STR("original"));
    if (original &&
        str_ends(page->site->web->snapshot->entries[outline->original].path, STR(".pdf")))
        add_meta(page, "citation_pdf_url", value_get(original, STR("url"))->text);
}

/* The names that the document defines itself, with what each stands for and where
 * first. */
static void set_definitions(struct page *page, const struct outline *outline, uint32_t document)
{
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
                     page_document_url(page, editions_topic(page->site, topic), STR("")));
        page_set(page, item, "url", page_passage_url(page, document, definition->passage));
        value_set(page->arena, item, "passage", value_number(page->arena, definition->passage));
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "definitions", list);
}

void page_source(struct page *page, uint32_t document)
{
    const struct outline *outline = &page->site->web->documents[document];
    struct reference reference = reference_of(outline);
    page_set_kind_label(page, page_kind_label(page, document));
    page_set_edit_url(page, document);
    set_facts(page, &outline->meta);
    set_original(page, outline);
    set_metas(page, outline, &reference);
    set_definitions(page, outline, document);
    page_set_topics(page, document);
    page_set_backlinks(page, document);
    page_set_changed(page, document);
    page_set_date(page, page->value, outline->meta.date);
    value_set(page->arena, page->value, "passage_count",
              value_number(page->arena, outline->passage_count));
    struct str language = outline_text_language(outline);
    if (language.len && !str_equal_nocase(language, page->lang))
        page_set(page, page->value, "text_lang", language);
    value_set(page->arena, page->value, "inferred",
              value_flag(page->arena, outline->markdown == NO_ENTRY));
}

void page_source_text(struct page *page, uint32_t document, const struct document *read)
{
    struct reference reference = reference_of(&page->site->web->documents[document]);
    set_citation(page, &reference, read);
    page_set_body(page, document, read, read->body, "body_html", 3);
    page_set_body(page, document, read, read->text, "text_html", 3);
    page_set_contents(page, read);
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

void page_note(struct page *page, uint32_t document)
{
    const struct outline *outline = &page->site->web->documents[document];
    page_set_kind_label(page, page_kind_label(page, document));
    page_set_edit_url(page, document);
    page_set_date(page, page->value, outline->meta.date);
    set_sources(page, outline);
    page_set_tags(page, document);
    page_set_topics(page, document);
    page_set_backlinks(page, document);
    page_set_changed(page, document);
}

void page_set_text(struct page *page, uint32_t document, const struct document *read)
{
    page_set_body(page, document, read, read->body, "body_html", 2);
    page_set_contents(page, read);
}
