#include "write/page.h"

#include "base/arena.h"
#include "link/names.h"
#include "read/reader.h"
#include "write/editions.h"
#include "write/escape.h"
#include "write/moment.h"
#include "write/page_history.h"
#include "write/pairing.h"
#include "write/pictures.h"
#include "write/url.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONTENTS_DEPTH_MAX = 3, /* levels of headings in the contents: more is no overview */
    CONTENTS_LEAST = 3,     /* headings that make a list of contents worth its place */
    CONTENTS_MOST = 1000,   /* and that still do: with more it is no help, and costs much memory */
    SHORT_COMMIT = 10       /* digits */
};

const char *const page_kind_names[DOCUMENT_KINDS] = {
    [DOCUMENT_TOPIC] = "topic", [DOCUMENT_SOURCE] = "source", [DOCUMENT_NOTE] = "note"};

static struct str text(const struct page *page, const char *key)
{
    return language_text(page->site->language, key);
}

void page_set(struct page *page, struct value *object, const char *name, struct str value)
{
    if (value.len)
        value_set_text(page->arena, object, name, value);
}

void page_set_number(struct page *page, struct value *object, const char *name, uint64_t number)
{
    value_set(page->arena, object, name, value_number(page->arena, (int64_t)number));
}

void page_set_flag(struct page *page, struct value *object, const char *name)
{
    value_set(page->arena, object, name, value_flag(page->arena, true));
}

void page_set_list_as(struct page *page, struct value *object, const char *name, const char *flag,
                      const struct value *list)
{
    value_set(page->arena, object, name, list);
    value_set(page->arena, object, flag, value_flag(page->arena, list->list.count > 0));
}

struct str page_url(struct page *page, struct str id)
{
    return url_page(page->arena, page->root, id, STR(""));
}

struct str page_document_url(struct page *page, uint32_t document, struct str anchor)
{
    return url_page(page->arena, page->root, page->site->web->documents[document].id, anchor);
}

struct str page_passage_url(struct page *page, uint32_t document, uint32_t passage)
{
    struct buf url;
    buf_init(&url, page->arena);
    url_put_page(&url, page->root, page->site->web->documents[document].id, STR(""));
    buf_put(&url, STR("#p"));
    buf_put_number(&url, passage);
    return buf_str(&url);
}

struct str site_kind_label(const struct site *site, uint32_t document)
{
    const struct outline *outline = &site->web->documents[document];
    if (outline->meta.kind.len && outline->kind != DOCUMENT_NOTE)
        return language_kind(site->language, outline->meta.kind);
    return language_text(site->language, page_kind_names[outline->kind]);
}

struct str page_kind_label(struct page *page, uint32_t document)
{
    return site_kind_label(page->site, document);
}

static void add_menu_entry(struct page *page, struct value *menu, struct str title, struct str url,
                           const char *kind, bool current)
{
    struct value *entry = value_object(page->arena);
    page_set(page, entry, "title", title);
    page_set(page, entry, "url", url);
    page_set(page, entry, "kind", str_from(kind));
    value_set(page->arena, entry, "current", value_flag(page->arena, current));
    value_append(page->arena, menu, entry);
}

/* An entry of the settings: an address elsewhere, a document by its path or name, or a path on the
 * site. */
static struct str menu_url(struct page *page, struct str url)
{
    const struct web *web = page->site->web;
    if (str_find(url, STR("://")) != STR_NONE || str_starts(url, STR("mailto:")))
        return url;
    struct resolution found = {.to.document = NO_DOCUMENT};
    if (web->document_count)
        found = resolve_wikilink(&web->resolver, page->arena, 0, url);
    if (found.to.document != NO_DOCUMENT)
        return page_document_url(page, editions_document(page->site, found.to.document),
                                 found.to.anchor);
    return str_join(page->arena, page->root, url);
}

/* `kind` is that of the page: the entry of the list that a document stands in is the current one.
 */
