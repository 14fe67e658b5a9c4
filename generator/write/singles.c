#include "write/singles.h"

#include "base/arena.h"
#include "write/data.h"
#include "write/editions.h"
#include "write/feed.h"
#include "write/graphml.h"
#include "write/grounds.h"
#include "write/jsonld.h"
#include "write/page.h"
#include "write/page_search.h"
#include "write/rendering.h"
#include "write/tables.h"

enum { SITEMAP_MAX = 50000 }; /* addresses in one file: the protocol's limit */

static const char *const list_titles[DOCUMENT_KINDS] = {
    [DOCUMENT_TOPIC] = "topics", [DOCUMENT_SOURCE] = "sources", [DOCUMENT_NOTE] = "notes"};

/* One of them in hand. */
struct making {
    const struct site *site;
    struct publish *publish;
    const struct grounds *grounds;
    struct worker *worker;
    const struct single *single;
};

/* How it is made, and which of its sort it is. */
struct single {
    void (*make)(const struct making *making);
    const struct site *site; /* the edition that it is a page of */
    uint32_t number, letter, part;
};

/* The document whose text stands on the page, or NULL. */
static const struct document *load_intro(const struct making *making, uint32_t number)
{
    const struct site *site = making->site;
    struct worker *worker = making->worker;
    if (number == NO_DOCUMENT)
        return NULL;
    return crew_get(site->crew, worker, &site->web->documents[number], &worker->page);
}

static void put_home(const struct making *making)
{
    const struct site *site = making->site;
    struct page page;
    const struct document *intro = load_intro(making, site->home);
    struct str title = intro ? site->web->documents[site->home].meta.title : site->title;
    struct str id = str_format(&making->worker->page, "%.*sindex", STR_ARGS(site->prefix));
    page_begin(&page, site, making->worker, id, "home", title, site->config->description);
    page_set_key_versions(&page, NULL);
    page_home(&page, intro);
    page_set_commit(&page);
    jsonld_set_site(&page);
    rendering_publish(&page, making->publish, "home", rendering_path(&page));
}

/* Letter 0 is the list itself. What begins with a letter in one language is not what does in
 * another: readers are led to the same letter, search engines are not. */
static void set_list_versions(struct page *page, enum document_kind kind, uint32_t letter)
{
    const struct site *site = page->site;
    struct page_version versions[EDITIONS_MAX];
    for (uint32_t i = 0; i < site->own_count; i++) {
        const struct site *other = site->editions[i];
        struct str id =
            letter ? page_list_counterpart(site, kind, letter, other) : other->list_ids[kind];
        versions[i] = (struct page_version){other->config->language, id};
    }
    if (site->own_count > 1 && !letter)
        page_set_versions(page, versions, site->own_count);
    else if (site->own_count > 1)
        page_lead_to_versions(page, versions, site->own_count);
}

static void put_list(const struct making *making)
{
    const struct site *site = making->site;
    enum document_kind kind = (enum document_kind)making->single->number;
    struct page page;
    const struct document *intro = load_intro(making, site->list_intro[kind]);
    page_begin(&page, site, making->worker, site->list_ids[kind], "list",
               language_text(site->language, list_titles[kind]), STR(""));
    set_list_versions(&page, kind, 0);
    page_list(&page, kind, intro);
    value_set_text(page.arena, page.value, "list_kind", str_from(page_kind_names[kind]));
    rendering_publish(&page, making->publish, "list", rendering_path(&page));
}

static void put_list_letter(const struct making *making)
{
    const struct site *site = making->site;
    const struct single *single = making->single;
    struct arena *arena = &making->worker->page;
    enum document_kind kind = (enum document_kind)single->number;
    struct str id = page_list_id(arena, site, kind, single->letter, single->part);
    struct digest grounds =
        grounds_of_list(making->grounds, arena, site, kind, single->letter, single->part);
    struct page page;
    if (rendering_rests(making->publish, arena, id, grounds))
        return;
    page_begin(&page, site, making->worker, id, "list",
               language_text(site->language, list_titles[kind]), STR(""));
    set_list_versions(&page, kind, single->letter);
    page_list_letter(&page, kind, single->letter, single->part);
    value_set_text(page.arena, page.value, "list_kind", str_from(page_kind_names[kind]));
    rendering_publish_on(&page, making->publish, "list", grounds);
}

/* A page that each edition has, by the key of its address. */
static void begin_own(const struct making *making, struct page *page, const char *key,
                      const char *kind, const char *title)
{
    const struct site *site = making->site;
    page_begin(page, site, making->worker, editions_id(site, &making->worker->page, key), kind,
               language_text(site->language, title), STR(""));
    page_set_key_versions(page, key);
}

