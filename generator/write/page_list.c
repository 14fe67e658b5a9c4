/* The home page and the lists of topics, sources and notes. */
#include "write/page.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "write/moment.h"

#include <stdlib.h>

enum {
    VIEWS_MAX = 1000, /* documents: a longer list is shown in one order only */
    RECENT_SHOWN = 10 /* on the home page */
};

static struct str text(const struct page *page, const char *key)
{
    return language_text(page->site->language, key);
}

/* A way to put documents in groups: what a document's group is called, and its order. */
struct grouping {
    const char *title; /* key of the language */
    struct str id;
    struct str (*name)(struct page *, const struct outline *);
    bool latest_first; /* groups by their name, downwards */
};

static struct str group_kind(struct page *page, const struct outline *outline)
{
    if (!outline->meta.kind.len)
        return text(page, "no_kind");
    return language_kind_plural(page->site->language, outline->meta.kind);
}

static struct str group_year(struct page *page, const struct outline *outline)
{
    if (!outline->meta.date.year)
        return text(page, "undated");
    return str_format(page->arena, "%u", (unsigned)outline->meta.date.year);
}

static struct str group_letter(struct page *page, const struct outline *outline)
{
    size_t at = 0;
    uint32_t first = outline->sort_key.len ? utf8_next(outline->sort_key, &at) : 0;
    struct buf letter;
    if (!utf8_is_letter(first))
        return text(page, "letter_other");
    buf_init(&letter, page->arena);
    utf8_put(&letter, utf8_upper(first));
    return buf_str(&letter);
}

struct group {
    struct str name, key;
    struct value *items;
};

struct groups {
    VEC(struct group) groups;
};

static int by_name(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    return str_compare(a->key, b->key);
}

static int by_name_downwards(const void *left, const void *right)
{
    return by_name(right, left);
}

static void collect(struct page *page, const struct grouping *grouping, const uint32_t *documents,
                    uint32_t count, struct groups *groups)
{
    struct map by_key;
    map_init(&by_key, page->arena);
    for (uint32_t i = 0; i < count; i++) {
        struct str name = grouping->name(page, &page->site->web->documents[documents[i]]);
        void **slot = map_at(&by_key, name);
        if (!*slot) {
            *slot = value_list(page->arena);
            *vec_push(&groups->groups, page->arena) =
                (struct group){name, utf8_sort_key(page->arena, name), *slot};
        }
        value_append(page->arena, *slot, page_item(page, documents[i]));
    }
}

/* Two names can have the same slug, or none: those go by their place in the list. */
static struct str group_id(struct page *page, const struct grouping *grouping, struct map *taken,
                           struct str name, size_t index)
{
    struct str slug = utf8_slug(page->arena, name);
    void **slot = map_at(taken, slug);
    if (!slug.len || *slot)
        return str_format(page->arena, "%.*s..%zu", STR_ARGS(grouping->id), index + 1);
    *slot = page;
    return str_format(page->arena, "%.*s.%.*s", STR_ARGS(grouping->id), STR_ARGS(slug));
}

static struct value *groups_value(struct page *page, const struct grouping *grouping,
                                  const uint32_t *documents, uint32_t count)
{
    struct groups groups = {0};
    struct map taken;
    struct value *list = value_list(page->arena);
    map_init(&taken, page->arena);
    collect(page, grouping, documents, count, &groups);
    if (groups.groups.count > 1)
        qsort(groups.groups.items, groups.groups.count, sizeof(struct group),
              grouping->latest_first ? by_name_downwards : by_name);
    for (size_t i = 0; i < groups.groups.count; i++) {
        struct value *group = value_object(page->arena);
        struct str name = groups.groups.items[i].name;
        page_set(page, group, "title", name);
        page_set(page, group, "id", group_id(page, grouping, &taken, name, i));
        page_set_list(page, group, "items", groups.groups.items[i].items);
        value_append(page->arena, list, group);
    }
    return list;
}

static void add_view(struct page *page, struct value *views, const struct grouping *grouping,
                     const uint32_t *documents, uint32_t count)
{
    struct value *view = value_object(page->arena);
    page_set(page, view, "title", text(page, grouping->title));
    page_set(page, view, "id", str_format(page->arena, "%.*s.", STR_ARGS(grouping->id)));
    page_set_list(page, view, "groups", groups_value(page, grouping, documents, count));
    value_append(page->arena, views, view);
}