static void set_menu(struct page *page, const char *kind)
{
    static const char *const titles[DOCUMENT_KINDS] = {
        [DOCUMENT_TOPIC] = "topics", [DOCUMENT_SOURCE] = "sources", [DOCUMENT_NOTE] = "notes"};
    const struct site *site = page->site;
    struct value *menu = value_list(page->arena);
    for (int i = 0; i < DOCUMENT_KINDS; i++) {
        struct str id = site->list_ids[i];
        bool current = !strcmp(kind, page_kind_names[i]) || str_equal(id, page->id);
        add_menu_entry(page, menu, text(page, titles[i]), page_url(page, id), page_kind_names[i],
                       current);
    }
    if (site->web->topic_count > 1)
        add_menu_entry(page, menu, text(page, "connections"),
                       page_url(page, editions_id(site, page->arena, "pages.connections")),
                       "connections", !strcmp(kind, "connections") || !strcmp(kind, "pair"));
    for (size_t i = 0; i < site->config->menu.count; i++) {
        struct str url = menu_url(page, site->config->menu.items[i].url);
        add_menu_entry(page, menu, site->config->menu.items[i].title, url, NULL, false);
    }
    page_set_list(page, page->value, "menu", menu);
}

static struct str home_id(struct page *page, const struct site *site)
{
    return str_join(page->arena, site->prefix, STR("index"));
}

static void set_site(struct page *page)
{
    const struct site *site = page->site;
    struct value *object = value_object(page->arena);
    page_set(page, object, "title", site->title);
    page_set(page, object, "description", site->config->description);
    page_set(page, object, "licence", site->config->licence);
    if (site->config->contact.len) {
        bool mail = str_find(site->config->contact, STR("://")) == STR_NONE;
        page_set(page, object, "contact", site->config->contact);
        page_set(page, object, "contact_url",
                 str_format(page->arena, "%s%.*s", mail ? "mailto:" : "",
                            STR_ARGS(site->config->contact)));
    }
    page_set(page, object, "accessibility_url",
             page_url(page, editions_id(site, page->arena, "pages.accessibility")));
    page_set(page, object, "home_url", page_url(page, home_id(page, site)));
    page_set(
        page, object, "feed_url",
        str_join(page->arena, page->root, str_join(page->arena, site->prefix, STR("atom.xml"))));
    if (site->config->search)
        page_set(page, object, "search_url",
                 page_url(page, editions_id(site, page->arena, "pages.search")));
    if (site->config->search && site->config->base_url.len)
        page_set(page, object, "opensearch_url",
                 str_join(page->arena, page->root, STR("opensearch.xml")));
    if (page_changes_parts(site))
        page_set(page, object, "changes_url",
                 page_url(page, editions_id(site, page->arena, "pages.changes")));
    if (site->config->data)
        page_set(page, object, "data_url",
                 page_url(page, editions_id(site, page->arena, "pages.data")));
    if (site->web->almanac.counts[FACT_DATE])
        page_set(page, object, "timeline_url",
                 page_url(page, editions_id(site, page->arena, "pages.timeline")));
    if (almanac_figures(&site->web->almanac))
        page_set(page, object, "figures_url",
                 page_url(page, editions_id(site, page->arena, "pages.figures")));
    if (site->web->almanac.counts[FACT_DATE] || almanac_figures(&site->web->almanac))
        page_set_flag(page, object, "has_facts");
    value_set(page->arena, page->value, "site", object);
}

/* What every page says of where it comes from: no commit, or each commit would change all pages. */
static void begin_built(struct page *page)
{
    struct value *built = value_object(page->arena);
    if (page->site->web->snapshot->worktree)
        page_set_flag(page, built, "worktree");
    value_set(page->arena, page->value, "built", built);
}

/* From which commit the page was made, or after which one the work tree was changed. */
static void set_built(struct page *page, struct str commit, struct moment committed)
{
    struct value *built = (struct value *)value_get(page->value, STR("built"));
    page_set(page, built, "commit", commit);
    page_set(page, built, "commit_short", str_slice(commit, 0, SHORT_COMMIT));
    page_set(page, built, "date", language_moment(page->site->language, page->arena, committed));
    page_set(page, built, "date_iso", moment_iso(page->arena, committed));
}