static void begin_single(const struct making *making, struct page *page, struct str id,
                         const char *kind, const char *title)
{
    page_begin(page, making->site, making->worker, id, kind,
               language_text(making->site->language, title), STR(""));
}

static void put_connections(const struct making *making)
{
    struct page page;
    begin_own(making, &page, "pages.connections", "connections", "connections");
    page_connections(&page);
    rendering_publish(&page, making->publish, "connections", rendering_path(&page));
}

static void put_tags(const struct making *making)
{
    struct page page;
    struct page_version versions[EDITIONS_MAX];
    begin_single(making, &page, page_tags_id(&making->worker->page, making->site), "tags", "tags");
    for (uint32_t i = 0; i < making->site->own_count; i++) {
        const struct site *edition = making->site->editions[i];
        versions[i] = (struct page_version){edition->config->language,
                                            page_tags_id(&making->worker->page, edition)};
    }
    if (making->site->own_count > 1)
        page_set_versions(&page, versions, making->site->own_count);
    page_tags(&page);
    rendering_publish(&page, making->publish, "tags", rendering_path(&page));
}

static void put_search(const struct making *making)
{
    const struct language *language = making->site->language;
    struct page page;
    page_begin(&page, making->site, making->worker,
               editions_id(making->site, &making->worker->page, "pages.search"), "search",
               language_text(language, "search"), language_text(language, "search_help_intro"));
    page_set_key_versions(&page, "pages.search");
    page_search(&page);
    rendering_publish(&page, making->publish, "search", rendering_path(&page));
    begin_own(making, &page, "pages.search_help", "search-help", "search_help");
    page_search_help(&page);
    rendering_publish(&page, making->publish, "search-help", rendering_path(&page));
    if (!making->site->config->base_url.len || making->site->prefix.len)
        return;
    begin_single(making, &page, STR("opensearch"), "search", "search");
    page_search_description(&page);
    rendering_publish(&page, making->publish, "opensearch", STR("opensearch.xml"));
}

static struct str data_folder(const struct making *making)
{
    return language_text(making->site->main_names, "folders.data");
}

static void put_data(const struct making *making)
{
    static const struct {
        const char *name, *description;
    } files[] = {{"documents.csv", "data_documents"},
                 {"topics.csv", "data_topics"},
                 {"mentions.csv", "data_mentions"},
                 {"links.csv", "data_links"},
                 {"facts.csv", "data_facts"},
                 {"definitions.csv", "data_definitions"},
                 {"tags.csv", "data_tags"},
                 {"passages.jsonl", "data_passages"},
                 {"references.bib", "data_references"},
                 {"references.csl.json", "data_references"},
                 {"datapackage.json", "data_package"},
                 {"graph.graphml", "data_graph"}};
    const struct language *language = making->site->language;
    struct page page;
    begin_own(making, &page, "pages.data", "data", "data_heading");
    struct value *list = value_list(page.arena);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct value *file = value_object(page.arena);
        value_set_text(page.arena, file, "name", str_from(files[i].name));
        value_set_text(page.arena, file, "url",
                       str_format(page.arena, "%.*s%.*s/%s", STR_ARGS(page.root),
                                  STR_ARGS(data_folder(making)), files[i].name));
        value_set_text(page.arena, file, "description",
                       language_text(language, files[i].description));
        value_append(page.arena, list, file);
    }
    value_set(page.arena, page.value, "files", list);
    page_set_commit(&page);
    rendering_publish(&page, making->publish, "data", rendering_path(&page));
}

static void put_feed(const struct making *making)
{
    struct page page;
    begin_single(making, &page,
                 str_format(&making->worker->page, "%.*satom", STR_ARGS(making->site->prefix)),
                 "feed", "feed");
    feed_atom(&page);
    rendering_publish(&page, making->publish, "atom",
                      str_format(page.arena, "%.*s.xml", STR_ARGS(page.id)));
}

/* What search engines look for. */
static void put_robots(const struct making *making)
{
    const struct site *site = making->site;
    struct page page;
    if (!site->config->base_url.len)
        return;
    if (site->web->document_count < SITEMAP_MAX) {
        begin_single(making, &page, STR("sitemap"), "sitemap", "contents");
        feed_sitemap(&page);
        rendering_publish(&page, making->publish, "sitemap", STR("sitemap.xml"));
    }
    begin_single(making, &page, STR("robots"), "robots", "contents");
    value_set_text(page.arena, page.value, "sitemap_url",
                   str_format(page.arena, "%.*ssitemap.xml", STR_ARGS(site->config->base_url)));
    rendering_publish(&page, making->publish, "robots", STR("robots.txt"));
}