static const struct grouping per_kind = {
    .title = "list_by_kind", .id = {"kind", 4}, .name = group_kind};
static const struct grouping per_letter = {
    .title = "list_by_letter", .id = {"letter", 6}, .name = group_letter};
static const struct grouping per_year = {
    .title = "list_by_year", .id = {"year", 4}, .name = group_year, .latest_first = true};

void page_list(struct page *page, enum document_kind kind, const struct document *intro)
{
    static const char *const intros[DOCUMENT_KINDS] = {[DOCUMENT_TOPIC] = "topics_explanation",
                                                       [DOCUMENT_SOURCE] = "sources_explanation",
                                                       [DOCUMENT_NOTE] = "notes_explanation"};
    const struct site *site = page->site;
    const uint32_t *documents = site->by_title[kind];
    uint32_t count = site->by_title_count[kind];
    struct value *views = value_list(page->arena);
    if (kind == DOCUMENT_SOURCE && count <= VIEWS_MAX)
        add_view(page, views, &per_year, documents, count);
    if (kind != DOCUMENT_NOTE && count <= VIEWS_MAX)
        add_view(page, views, &per_kind, documents, count);
    add_view(page, views, &per_letter, documents, count);
    page_set_list(page, page->value, "views", views);
    value_set(page->arena, page->value, "count", value_number(page->arena, count));
    page_set(page, page->value, "intro", text(page, intros[kind]));
    if (intro)
        page_set_body(page, site->list_intro[kind], intro, intro->body, "intro_html", 2);
}

static struct value *items(struct page *page, const uint32_t *documents, uint32_t count)
{
    struct value *list = value_list(page->arena);
    for (uint32_t i = 0; i < count; i++)
        value_append(page->arena, list, page_item(page, documents[i]));
    return list;
}

static struct value *recent_items(struct page *page)
{
    const struct site *site = page->site;
    struct value *list = value_list(page->arena);
    for (uint32_t i = 0; i < site->recent_count && i < RECENT_SHOWN; i++) {
        struct moment last = site->web->documents[site->recent[i]].history.last;
        struct value *item = page_item(page, site->recent[i]);
        page_set(page, item, "date", language_moment(site->language, page->arena, last));
        page_set(page, item, "date_iso", moment_iso(page->arena, last));
        value_append(page->arena, list, item);
    }
    return list;
}

static void set_counts(struct page *page)
{
    const struct site *site = page->site;
    static const char *const names[DOCUMENT_KINDS] = {
        [DOCUMENT_TOPIC] = "topics", [DOCUMENT_SOURCE] = "sources", [DOCUMENT_NOTE] = "notes"};
    struct value *counts = value_object(page->arena);
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        value_set(page->arena, counts, names[kind],
                  value_number(page->arena, site->by_title_count[kind]));
    value_set(page->arena, counts, "passages",
              value_number(page->arena, (int64_t)site->web->passage_count));
    value_set(page->arena, counts, "mentions",
              value_number(page->arena, (int64_t)site->web->mention_count));
    value_set(page->arena, page->value, "counts", counts);
}

void page_home(struct page *page, const struct document *intro)
{
    const struct site *site = page->site;
    uint32_t shown[DOCUMENT_KINDS];
    for (int kind = 0; kind < DOCUMENT_KINDS; kind++)
        shown[kind] =
            site->by_title_count[kind] < VIEWS_MAX ? site->by_title_count[kind] : VIEWS_MAX;
    if (intro) {
        page_set_body(page, site->home, intro, intro->body, "intro_html", 2);
        page_set_edit_url(page, site->home);
    }
    page_set_list(
        page, page->value, "topic_groups",
        groups_value(page, &per_kind, site->by_title[DOCUMENT_TOPIC], shown[DOCUMENT_TOPIC]));
    page_set_list(page, page->value, "sources",
                  items(page, site->by_title[DOCUMENT_SOURCE], shown[DOCUMENT_SOURCE]));
    page_set_list(page, page->value, "notes",
                  items(page, site->by_title[DOCUMENT_NOTE], shown[DOCUMENT_NOTE]));
    page_set_list(page, page->value, "recent", recent_items(page));
    set_counts(page);
}