void page_set_commit(struct page *page)
{
    const struct snapshot *snapshot = page->site->web->snapshot;
    if (snapshot->commit.len)
        set_built(page, snapshot->commit, snapshot->committed);
}

void page_set_document_commit(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct revisions *revisions = web->revisions;
    struct buf commit;
    if (!revisions || !revisions->of[document].items.count)
        return;
    const struct change_commit *last =
        &revisions->changes.commits.items[revisions->of[document].items.items[0].commit];
    buf_init(&commit, page->arena);
    buf_put_hex(&commit, last->oid, OID_SIZE);
    set_built(page, buf_str(&commit), last->committed);
}

static struct value *page_object(struct page *page)
{
    return (struct value *)value_get(page->value, STR("page"));
}

/* What OpenGraph calls a type. */
static struct str type_of(const char *kind)
{
    for (int i = 0; i < DOCUMENT_KINDS; i++)
        if (!strcmp(kind, page_kind_names[i]))
            return STR("article");
    return STR("website");
}

static void set_own(struct page *page, const char *kind, struct str title, struct str description)
{
    static const char *const flags[] = {"is_home",      "is_topic",       "is_source", "is_note",
                                        "is_list",      "is_connections", "is_facts",  "is_data",
                                        "is_not-found", "is_pair",        "is_search"};
    const struct config *config = page->site->config;
    struct value *object = value_object(page->arena);
    page_set(page, object, "title", title);
    page_set(page, object, "description", description);
    page_set(page, object, "kind", str_from(kind));
    page_set(page, object, "url_from_root", url_page(page->arena, STR(""), page->id, STR("")));
    if (config->base_url.len)
        page_set(page, object, "canonical_url",
                 url_page(page->arena, config->base_url, page->id, STR("")));
    page_set(page, object, "type", type_of(kind));
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (!strcmp(kind, flags[i] + STR("is_").len))
            page_set_flag(page, object, flags[i]);
    value_set(page->arena, page->value, "page", object);
}

/* The picture beside the page `id`, which says what `alt` does. */
static void set_picture(struct page *page, struct str id, struct str alt)
{
    struct value *picture = value_object(page->arena);
    struct str url = url_page(page->arena, page->site->config->base_url, id, STR(""));
    if (!pictures_wanted(page->site))
        return;
    page_set(page, picture, "url",
             str_format(page->arena, "%.*s.png", (int)(url.len - STR(".html").len), url.data));
    page_set(page, picture, "alt", alt);
    page_set_number(page, picture, "width", CANVAS_WIDTH);
    page_set_number(page, picture, "height", CANVAS_HEIGHT);
    value_set(page->arena, page->value, "picture", picture);
}

void page_set_document_picture(struct page *page, uint32_t document)
{
    const struct outline *outline = &page->site->web->documents[document];
    struct str label = page_kind_label(page, document);
    set_picture(
        page, outline->id,
        str_format(page->arena, "%.*s: %.*s", STR_ARGS(label), STR_ARGS(outline->meta.title)));
}

/* What OpenGraph calls a locale: `en_GB`. Of a tag without a country that of the language pack. */
static struct str locale(struct page *page)
{
    struct str rest = page->lang;
    struct str first = str_cut(&rest, '-');
    if (rest.len == 2)
        return str_format(page->arena, "%.*s_%.*s", STR_ARGS(first), STR_ARGS(rest));
    return twins_fits(page->lang, page->site->language->code) ? text(page, "locale") : STR("");
}

static struct value *version_value(struct page *page, struct str lang, struct str url)
{
    const struct site *site = page->site;
    struct value *value = value_object(page->arena);
    struct str title = lang;
    for (uint32_t i = 0; i < site->edition_count; i++)
        if (twins_fits(lang, site->editions[i]->language->code))
            title = language_text(site->editions[i]->language, "language_name");
    page_set(page, value, "hreflang", lang);
    page_set(page, value, "title", title);
    page_set(page, value, "url", url);
    return value;
}

