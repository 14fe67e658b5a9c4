#include "write/page_search.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "write/editions.h"
#include "write/examples.h"
#include "write/url.h"

#include <stdlib.h>

enum {
    TOPICS_SHOWN = 20, /* while nothing is asked for */
    YEARS_IN_EXAMPLE = 3,
    SHORT_NAME_MAX = 16, /* code points: OpenSearch allows no more */
    LONG_NAME_MAX = 48
};

static int most_named_first(const void *left, const void *right)
{
    const struct topic *const *a = left, *const *b = right;
    if ((*a)->mention_count != (*b)->mention_count)
        return (*a)->mention_count > (*b)->mention_count ? -1 : 1;
    return ((*a)->document > (*b)->document) - ((*a)->document < (*b)->document);
}

/* The topics that are named at all, and how many. */
static const struct topic **named_topics(struct page *page, uint32_t *count)
{
    const struct web *web = page->site->web;
    const struct topic **topics =
        arena_new_array(page->arena, web->topic_count, const struct topic *);
    *count = 0;
    for (uint32_t t = 0; t < web->topic_count; t++)
        if (web->topics[t].mention_count)
            topics[(*count)++] = &web->topics[t];
    if (*count > 1)
        qsort(topics, *count, sizeof *topics, most_named_first);
    return topics;
}

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        if (!utf8_is_letter(c) && !utf8_is_digit(c))
            return false;
    }
    return text.len > 0;
}

/* As it must stand in a query: between quotes where it is more than a word. */
static struct str quoted(struct page *page, struct str text)
{
    struct buf out;
    if (is_plain(text))
        return text;
    buf_init(&out, page->arena);
    buf_put_char(&out, '"');
    for (size_t i = 0; i < text.len; i++)
        buf_put_char(&out, text.data[i] == '"' ? ' ' : text.data[i]);
    buf_put_char(&out, '"');
    return buf_str(&out);
}

/* What a field is asked for by: the id without the folder of its kind. */
static struct str name_of(const struct outline *outline)
{
    struct str rest = outline->id;
    str_cut(&rest, '/');
    return rest.len ? rest : outline->id;
}

static void set_examples(struct page *page, const struct topic *const *topics, uint32_t count)
{
    const struct language *language = page->site->language;
    struct examples found = examples_find(
        page->site->web, topics, count, language_text(language, "search_example_begin"),
        language_text(language, "search_example_end"), page->arena);
    page_set(page, page->value, "first", found.first);
    page_set(page, page->value, "second", found.second);
    page_set(page, page->value, "phrase", found.phrase);
    page_set(page, page->value, "beginning", found.beginning);
    page_set(page, page->value, "ending", found.ending);
    if (found.apart)
        page_set_flag(page, page->value, "apart");
}

static void set_topics(struct page *page)
{
    struct value *list = value_list(page->arena);
    uint32_t count;
    const struct topic **topics = named_topics(page, &count);
    for (uint32_t i = 0; i < count && i < TOPICS_SHOWN; i++)
        value_append(page->arena, list,
                     page_item(page, editions_document(page->site, topics[i]->document)));
    page_set_list(page, page->value, "items", list);
}

/* The first kind and issuer that there are, the last year, and a source. */
static void set_fields(struct page *page)
{
    const struct web *web = page->site->web;
    const struct meta none = {.more = &meta_nothing};
    struct str kind = none.kind, issuer = none.more->issuer, source = none.title;
    int year = 0;
    for (uint32_t i = 0; i < web->document_count; i++) {
        const struct outline *outline = &web->documents[i];
        if (outline->kind != DOCUMENT_SOURCE)
            continue;
        kind = kind.len ? kind : outline->meta.kind;
        issuer = issuer.len ? issuer : outline->meta.more->issuer;
        source = source.len ? source : name_of(outline);
        year = outline->meta.date.year > year ? outline->meta.date.year : year;
    }
    if (kind.len)
        page_set(page, page->value, "of_kind",
                 quoted(page, language_kind(page->site->language, kind)));
    if (issuer.len)
        page_set(page, page->value, "issuer", quoted(page, issuer));
    page_set(page, page->value, "source", source);
    if (year)
        page_set(page, page->value, "years",
                 str_format(page->arena, "%d..%d", year - YEARS_IN_EXAMPLE + 1, year));
}

/* The index has the names of kinds in the site's own language. Those of each other are told here,
 * by what the index has; where a language has no name for a kind the two are the same. */
static void add_kind(struct page *page, struct value *list, struct map *seen, struct str indexed,
                     struct str label)
{
    struct value *item;
    void **slot;
    if (str_equal(indexed, label) || *(slot = map_at(seen, indexed)))
        return;
    *slot = item = value_object(page->arena);
    page_set(page, item, "name", indexed);
    page_set(page, item, "label", label);
    value_append(page->arena, list, item);
}

static void set_kinds(struct page *page)
{
    const struct site *site = page->site, *main = site->editions[0];
    struct value *list = value_list(page->arena);
    struct map seen;
    map_init(&seen, page->arena);
    for (int i = 0; site != main && i < DOCUMENT_KINDS; i++)
        add_kind(page, list, &seen, language_text(main->language, page_kind_names[i]),
                 language_text(site->language, page_kind_names[i]));
    for (uint32_t i = 0; site != main && i < site->web->document_count; i++)
        add_kind(page, list, &seen, site_kind_label(main, i), site_kind_label(site, i));
    page_set_list(page, page->value, "kinds", list);
}

void page_search(struct page *page)
{
    set_topics(page);
    set_kinds(page);
    page_set(page, page->value, "help_url",
             page_url(page, editions_id(page->site, page->arena, "pages.search_help")));
}

void page_search_help(struct page *page)
{
    uint32_t count;
    const struct topic **topics = named_topics(page, &count);
    set_examples(page, topics, count);
    if (count)
        page_set(page, page->value, "topic",
                 name_of(&page->site->web->documents[topics[0]->document]));
    set_fields(page);
}

/* At most `max` code points, whole words where the first is not too long itself. */
static struct str shortened(struct str text, size_t max)
{
    size_t end = 0, space = 0;
    for (size_t count = 0; end < text.len && count < max; count++) {
        size_t here = end;
        if (utf8_is_space(utf8_next(text, &end)))
            space = here;
    }
    if (end == text.len)
        return text;
    return str_trim_end(str_slice(text, 0, space ? space : end));
}

void page_search_description(struct page *page)
{
    const struct site *site = page->site;
    page_set(page, page->value, "short_name", shortened(site->title, SHORT_NAME_MAX));
    page_set(page, page->value, "long_name", shortened(site->title, LONG_NAME_MAX));
    page_set(page, page->value, "search_url",
             url_page(page->arena, site->config->base_url,
                      editions_id(site, page->arena, "pages.search"), STR("")));
}