static void add_way(struct page *page, struct value *ways, struct str title, struct str id)
{
    struct value *way = value_object(page->arena);
    page_set(page, way, "title", title);
    page_set(page, way, "url", page_url(page, id));
    value_append(page->arena, ways, way);
}

/* What the page says, in the language of an edition, with the ways to its home page and lists. */
static struct value *not_found_in(struct page *page, const struct site *edition)
{
    const struct language *language = edition->language;
    struct value *said = value_object(page->arena), *ways = value_list(page->arena);
    page_set(page, said, "lang", edition->config->language);
    page_set(page, said, "title", language_text(language, "not_found"));
    page_set(page, said, "text", language_text(language, "not_found_help"));
    add_way(page, ways, language_text(language, "home"),
            str_format(page->arena, "%.*sindex", STR_ARGS(edition->prefix)));
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        add_way(page, ways, language_text(language, list_titles[kind]), edition->list_ids[kind]);
    page_set_list(page, said, "items", ways);
    return said;
}

/* A server has one page for what is not there: it says so in each language. Its links are relative
 * like all others: a server that shows it under an address in a folder should do so by sending the
 * reader there. */
static void put_not_found(const struct making *making)
{
    struct page page;
    begin_single(making, &page, STR("404"), "not-found", "not_found");
    struct value *others = value_list(page.arena);
    for (uint32_t i = 1; i < making->site->own_count; i++)
        value_append(page.arena, others, not_found_in(&page, making->site->editions[i]));
    page_set_list(&page, page.value, "others", others);
    rendering_publish(&page, making->publish, "404", STR("404.html"));
}

static void put_accessibility(const struct making *making)
{
    struct page page;
    begin_own(making, &page, "pages.accessibility", "accessibility", "accessibility");
    rendering_publish(&page, making->publish, "accessibility", rendering_path(&page));
}

/* Data. */

static void put_table(const struct making *making)
{
    data_publish_table(making->site->web, making->grounds, making->single->number, making->publish,
                       data_folder(making));
}

static void put_package(const struct making *making)
{
    data_publish_package(making->publish, data_folder(making), making->site->title,
                         making->site->config->licence);
}

static void put_references(const struct making *making)
{
    data_publish_references(making->site->web, making->publish, data_folder(making));
}

static void put_graph(const struct making *making)
{
    graphml_publish(making->site->web, making->grounds, making->publish, data_folder(making));
}

/* The list. */

static struct single *add(struct singles *singles, const struct site *site,
                          void (*make)(const struct making *making))
{
    struct single *single = vec_push(&singles->items, site->arena);
    *single = (struct single){.make = make, .site = site};
    return single;
}

/* What takes longest comes first, so that no thread is left with it at the end. */
static void add_data(struct singles *singles, const struct site *site)
{
    add(singles, site, put_graph);
    for (size_t i = 0; i < TABLES; i++)
        add(singles, site, put_table)->number = (uint32_t)i;
    add(singles, site, put_references);
    add(singles, site, put_package);
}

static void add_lists(struct singles *singles, const struct site *site)
{
    for (uint32_t kind = 0; kind < DOCUMENT_KINDS; kind++) {
        enum document_kind of = (enum document_kind)kind;
        add(singles, site, put_list)->number = kind;
        for (uint32_t letter = 1; letter <= page_list_count(site, of); letter++)
            for (uint32_t part = 1; part <= page_list_parts(site, of, letter); part++) {
                struct single *single = add(singles, site, put_list_letter);
                single->number = kind;
                single->letter = letter;
                single->part = part;
            }
    }
}

/* What each edition has of its own. */
static void add_edition(struct singles *singles, const struct site *site)
{
    if (site->config->data)
        add(singles, site, put_data);
    if (site->web->topic_count > 1)
        add(singles, site, put_connections);
    add(singles, site, put_home);
    add_lists(singles, site);
    if (site->config->search)
        add(singles, site, put_search);
    add(singles, site, put_accessibility);
    add(singles, site, put_feed);
    if (site->web->tags.items.count)
        add(singles, site, put_tags);
}

void singles_list(struct singles *singles, const struct site *site, const struct grounds *grounds,
                  struct publish *publish)
{
    *singles = (struct singles){.publish = publish, .grounds = grounds};
    if (site->config->data)
        add_data(singles, site);
    for (uint32_t i = 0; i < site->own_count; i++)
        add_edition(singles, site->editions[i]);
    add(singles, site, put_robots);
    add(singles, site, put_not_found);
}

void singles_do(const struct singles *singles, struct worker *worker, size_t index)
{
    const struct single *single = &singles->items.items[index];
    struct making making = {single->site, singles->publish, singles->grounds, worker, single};
    single->make(&making);
}