/* From a page that there is in one language alone the way leads to the home pages of the others. */
static void begin_versions(struct page *page)
{
    const struct site *site = page->site;
    struct value *versions = value_list(page->arena);
    for (uint32_t i = 0; i < site->own_count; i++)
        if (!str_equal(site->editions[i]->config->language, site->config->language))
            value_append(page->arena, versions,
                         version_value(page, site->editions[i]->config->language,
                                       page_url(page, home_id(page, site->editions[i]))));
    if (site->own_count > 1)
        page_set_list(page, page->value, "versions", versions);
    if (site->edition_count > 1 || site->config->base_url.len)
        page_set(page, page_object(page), "locale", locale(page));
}

void page_set_language(struct page *page, uint32_t document)
{
    const struct site *site = page->site;
    struct str language = editions_language(site, document);
    if (str_equal_nocase(language, page->lang))
        return;
    page->lang = language;
    if (twins_fits(language, site->language->code))
        value_set_text(page->arena, page->value, "lang", language);
    else
        page_set(page, page->value, "main_lang", language);
    if (site->edition_count > 1 || site->config->base_url.len)
        page_set(page, page_object(page), "locale", locale(page));
}

static void add_alternate(struct page *page, struct value *alternates, struct str lang,
                          struct str id)
{
    struct str base = page->site->config->base_url;
    struct value *value = value_object(page->arena);
    page_set(page, value, "hreflang", lang);
    page_set(page, value, "url", url_page(page->arena, base.len ? base : page->root, id, STR("")));
    value_append(page->arena, alternates, value);
}

/* Whether one of the versions is in the language of an edition. */
static bool has_version(const struct page_version *versions, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++)
        if (twins_fits(versions[i].lang, code))
            return true;
    return false;
}

void page_set_versions(struct page *page, const struct page_version *versions, size_t count)
{
    struct value *alternates = value_list(page->arena);
    for (size_t i = 0; i < count; i++)
        add_alternate(page, alternates, versions[i].lang, versions[i].id);
    add_alternate(page, alternates, STR("x-default"), versions[0].id);
    page_set_list(page, page->value, "alternates", alternates);
    page_lead_to_versions(page, versions, count);
}

void page_lead_to_versions(struct page *page, const struct page_version *versions, size_t count)
{
    const struct site *site = page->site;
    struct value *others = value_list(page->arena);
    for (size_t i = 0; i < count; i++)
        if (!str_equal_nocase(versions[i].lang, page->lang))
            value_append(page->arena, others,
                         version_value(page, versions[i].lang, page_url(page, versions[i].id)));
    for (uint32_t i = 0; i < site->own_count; i++) {
        struct str code = site->editions[i]->config->language;
        if (!has_version(versions, count, code) && !str_equal(code, site->config->language))
            value_append(
                page->arena, others,
                version_value(page, code, page_url(page, home_id(page, site->editions[i]))));
    }
    page_set_list(page, page->value, "versions", others);
}

/* Returns how many there are, at least 1 and no more than TWINS_MAX. */
size_t page_document_versions(struct page *page, uint32_t document, struct page_version *out)
{
    const struct web *web = page->site->web;
    uint32_t main = twins_main(&web->twins, document), at = main;
    size_t count = 0;
    do {
        out[count++] =
            (struct page_version){editions_language(page->site, at), web->documents[at].id};
        at = web->twins.next[at];
    } while (at != main);
    return count;
}

void page_set_document_versions(struct page *page, uint32_t document)
{
    struct page_version versions[TWINS_MAX];
    size_t count = page_document_versions(page, document, versions);
    if (count > 1)
        page_set_versions(page, versions, count);
}

void page_set_key_versions(struct page *page, const char *key)
{
    const struct site *site = page->site;
    struct page_version versions[EDITIONS_MAX];
    for (uint32_t i = 0; i < site->own_count; i++) {
        const struct site *edition = site->editions[i];
        versions[i] = (struct page_version){edition->config->language,
                                            key ? editions_id(edition, page->arena, key)
                                                : home_id(page, edition)};
    }
    if (site->own_count > 1)
        page_set_versions(page, versions, site->own_count);
}

struct str page_foreign(struct page *page, uint32_t document)
{
    struct str language = editions_language(page->site, document);
    return str_equal_nocase(language, page->lang) ? STR("") : language;
}

void page_set_foreign(struct page *page, struct value *object, uint32_t document)
{
    page_set(page, object, "foreign", page_foreign(page, document));
}

void page_set_text_foreign(struct page *page, struct value *object, uint32_t document)
{
    struct str text = outline_text_language(&page->site->web->documents[document]);
    if (!text.len)
        text = editions_language(page->site, document);
    page_set(page, object, "text_foreign", str_equal_nocase(text, page->lang) ? STR("") : text);
}

void page_begin(struct page *page, const struct site *site, struct worker *worker, struct str id,
                const char *kind, struct str title, struct str description)
{
    struct arena *arena = &worker->page;
    *page = (struct page){.site = site, .worker = worker, .arena = arena, .id = id};
    page->root = url_root(arena, id);
    page->value = value_object(arena);
    page->lang = site->config->language;
    value_set_text(arena, page->value, "lang", page->lang);
    value_set_text(arena, page->value, "root", page->root);
    value_set(arena, page->value, "t", language_texts(site->language));
    set_site(page);
    set_own(page, kind, title, description);
    set_menu(page, kind);
    set_picture(page, home_id(page, site), site->title);
    begin_versions(page);
    begin_built(page);
}

void page_set_kind_label(struct page *page, struct str label)
{
    page_set(page, page_object(page), "kind_label", label);
}

void page_set_edit_url(struct page *page, uint32_t document)
{
    struct str pattern = page->site->config->edit_url;
    const struct snapshot *snapshot = page->site->web->snapshot;
    ptrdiff_t hole = str_find(pattern, STR("{path}"));
    if (hole == STR_NONE)
        return;
    struct buf url;
    buf_init(&url, page->arena);
    buf_put(&url, str_slice(pattern, 0, (size_t)hole));
    if (snapshot->content.len) {
        escape_path(&url, snapshot->content);
        buf_put_char(&url, '/');
    }
    escape_path(&url, page->site->web->documents[document].path);
    buf_put(&url, str_from_offset(pattern, (size_t)hole + STR("{path}").len));
    page_set(page, page_object(page), "edit_url", buf_str(&url));
}

void page_set_date(struct page *page, struct value *item, struct date date)
{
    if (!date.year)
        return;
    page_set(page, item, "date", language_date(page->site->language, page->arena, date));
    page_set(page, item, "date_iso", date_format(page->arena, date));
}

struct str page_pair_url(struct page *page, uint32_t topic, uint32_t other)
{
    const struct pair *pair = pairing_find(page->site->pairing, topic, other);
    return pair ? page_url(page, pairing_id(page->arena, page->site, pair, 1)) : STR("");
}

/* Of many parts those near the one in hand are shown, the first and last, and round numbers to jump
 * to: with all of them on each the pages would grow with the square of their number. */
static bool shows_part(uint32_t other, uint32_t part, uint32_t count)
{
    enum { NEAR = 4, JUMPS = 12 };
    uint32_t step = 10, apart = other < part ? part - other : other - part;
    while (count / step > JUMPS)
        step *= 10;
    return apart <= NEAR || other == 1 || other == count || other % step == 0;
}

/* A full stop is in no slug, so that no document has the id of a further part. */
void page_set_parts(struct page *page, struct str id, uint32_t part, uint32_t count)
{
    struct value *parts = value_list(page->arena);
    uint32_t before = 0;
    for (uint32_t i = 1; i <= count && count > 1; i++) {
        struct value *entry = value_object(page->arena);
        struct str other = str_format(page->arena, "%.*s.%u", STR_ARGS(id), (unsigned)i);
        if (!shows_part(i, part, count))
            continue;
        page_set_number(page, entry, "number", i);
        page_set(page, entry, "url", page_url(page, i == 1 ? id : other));
        value_set(page->arena, entry, "current", value_flag(page->arena, i == part));
        value_set(page->arena, entry, "gap", value_flag(page->arena, i > before + 1));
        value_append(page->arena, parts, entry);
        before = i;
    }
    page_set_list(page, page->value, "parts", parts);
}

struct value *page_passage(struct page *page, uint32_t document, uint32_t number,
                           const struct mention *mentions, size_t count, struct excerpts *excerpts)
{
    const struct outline *outline = &page->site->web->documents[document];
    const struct kept_passage *kept = outline_passage(outline, number);
    struct value *passage = value_object(page->arena);
    struct buf out;
    buf_init(&out, page->arena);
    excerpt_put(excerpts, &out, outline_text(outline, kept, page->arena), mentions, count);
    page_set_number(page, passage, "number", number);
    page_set(page, passage, "url", page_passage_url(page, document, number));
    /* Also where there is none: a template would find the page in hand under that name. */
    value_set_text(page->arena, passage, "page", STR(""));
    if (kept->page)
        page_set_number(page, passage, "page", kept->page);
    struct str section = document_heading_name(outline_section(outline, kept->section));
    if (kept->kind == PASSAGE_HEADING)
        page_set_flag(page, passage, "is_heading");
    else
        page_set(page, passage, "section", section);
    if (kept->page || (kept->kind != PASSAGE_HEADING && section.len))
        page_set_flag(page, passage, "placed");
    page_set(page, passage, "html", buf_str(&out));
    page_set_text_foreign(page, passage, document);
    return passage;
}

struct value *page_item(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct outline *outline = &web->documents[document];
    struct value *item = value_object(page->arena);
    page_set(page, item, "title", outline->meta.title);
    page_set(page, item, "url", page_document_url(page, document, STR("")));
    page_set_foreign(page, item, document);
    page_set(page, item, "kind", str_from(page_kind_names[outline->kind]));
    page_set(page, item, "kind_label", page_kind_label(page, document));
    page_set(page, item, "issuer", outline->meta.more->issuer);
    page_set(page, item, "label", outline->meta.more->label);
    if (!str_equal(outline->meta.more->abbreviation, outline->meta.title))
        page_set(page, item, "abbreviation", outline->meta.more->abbreviation);
    page_set(page, item, "description",
             outline->meta.description.len ? outline->meta.description : outline->description);
    page_set_date(page, item, outline->meta.date);
    uint32_t topic = web->topic_of[document];
    if (topic != NO_TOPIC) {
        page_set_number(page, item, "mentions", web->topics[topic].mention_count);
        page_set_number(page, item, "documents", web->topics[topic].document_count);
    }
    return item;
}

/* What is embedded in a page is the page's as long as it is in hand. */
static const struct document *load(void *context, uint32_t document)
{
    struct page *page = context;
    const struct site *site = page->site;
    return crew_get(site->crew, page->worker, &site->web->documents[document], page->arena);
}

void page_set_body(struct page *page, uint32_t document, const struct document *read,
                   const struct node *part, const char *name, uint32_t top_level)
{
    struct buf out;
    struct html html = {.arena = page->arena,
                        .web = page->site->web,
                        .words = &page->site->words,
                        .language = page->lang,
                        .edition = page->site->language->code,
                        .document = document,
                        .root = page->root,
                        .top_level = top_level,
                        .load = load,
                        .loader = page};
    if (!part || !part->first)
        return;
    buf_init(&out, page->arena);
    html_put_part(&html, read, part, &out);
    page_set(page, page->value, name, buf_str(&out));
}

/* Adds the headings below `parent` (index + 1; 0: none above) to `list`, from `*next` on and before
 * `limit`, with those below them as nested lists. The title is left out; what stands below it takes
 * its place. */
static void add_contents(struct page *page, const struct document *read, struct value *list,
                         uint32_t parent, uint32_t *next, uint32_t limit, unsigned depth)
{
    const struct node *title = reader_title_node(read);
    while (*next < limit && read->headings.items[*next].parent == parent) {
        const struct heading *heading = &read->headings.items[(*next)++];
        if (title && heading->passage == title->passage) {
            add_contents(page, read, list, *next, next, limit, depth);
            continue;
        }
        struct value *entry = value_object(page->arena), *children = value_list(page->arena);
        page_set(page, entry, "text", heading->text);
        page_set(page, entry, "url", str_join(page->arena, STR("#"), heading->slug));
        if (depth < CONTENTS_DEPTH_MAX)
            add_contents(page, read, children, *next, next, limit, depth + 1);
        while (*next < limit && read->headings.items[*next].parent > parent)
            ++*next;
        page_set_list(page, entry, "children", children);
        value_append(page->arena, list, entry);
    }
}

/* A part of the page, with its headings from `first` on and before `limit` below it. */
static void add_part(struct page *page, const struct document *read, struct value *list,
                     const char *name, const char *url, uint32_t first, uint32_t limit)
{
    struct value *entry = value_object(page->arena), *children = value_list(page->arena);
    page_set(page, entry, "text", text(page, name));
    page_set(page, entry, "url", str_from(url));
    add_contents(page, read, children, 0, &first, limit, 1);
    page_set_list(page, entry, "children", children);
    value_append(page->arena, list, entry);
}

/* The first heading of what was written about a text, which stands behind those of the text. */
static uint32_t first_of_body(const struct document *read)
{
    const struct node *node = read->body;
    while (node && !node->passage)
        node = node_walk(read->body, node);
    uint32_t index = 0;
    while (index < read->headings.count &&
           (!node || read->headings.items[index].passage < node->passage))
        index++;
    return index;
}

void page_set_contents(struct page *page, const struct document *read)
{
    uint32_t next = 0, count = (uint32_t)read->headings.count;
    struct value *list = value_list(page->arena);
    if (count < CONTENTS_LEAST || count > CONTENTS_MOST)
        return;
    /* A body with nothing but a comment gives no part. */
    if (read->text && read->body && read->body->first) {
        uint32_t body = first_of_body(read);
        add_part(page, read, list, "summary", "#part.summary", body, count);
        add_part(page, read, list, "full_text", "#part.text", 0, body);
    } else {
        add_contents(page, read, list, 0, &next, count, 1);
    }
    page_set_list(page, page->value, "contents", list);
}

void page_set_changed(struct page *page, uint32_t document)
{
    const struct language *language = page->site->language;
    struct history history = page->site->web->documents[document].history;
    if (!history.last.time)
        return;
    struct value *changed = value_object(page->arena);
    page_set(page, changed, "first", language_moment(language, page->arena, history.first));
    page_set(page, changed, "first_iso", moment_iso(page->arena, history.first));
    page_set(page, changed, "last", language_moment(language, page->arena, history.last));
    page_set(page, changed, "last_iso", moment_iso(page->arena, history.last));
    if (page_has_history(page->site, document))
        page_set(page, changed, "url",
                 page_url(page, page_history_id(page->arena, page->site, document)));
    value_set(page->arena, page->value, "changed", changed);
}

struct tally {
    uint32_t topic, count;
};

static int by_count(const void *left, const void *right)
{
    const struct tally *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return (a->topic > b->topic) - (a->topic < b->topic);
}

/* The topics named in a document, the most often named first. */
void page_set_topics(struct page *page, uint32_t document)
{
    const struct web *web = page->site->web;
    const struct outline *outline = &web->documents[document];
    uint32_t *index = arena_new_array(page->arena, web->topic_count, uint32_t);
    struct tally *tallies = arena_new_array(page->arena, outline->mentions.count, struct tally);
    size_t count = 0;
    for (size_t i = 0; i < outline->mentions.count; i++) {
        uint32_t topic = outline->mentions.items[i].topic;
        if (!index[topic]) {
            tallies[count].topic = topic;
            index[topic] = (uint32_t)++count;
        }
        tallies[index[topic] - 1].count++;
    }
    if (count)
        qsort(tallies, count, sizeof *tallies, by_count);
    struct value *list = value_list(page->arena);
    for (size_t i = 0; i < count; i++) {
        uint32_t other = editions_topic(page->site, tallies[i].topic);
        struct value *item = value_object(page->arena);
        page_set(page, item, "title", web->documents[other].meta.title);
        page_set(page, item, "url", page_document_url(page, other, STR("")));
        page_set_foreign(page, item, other);
        page_set_number(page, item, "count", tallies[i].count);
        value_append(page->arena, list, item);
    }
    page_set_list(page, page->value, "topics", list);
}
